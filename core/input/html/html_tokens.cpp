#include "core/input/html/html_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/ascii.h"
#include "core/base/utf8.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;
/// A text that is longer is taken apart. Tags may hold whole pictures.
constexpr std::size_t kLongestText = std::size_t{1} << 20, kLongestTag = std::size_t{16} << 20;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::size_t find_ignoring_case(std::string_view text, std::string_view lower_case, std::size_t from) {
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(), lower_case.begin(), lower_case.end(),
                                 [](char a, char b) { return ascii_lower(a) == b; });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

/// Where a tag that begins at `at` ends, quotes heeded; npos: not in this text.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
  char quote = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && i > 0 && text[i - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      return i;
    }
  }
  return std::string_view::npos;
}

/// HTML 4 names the characters from U+00A0 to U+00FF, in this order; the few others that turn up in lists follow.
constexpr std::string_view kLatin1[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",
    "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",
    "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",
    "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
    "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};
struct Entity {
  std::string_view name;
  char32_t character;
};
constexpr Entity kOthers[] = {{"amp", '&'},        {"lt", '<'},         {"gt", '>'},         {"quot", '"'},       {"apos", '\''},      {"OElig", 0x152},
                              {"oelig", 0x153},    {"Scaron", 0x160},   {"scaron", 0x161},   {"Yuml", 0x178},     {"ensp", 0x2002},    {"emsp", 0x2003},
                              {"thinsp", 0x2009},  {"zwnj", 0x200C},    {"zwj", 0x200D},     {"lrm", 0x200E},     {"rlm", 0x200F},     {"ndash", 0x2013},
                              {"mdash", 0x2014},   {"lsquo", 0x2018},   {"rsquo", 0x2019},   {"sbquo", 0x201A},   {"ldquo", 0x201C},   {"rdquo", 0x201D},
                              {"bdquo", 0x201E},   {"bull", 0x2022},    {"hellip", 0x2026},  {"euro", 0x20AC},    {"trade", 0x2122}};

/// 0: no such entity.
char32_t character_of(std::string_view entity) {
  if (entity.size() > 1 && entity.front() == '#') {
    entity.remove_prefix(1);
    const bool hex = ascii_lower(entity.front()) == 'x';
    if (hex) entity.remove_prefix(1);
    std::uint32_t code = 0;
    const auto read = std::from_chars(entity.data(), entity.data() + entity.size(), code, hex ? 16 : 10);
    return read.ec == std::errc() && read.ptr == entity.data() + entity.size() ? code : 0;
  }
  for (std::size_t i = 0; i < std::size(kLatin1); ++i) {
    if (kLatin1[i] == entity) return static_cast<char32_t>(0xA0 + i);
  }
  for (const Entity& other : kOthers) {
    if (other.name == entity) return other.character;
  }
  return 0;
}

}  // namespace

Result<bool> HtmlTokens::fill() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  offset_ += at_;
  at_ = 0;
  const std::size_t there = buffer_.size();
  const std::size_t wanted = std::max(kBlock, there);  // what is long is not looked through again and again
  buffer_.resize(there + wanted);
  auto got = store_.read_at(offset_ + there, buffer_.data() + there, wanted);
  if (!got) return got.error();
  buffer_.resize(there + *got);
  ended_ = *got == 0;
  return !ended_;
}

Result<void> HtmlTokens::skip_past(std::string_view end) {
  for (;;) {
    const std::size_t found = find_ignoring_case(buffer_, end, at_);
    if (found != std::string::npos) {
      at_ = found + end.size();
      return {};
    }
    at_ = std::max(at_, buffer_.size() - std::min(buffer_.size(), end.size() - 1));
    auto more = fill();
    if (!more) return more.error();
    if (!*more) {
      at_ = buffer_.size();
      return {};
    }
  }
}

Result<bool> HtmlTokens::next(HtmlToken& token) {
  for (;;) {
    // Enough to tell a comment from a tag from a "<" that is only a character.
    while (buffer_.size() - at_ < 4) {
      auto more = fill();
      if (!more) return more.error();
      if (!*more) break;
    }
    if (at_ == buffer_.size()) return false;
    token.begin = offset_ + at_;
    std::string_view rest = std::string_view(buffer_).substr(at_);
    const bool is_tag = rest.front() == '<' && rest.size() > 1 && (is_ascii_letter(rest[1]) || rest[1] == '/' || rest[1] == '!' || rest[1] == '?');
    if (!is_tag) {
      std::size_t end = rest.find('<', 1);
      while (end == std::string_view::npos && rest.size() < kLongestText) {
        auto more = fill();
        if (!more) return more.error();
        rest = std::string_view(buffer_).substr(at_);
        if (!*more) break;
        end = rest.find('<', 1);
      }
      token.kind = HtmlToken::Kind::Text;
      token.text = rest.substr(0, end);
      at_ += token.text.size();
      return true;
    }
    if (rest.starts_with("<!--")) {
      at_ += 4;
      if (auto skipped = skip_past("-->"); !skipped) return skipped.error();
      continue;
    }
    std::size_t end = end_of_tag(rest, 1);
    while (end == std::string_view::npos && rest.size() < kLongestTag) {
      auto more = fill();
      if (!more) return more.error();
      rest = std::string_view(buffer_).substr(at_);
      if (!*more) break;
      end = end_of_tag(rest, 1);
    }
    if (end == std::string_view::npos ? !ended_ : end > kLongestTag)
      return Error{ErrorKind::Input, fmt::format("{}: a tag of the page is longer than {} MiB", name_, kLongestTag >> 20), "Save the list as CSV (UTF-8)."};
    if (end == std::string_view::npos) end = rest.size() - 1;  // the page ends within it
    at_ += end + 1;
    const std::string_view tag = rest.substr(1, end - 1);
    if (tag.empty() || tag.front() == '!' || tag.front() == '?') continue;
    const bool closes = tag.front() == '/';
    std::size_t name_end = closes ? 1 : 0;
    while (name_end < tag.size() && !is_space(tag[name_end]) && tag[name_end] != '/') ++name_end;
    token.kind = closes ? HtmlToken::Kind::End : HtmlToken::Kind::Begin;
    token.name.assign(tag.substr(closes ? 1 : 0, name_end - (closes ? 1 : 0)));
    std::transform(token.name.begin(), token.name.end(), token.name.begin(), ascii_lower);
    token.attributes = tag.substr(name_end);
    const bool is_passed_over = token.name == "script" || token.name == "style" || token.name == "xml";
    if (!is_passed_over) return true;
    if (!closes && !tag.ends_with('/')) {
      if (auto skipped = skip_past("</" + token.name); !skipped) return skipped.error();
      if (auto skipped = skip_past(">"); !skipped) return skipped.error();
    }
  }
}

std::string_view html_attribute(std::string_view attributes, std::string_view name) {
  std::size_t at = 0;
  while (at < attributes.size()) {
    while (at < attributes.size() && (is_space(attributes[at]) || attributes[at] == '/')) ++at;
    const std::size_t begin = at;
    while (at < attributes.size() && !is_space(attributes[at]) && attributes[at] != '=') ++at;
    const std::string_view found = attributes.substr(begin, at - begin);
    while (at < attributes.size() && is_space(attributes[at])) ++at;
    std::string_view value;
    if (at < attributes.size() && attributes[at] == '=') {
      ++at;
      while (at < attributes.size() && is_space(attributes[at])) ++at;
      if (at < attributes.size() && (attributes[at] == '"' || attributes[at] == '\'')) {
        const std::size_t end = std::min(attributes.find(attributes[at], at + 1), attributes.size());
        value = attributes.substr(at + 1, end - at - 1);
        at = std::min(end + 1, attributes.size());
      } else {
        const std::size_t value_begin = at;
        while (at < attributes.size() && !is_space(attributes[at])) ++at;
        value = attributes.substr(value_begin, at - value_begin);
      }
    }
    if (std::equal(found.begin(), found.end(), name.begin(), name.end(), [](char a, char b) { return ascii_lower(a) == b; })) return value;
  }
  return {};
}

void append_html_text(std::string_view text, std::string& out) {
  constexpr std::size_t kLongestEntity = 10;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    out += text.substr(at, mark - at);
    if (mark == text.size()) return;
    const std::size_t end = text.find(';', mark);
    const char32_t character = end == std::string_view::npos || end - mark > kLongestEntity ? 0 : character_of(text.substr(mark + 1, end - mark - 1));
    if (character != 0) append_utf8(out, character);
    else out += '&';
    at = character != 0 ? end + 1 : mark + 1;
  }
}

}  // namespace switchboard::input
