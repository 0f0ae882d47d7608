#include "core/contact/email_list.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/contact/text_repair.h"

namespace switchboard::contact {
namespace {

std::size_t count_at_signs(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '@'));
}

/// Cut at commas and semicolons that stand neither in quotes nor in angle brackets. What has no @ behind an address is a part
/// of it ("ann@example,com"), which makes it none: the rest would be somebody else's.
std::vector<std::string_view> cut_outside(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  bool quoted = false, angled = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool end = at == text.size();
    const char c = end ? '\0' : text[at];
    if (c == '"') quoted = !quoted;
    if (!quoted && c == '<') angled = true;
    if (!quoted && c == '>') angled = false;
    if (!end && (quoted || angled || separators.find(c) == std::string_view::npos)) continue;
    const auto part = trim(text.substr(begin, at - begin));
    // "ola@firma,no" ends in a country, "ola@firma.no, nei" in a word for nothing.
    const bool apart = begin > 0 && (text[begin - 1] == ';' || (begin < text.size() && text[begin] == ' '));
    begin = at + 1;
    if (part.empty()) continue;
    if (!parts.empty() && count_at_signs(part) == 0 && count_at_signs(parts.back()) > 0 &&
        !is_placeholder(part, apart ? "email" : "")) {
      // Of a display name that a comma parts ("Doe, Jane <jane@x>") the address comes later.
      const auto rest = text.substr(at);
      const bool display = rest.find('<') != std::string_view::npos && rest.find('<') < rest.find('@');
      if (!display) {
        parts.back() = {parts.back().data(), static_cast<std::size_t>(part.data() + part.size() - parts.back().data())};
        continue;
      }
    }
    parts.push_back(part);
  }
  return parts;
}

bool is_joint(std::string_view word) {
  static constexpr std::string_view kJoints[] = {"", "or", "and", "und", "oder", "ou", "et", "y", "o", "e", "i", "-", "+", "und/oder", "and/or",
                                                 "и", "или", "lub", "og", "och", "en", "of"};
  return std::find(std::begin(kJoints), std::end(kJoints), word) != std::end(kJoints);
}

/// "(work)": said of the address before it.
bool is_remark(std::string_view word) { return word.size() > 2 && word.starts_with('(') && word.ends_with(')'); }

/// "a@x b@x", "a@x / b@x", "a@x (work) or b@x": cut only where every piece that is no joining word is an address.
std::vector<std::string> cut_at_blanks(std::string_view cell) {
  const std::string text = collapse(cell);
  for (const std::string_view separators : {" ", " /\\&"}) {
    std::vector<std::string> addresses;
    bool whole = true;
    for (std::size_t begin = 0; begin <= text.size();) {
      const auto end = std::min(text.find_first_of(separators, begin), text.size());
      const std::string part = text.substr(begin, end - begin);
      begin = end + 1;
      const std::size_t signs = count_at_signs(part);
      if (signs == 1) addresses.push_back(part);
      whole = whole && signs <= 1 && (signs == 1 || is_remark(part) || is_joint(fold(part)));
    }
    if (whole && addresses.size() > 1) return addresses;
  }
  return {std::string(cell)};
}

/// ["a@x", "b@x"] as the text between the brackets, quotes off; other brackets stay.
std::string without_array(std::string_view text) {
  std::string inner(text.substr(1, text.size() - 2));
  std::erase(inner, '"');
  return inner;
}

/// What a byte of a cell may mean: it parts, wraps or names addresses; or it is no plain ASCII, or asks is_undamaged() for more.
constexpr std::uint8_t kParts = 1, kUnsure = 2;
constexpr auto kBytes = [] {
  std::array<std::uint8_t, 256> bytes{};
  for (const unsigned char c : {',', ';', '|', ':', '\n', '\r', '<', '"', '['}) bytes[c] = kParts;
  for (const unsigned char c : {'&', '#', '?', '='}) bytes[c] = kUnsure;
  for (std::size_t c = 0x80; c < bytes.size(); ++c) bytes[c] = kUnsure;
  return bytes;
}();

/// Nearly every cell: one @ and nothing that could part, wrap or name addresses. `seen`: of its bytes.
bool is_one_address(std::string_view text, std::uint8_t& seen) {
  std::size_t signs = 0;
  seen = 0;
  for (const char c : text) {
    seen |= kBytes[static_cast<unsigned char>(c)];
    signs += c == '@' ? 1 : 0;
  }
  return signs == 1 && (seen & kParts) == 0;
}

}  // namespace

std::string_view only_email(std::string_view cell) {
  const std::string_view text = trim(cell);
  std::uint8_t seen = 0;
  if (!is_one_address(text, seen)) return {};
  return (seen == 0 && text.size() == cell.size()) || is_undamaged(cell) ? text : std::string_view{};
}

std::vector<std::string> split_emails(std::string_view raw) {
  std::string_view text = trim(raw);
  if (std::uint8_t seen = 0; is_one_address(text, seen)) return {std::string(text)};
  std::string unpacked;
  if (text.size() > 1 && text.front() == '[' && text.back() == ']') {
    unpacked = without_array(text);
    text = unpacked;
  }
  std::vector<std::string> addresses;
  std::string name;  // a display name that a comma cut off its address
  for (std::string_view part : cut_outside(text, ",;|\n\r")) {
    while (part.starts_with(":::")) part = trim(part.substr(3));
    if (is_placeholder(part, "email")) continue;
    for (std::string_view rest = part; !rest.empty();) {
      const auto end = rest.find(":::");  // Google's separator
      const std::string_view piece = trim(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 3);
      if (piece.empty() || is_placeholder(piece, "email")) continue;
      if (count_at_signs(piece) == 0 && name.empty() && text.find('<') != std::string_view::npos) {
        name = piece;
        continue;
      }
      if (!name.empty()) {
        if (piece.find('<') != std::string_view::npos) {
          addresses.push_back(name + ", " + std::string(piece));
          name.clear();
          continue;
        }
        addresses.push_back(std::move(name));
        name.clear();
      }
      if (count_at_signs(piece) < 2 || piece.find_first_of("<\"") != std::string_view::npos) {
        addresses.emplace_back(piece);
      } else {
        for (std::string& address : cut_at_blanks(piece)) addresses.push_back(std::move(address));
      }
    }
  }
  if (!name.empty()) addresses.push_back(std::move(name));
  return addresses;
}

}  // namespace switchboard::contact
