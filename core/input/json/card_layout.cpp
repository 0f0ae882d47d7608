#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/json_text.h"
#include "core/input/json/json_layout.h"
#include "core/input/vcard/card_columns.h"
#include "core/input/vcard/vcard_rejects.h"

namespace switchboard::input {
namespace {

using Kind = JsonNode::Kind;


/// As it would stand in a vCard (RFC 6350, 3.4), which is what Property holds.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    out += c;
  }
  return out;
}

/// The numbers of the nodes in a container.
std::vector<std::size_t> children_of(const JsonTree& tree, std::size_t number) {
  std::vector<std::size_t> children;
  if (tree.nodes()[number].is_container()) tree.each_child(number, [&](std::size_t child) { children.push_back(child); });
  return children;
}

/// RFC 7095, 3.3.1.3: components of a structured value, and several values of one component, are arrays.
std::string value_of(const JsonTree& tree, std::size_t number) {
  const JsonNode& node = tree.nodes()[number];
  if (!node.is_container()) return escaped(node.text);
  std::string text;
  bool first = true;
  tree.each_child(number, [&](std::size_t component) {
    if (!std::exchange(first, false)) text += ';';
    const JsonNode& inner = tree.nodes()[component];
    if (!inner.is_container()) {
      text += escaped(inner.text);
      return;
    }
    bool first_value = true;
    tree.each_child(component, [&](std::size_t value) {
      if (!std::exchange(first_value, false)) text += ',';
      text += escaped(tree.nodes()[value].text);
    });
  });
  return text;
}

void add_parameters(const JsonTree& tree, std::size_t number, Property& property) {
  tree.each_child(number, [&](std::size_t child) {
    const JsonNode& node = tree.nodes()[child];
    const std::string name = upper_case(node.name);
    if (name == "GROUP") {
      property.group = std::string(node.text);
    } else if (node.kind == Kind::Array) {
      tree.each_child(child, [&](std::size_t value) { property.parameters.push_back({name, std::string(tree.nodes()[value].text)}); });
    } else {
      property.parameters.push_back({name, std::string(node.text)});
    }
  });
}

/// ["tel", {"type": "cell"}, "uri", "tel:+1…"]. Nothing: it is none.
std::optional<Property> property_of(const JsonTree& tree, std::size_t number) {
  const auto parts = children_of(tree, number);
  const auto kind = [&](std::size_t i) { return tree.nodes()[parts[i]].kind; };
  if (parts.size() < 4 || kind(0) != Kind::Text || kind(1) != Kind::Object) return std::nullopt;
  Property property;
  property.name = upper_case(tree.nodes()[parts[0]].text);
  add_parameters(tree, parts[1], property);
  for (std::size_t i = 3; i < parts.size(); ++i) {
    if (i > 3) property.value += ',';
    property.value += value_of(tree, parts[i]);
  }
  return property;
}

/// Why it is no card; empty: it is one.
std::string read_card(const JsonTree& record, Card& card) {
  if (!is_jcard(record)) return "it is no jCard, as the others are";
  const std::size_t properties = children_of(record, 0)[1];
  std::string fault;
  record.each_child(properties, [&](std::size_t child) {
    auto property = property_of(record, child);
    if (!property) fault = "a property of it is no array of name, parameters, type and value";
    else if (!property->value.empty()) card.properties.push_back(std::move(*property));
  });
  return fault;
}

class CardLayout final : public JsonLayout {
 public:
  Result<void> learn(const JsonTree& record, std::uint64_t) override {
    Card card;
    if (read_card(record, card).empty()) columns_.add(card);
    return {};
  }
  void fix() override { columns_.fix(); }
  const std::vector<std::string>& columns() const override { return columns_.names(); }

  std::string fill(const JsonTree& record, JsonRow& row) const override {
    Card card;
    std::string fault = read_card(record, card);
    std::vector<CardCell> cells;
    columns_.fill(card, cells);
    row.own.clear();
    row.cells.assign(columns_.names().size(), std::string_view());
    for (CardCell& cell : cells) row.cells[cell.column] = row.own.emplace_back(std::move(cell.value));
    return fault;
  }

  std::string with_note(const JsonTree& record, const RejectNote& note) const override {
    if (!is_jcard(record)) return {};
    const auto parts = children_of(record, 0);
    std::string properties;
    const auto add = [&](std::string_view property) { properties += (properties.empty() ? "" : ", ") + std::string(property); };
    record.each_child(parts[1], [&](std::size_t child) {
      const auto name = children_of(record, child);
      if (!name.empty() && upper_case(record.nodes()[name[0]].text).starts_with(kRejectPrefix)) return;
      add(record.raw(record.nodes()[child]));
    });
    const std::pair<const char*, std::string> ours[] = {
        {"row", row_text(note)}, {"code", note.code}, {"field", note.field}, {"message", note.message}};
    for (const auto& [name, value] : ours)
      add("[" + json_quote(lower_case(kRejectPrefix) + name) + ", {}, \"text\", " + json_quote(value) + "]");
    std::string text = "[\"vcard\", [" + properties + "]";
    for (std::size_t i = 2; i < parts.size(); ++i) text += ", " + std::string(record.raw(record.nodes()[parts[i]]));
    return on_one_line(text + "]");
  }

 private:
  CardColumns columns_;
};

}  // namespace

bool is_jcard(const JsonTree& record) {
  if (record.nodes().empty() || record.root().kind != Kind::Array) return false;
  const auto parts = children_of(record, 0);
  return parts.size() >= 2 && lower_case(record.nodes()[parts[0]].text) == "vcard" && record.nodes()[parts[1]].kind == Kind::Array;
}

std::unique_ptr<JsonLayout> make_card_layout() { return std::make_unique<CardLayout>(); }

}  // namespace switchboard::input
