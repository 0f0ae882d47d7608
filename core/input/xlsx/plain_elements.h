#pragma once

#include <cstdint>
#include <string_view>

namespace switchboard::input {

/// Elements in the few spellings that nearly all programs write, read without a look at what XML allows besides. Whatever is not
/// spelt so is for XmlScanner. Bytes from `at` on are known to be UTF-8, and `*at` is there.

/// <c r="B2" s="1" t="s"><v>12</v></c>, <c r="B2"><f>A2+1</f><v>3</v></c>, <c r="B2" t="inlineStr"><is><t>x</t></is></c> or
/// <c r="B2" s="1"/>; attributes in any order.
struct PlainCell {
  std::uint32_t column = 0;  ///< from 0; perhaps beyond the last one that a sheet has
  std::uint32_t style = 0;
  std::string_view type;     ///< empty: none is given
  std::string_view formula;
  std::string_view value;
};

/// Where the cell ends; nullptr: there is no such cell, or not the whole of it before `end`.
const char* read_plain_cell(const char* at, const char* end, PlainCell& cell);

/// The same for <si><t>x</t></si> and <si><t xml:space="preserve">x</t></si>.
const char* read_plain_string(const char* at, const char* end, std::string_view& text);

}  // namespace switchboard::input
