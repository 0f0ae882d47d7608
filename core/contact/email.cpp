#include "core/contact/email.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "core/base/ascii.h"
#include "core/base/sixteen_bytes.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

constexpr std::size_t kMaxLocal = 64;   // RFC 5321, 4.5.3.1.1
constexpr std::size_t kMaxTotal = 254;  // RFC 5321, 4.5.3.1.3, less the angle brackets (erratum 1690)
constexpr std::size_t kMaxLabel = 63;   // RFC 1035, 2.3.4
constexpr std::string_view kAtomMarks = "!#$%&'*+-/=?^_`{|}~";  // RFC 5322, 3.2.3

constexpr bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }

template <class Is>
constexpr std::array<bool, 256> bytes_that(Is is) {
  std::array<bool, 256> bytes{};
  for (std::size_t byte = 0; byte < bytes.size(); ++byte) bytes[byte] = is(static_cast<char>(byte));
  return bytes;
}

/// Without what mail programs and spreadsheets wrap around an address.
std::string_view bare_address(std::string_view text) {
  text = trim(text);
  while (text.ends_with(';') || text.ends_with(',')) text = trim(text.substr(0, text.size() - 1));
  // "ann@example.org (work)"
  if (text.ends_with(')')) {
    const auto open = text.rfind(" (");
    if (open != std::string_view::npos && open > text.find('@')) text = trim(text.substr(0, open));
  }
  if (text.ends_with('>')) {
    const auto open = text.rfind('<');
    if (open != std::string_view::npos) text = trim(text.substr(open + 1, text.size() - open - 2));
  }
  if (text.size() > 7 && equals_ignoring_case(text.substr(0, 7), "mailto:")) {
    text.remove_prefix(7);
    text = trim(text.substr(0, text.find('?')));
  }
  // A spreadsheet's "this is text" apostrophe: legal in a local part, but never meant as its first character.
  if (text.starts_with('\'')) {
    text.remove_prefix(1);
    if (text.ends_with('\'')) text.remove_suffix(1);
  }
  return text;
}

const char* local_problem(std::string_view local) {
  if (local.empty()) return "has nothing before the @";
  if (local.size() > kMaxLocal) return "has more than 64 characters before the @";
  if (local.size() >= 2 && local.front() == '"' && local.back() == '"') {
    const auto inner = local.substr(1, local.size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
      if (inner[i] == '\\' && i + 1 < inner.size()) {
        ++i;
      } else if (inner[i] == '"' || inner[i] == '\\' || static_cast<unsigned char>(inner[i]) < 0x20) {
        return "has a quoted name that is not closed properly";
      }
    }
    return nullptr;
  }
  if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) {
    return "has a dot in the wrong place before the @";
  }
  static constexpr auto kAllowed = bytes_that([](char c) {
    return is_ascii_letter(c) || is_digit(c) || is_wide(c) || c == '.' || kAtomMarks.find(c) != std::string_view::npos;
  });
  for (const char c : local) {
    if (!kAllowed[static_cast<unsigned char>(c)]) {
      return c == ' ' ? "has a blank in it" : "has a character that no address has before the @";
    }
  }
  return nullptr;
}

const char* domain_problem(std::string_view domain) {
  static constexpr auto kOfDomains = bytes_that([](char c) { return is_ascii_letter(c) || is_digit(c) || is_wide(c) || c == '-'; });
  if (domain.empty()) return "has nothing after the @";
  std::size_t labels = 0;
  std::string_view last;
  for (std::size_t begin = 0; begin <= domain.size();) {
    const auto end = std::min(domain.find('.', begin), domain.size());
    last = domain.substr(begin, end - begin);
    ++labels;
    if (last.empty()) return "has a dot in the wrong place after the @";
    if (last.size() > kMaxLabel) return "has a part longer than 63 characters after the @";
    if (last.front() == '-' || last.back() == '-') return "has a hyphen in the wrong place after the @";
    for (const char c : last) {
      if (!kOfDomains[static_cast<unsigned char>(c)]) return c == ' ' ? "has a blank in it" : "has a character that no domain has";
    }
    begin = end + 1;
  }
  if (labels < 2) return "has no ending such as .com after the @";
  if (last.size() < 2 || std::all_of(last.begin(), last.end(), is_digit))
    return "has no real ending after the @";
  const bool encoded = last.size() > 4 && equals_ignoring_case(last.substr(0, 4), "xn--");
  if (!encoded && std::any_of(last.begin(), last.end(), [](char c) { return is_digit(c) || c == '-'; })) {
    return "has no real ending after the @";
  }
  return nullptr;
}

bool has_invisible(std::string_view text) {
  // Nearly every address is printable ASCII, which a loop without a way out finds out eight and more bytes a step.
  unsigned others = 0;
  for (const char c : text) others |= static_cast<unsigned char>(c - ' ') >= 0x7F - ' ' ? 1U : 0U;
  if (others == 0) return false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] >= ' ' && text[at] < 0x7F) {
      ++at;
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (c == 0xFFFD || is_control(c) || (c != ' ' && is_blank(c))) return true;
  }
  return false;
}

Email refuse(const char* code, const char* problem) { return Email{{}, code, problem}; }

/// An address of nothing but letters, digits and the commonest marks, as nearly all are. What is no such address has to be looked at closely.
namespace plain {

constexpr std::size_t kLongest = kMaxLabel;  // so that no part of it is too long either

/// Which of its bytes are what, a bit each.
struct Bytes {
  std::uint64_t letters = 0, capitals = 0, digits = 0, dots = 0, hyphens = 0, locals = 0, signs = 0;  ///< capitals: of the letters
};

#if defined(__SSE2__)
/// Sixteen bytes a step: an automaton that takes a byte a step waited for its own last step, and was 2 % of the time of `check`.
Bytes look_at(std::string_view text) {
  Bytes found;
  visit_sixteen_bytes(text, [&](std::size_t at, __m128i bytes) {
    const auto equal = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    add_found(found.letters, at, bytes_between(_mm_or_si128(bytes, _mm_set1_epi8('a' - 'A')), 'a', 'z'));
    add_found(found.capitals, at, bytes_between(bytes, 'A', 'Z'));
    add_found(found.digits, at, bytes_between(bytes, '0', '9'));
    add_found(found.dots, at, equal('.'));
    add_found(found.hyphens, at, equal('-'));
    add_found(found.locals, at, _mm_or_si128(equal('_'), equal('+')));
    add_found(found.signs, at, equal('@'));
  });
  return found;
}
#else
Bytes look_at(std::string_view text) {
  Bytes found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    std::uint64_t none = 0;
    std::uint64_t& bits = is_ascii_letter(c)       ? found.letters
                          : is_digit(c)            ? found.digits
                          : c == '.'               ? found.dots
                          : c == '-'               ? found.hyphens
                          : c == '_' || c == '+' ? found.locals
                          : c == '@'               ? found.signs
                                                   : none;
    bits |= std::uint64_t{1} << at;
    if (is_ascii_upper(c)) found.capitals |= std::uint64_t{1} << at;
  }
  return found;
}
#endif

}  // namespace plain

/// `address` has been found good.
Email accepted(std::string_view address, std::size_t at) {
  Email email;
  email.address = address;
  for (std::size_t i = at + 1; i < email.address.size(); ++i) email.address[i] = ascii_lower(email.address[i]);
  return email;
}

}  // namespace

EmailLook look_at_email(std::string_view text) {
  if (text.empty() || text.size() > plain::kLongest) return EmailLook::Unsure;
  const plain::Bytes bytes = plain::look_at(text);
  const std::uint64_t all = (std::uint64_t{1} << text.size()) - 1;
  const std::uint64_t sign = bytes.signs;
  if ((bytes.letters | bytes.digits | bytes.dots | bytes.hyphens | bytes.locals | sign) != all || sign == 0 || (sign & (sign - 1)) != 0) return EmailLook::Unsure;
  const std::uint64_t local = sign - 1, domain = all & ~(local | sign);
  const std::uint64_t local_dots = bytes.dots & local, dots = bytes.dots & domain;
  if (local == 0 || dots == 0 || (bytes.locals & domain) != 0) return EmailLook::Unsure;
  // Before the @ no dot begins, ends, or stands beside another.
  if ((local_dots & (std::uint64_t{1} | sign >> 1 | local_dots << 1)) != 0) return EmailLook::Unsure;
  // Behind it each part begins and ends with a letter or digit, and the last one has two letters and nothing else.
  const std::uint64_t plain = bytes.letters | bytes.digits;
  const std::uint64_t begins = (dots | sign) << 1, ends = dots >> 1;
  const std::uint64_t last = all & ~((std::uint64_t{2} << (63 - std::countl_zero(dots))) - 1);
  const bool is_good = (begins & all & ~plain) == 0 && (ends & ~plain) == 0 && (last & (last - 1)) != 0 && (last & ~bytes.letters) == 0;
  return !is_good ? EmailLook::Unsure : bytes.capitals != 0 ? EmailLook::Plain : EmailLook::Lower;
}

Email read_plain_email(std::string_view text) { return accepted(text, text.find('@')); }

Email parse_email(std::string_view text) {
  if (is_plain_email(text)) return read_plain_email(text);
  const std::string_view address = bare_address(text);
  if (address.empty()) return refuse("email.invalid", "is empty");
  const auto at = address.rfind('@');
  if (at == std::string_view::npos) return refuse("email.invalid", "has no @");
  const bool quoted = address.front() == '"';
  if (!quoted && address.find('@') != at) {
    const bool several = address.find_first_of(";, \n") != std::string_view::npos;
    return several ? refuse("email.several", "holds several addresses")
                   : refuse("email.invalid", "has more than one @");
  }
  if (has_invisible(address)) return refuse("email.invalid", "has an invisible or broken character in it");
  if (address.size() > kMaxTotal) return refuse("email.invalid", "is longer than 254 characters");
  if (const char* problem = local_problem(address.substr(0, at))) return refuse("email.invalid", problem);
  std::string_view domain = address.substr(at + 1);
  if (const char* problem = domain_problem(domain)) return refuse("email.invalid", problem);
  return accepted(address, at);
}

}  // namespace switchboard::contact
