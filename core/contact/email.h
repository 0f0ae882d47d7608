#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace switchboard::contact {

/// An e-mail address as a form accepts it, or why it is none.
struct Email {
  std::string address;         ///< domain in lower case, local part as written
  const char* code = nullptr;  ///< nullptr: fine; "email.invalid", "email.several"
  const char* problem = "";    ///< what is wrong, for the message: "has no @"
  bool ok() const { return code == nullptr; }
};

/// Unwraps `mailto:` and `Name <a@b.c>`, trims, then checks a practical subset of RFC 5321 and 5322: one @,
/// local part a dot-atom or quoted and at most 64 bytes, domain of labels with a top-level one of two letters
/// or more (internationalised ones allowed), 254 bytes in all. Comments, address literals and bare hosts are
/// refused.
Email parse_email(std::string_view text);

/// What a look at a text tells: an address as it stands, with nothing around it, is what nearly every cell of addresses holds.
enum class EmailLook : std::uint8_t {
  Unsure,  ///< it has to be looked at closely
  Plain,   ///< certainly an address as it stands; read_plain_email() says what parse_email() would
  Lower,   ///< the same, and without capitals: it is Email::address
};
EmailLook look_at_email(std::string_view text);
inline bool is_plain_email(std::string_view text) { return look_at_email(text) != EmailLook::Unsure; }
Email read_plain_email(std::string_view text);

}  // namespace switchboard::contact
