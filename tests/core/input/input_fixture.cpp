#include "tests/core/input/input_fixture.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "core/input/text/charset.h"
#include "core/input/delimited/csv_source.h"

namespace switchboard::input {

std::vector<std::vector<std::string>> ReadText::rows() const {
  std::vector<std::vector<std::string>> rows;
  for (const ReadRecord& record : records) rows.push_back(record.cells);
  return rows;
}

bool ReadText::warns_of(std::string_view part) const {
  return std::any_of(warnings.begin(), warnings.end(),
                     [&](const std::string& warning) { return warning.find(part) != std::string::npos; });
}

namespace {

/// Who passes over the records of a text must come to what reading them comes to.
void check_passing(const CsvSource& source, const ReadText& text, std::size_t warnings_of_opening, bool watches) {
  RecordTally tally;
  tally.filled.resize(source.info().columns.size());
  // Of the records that are passed over, some are to be seen.
  RecordWatch watch;
  if (!tally.filled.empty()) watch.columns = {tally.filled.size() - 1, 0, tally.filled.size()};
  const auto wants = [](std::string_view cell) { return cell.size() % 3 == 1; };
  watch.wants = [&](std::span<const std::string_view> cells) { return std::any_of(cells.begin(), cells.end(), wants); };
  std::vector<std::uint64_t> seen, to_be_seen;
  const auto is_wanted = [&](const auto& cells) {
    return std::any_of(watch.columns.begin(), watch.columns.end(), [&](std::size_t c) { return c < cells.size() && wants(cells[c]); });
  };
  watch.show = [&](const Record& record) {
    if (is_wanted(record.cells)) seen.push_back(record.row);
  };
  if (watches) tally.watch = &watch;
  auto reader = source.read();  // it may ask from a thread of its own as long as it lives
  REQUIRE(reader);
  Result<bool> more = true;
  while (more && *more) more = (*reader)->pass(tally);
  std::vector<std::uint64_t> filled(tally.filled.size());
  for (const ReadRecord& record : text.records) {
    for (std::size_t i = 0; i < std::min(filled.size(), record.cells.size()); ++i) filled[i] += record.cells[i].empty() ? 0 : 1;
  }
  for (const ReadRecord& record : text.records) {
    if (is_wanted(record.cells)) to_be_seen.push_back(record.row);
  }
  if (watches) CHECK(seen == to_be_seen);
  CHECK(tally.records == text.records.size());
  CHECK(tally.filled == filled);
  const LineCounts& lines = (*reader)->lines();
  const auto all = [](const LineCounts& l) { return std::array{l.total, l.preamble, l.header, l.blank, l.continued, l.other, l.records}; };
  CHECK(all(lines) == all(text.lines));
  CHECK(static_cast<bool>(more) != text.error.has_value());
  if (!more && text.error) CHECK(more.error().message == text.error->message);
  CHECK((*reader)->warnings() == std::vector<std::string>(text.warnings.begin() + static_cast<std::ptrdiff_t>(warnings_of_opening), text.warnings.end()));
}

}  // namespace

ReadText read_text(std::string_view bytes, const InputOptions& options, std::size_t block_bytes) {
  ReadText text;
  const auto open_bytes = [bytes]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(bytes); };
  auto source = open_csv(*begin_opening(open_bytes, "test.csv", "", options), block_bytes);
  if (!source) {
    text.error = source.error();
    return text;
  }
  text.info = (*source)->info();
  text.warnings = text.info.warnings;
  text.header_bytes = (*source)->header_bytes();
  auto reader = (*source)->read_raw();
  if (!reader) {
    text.error = reader.error();
    return text;
  }
  Record record;
  for (;;) {
    auto more = (*reader)->next(record);
    if (!more) text.error = more.error();
    if (!more || !*more) break;
    ReadRecord& copy = text.records.emplace_back();
    copy.row = record.row;
    copy.line = record.line;
    copy.byte_begin = record.byte_begin;
    copy.byte_end = record.byte_end;
    copy.raw = std::string((*reader)->raw());
    if (record.issue != nullptr) copy.issue = record.issue->code;
    copy.cells.assign(record.cells.begin(), record.cells.end());
  }
  text.lines = (*reader)->lines();
  const auto& warnings = (*reader)->warnings();
  text.warnings.insert(text.warnings.end(), warnings.begin(), warnings.end());
  for (const bool watches : {false, true}) check_passing(**source, text, text.info.warnings.size(), watches);
  return text;
}

std::uint64_t count_lines(std::string_view text, bool lone_cr) {
  std::uint64_t lines = 0;
  bool open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool last = i + 1 == text.size();
    const bool crlf = text[i] == '\r' && !last && text[i + 1] == '\n';
    // A CR as the very last byte ends its line in any file.
    const bool ends = text[i] == '\n' || (text[i] == '\r' && !crlf && (lone_cr || last));
    open = !ends;
    if (ends) ++lines;
  }
  return lines + (open ? 1 : 0);
}

std::uint64_t sum_of(const LineCounts& lines) {
  return lines.preamble + lines.header + lines.blank + lines.continued + lines.other + lines.records;
}

std::string utf16(std::string_view utf8, bool big_endian) {
  return Charset::open(big_endian ? "UTF-16BE" : "UTF-16LE")->from_utf8(utf8);
}

TemporaryFile::TemporaryFile(std::string_view content, const std::string& name) {
  directory_ = (std::filesystem::temp_directory_path() / "switchboard-input-XXXXXX").string();
  if (::mkdtemp(directory_.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = directory_ + "/" + name;
  std::ofstream(path_, std::ios::binary) << content;
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

}  // namespace switchboard::input
