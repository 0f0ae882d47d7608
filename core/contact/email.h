#pragma once

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

/// Certainly an address as it stands, with nothing around it: what nearly every cell of addresses is. False: it has to be looked at
/// closely.
bool is_plain_email(std::string_view text);
/// What parse_email() says of such a one.
Email read_plain_email(std::string_view text);

}  // namespace switchboard::contact
