#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::input {

/// What must be known of a line before it is complete.
struct LineTraits {
  std::size_t value_begin = 0;  ///< behind the colon; the text's size where there is none
  bool quoted_printable = false;
  bool binary = false;          ///< a picture, sound or key: nobody wants its value
};
LineTraits traits_of(std::string_view line);

/// "BEGIN:VCARD" or "END:VCARD", in any case and with blanks around.
bool is_card_mark(std::string_view line);
bool is_begin(std::string_view line);
bool is_end(std::string_view line);

/// A parameter of a property. vCard 2.1 writes the values alone; they are given the names they stand for.
struct PropertyParameter {
  std::string name;   ///< upper case: "TYPE", "CHARSET", "PREF" …
  std::string value;  ///< as written, without quotes
};

/// A property of a card (RFC 6350, 3.3): "item1.TEL;TYPE=CELL:+1…".
struct Property {
  std::string group;  ///< "item1"; empty: none
  std::string name;   ///< upper case: "TEL"
  std::vector<PropertyParameter> parameters;
  std::string value;  ///< UTF-8; quoted-printable undone, escapes kept (see unescape, components)

  /// The first parameter of that name; empty: none.
  std::string_view parameter(std::string_view wanted) const;
  /// The kinds it says it is of, in their order: "CELL", "VOICE"; a preference is "pref" and comes last.
  std::vector<std::string> types() const;
};

/// Takes a logical line apart. Bytes that are no UTF-8 are read in the charset that the property names, else in
/// `file_charset` (any name that ICU knows). False: the line has no colon, so it is no property.
bool parse_property(std::string_view line, const std::string& file_charset, Property& property);

/// "a\, b\nc" → "a, b" and a line end and "c" (RFC 6350 3.4; also "\:" as some programs write it).
std::string unescape(std::string_view text);
/// The parts of a structured value (N, ADR, ORG), apart by semicolons, unescaped.
std::vector<std::string> components(std::string_view value);

}  // namespace switchboard::input
