#include "core/input/vcard/vcard_source.h"

#include <fmt/format.h>

#include <utility>

#include "core/input/text/text_encoding.h"
#include "core/input/text/utf8_check.h"
#include "core/input/text/wide_text.h"
#include "core/input/vcard/card.h"
#include "core/input/vcard/card_columns.h"
#include "core/input/vcard/content_lines.h"
#include "core/input/vcard/vcard_rejects.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;

/// How the cards of a file are read.
struct VcardPlan {
  OpenBytes bytes;
  std::string name;
  std::string charset;       ///< of bytes that are no UTF-8, where the property says nothing
  std::uint64_t begin = 0;   ///< behind the byte order mark
  CardColumns columns;
};

Error with_name(const std::string& name, Error error) {
  if (!error.message.starts_with(name)) error.message = name + ": " + error.message;
  return error;
}

class VcardReader final : public RecordReader {
 public:
  VcardReader(const VcardPlan& plan, std::unique_ptr<ByteStore> store)
      : plan_(plan), store_(std::move(store)), cards_(*store_, plan.begin, plan.charset) {}

  Result<bool> next(Record& record) override {
    auto more = cards_.next(card_);
    if (!more) return with_name(plan_.name, more.error());
    lines_.total = cards_.lines();
    lines_.blank = cards_.blank_lines();
    lines_.other = cards_.other_lines();
    if (!*more) {
      if (stray_ > 0) {
        warnings_.push_back(fmt::format("{} {} no property of a card (the first is line {}) and {} left out", stray_,
                                        stray_ == 1 ? "line is" : "lines are", first_stray_, stray_ == 1 ? "is" : "are"));
      }
      return false;
    }
    lines_.records += 1;
    lines_.continued += card_.lines - 1;
    if (card_.stray_line != 0) {
      if (stray_ == 0) first_stray_ = card_.stray_line;
      stray_ += card_.stray_lines;
    }
    plan_.columns.fill(card_, cells_);
    record.row = ++row_;
    record.line = card_.line;
    record.byte_begin = card_.byte_begin;
    record.byte_end = card_.byte_end;
    record.issue = nullptr;
    if (!card_.fault.empty()) {
      issue_ = {Issue::Severity::Reject, "row.damaged", "", "", "The card cannot be read: " + card_.fault + ". Export it again, or correct it."};
      record.issue = &issue_;
    }
    record.cells.assign(plan_.columns.names().size(), std::string_view());
    for (const CardCell& cell : cells_) record.cells[cell.column] = cell.value;
    return true;
  }
  const LineCounts& lines() const override { return lines_; }
  std::uint64_t bytes_read() const override { return cards_.offset(); }
  const std::vector<std::string>& warnings() const override { return warnings_; }

 private:
  const VcardPlan& plan_;
  std::unique_ptr<ByteStore> store_;
  CardReader cards_;
  Card card_;
  Issue issue_;
  std::vector<CardCell> cells_;
  std::uint64_t row_ = 0;
  std::uint64_t stray_ = 0, first_stray_ = 0;
  LineCounts lines_;
  std::vector<std::string> warnings_;
};

class VcardSource final : public FileSource {
 public:
  VcardSource(OpenBytes file, SourceInfo info, VcardPlan plan) : FileSource(std::move(file), std::move(info)), plan_(std::move(plan)) {}

  Result<std::unique_ptr<RecordReader>> read() const override {
    auto store = plan_.bytes();
    if (!store) return store.error();
    return std::unique_ptr<RecordReader>(std::make_unique<VcardReader>(plan_, std::move(*store)));
  }

  Result<std::unique_ptr<RejectsWriter>> write_rejects(const std::string& path) const override {
    auto store = plan_.bytes();
    if (!store) return store.error();
    auto records = read();
    if (!records) return records.error();
    return create_vcard_rejects(path, info(), std::move(*store), std::move(*records));
  }

 private:
  VcardPlan plan_;
};

/// Whether the lines are UTF-8 once they are joined: programs fold by bytes, and cut letters in two.
Result<bool> is_folded_utf8(ByteStore& store, std::uint64_t begin) {
  ContentLines lines(store, begin);
  for (;;) {
    auto line = lines.next();
    if (!line) return line.error();
    if (!*line) return true;
    const std::string_view text = (*line)->text;
    if (!is_utf8(text.substr(0, text.size() - ((*line)->too_long ? cut_character(text) : 0)))) return false;
  }
}

/// The charset of what is no UTF-8; wide text is converted as a whole.
Result<void> find_charset(Opening& opening, VcardPlan& plan) {
  auto store = opening.bytes();
  if (!store) return store.error();
  auto head = read_part(**store, 0, kHeadBytes);
  if (!head) return head.error();
  auto encoding = find_encoding(**store, *head, opening.info.name, opening.options.encoding);
  if (!encoding) {
    // Cards may each have a charset of their own, so a file of several is no damage.
    if (opening.options.encoding || encoding.error().kind != ErrorKind::Input) return encoding.error();
    encoding = TextEncoding();
  }
  if (encoding->unit_bytes == 1 && !encoding->is_utf8() && !opening.options.encoding) {
    auto folded = is_folded_utf8(**store, encoding->bom_bytes);
    if (!folded) return folded.error();
    if (*folded) encoding = TextEncoding();
  }
  if (encoding->unit_bytes > 1) {
    auto narrow = as_utf8(opening.bytes, *encoding, opening.info.name);
    if (!narrow) return narrow.error();
    plan.bytes = std::move(*narrow);
    plan.charset = "UTF-8";
  } else {
    plan.bytes = opening.bytes;
    plan.charset = encoding->name;
    plan.begin = encoding->bom_bytes;
  }
  opening.info.encoding = encoding->name;
  opening.info.encoding_runner_up = encoding->runner_up;
  opening.info.has_bom = encoding->bom_bytes > 0;
  // A property that is no UTF-8 is converted by itself, and no card rejected for it.
  if (encoding->is_utf8() && encoding->tolerates)
    encoding->warning = fmt::format("{}: some lines are not UTF-8, as the rest of the file is; they are read as windows-1252. If names look "
                                    "wrong, name the encoding with --encoding",
                                    opening.info.name);
  if (!encoding->warning.empty()) opening.info.warnings.push_back(encoding->warning);
  return {};
}

}  // namespace

Result<std::unique_ptr<Source>> open_vcards(Opening opening) {
  VcardPlan plan;
  plan.name = opening.info.name;
  if (auto found = find_charset(opening, plan); !found) return found.error();
  auto store = plan.bytes();
  if (!store) return store.error();
  CardReader cards(**store, plan.begin, plan.charset);
  Card card;
  std::uint64_t count = 0;
  for (;; ++count) {
    auto more = cards.next(card);
    if (!more) return with_name(plan.name, more.error());
    if (!*more) break;
    plan.columns.add(card);
  }
  if (count == 0)
    return Error{ErrorKind::Input, fmt::format("{}: no vCard is in it", plan.name), "Export the contacts as vCards again."};
  plan.columns.fix();
  opening.info.columns = plan.columns.names();
  return std::unique_ptr<Source>(std::make_unique<VcardSource>(std::move(opening.file), std::move(opening.info), std::move(plan)));
}

}  // namespace switchboard::input
