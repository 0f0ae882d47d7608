#include "core/input/json/json_reader.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/json_text.h"
#include "core/base/own_columns.h"
#include "core/input/text/utf8_check.h"

namespace switchboard::input {

Issue unreadable_record(const std::string& why, const char* code) {
  return {Issue::Severity::Reject, code, "", "", "The record cannot be read: " + why + "."};
}

Result<JsonStream> JsonStream::open(const JsonPlan& plan) {
  auto store = plan.bytes();
  if (!store) return store.error();
  JsonStream stream;
  stream.elements_ = std::make_unique<JsonElements>(std::move(*store), plan.list, plan.name);
  stream.tree_ = std::make_unique<JsonTree>();
  if (!plan.charset.empty()) stream.charset_ = Charset::open(plan.charset);
  return stream;
}

Result<bool> JsonStream::next() {
  auto more = elements_->next(element_);
  if (!more || !*more) return more;
  ++number_;
  issue_.reset();
  std::string_view text = element_.text;
  if (charset_ != nullptr) {
    converted_.clear();
    if (charset_->append_utf8(text, converted_)) text = converted_;
  }
  const auto problem = element_.too_long ? tree_->read("null") : tree_->read(text);
  if (element_.too_long) {
    issue_ = unreadable_record(fmt::format("it is longer than {} MiB. Shorten it in the file that it stands in", JsonCursor::kMostMarked >> 20));
  } else if (problem == JsonTree::Problem::NotUtf8) {
    issue_ = unreadable_record(tree_->problem() + ", as the rest of the file is; correct it", "row.not_in_encoding");
  } else if (problem != JsonTree::Problem::None) {
    issue_ = unreadable_record(tree_->problem() + "; correct it");
  }
  return true;
}

std::string JsonStream::readable() const {
  std::string text;
  if (charset_ != nullptr && charset_->append_utf8(element_.text, text)) return text;
  if (is_utf8(element_.text)) return std::string(element_.text);
  // Bytes that are no UTF-8 were most likely written by Windows.
  const auto windows = Charset::open("windows-1252");
  return windows != nullptr && windows->append_utf8(element_.text, text) ? text : std::string(element_.text);
}

Result<bool> JsonReader::next(Record& record) {
  for (;;) {
    auto more = stream_.next();
    if (!more) return more;
    lines_ = stream_.elements().lines();
    lines_.records -= above_ + header_ + blank_;
    lines_.preamble += above_;
    lines_.header += header_;
    lines_.blank += blank_;
    if (!*more) {
      if (doubled_ > 0)
        warnings_.push_back(fmt::format("{} a name twice in one object (the first on line {}): the last value counts",
                                        doubled_ == 1 ? "1 record has" : fmt::format("{} records have", doubled_), first_doubled_));
      return false;
    }
    const auto place = layout_->place_of(stream_.tree(), stream_.number());
    if (place == JsonLayout::Place::Record) break;
    ++(place == JsonLayout::Place::Header ? header_ : place == JsonLayout::Place::Blank ? blank_ : above_);
  }
  const JsonElement& element = stream_.element();
  record.row = ++rows_;
  record.line = element.line;
  record.byte_begin = element.byte_begin;
  record.byte_end = element.byte_end;
  row_.has_double = false;
  issue_ = stream_.issue();
  if (issue_) {
    row_.cells.assign(layout_->columns().size(), std::string_view());
  } else if (const std::string why = layout_->fill(stream_.tree(), row_); !why.empty()) {
    issue_ = unreadable_record(why + "; correct it");
  }
  record.issue = issue_ ? &*issue_ : nullptr;
  record.cells = row_.cells;
  if (row_.has_double && doubled_++ == 0) first_doubled_ = element.line;
  return true;
}

std::string JsonReader::noted(const RejectNote& note) const {
  std::string text = stream_.issue() ? "" : layout_->with_note(stream_.tree(), note);
  if (!text.empty()) return text;
  const std::string record = stream_.readable();
  if (stream_.issue() && stream_.issue()->code == "row.not_in_encoding") {
    // Readable in another encoding: then it is written as what it is.
    JsonTree tree;
    if (tree.read(record) == JsonTree::Problem::None) text = layout_->with_note(tree, note);
    if (!text.empty()) return text;
  }
  const auto values = note_values(note);
  text = "{";
  if (!record.empty()) text += "\"_row_text\": " + json_quote(record) + ", ";
  for (std::size_t i = 0; i < values.size(); ++i) text += fmt::format("{}\"{}\": {}", i == 0 ? "" : ", ", kRejectColumns[i], values[i]);
  return text + "}";
}

}  // namespace switchboard::input
