#pragma once

#include <string>
#include <string_view>

#include "core/input/workbook/sheet.h"
#include "core/input/workbook/xml_events.h"

namespace switchboard::input {

/// One cell of an OpenDocument table while it is read: told of every element inside it.
class OdsCell {
 public:
  /// At its start tag.
  void begin(const XmlAttributes& attributes);
  /// Of elements between its tags; `text` is white space, too.
  void begin_inside(std::string_view element, const XmlAttributes& attributes);
  void end_inside();
  void text(std::string_view piece);
  /// At its end tag. Text empty: there is nothing in it.
  SheetCell finish();
  bool too_long() const { return shown_.size() > kLongestCell; }

 private:
  void append(char c);

  std::string type_, value_;
  bool is_error_ = false, has_value_ = false;
  std::string shown_;          ///< its paragraphs, apart by line ends
  int paragraphs_ = 0;
  int in_paragraph_ = 0;       ///< depth of elements, the paragraph's own included; 0: outside of one
  int skipping_ = 0;           ///< depth inside of what is no part of the text: notes, drawings
  bool swallow_space_ = true;  ///< white space after white space, or at a paragraph's start, is none (OpenDocument 1.2, 6.1.2)
};

/// "PT09H30M00S" → "09:30:00"; days and months count as ODF says: none are used. What is no duration stays as it is.
std::string duration_text(std::string_view iso);

}  // namespace switchboard::input
