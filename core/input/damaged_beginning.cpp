#include "core/input/damaged_beginning.h"

#include <algorithm>
#include <string>

#include "core/base/ascii.h"
#include "core/input/vcard/property.h"

namespace switchboard::input {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr const char* kTakeAgain = "Take it from its source again.";

std::string_view behind_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(kBlank);
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// A mark of a card on a line of its own, under a first line that separates nothing.
bool is_vcards(std::string_view text) {
  const auto line_end = [&](std::size_t at) { return std::min(text.find_first_of("\r\n", at), text.size()); };
  std::size_t end = line_end(0);
  if (text.substr(0, end).find_first_of(",;\t|\"") != std::string_view::npos) return false;
  while (end < text.size()) {
    const std::size_t begin = end + 1;
    end = line_end(begin);
    if (begin < text.size() && is_card_mark(text.substr(begin, end - begin))) return true;
  }
  return false;
}

/// A name in quotes and a colon, behind brackets of which at most one other byte is left, or behind a bracket and a piece of the name.
bool is_json(std::string_view text, bool closes) {
  const std::size_t quote = text.substr(0, 256).find('"');
  if (quote == std::string_view::npos) return false;
  const std::string_view before = text.substr(0, quote);
  const auto brackets = std::count_if(before.begin(), before.end(), [](char c) { return c == '{' || c == '['; });
  const auto others = std::count_if(before.begin(), before.end(), [](char c) { return c != '{' && c != '[' && kBlank.find(c) == std::string_view::npos; });
  const std::string_view behind = text.substr(quote + 1);
  if (closes && (text.front() == '[' || text.front() == '{')) return true;
  if (brackets > 0 && behind_blanks(behind).starts_with(':')) return true;  // the quote before the name is gone
  if (others > 1 || (others == 0 && brackets == 0)) return false;
  const std::size_t last = before.find_last_not_of(kBlank);
  if ((last != std::string_view::npos && (before[last] == '[' || before[last] == '{')) || behind.starts_with("vcard\"")) return true;
  const std::size_t close = behind.find('"');
  return close != std::string_view::npos && behind_blanks(behind.substr(close + 1)).starts_with(':');
}

bool is_damaged_markup(std::string_view text) {
  const std::string start = lower_case(text.substr(0, 16));
  // "Table 1" is what Numbers writes above a table, "Table Number" a column of a seating plan.
  const std::string all = lower_case(text);
  if (all.find("</") == std::string::npos && all.find("<t") == std::string::npos && all.find("<?") == std::string::npos && start.find("xml version") > 4 &&
      start.find("!doctype") > 1)
    return false;
  for (const std::string_view begin : {"?xml ", "!doctype", "html>", "html ", "table>", "table ", "workbook "})
    if (start.find(begin) <= 1) return true;
  return start.find("xml version") <= 4;
}

}  // namespace

std::optional<Looks> looks_behind_damage(std::string_view head, bool whole) {
  std::string_view text = behind_blanks(head);
  if (text.empty()) return std::nullopt;
  if (whole) text = text.substr(0, text.find_last_not_of(kBlank) + 1);
  const char end = whole ? text.back() : '\0';
  if (is_vcards(text)) return Looks{FileKind::VCard, "a vCard file (.vcf) whose beginning is damaged", kTakeAgain};
  if (is_json(text, end == ']' || end == '}')) return Looks{FileKind::Json, "a JSON file whose beginning is damaged", kTakeAgain};
  if (is_damaged_markup(text) || (text.front() == '<' && end == '>')) return Looks{FileKind::Damaged, "a web page or XML file whose beginning is damaged", kTakeAgain};
  // A bracket or a quote that nothing follows, and no tag's end.
  const bool opens = text.front() == '{' || text.front() == '[' || (text.front() == '<' && text.find('>') == std::string_view::npos);
  if (whole && opens && text.find_first_of("\r\n,;\t|]}") == std::string_view::npos)
    return Looks{FileKind::Damaged, text.front() == '<' ? "the beginning of a web page or XML file" : "the beginning of a JSON file", kTakeAgain};
  return std::nullopt;
}

}  // namespace switchboard::input
