#include "core/input/json/json_elements.h"

#include <utility>

namespace switchboard::input {
namespace {

using Skipped = JsonCursor::Skipped;

/// The text ends inside the value that it begins with.
bool is_cut(std::string_view text) {
  auto store = view_bytes(text);
  JsonCursor cursor(*store);
  return cursor.skip_value() == Skipped::Cut;
}

}  // namespace

JsonElements::JsonElements(std::unique_ptr<ByteStore> store, JsonList list, std::string name, std::size_t block_bytes)
    : store_(std::move(store)), cursor_(*store_, list.begin, list.line, block_bytes), list_(std::move(list)), name_(std::move(name)) {
  if (list_.kind == JsonList::Kind::Lines) lines_.blank = lines_.total = list_.line - 1;
}

Result<bool> JsonElements::next(JsonElement& element) {
  if (done_) return false;
  element = {};
  auto more = list_.page_path ? next_of_pages(element) : next_outer(element);
  done_ = !more || !*more;
  return more;
}

Result<bool> JsonElements::next_of_pages(JsonElement& element) {
  for (;;) {
    if (page_ != nullptr) {
      auto more = page_->next(element);
      if (!more) return more;
      if (*more) {
        element.line += outer_.line - 1;
        element.byte_begin += outer_.byte_begin;
        element.byte_end += outer_.byte_begin;
        // The page's own line was counted when it was met.
        if (std::exchange(page_is_new_, false)) return true;
        ++lines_.records;
        ++lines_.total;
        return true;
      }
      if (page_is_new_) --lines_.records, ++lines_.other;  // it has no records
      page_ = nullptr;
    }
    auto more = next_outer(outer_);
    if (!more || !*more) return more;
    page_text_ = outer_.text;
    auto store = view_bytes(page_text_);
    auto list = find_page(*store, *list_.page_path);
    if (!list) {
      element = outer_;
      return true;
    }
    page_ = std::make_unique<JsonElements>(std::move(store), *std::move(list), name_);
    page_is_new_ = true;
  }
}

Result<bool> JsonElements::next_outer(JsonElement& element) {
  element = {};
  cursor_.unmark();
  auto more = list_.kind == JsonList::Kind::Lines ? next_line(element) : next_value(element);
  if (cursor_.failure()) return *cursor_.failure();
  first_ = false;
  return more;
}

Result<bool> JsonElements::next_line(JsonElement& element) {
  for (;;) {
    cursor_.skip_blanks();
    (void)cursor_.take_if('\x1E');
    if (cursor_.peek() == -1) return false;
    element.line = cursor_.line();
    element.byte_begin = cursor_.offset();
    cursor_.mark();
    const bool ended = cursor_.skip_line();
    element.byte_end = cursor_.offset();
    std::string_view text = cursor_.marked();
    element.too_long = cursor_.marked_too_much() || text.size() > JsonCursor::kMostMarked;
    ++lines_.total;
    auto last = text.find_last_not_of(" \t\r\n");
    if (!element.too_long && last == std::string_view::npos) {
      ++lines_.blank;
      continue;
    }
    ++lines_.records;
    if (element.too_long) return true;
    // What was an array may still have its commas.
    if (text[last] == ',' && last > 0) last = text.find_last_not_of(" \t\r\n", last - 1);
    element.text = text.substr(0, last + 1);
    element.byte_end = element.byte_begin + element.text.size();
    if (!ended && is_cut(element.text)) return json_is_cut(name_, element.line, "the record on the last line has no end");
    return true;
  }
}

Result<bool> JsonElements::next_value(JsonElement& element) {
  const bool in_array = list_.kind == JsonList::Kind::Array, in_object = list_.kind == JsonList::Kind::Members;
  cursor_.skip_space();
  if (in_array && cursor_.peek() == ']') return end_of_list();
  if (in_object && cursor_.peek() == '}') return end_of_list();
  const bool comma = !first_ && cursor_.take_if(',');
  if (comma) cursor_.skip_space();
  if (cursor_.peek() == -1) {
    if (in_array || in_object) return json_is_cut(name_, cursor_.line(), "the list of records has no end");
    count_to_end();
    return false;
  }
  if ((in_array || in_object) && !first_ && !comma) return json_is_broken(name_, cursor_.line());
  if (in_object) {
    if (cursor_.peek() != '"') return json_is_broken(name_, cursor_.line());
    if (cursor_.skip_value() != Skipped::Value) return json_is_cut(name_, cursor_.line(), "the name of a record has no end");
    cursor_.skip_space();
    if (!cursor_.take_if(':')) return json_is_broken(name_, cursor_.line());
    cursor_.skip_space();
  }
  element.line = cursor_.line();
  element.byte_begin = cursor_.offset();
  cursor_.mark();
  switch (cursor_.skip_value()) {
    case Skipped::Cut: return json_is_cut(name_, element.line, "the record that begins here has no end");
    case Skipped::Broken: return json_is_broken(name_, cursor_.line());
    case Skipped::Value: break;
  }
  element.byte_end = cursor_.offset();
  element.text = cursor_.marked();
  element.too_long = cursor_.marked_too_much() || element.text.size() > JsonCursor::kMostMarked;
  if (element.too_long) element.text = {};
  ++lines_.records;
  lines_.continued += cursor_.line() - element.line;
  lines_.total += 1 + cursor_.line() - element.line;
  return true;
}

Result<bool> JsonElements::end_of_list() {
  cursor_.take();
  if (list_.path.empty()) {
    cursor_.skip_space();
    if (cursor_.peek() != -1) return json_is_broken(name_, cursor_.line());
  }
  count_to_end();
  return false;
}

/// The lines of brackets and of what stands around the list.
void JsonElements::count_to_end() {
  while (cursor_.skip_line()) {
  }
  int last = '\n';
  if (cursor_.offset() > 0) {
    auto byte = read_part(*store_, cursor_.offset() - 1, 1);
    if (byte && !byte->empty()) last = static_cast<unsigned char>(byte->front());
  }
  const std::uint64_t lines = cursor_.line() - (last == '\n' ? 1 : 0);
  if (lines > lines_.total) {
    lines_.other += lines - lines_.total;
    lines_.total = lines;
  }
}

}  // namespace switchboard::input
