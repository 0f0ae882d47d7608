#include "core/input/vcard/property.h"

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/input/text/charset.h"
#include "core/input/text/utf8_check.h"

namespace switchboard::input {
namespace {

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return ascii_upper(x) == ascii_upper(y); });
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Offset of the colon that ends name and parameters: the first one outside double quotes.
std::size_t colon_of(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i;
  }
  // A quote that is never closed hides no colon: better a strange parameter than a lost property.
  return quoted ? line.find(':') : std::string_view::npos;
}

/// Calls `visit` with each part between separators that stand outside quotes.
template <class Visit>
void split_outside_quotes(std::string_view text, char separator, Visit visit) {
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '"') quoted = !quoted;
    if (i == text.size() || (text[i] == separator && !quoted)) {
      visit(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
}

std::string unquoted(std::string_view text) {
  text = trim(text);
  std::string out;
  for (const char c : text) {
    if (c != '"') out += c;
  }
  return out;
}

/// What a value without a name means in vCard 2.1.
std::string_view name_of_bare(std::string_view value) {
  for (const std::string_view encoding : {"QUOTED-PRINTABLE", "BASE64", "B", "7BIT", "8BIT"}) {
    if (same(value, encoding)) return "ENCODING";
  }
  for (const std::string_view kind : {"INLINE", "CONTENT-ID", "CID", "URL"}) {
    if (same(value, kind)) return "VALUE";
  }
  return "TYPE";
}


int hex(char c) {
  if (is_digit(c)) return c - '0';
  if (ascii_upper(c) >= 'A' && ascii_upper(c) <= 'F') return ascii_upper(c) - 'A' + 10;
  return -1;
}

/// RFC 2045, 6.7; what is no escape stays as it is.
std::string undo_quoted_printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else if (text[i] == '=' && i + 1 == text.size()) {
      break;  // a soft break with nothing behind it
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Android writes a label of one's own as "X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=6F=61=74)", or without the first two.
bool add_custom_label(std::string_view text, std::vector<PropertyParameter>& parameters) {
  constexpr std::string_view kCustom = "X-CUSTOM(";
  if (text.size() <= kCustom.size() || !same(text.substr(0, kCustom.size()), kCustom) || !text.ends_with(')')) return false;
  text = text.substr(kCustom.size(), text.size() - kCustom.size() - 1);
  bool quoted_printable = false;
  for (std::size_t comma; (comma = text.find(',')) != std::string_view::npos && text.substr(0, comma).find('=') != std::string_view::npos;) {
    quoted_printable = quoted_printable || same(text.substr(0, comma), "ENCODING=QUOTED-PRINTABLE");
    text.remove_prefix(comma + 1);
  }
  parameters.push_back({"TYPE", quoted_printable ? undo_quoted_printable(text) : std::string(text)});
  return true;
}

void add_parameter(std::string_view text, std::vector<PropertyParameter>& parameters) {
  if (add_custom_label(trim(text), parameters)) return;
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    const std::string value = unquoted(text);
    if (!value.empty()) parameters.push_back({std::string(name_of_bare(value)), value});
    return;
  }
  const std::string name = upper_case(trim(text.substr(0, equals)));
  text.remove_prefix(equals + 1);
  if (name != "TYPE") {
    parameters.push_back({name, unquoted(text)});
    return;
  }
  // TYPE=home,work and TYPE="home,work" are lists.
  const std::string list = unquoted(text);
  split_outside_quotes(list, ',', [&](std::string_view value) {
    if (value = trim(value); !value.empty()) parameters.push_back({name, std::string(value)});
  });
}

struct Head {
  std::string group, name;
  std::vector<PropertyParameter> parameters;
  std::size_t value_begin = 0;
};

bool parse_head(std::string_view line, Head& head) {
  const std::size_t colon = colon_of(line);
  if (colon == std::string_view::npos) return false;
  head.value_begin = colon + 1;
  bool first = true;
  split_outside_quotes(line.substr(0, colon), ';', [&](std::string_view part) {
    if (!first) return add_parameter(part, head.parameters);
    first = false;
    part = trim(part);
    if (const std::size_t dot = part.find('.'); dot != std::string_view::npos) {
      head.group = std::string(part.substr(0, dot));
      part.remove_prefix(dot + 1);
    }
    head.name = upper_case(part);
  });
  return !head.name.empty();
}

std::string_view parameter_of(const std::vector<PropertyParameter>& parameters, std::string_view name) {
  for (const auto& parameter : parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

bool is_quoted_printable(const Head& head) { return same(parameter_of(head.parameters, "ENCODING"), "QUOTED-PRINTABLE"); }

std::string to_utf8(std::string bytes, std::string_view charset, const std::string& file_charset) {
  const auto convert = [&](const std::string& name, std::string& out) {
    const auto from = Charset::open(name);
    return from != nullptr && from->append_utf8(bytes, out);
  };
  std::string out;
  if (!charset.empty() && !same(charset, "UTF-8") && convert(std::string(charset), out)) return out;
  if (is_utf8(bytes)) return bytes;
  if (file_charset != "UTF-8" && convert(file_charset, out)) return out;
  out.clear();
  // Whatever it says of itself: bytes that are no UTF-8 were most likely written by Windows.
  if (convert("windows-1252", out)) return out;
  return bytes;
}

}  // namespace

LineTraits traits_of(std::string_view line) {
  LineTraits traits;
  traits.value_begin = line.size();
  Head head;
  if (!parse_head(line, head)) return traits;
  traits.value_begin = head.value_begin;
  traits.quoted_printable = is_quoted_printable(head);
  const std::string_view encoding = parameter_of(head.parameters, "ENCODING");
  constexpr std::array kBinary = {"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-OL-DESIGN", "X-MS-CARDPICTURE"};
  traits.binary = same(encoding, "BASE64") || same(encoding, "B") ||
                  std::find(kBinary.begin(), kBinary.end(), head.name) != kBinary.end();
  return traits;
}

bool is_begin(std::string_view line) {
  // Files that were put together keep the mark that each began with.
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  return same(trim(line), "BEGIN:VCARD");
}
bool is_end(std::string_view line) { return same(trim(line), "END:VCARD"); }
bool is_card_mark(std::string_view line) { return is_begin(line) || is_end(line); }

std::string_view Property::parameter(std::string_view wanted) const { return parameter_of(parameters, wanted); }

std::vector<std::string> Property::types() const {
  std::vector<std::string> types;
  bool preferred = false;
  const auto add = [&](const std::string& type) {
    if (same(type, "PREF")) preferred = true;
    else if (std::none_of(types.begin(), types.end(), [&](const std::string& had) { return same(had, type); })) types.push_back(type);
  };
  for (const auto& parameter : parameters) {
    if (parameter.name == "TYPE") add(parameter.value);
    if (parameter.name == "PREF") preferred = preferred || parameter.value == "1";
  }
  if (preferred) types.push_back("pref");
  return types;
}

bool parse_property(std::string_view line, const std::string& file_charset, Property& property) {
  Head head;
  if (!parse_head(line, head)) return false;
  std::string bytes(line.substr(std::min(head.value_begin, line.size())));
  if (is_quoted_printable(head)) bytes = undo_quoted_printable(bytes);
  property.value = to_utf8(std::move(bytes), parameter_of(head.parameters, "CHARSET"), file_charset);
  property.group = std::move(head.group);
  property.name = std::move(head.name);
  property.parameters = std::move(head.parameters);
  return true;
}

std::string unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    switch (const char next = text[++i]; next) {
      case 'n':
      case 'N': out += '\n'; break;
      case ',':
      case ';':
      case ':':
      case '"':
      case '\\': out += next; break;
      default: out += '\\', out += next;
    }
  }
  return out;
}

std::vector<std::string> components(std::string_view value) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\') {
      ++i;  // what is escaped separates nothing
    } else if (value[i] == ';') {
      parts.push_back(unescape(value.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  parts.push_back(unescape(value.substr(begin)));
  return parts;
}

}  // namespace switchboard::input
