#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/json_text.h"
#include "core/base/own_columns.h"
#include "core/input/table/list_layout.h"
#include "core/input/json/json_layout.h"
#include "core/input/table/cell_kind.h"

namespace switchboard::input {
namespace {

using Kind = JsonNode::Kind;

/// Rows looked at for the header.
constexpr std::size_t kSampleRows = 200;
/// A cell's text; what is nested stays JSON, null is no cell.
std::string_view cell_of(const JsonTree& row, std::size_t number) {
  const JsonNode& node = row.nodes()[number];
  if (node.kind == Kind::Null) return {};
  if (node.is_container()) return row.raw(node);
  return node.text.data() == nullptr ? std::string_view("") : node.text;
}

/// What is said of the lines of a text is here true of rows.
void say_rows(std::string& warning) {
  constexpr std::string_view kLine = "line";
  for (auto at = warning.find(kLine); at != std::string::npos; at = warning.find(kLine, at)) warning.replace(at, kLine.size(), "row");
}

class TableLayout final : public JsonLayout {
 public:
  TableLayout(bool no_header, std::vector<std::string> header) : no_header_(no_header), columns_(std::move(header)) {}

  Result<void> learn(const JsonTree& record, std::uint64_t number) override {
    if (record.root().kind != Kind::Array) return {};
    SampleRow row;
    std::size_t width = 0;
    record.each_child(0, [&](std::size_t child) {
      ++width;
      if (sample_.size() < kSampleRows) row.cells.emplace_back(cell_of(record, child));
    });
    if (width > kMostValuesOfRecord)
      return Error{ErrorKind::Input, fmt::format("a row has more than {} cells", kMostValuesOfRecord), "Export the contacts as a list of objects."};
    width_ = std::max(width_, width);
    row.line = number;
    row.line_count = 1;
    if (sample_.size() < kSampleRows) sample_.push_back(std::move(row));
    return {};
  }

  void fix() override {
    has_header_ = !columns_.empty();
    if (!has_header_) find_header();
    header_ = columns_;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (is_blank(columns_[i])) columns_[i] = made_up_column(i);
    }
    sample_.clear();
  }
  const std::vector<std::string>& columns() const override { return columns_; }
  std::vector<std::string> warnings() const override { return warnings_; }

  Place place_of(const JsonTree& record, std::uint64_t number) const override {
    if (number == header_row_) return Place::Header;
    if (number < header_row_) return Place::AboveHeader;
    if (record.nodes().empty() || record.root().kind != Kind::Array) return Place::Record;
    bool blank = true;
    record.each_child(0, [&](std::size_t child) { blank = blank && is_blank(cell_of(record, child)); });
    return blank ? Place::Blank : Place::Record;
  }

  std::string fill(const JsonTree& record, JsonRow& row) const override {
    row.cells.clear();
    if (record.root().kind == Kind::Array) record.each_child(0, [&](std::size_t child) { row.cells.push_back(cell_of(record, child)); });
    while (row.cells.size() > columns_.size() && row.cells.back().data() == nullptr) row.cells.pop_back();
    if (row.cells.size() < columns_.size()) row.cells.resize(columns_.size());
    return record.root().kind == Kind::Array ? "" : "it is no array, as the others are";
  }

  std::string rejects_header() const override {
    if (!has_header_) return {};
    std::vector<std::string> names;
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (!is_old(i)) names.push_back(json_quote(header_[i]));
    }
    for (const auto name : kRejectColumns) names.push_back(json_quote(name));
    return array_of(names);
  }

  std::string with_note(const JsonTree& record, const RejectNote& note) const override {
    if (record.root().kind != Kind::Array) return {};
    std::vector<std::string> cells;
    std::string_view before;
    std::size_t index = 0;
    record.each_child(0, [&](std::size_t child) {
      if (!is_old(index++)) cells.push_back(on_one_line(record.raw(record.nodes()[child])));
      else if (header_[index - 1] == kRejectColumns[0]) before = record.nodes()[child].text;
    });
    for (; index < columns_.size(); ++index) {
      if (!is_old(index)) cells.emplace_back("null");
    }
    for (auto& value : note_values(note, before)) cells.push_back(std::move(value));
    return array_of(cells);
  }

 private:
  void find_header() {
    const ListLayout layout = find_layout(sample_, 0, 1, no_header_);
    has_header_ = layout.has_header;
    columns_.resize(width_);
    for (const auto& row : sample_) {
      if (layout.has_header && row.line == layout.header_line) columns_ = row.cells;
    }
    if (layout.has_header) header_row_ = layout.header_line;
    warnings_ = layout.warnings;
    for (auto& warning : warnings_) say_rows(warning);
  }

  /// A column that an earlier rejects file added.
  bool is_old(std::size_t column) const {
    return has_header_ && column < header_.size() &&
           is_reject_column(header_[column]);
  }
  static std::string array_of(const std::vector<std::string>& values) {
    std::string text;
    for (const auto& value : values) text += (text.empty() ? "[" : ", ") + value;
    return text.empty() ? "[]" : text + "]";
  }

  bool no_header_;
  bool has_header_ = false;
  std::vector<SampleRow> sample_;
  std::size_t width_ = 0;
  std::uint64_t header_row_ = 0;      ///< its number among all rows; 0: it is none of them
  std::vector<std::string> header_;   ///< as written
  std::vector<std::string> columns_;
  std::vector<std::string> warnings_;
};

}  // namespace

std::unique_ptr<JsonLayout> make_table_layout(bool no_header, std::vector<std::string> header) {
  return std::make_unique<TableLayout>(no_header, std::move(header));
}

}  // namespace switchboard::input
