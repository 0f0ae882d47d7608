#include "core/input/ods/ods_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/input/workbook/number_format.h"

namespace switchboard::input {
namespace {

/// Elements inside a paragraph whose text is not the paragraph's own.
constexpr std::array<std::string_view, 16> kNoText = {"annotation", "annotation-end", "note", "ruby-text", "frame", "custom-shape", "g", "rect",
                                                      "line", "ellipse", "circle", "connector", "control", "object", "image", "polygon"};
/// A row of blanks that is said to be longer than this is none.
constexpr unsigned kMostSpaces = 10'000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// As programs write them where they keep them as numbers, in the languages that do so in capitals.
bool is_true_word(std::string_view text) { return text == "TRUE" || text == "WAHR" || text == "VRAI" || text == "VERDADERO" || text == "VERO"; }
bool is_false_word(std::string_view text) { return text == "FALSE" || text == "FALSCH" || text == "FAUX" || text == "FALSO"; }

/// "#N/A", "Err:502"; but "###" is a number for which its column is too narrow, and "#12" one with a mark before it.
bool is_error_word(std::string_view text) {
  return text.starts_with("Err:") || (text.size() > 1 && text[0] == '#' && text[1] >= 'A' && text[1] <= 'Z');
}

}  // namespace

std::string duration_text(std::string_view iso) {
  std::string_view rest = iso;
  if (!rest.starts_with("PT")) return std::string(iso);
  rest.remove_prefix(2);
  double seconds = 0;
  while (!rest.empty()) {
    double value = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (read.ec != std::errc() || read.ptr == rest.data() + rest.size()) return std::string(iso);
    const char unit = *read.ptr;
    if (unit != 'H' && unit != 'M' && unit != 'S') return std::string(iso);
    seconds += value * (unit == 'H' ? 3600 : unit == 'M' ? 60 : 1);
    rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()) + 1);
  }
  if (!(seconds >= 0 && seconds < 1e12)) return std::string(iso);
  const long long whole = std::llround(seconds);
  return fmt::format("{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

void OdsCell::begin(const XmlAttributes& attributes) {
  is_error_ = attributes.exactly("calcext:value-type") == "error";
  type_ = attributes.exactly("office:value-type");
  if (type_.empty() && !is_error_) type_ = attributes.get("value-type");  // "table:value-type" before 1.0
  const char* const holder = type_ == "date"      ? "date-value"
                             : type_ == "time"    ? "time-value"
                             : type_ == "boolean" ? "boolean-value"
                             : type_ == "string"  ? "string-value"
                                                  : "value";
  value_ = attributes.get(holder);
  has_value_ = !value_.empty();
  shown_.clear();
  paragraphs_ = in_paragraph_ = skipping_ = 0;
}

void OdsCell::append(char c) {
  if (shown_.size() <= kLongestCell) shown_ += c;
}

void OdsCell::begin_inside(std::string_view element, const XmlAttributes& attributes) {
  if (skipping_ > 0) {
    ++skipping_;
  } else if (in_paragraph_ == 0) {
    if (element == "p" || element == "h") {
      if (paragraphs_++ > 0) append('\n');
      in_paragraph_ = 1;
      swallow_space_ = true;
    } else if (element != "list" && element != "list-item") {
      skipping_ = 1;
    }
  } else if (std::find(kNoText.begin(), kNoText.end(), element) != kNoText.end()) {
    skipping_ = 1;
  } else {
    ++in_paragraph_;
    if (element == "s") {
      for (unsigned i = std::min(whole_number(attributes.get("c"), 1), kMostSpaces); i > 0; --i) append(' ');
      swallow_space_ = false;
    } else if (element == "tab") {
      append('\t');
      swallow_space_ = false;
    } else if (element == "line-break") {
      append('\n');
      swallow_space_ = false;
    }
  }
}

void OdsCell::end_inside() {
  if (skipping_ > 0) {
    --skipping_;
  } else if (in_paragraph_ > 0) {
    --in_paragraph_;
  }
}

void OdsCell::text(std::string_view piece) {
  if (in_paragraph_ == 0 || skipping_ > 0) return;
  for (const char c : piece) {
    if (!is_space(c)) {
      append(c);
      swallow_space_ = false;
    } else if (!swallow_space_) {
      append(' ');
      swallow_space_ = true;
    }
  }
}

SheetCell OdsCell::finish() {
  SheetCell cell;
  if (is_error_ || (type_ == "float" && is_error_word(shown_))) {
    cell.type = CellType::Error;
    cell.text = shown_;
  } else if (type_ == "float" && has_value_ && (is_true_word(shown_) || is_false_word(shown_))) {
    cell.type = CellType::Boolean;
    cell.text = value_ == "0" ? "FALSE" : "TRUE";
  } else if ((type_ == "float" || type_ == "percentage" || type_ == "currency") && has_value_) {
    cell.type = CellType::Number;
    cell.text = number_text(std::string_view(value_));
    if (type_ == "float" && shown_.starts_with('+') && add_dialling_prefix(cell.text, shown_dialling_prefix(cell.text, shown_))) cell.type = CellType::Text;
  } else if (type_ == "date" && has_value_) {
    cell.type = CellType::Date;
    cell.text = iso_date_text(value_);
  } else if (type_ == "time" && has_value_) {
    cell.type = CellType::Date;
    cell.text = duration_text(value_);
  } else if (type_ == "boolean" && has_value_) {
    cell.type = CellType::Boolean;
    cell.text = value_ == "true" || value_ == "1" ? "TRUE" : "FALSE";
  } else {
    cell.text = type_ == "string" && has_value_ ? value_ : shown_;
  }
  return cell;
}

}  // namespace switchboard::input
