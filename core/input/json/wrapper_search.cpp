#include "core/input/json/wrapper_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <set>
#include <tuple>

#include "core/base/ascii.h"
#include "core/input/table/cell_kind.h"

namespace switchboard::input {
namespace {

using Skipped = JsonCursor::Skipped;

/// So many lists, and names of contact data, are remembered; a document that has more of them is judged by these.
constexpr std::size_t kMostRemembered = 1000;
/// A list of bare values is one of contacts where it is as long as this; a contact has fewer numbers.
constexpr std::uint64_t kManyValues = 5;

bool is_one_of(std::string_view word, const auto& list) { return std::find(list.begin(), list.end(), word) != list.end(); }

/// Names under which programs and web services put their lists.
bool is_list_name(std::string_view name) {
  constexpr std::array<std::string_view, 28> kNames = {
      "data",  "contacts", "items",  "results", "records",  "rows",      "people", "persons", "users",  "list",
      "value", "values",   "entries", "members", "customers", "leads",   "hits",   "documents", "guests", "attendees",
      "content", "response", "connections", "edges", "nodes", "subscribers", "kontakte", "clients"};
  return is_one_of(lower_case(name), kNames);
}

/// What a list of people has: names, phones, e-mail addresses. In the languages of has_header_word(), as far as these words go.
enum Datum : unsigned { Name = 1, Phone = 2, Email = 4 };
unsigned datum_of(std::string_view name) {
  constexpr std::array<std::string_view, 17> kNames = {"name", "first", "last",  "given",    "family",  "surname", "apellido", "nombre", "cognome",
                                                       "nome", "naam",  "namn", "prenom", "nazwisko", "imie",    "soyad",   "姓名"};
  constexpr std::array<std::string_view, 11> kPhones = {"phone", "mobil", "cell", "telef", "msisdn", "handy", "rufnummer", "whatsapp", "movil", "телефон", "电话"};
  constexpr std::array<std::string_view, 4> kEmails = {"mail", "correo", "courriel", "почта"};
  const std::string key = lower_case(name);
  const auto has = [&](const auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return key.find(word) != std::string::npos; });
  };
  unsigned data = 0;
  if (has(kEmails)) data = Email;
  else if (has(kPhones) || key == "tel" || key == "number") data = Phone;
  else if (has(kNames)) data = Name;
  return data;
}

unsigned data_in(const JsonTree& tree) {
  unsigned data = 0;
  const bool is_row = !tree.nodes().empty() && tree.root().kind == JsonNode::Kind::Array;
  for (const auto& node : tree.nodes()) {
    if (is_row && node.kind == JsonNode::Kind::Text && has_header_word(node.text)) data |= datum_of(node.text);
    data |= datum_of(node.name);
  }
  return data;
}

/// Names under which databases and programs put the header of a table beside its rows.
bool is_header_name(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames = {"columns", "fields", "header", "headers", "cols", "column_names", "columnnames", "names"};
  return is_one_of(lower_case(name), kNames);
}

}  // namespace

bool WrapperSearch::walk(const std::string& key, const std::string& path, int level) {
  cursor_.take();
  Candidate members{{JsonList::Kind::Members, cursor_.offset(), cursor_.line(), path, {}, {}, {}}, key};
  bool all_objects = true, are_cells = true;
  for (bool first = true;; first = false) {
    cursor_.skip_space();
    if (first && cursor_.take_if('}')) break;
    cursor_.mark();
    if (cursor_.peek() != '"' || cursor_.skip_value() != Skipped::Value || cursor_.marked().size() < 2) return false;
    const std::string name(cursor_.marked().substr(1, cursor_.marked().size() - 2));
    cursor_.unmark();
    cursor_.skip_space();
    if (!cursor_.take_if(':')) return false;
    cursor_.skip_space();
    const int begins = cursor_.peek();
    const std::string below = path.empty() ? name : path + "." + name;
    ++members.elements;
    all_objects = all_objects && begins == '{';
    are_cells = are_cells && begins != '{' && begins != '[' && name == std::to_string(members.elements - 1);
    last_ = {};
    if (begins != '[' && datum_of(name) != 0 && names_.size() < kMostRemembered) names_.emplace_back(below, datum_of(name));
    const bool looks_inside = level < kWrapperLevels;
    const bool good = looks_inside && begins == '['   ? walk_array(name, below)
                      : looks_inside && begins == '{' ? walk(name, below, level + 1)
                                                      : cursor_.skip_value() == Skipped::Value;
    if (!good) return false;
    if (level == 0 && columns_.size() < kMostRemembered) columns_.push_back({datum_of(name), last_.cells, last_.is_numbered});
    cursor_.skip_space();
    if (cursor_.take_if('}')) break;
    if (!cursor_.take_if(',')) return false;
  }
  last_ = {0, are_cells ? members.elements : 0, true};
  if (all_objects && members.elements > 1 && candidates_.size() < kMostRemembered) candidates_.push_back(std::move(members));
  return true;
}

bool WrapperSearch::is_by_columns() const {
  if (columns_.size() < 2) return false;
  unsigned data = 0;
  for (const Column& column : columns_) {
    if (column.cells == 0 || column.cells != columns_.front().cells || column.is_numbered != columns_.front().is_numbered) return false;
    data |= column.data;
  }
  if (columns_.front().is_numbered) return true;
  // A contact may have two numbers and two addresses, but hardly two names too.
  return columns_.front().cells > 1 && (data & Name) != 0 && std::popcount(data) > 1;
}

std::optional<JsonList> WrapperSearch::list_at(const std::string& path) const {
  for (const Candidate& candidate : candidates_) {
    if (candidate.list.path == path && candidate.list.kind == JsonList::Kind::Array) return candidate.list;
  }
  return std::nullopt;
}

std::optional<JsonList> WrapperSearch::page() {
  auto found = list();
  if (!found || found->kind != JsonList::Kind::Array || !found->others.empty()) return std::nullopt;
  for (const Candidate& candidate : candidates_) {
    if (candidate.list.path == found->path && std::popcount(candidate.data) > 1 && data_beside(found->path) == 0) return found;
  }
  return std::nullopt;
}

std::optional<JsonList> WrapperSearch::list() {
  const Candidate* best = nullptr;
  const auto rank = [](const Candidate& one) {
    return std::tuple(!one.bare, !is_header_name(one.key), std::popcount(one.data), is_list_name(one.key), one.elements);
  };
  for (Candidate& candidate : candidates_) {
    if (candidate.list.kind == JsonList::Kind::Members && !are_alike(candidate)) continue;
    if (!is_wrapped(candidate)) continue;
    if (best == nullptr || rank(candidate) > rank(*best)) best = &candidate;
  }
  if (best == nullptr) return std::nullopt;
  JsonList list = best->list;
  list.header = header_beside(list);
  for (const Candidate& other : candidates_) {
    const bool apart = !other.list.path.starts_with(list.path) && !list.path.starts_with(other.list.path);
    if (&other != best && std::popcount(other.data) > 1 && apart && list.others.size() < 10) list.others.push_back(other.list.path);
  }
  return list;
}

bool WrapperSearch::walk_array(const std::string& key, const std::string& path) {
  if (is_header_name(key) && headers_.size() < kMostRemembered) headers_.push_back({path, cursor_.offset()});
  cursor_.take();
  Candidate list{{JsonList::Kind::Array, cursor_.offset(), cursor_.line(), path, {}, {}, {}}, key};
  std::uint64_t containers = 0;
  for (bool first = true;; first = false) {
    cursor_.skip_space();
    if (first && cursor_.take_if(']')) break;
    const int begins = cursor_.peek();
    const bool is_container = begins == '{' || begins == '[';
    if (is_container) ++containers;
    const bool looked_at = is_container && containers == 1;
    if (looked_at) cursor_.mark();
    if (cursor_.skip_value() != Skipped::Value) return false;
    if (looked_at) {
      list.data = data_of(cursor_.marked());
      cursor_.unmark();
    }
    ++list.elements;
    cursor_.skip_space();
    if (cursor_.take_if(']')) break;
    if (!cursor_.take_if(',')) return false;
  }
  list.bare = containers == 0;
  last_ = {0, list.bare ? list.elements : 0, false};
  if (const unsigned data = list.data | datum_of(key); data != 0 && !is_header_name(key) && arrays_.size() < kMostRemembered) arrays_.emplace_back(path, data);
  const bool is_list = containers > 0 || list.elements >= kManyValues || (list.elements == 0 && is_list_name(key));
  if (is_list && candidates_.size() < kMostRemembered) candidates_.push_back(std::move(list));
  return true;
}

unsigned WrapperSearch::data_of(std::string_view element) {
  return tree_.read(element) == JsonTree::Problem::None ? data_in(tree_) : 0;
}

/// An object whose first two members are objects with about the same names in them. Fills in its words.
bool WrapperSearch::are_alike(Candidate& members) {
  JsonCursor cursor(store_, members.list.begin, members.list.line);
  std::set<std::string> names[2];
  for (auto& own : names) {
    cursor.skip_space();
    (void)cursor.take_if(',');
    cursor.skip_space();
    if (cursor.skip_value() != Skipped::Value) return false;
    cursor.skip_space();
    (void)cursor.take_if(':');
    cursor.skip_space();
    cursor.mark();
    if (cursor.skip_value() != Skipped::Value || tree_.read(cursor.marked()) != JsonTree::Problem::None) return false;
    members.data |= data_in(tree_);
    tree_.each_child(0, [&](std::size_t child) { own.insert(std::string(tree_.nodes()[child].name)); });
    cursor.unmark();
  }
  const auto shared = std::count_if(names[0].begin(), names[0].end(), [&](const auto& name) { return names[1].contains(name); });
  return members.data > 0 && 2 * static_cast<std::size_t>(shared) > std::max(names[0].size(), names[1].size());
}

/// The names of the columns, where the elements are arrays and a list of as many names stands beside them.
std::vector<std::string> WrapperSearch::header_beside(const JsonList& list) {
  JsonCursor rows(store_, list.begin);
  rows.skip_space();
  rows.mark();
  if (list.kind != JsonList::Kind::Array || rows.peek() != '[' || rows.skip_value() != Skipped::Value) return {};
  if (tree_.read(rows.marked()) != JsonTree::Problem::None) return {};
  std::size_t width = 0;
  tree_.each_child(0, [&](std::size_t) { ++width; });
  for (const auto& [path, begin] : headers_) {
    if (path.substr(0, path.rfind('.') + 1) != list.path.substr(0, list.path.rfind('.') + 1)) continue;
    JsonCursor cursor(store_, begin);
    cursor.mark();
    if (cursor.peek() != '[' || cursor.skip_value() != Skipped::Value || tree_.read(cursor.marked()) != JsonTree::Problem::None) continue;
    std::vector<std::string> names;
    tree_.each_child(0, [&](std::size_t child) {
      const JsonNode& node = tree_.nodes()[child];
      if (node.kind == JsonNode::Kind::Text) names.emplace_back(node.text);
      // {"name": "phone", "type": "varchar"}
      if (node.kind != JsonNode::Kind::Object) return;
      tree_.each_child(child, [&](std::size_t member) {
        if (tree_.nodes()[member].name == "name") names.emplace_back(tree_.nodes()[member].text);
      });
    });
    if (names.size() == width) return names;
  }
  return {};
}

unsigned WrapperSearch::data_beside(const std::string& path) const {
  unsigned beside = 0;
  for (const auto& [name, data] : names_) {
    const bool around = path.starts_with(name), inside = path.empty() || name.starts_with(path + ".");
    if (!around && !inside) beside |= data;
  }
  return beside;
}

/// More of a person is inside the list than beside it, and it is not one of several that a person has ("names", "phoneNumbers").
bool WrapperSearch::is_wrapped(const Candidate& candidate) const {
  const std::string& path = candidate.list.path;
  unsigned others = 0;
  for (const auto& [other, data] : arrays_) {
    if (!other.starts_with(path) && !path.starts_with(other)) others |= data;
  }
  if (std::popcount(candidate.data) < 2 && (others & ~candidate.data) != 0) return false;
  const unsigned beside = data_beside(candidate.list.path);
  if (std::popcount(candidate.data) != std::popcount(beside)) return std::popcount(candidate.data) > std::popcount(beside);
  return is_list_name(candidate.key) || candidate.elements >= kManyValues;
}

}  // namespace switchboard::input
