#include "core/input/json/json_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/input/json/json_cursor.h"
#include "core/input/json/json_tree.h"
#include "core/input/table/cell_kind.h"

namespace switchboard::input {
namespace {

using Skipped = JsonCursor::Skipped;

/// So many lists, and names of contact data, are remembered; a document that has more of them is judged by these.
constexpr std::size_t kMostRemembered = 1000;
/// A list of bare values is one of contacts where it is as long as this; a contact has fewer numbers.
constexpr std::uint64_t kManyValues = 5;

bool is_one_of(std::string_view word, const auto& list) { return std::find(list.begin(), list.end(), word) != list.end(); }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// Names under which programs and web services put their lists.
bool is_list_name(std::string_view name) {
  constexpr std::array<std::string_view, 28> kNames = {
      "data",  "contacts", "items",  "results", "records",  "rows",      "people", "persons", "users",  "list",
      "value", "values",   "entries", "members", "customers", "leads",   "hits",   "documents", "guests", "attendees",
      "content", "response", "connections", "edges", "nodes", "subscribers", "kontakte", "clients"};
  return is_one_of(lower(name), kNames);
}

/// What a list of people has: names, phones, e-mail addresses. In the languages of has_header_word(), as far as these words go.
enum Datum : unsigned { Name = 1, Phone = 2, Email = 4 };
unsigned datum_of(std::string_view name) {
  constexpr std::array<std::string_view, 17> kNames = {"name", "first", "last",  "given",    "family",  "surname", "apellido", "nombre", "cognome",
                                                       "nome", "naam",  "namn", "prenom", "nazwisko", "imie",    "soyad",   "姓名"};
  constexpr std::array<std::string_view, 11> kPhones = {"phone", "mobil", "cell", "telef", "msisdn", "handy", "rufnummer", "whatsapp", "movil", "телефон", "电话"};
  constexpr std::array<std::string_view, 4> kEmails = {"mail", "correo", "courriel", "почта"};
  const std::string key = lower(name);
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
  return is_one_of(lower(name), kNames);
}

struct Candidate {
  JsonList list;
  std::string key;
  std::uint64_t elements = 0;
  unsigned data = 0;      ///< what of a person an element has
  bool bare = false;  ///< its elements are neither objects nor arrays
};

/// Walks through one object, and remembers what could be the list.
class WrapperSearch {
 public:
  WrapperSearch(ByteStore& store, JsonCursor& cursor) : store_(store), cursor_(cursor) {}

  /// At '{'. False: the text is broken or cut here.
  bool walk(const std::string& key, const std::string& path, int level) {
    cursor_.take();
    Candidate members{{JsonList::Kind::Members, cursor_.offset(), cursor_.line(), path, {}, {}, {}}, key};
    bool all_objects = true;
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
      if (begins != '[' && datum_of(name) != 0 && names_.size() < kMostRemembered) names_.emplace_back(below, datum_of(name));
      const bool looks_inside = level < kWrapperLevels;
      const bool good = looks_inside && begins == '['   ? walk_array(name, below)
                        : looks_inside && begins == '{' ? walk(name, below, level + 1)
                                                        : cursor_.skip_value() == Skipped::Value;
      if (!good) return false;
      cursor_.skip_space();
      if (cursor_.take_if('}')) break;
      if (!cursor_.take_if(',')) return false;
    }
    if (all_objects && members.elements > 1 && candidates_.size() < kMostRemembered) candidates_.push_back(std::move(members));
    return true;
  }

  /// The list with that path.
  std::optional<JsonList> list_at(const std::string& path) const {
    for (const Candidate& candidate : candidates_) {
      if (candidate.list.path == path && candidate.list.kind == JsonList::Kind::Array) return candidate.list;
    }
    return std::nullopt;
  }

  /// The list that the object is a page of: nothing of a person stands beside it.
  std::optional<JsonList> page() {
    auto found = list();
    if (!found || found->kind != JsonList::Kind::Array || !found->others.empty()) return std::nullopt;
    for (const Candidate& candidate : candidates_) {
      if (candidate.list.path == found->path && std::popcount(candidate.data) > 1 && data_beside(found->path) == 0) return found;
    }
    return std::nullopt;
  }

  /// The list, if the object is a wrapper and no contact itself.
  std::optional<JsonList> list() {
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

 private:
  bool walk_array(const std::string& key, const std::string& path) {
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
    if (const unsigned data = list.data | datum_of(key); data != 0 && !is_header_name(key) && arrays_.size() < kMostRemembered) arrays_.emplace_back(path, data);
    const bool is_list = containers > 0 || list.elements >= kManyValues || (list.elements == 0 && is_list_name(key));
    if (is_list && candidates_.size() < kMostRemembered) candidates_.push_back(std::move(list));
    return true;
  }

  unsigned data_of(std::string_view element) {
    return tree_.read(element) == JsonTree::Problem::None ? data_in(tree_) : 0;
  }

  /// An object whose first two members are objects with about the same names in them. Fills in its words.
  bool are_alike(Candidate& members) {
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
  std::vector<std::string> header_beside(const JsonList& list) {
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

  unsigned data_beside(const std::string& path) const {
    unsigned beside = 0;
    for (const auto& [name, data] : names_) {
      const bool around = path.starts_with(name), inside = path.empty() || name.starts_with(path + ".");
      if (!around && !inside) beside |= data;
    }
    return beside;
  }

  /// More of a person is inside the list than beside it, and it is not one of several that a person has ("names", "phoneNumbers").
  bool is_wrapped(const Candidate& candidate) const {
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

  ByteStore& store_;
  JsonCursor& cursor_;
  JsonTree tree_;
  std::vector<Candidate> candidates_;
  std::vector<std::pair<std::string, unsigned>> names_;   ///< paths of members that speak of a person, not those in arrays
  std::vector<std::pair<std::string, std::uint64_t>> headers_;  ///< arrays that could be a header: path and first byte
  std::vector<std::pair<std::string, unsigned>> arrays_;  ///< of arrays that speak of one
};

/// Lines that each hold a value, as far as the first ones tell; a broken one among them is not asked for more.
bool are_lines(ByteStore& store, std::uint64_t begin) {
  constexpr int kLines = 8;
  JsonCursor cursor(store, begin);
  int whole = 0, lines = 0;
  bool first_is_whole = false;  // else the lines with commas are elements of something that began before them
  for (; lines < kLines; ++lines) {
    cursor.skip_space();
    if (cursor.peek() == -1) break;
    const std::uint64_t line_begin = cursor.offset();
    if (!cursor.skip_line() && lines == 0) return false;
    if (cursor.offset() - line_begin > JsonCursor::kMostMarked) continue;
    JsonCursor line(store, line_begin);
    const int opens = line.peek();
    bool is_whole = (opens == '{' || opens == '[') && line.skip_value() == Skipped::Value && line.line() == 1;
    if (is_whole) {
      line.skip_blanks();
      if (line.take_if(',')) {
        line.skip_blanks();
        is_whole = lines == 0 || first_is_whole;
      }
      is_whole = is_whole && (line.peek() == '\n' || line.peek() == -1);
    }
    if (lines == 0 && !is_whole && opens == '[') return false;
    if (lines == 0) first_is_whole = is_whole;
    whole += is_whole ? 1 : 0;
  }
  return lines > 1 && whole > 0 && 2 * whole >= lines;
}

/// A single jCard is an array of which no element is a card.
bool is_single_card(ByteStore& store, std::uint64_t begin) {
  JsonCursor cursor(store, begin);
  if (!cursor.take_if('[')) return false;
  cursor.skip_space();
  cursor.mark();
  if (cursor.peek() != '"' || cursor.skip_value() != Skipped::Value || lower(cursor.marked()) != "\"vcard\"") return false;
  cursor.unmark();
  cursor.skip_space();
  if (!cursor.take_if(',')) return false;
  cursor.skip_space();
  return cursor.peek() == '[';
}

}  // namespace

Error json_is_cut(const std::string& name, std::uint64_t line, const std::string& what) {
  return {ErrorKind::Input, fmt::format("{}: line {}: {}: the file was probably cut", name, line, what),
          "Take it from its source again, complete."};
}

Error json_is_broken(const std::string& name, std::uint64_t line) {
  return {ErrorKind::Input, fmt::format("{}: line {}: this is no JSON: a comma, a colon or a bracket is missing, or one is too many", name, line),
          "Have the program write the file anew that it comes from."};
}

std::optional<JsonList> find_page(ByteStore& object, const std::string& path) {
  JsonCursor cursor(object);
  if (cursor.peek() != '{') return std::nullopt;
  WrapperSearch search(object, cursor);
  return search.walk("", "", 0) ? search.list_at(path) : std::nullopt;
}

static Result<JsonList> find_values(ByteStore& store, std::uint64_t begin, const std::string& name) {
  JsonCursor cursor(store, begin);
  cursor.skip_space();
  JsonList list;
  list.begin = cursor.offset();
  list.line = cursor.line();
  if (are_lines(store, begin)) {
    list.kind = JsonList::Kind::Lines;
    return list;
  }
  if (cursor.peek() == '[' && !is_single_card(store, list.begin)) {
    list.begin += 1;
    return list;
  }
  list.kind = JsonList::Kind::Values;
  const auto skipped = cursor.skip_value();
  if (cursor.failure()) return *cursor.failure();
  if (skipped == Skipped::Cut) return json_is_cut(name, list.line, "what begins here has no end");
  if (skipped == Skipped::Broken) return json_is_broken(name, cursor.line());
  const bool on_one_line = cursor.line() == list.line;
  cursor.skip_space();
  if (cursor.peek() != -1) return list;

  JsonCursor inside(store, list.begin, list.line);
  if (inside.peek() == '{') {
    WrapperSearch search(store, inside);
    if (!search.walk("", "", 0)) return inside.failure() ? *inside.failure() : json_is_broken(name, inside.line());
    if (auto found = search.list()) return *std::move(found);
  }
  // A single record on one line is NDJSON: so is what a program wrote that appends lines.
  if (on_one_line) list.kind = JsonList::Kind::Lines;
  return list;
}

Result<JsonList> find_json_list(ByteStore& store, std::uint64_t begin, const std::string& name) {
  auto list = find_values(store, begin, name);
  if (!list || !list->path.empty()) return list;
  JsonCursor cursor(store, list->begin);
  cursor.skip_space();
  cursor.mark();
  if (cursor.peek() != '{' || cursor.skip_value() != Skipped::Value || cursor.marked_too_much()) return list;
  const std::string first(cursor.marked());
  const auto text = view_bytes(first);
  JsonCursor inside(*text);
  WrapperSearch search(*text, inside);
  if (inside.peek() == '{' && search.walk("", "", 0)) {
    if (auto page = search.page()) list->page_path = page->path;
  }
  return list;
}

}  // namespace switchboard::input
