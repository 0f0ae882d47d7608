#include "core/input/json/json_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/ascii.h"
#include "core/input/json/json_cursor.h"
#include "core/input/json/json_tree.h"
#include "core/input/json/wrapper_search.h"

namespace switchboard::input {
namespace {

using Skipped = JsonCursor::Skipped;

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

bool is_word(std::string_view text, std::string_view lower_word) {
  return std::equal(text.begin(), text.end(), lower_word.begin(), lower_word.end(),
                    [](char a, char b) { return ascii_lower(a) == b; });
}

/// ["vcard", [ …: a single jCard is an array of which no element is a card. ["vcalendar", [ … is a calendar.
bool begins_with(ByteStore& store, std::uint64_t begin, std::string_view word) {
  JsonCursor cursor(store, begin);
  if (!cursor.take_if('[')) return false;
  cursor.skip_space();
  cursor.mark();
  if (cursor.peek() != '"' || cursor.skip_value() != Skipped::Value || !is_word(cursor.marked(), word)) return false;
  cursor.unmark();
  cursor.skip_space();
  if (!cursor.take_if(',')) return false;
  cursor.skip_space();
  return cursor.peek() == '[';
}

/// An array of objects and nothing else: what `jq --slurp` makes of the pages of a list. (A row of a table has cells.)
bool holds_objects(std::string_view array) {
  JsonTree tree;
  if (tree.read(array) != JsonTree::Problem::None) return false;
  bool any = false, all = true;
  tree.each_child(0, [&](std::size_t child) {
    any = true;
    all = all && tree.nodes()[child].kind == JsonNode::Kind::Object;
  });
  return any && all;
}

Result<JsonList> find_values(ByteStore& store, std::uint64_t begin, const std::string& name) {
  JsonCursor cursor(store, begin);
  cursor.skip_space();
  JsonList list;
  list.begin = cursor.offset();
  list.line = cursor.line();
  if (are_lines(store, begin)) {
    list.kind = JsonList::Kind::Lines;
    return list;
  }
  if (begins_with(store, list.begin, "\"vcalendar\"")) {
    return Error{ErrorKind::Input, fmt::format("{}: this is a calendar (jCal); it cannot be read", name),
                 "Export the contacts from the program it comes from."};
  }
  if (cursor.peek() == '[' && !begins_with(store, list.begin, "\"vcard\"")) {
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
    if (!search.walk()) return inside.failure() ? *inside.failure() : json_is_broken(name, inside.line());
    if (auto found = search.list()) return *std::move(found);
    if (search.is_by_columns()) {
      return Error{ErrorKind::Input, fmt::format("{}: this is a table by its columns, not a list of records; it cannot be read", name),
                   "Write it as records: in pandas, to_json(orient=\"records\")."};
    }
  }
  // A single record on one line is NDJSON: so is what a program wrote that appends lines.
  if (on_one_line) list.kind = JsonList::Kind::Lines;
  return list;
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

std::optional<JsonList> find_page(ByteStore& page, const std::string& path) {
  JsonCursor cursor(page);
  if (path.empty() && cursor.take_if('[')) return JsonList{JsonList::Kind::Array, cursor.offset(), cursor.line(), path, {}, {}, {}};
  if (path.empty() || cursor.peek() != '{') return std::nullopt;
  WrapperSearch search(page, cursor);
  return search.walk() ? search.list_at(path) : std::nullopt;
}

Result<JsonList> find_json_list(ByteStore& store, std::uint64_t begin, const std::string& name) {
  auto list = find_values(store, begin, name);
  if (!list || !list->path.empty()) return list;
  JsonCursor cursor(store, list->begin);
  cursor.skip_space();
  cursor.mark();
  const int begins = cursor.peek();
  if ((begins != '{' && begins != '[') || cursor.skip_value() != Skipped::Value || cursor.marked_too_much()) return list;
  const std::string first(cursor.marked());
  if (begins == '[') {
    if (holds_objects(first)) list->page_path = "";
    return list;
  }
  const auto text = view_bytes(first);
  JsonCursor inside(*text);
  WrapperSearch search(*text, inside);
  if (inside.peek() == '{' && search.walk()) {
    if (auto page = search.page()) list->page_path = page->path;
  }
  return list;
}

}  // namespace switchboard::input
