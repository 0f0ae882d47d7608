// What the emulator's dump says of contacts.
#include "account.h"

#include <switchboard/kit/text.h>

#include <algorithm>
#include <optional>

#include "json_tree.h"

namespace switchboard::conformance {

namespace {

void collect_values(const JsonTree& tree, const std::string& name, std::vector<std::pair<std::string, std::string>>& out) {
  if (tree.is_string() || tree.is_number()) out.emplace_back(name, tree.text);
  if (tree.kind == kit::Json::Kind::Boolean) out.emplace_back(name, tree.truth ? "true" : "false");
  // Name and value as two members of an object: {"name": "plan", "value": "gold"}.
  std::string label;
  for (const auto& [key, child] : tree.children) {
    if ((key == "name" || key == "key" || key == "field") && child.is_string()) label = child.text;
  }
  for (const auto& [key, child] : tree.children) collect_values(child, tree.is_array() ? name : key == "value" && !label.empty() ? label : key, out);
}

}  // namespace

std::vector<Entry> entries_of(const std::string& dump) {
  std::vector<Entry> out;
  const auto read = JsonTree::read(dump);
  if (!read) return out;
  read->each([&](const JsonTree& tree, const std::string& path) {
    for (const auto& [name, child] : tree.children) {
      if (child.kind != kit::Json::Kind::Object) continue;
      Entry& entry = out.emplace_back();
      entry.container = path + '.' + (tree.is_array() ? "*" : name);
      collect_values(child, "", entry.values);
    }
  });
  return out;
}

std::string letters_of(std::string_view text) {
  std::string out;
  for (const char c : kit::lower(text)) {
    if (kit::is_digit(c) || (c >= 'a' && c <= 'z')) out.push_back(c);
  }
  return out;
}

std::vector<std::string> texts_of(const std::string& cell) {
  if (!cell.starts_with('[') && !cell.starts_with('{')) return {cell};
  const auto json = kit::Json::parse(cell);
  if (!json) return {cell};
  std::vector<std::string> out;
  JsonTree::of(*json).each([&](const JsonTree& tree, const std::string& path) {
    if (tree.is_scalar() && (path == "*" || path.ends_with("value")) && !tree.text.empty()) out.push_back(tree.text);
  });
  return out;
}

bool looks_like_phone(std::string_view text) {
  return text.size() >= 7 && text.find_first_not_of("+0123456789 ()-") == std::string_view::npos;
}

bool holds(std::string_view kept, std::string_view cell) {
  if (kept == cell) return true;
  if (kept.find('@') != std::string_view::npos) return kit::equals_ignoring_case(kept, cell);
  if (looks_like_phone(cell) && looks_like_phone(kept)) {
    const std::string a = kit::digits_of(kept), b = kit::digits_of(cell);
    return a.size() >= 7 && (a.ends_with(b) || b.ends_with(a));
  }
  const auto at = kept.find(cell);
  if (cell.size() < 3 || at == std::string_view::npos) return false;
  // Part of a longer text, such as a name with its title; a mark alone before or after it is not the vendor's.
  const auto says_something = [](std::string_view rest) { return rest.empty() || std::any_of(rest.begin(), rest.end(), [](char c) { return kit::is_digit(c) || kit::is_alpha(c) || static_cast<unsigned char>(c) >= 0x80 || c == '+'; }); };
  return says_something(kept.substr(0, at)) && says_something(kept.substr(at + cell.size()));
}

bool holds_cell(const Entry& entry, const std::string& cell) {
  const auto texts = texts_of(cell);
  return std::all_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return std::any_of(entry.values.begin(), entry.values.end(), [&](const auto& value) { return holds(value.second, text); });
  });
}

std::vector<std::size_t> telling_columns(const Contacts& contacts, std::size_t row) {
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < contacts.columns.size(); ++c) {
    const auto& cell = contacts.rows[row][c];
    if (!cell || cell->size() < 3) continue;
    const bool shared = [&] {
      for (std::size_t other = 0; other < contacts.rows.size(); ++other) {
        if (other != row && contacts.rows[other][c] == cell) return true;
      }
      return false;
    }();
    if (!shared) out.push_back(c);
  }
  return out;
}

const Entry* entry_of(const std::vector<Entry>& entries, const Contacts& contacts, std::size_t row) {
  const auto columns = telling_columns(contacts, row);
  const Entry* best = nullptr;
  std::size_t most = 0;
  for (const Entry& entry : entries) {
    const auto found = static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [&](std::size_t c) {
      return holds_cell(entry, *contacts.rows[row][c]);
    }));
    if (found > most || (found == most && best != nullptr && found > 0 && entry.values.size() < best->values.size())) {
      most = found;
      best = &entry;
    }
  }
  return best;
}

}  // namespace switchboard::conformance
