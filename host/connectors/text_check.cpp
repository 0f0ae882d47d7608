#include "host/connectors/text_check.h"

#include <simdjson.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "switchboard/forbidden_in_requests.h"

namespace switchboard::connectors {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// Length of the UTF-8 character at the front, 0: there is none.
std::size_t character_size(std::string_view text) {
  auto lead = static_cast<unsigned char>(text.front());
  std::size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return size <= text.size() && is_utf8(text.substr(0, size)) ? size : 0;
}

}  // namespace

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

bool is_method(std::string_view text) {
  return !text.empty() && text.size() <= 16 && !is_one_of(kForbiddenMethods, text) &&
         std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_header_value(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return is_control(c) && c != '\t'; });
}

bool is_path_or_url(std::string_view text) {
  bool begins_well = text.starts_with('/') || text.starts_with("https://") || text.starts_with("http://");
  return begins_well &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '\\'; });
}

bool is_reserved_header(std::string_view name) {
  return is_one_of(kConnectionHeaders, name) || is_one_of(kCredentialHeaders, name);
}

std::string clipped(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  while (limit > 0 && is_continuation(text[limit])) --limit;
  return std::string(text.substr(0, limit));
}

std::string readable(std::string_view text, std::size_t limit) {
  std::string result;
  for (std::size_t at = 0; at < text.size() && result.size() < limit;) {
    std::size_t size = character_size(text.substr(at));
    if (size == 0)
      result += "\xef\xbf\xbd";
    else if (size == 1 && is_control(text[at]))
      result += ' ';
    else
      result += text.substr(at, size);
    at += std::max<std::size_t>(size, 1);
  }
  return clipped(result, limit);
}

std::string tidy_code(std::string_view text, std::size_t limit) {
  std::string result = lower_case(text.substr(0, limit));
  for (char& c : result)
    if (!is_ascii_letter(c) && !is_digit(c) && c != '_' && c != '.' && c != '-') c = '_';
  return result;
}

}  // namespace switchboard::connectors
