// What tells contacts apart, and what changed ones from unchanged ones.

#include "core/mapping/rows/row_mapper.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/sha256.h"
#include "core/contact/text.h"

namespace switchboard::mapping {
namespace {

constexpr std::size_t kMostDigits = 20;

/// Its digits and a colon; behind them. Nearly all numbers here have one or two.
char* write_number(char* at, std::size_t number) {
  if (number < 10) {
    *at++ = static_cast<char>('0' + number);
  } else if (number < 100) {
    *at++ = static_cast<char>('0' + number / 10);
    *at++ = static_cast<char>('0' + number % 10);
  } else {
    at = std::to_chars(at, at + kMostDigits, number).ptr;
  }
  *at++ = ':';
  return at;
}

/// Length before text, so that no two lists of values meet.
void append_part(std::string& out, std::size_t field, std::string_view value) {
  std::array<char, 2 * (kMostDigits + 1)> head;
  const char* const end = write_number(write_number(head.data(), field), value.size());
  out.append(head.data(), static_cast<std::size_t>(end - head.data()));
  out += value;
  out += ';';
}

void append_all(std::string& out, const std::vector<std::optional<std::string>>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) append_part(out, i, *values[i]);
  }
}

}  // namespace

Fingerprint content_of(const Plan& plan, const std::vector<std::optional<std::string>>& values) {
  std::string text = plan.shape;
  append_all(text, values);
  return fingerprint_of(text);
}

void RowMapper::make_fingerprints() {
  std::string& identity = text_;
  identity.clear();
  using KnownBy = Contact::KnownBy;
  contact_.known_by = KnownBy::Id;
  for (const std::size_t i : plan_.identity) {
    // An id made from the others cannot help to tell contacts apart.
    if (i == kNoColumn || !is_filled(i)) continue;
    const std::string& meaning = plan_.fields[i].field.meaning;
    contact_.known_by = std::min(contact_.known_by, meaning == "email" ? KnownBy::Address : parsed_[i] || meaning.starts_with("phone") ? KnownBy::Number : KnownBy::Id);
    append_part(identity, i, identity_[i].empty() ? *contact_.values[i] : identity_[i]);
  }
  if (!identity.empty()) {
    contact_.name_hash = first_name_hash();
    if (plan_.names_tell_apart && contact_.name_hash != 0) append_part(identity, plan_.name_field, first_name());
  }
  if (is_filled(plan_.own_id)) contact_.own_id = fingerprint_of("id:" + *contact_.values[plan_.own_id]);
  const bool wants_hash = std::any_of(plan_.hash_fields.begin(), plan_.hash_fields.end(), [&](std::size_t i) { return !is_filled(i); });
  // Where nothing tells the contact from others, all of it does.
  if (wants_hash && identity.empty()) append_all(identity, contact_.values);
  if (!identity.empty()) contact_.identity = fingerprint_of(identity);
  if (wants_hash && !identity.empty()) {
    const std::string derived = to_hex(contact_.identity.bytes.data(), contact_.identity.bytes.size());
    for (const std::size_t i : plan_.hash_fields) {
      if (!is_filled(i)) contact_.values[i] = derived;
    }
  }
  if (!plan_.wants_content) return;
  std::string& content = text_;
  content = plan_.shape;
  append_all(content, contact_.values);
  contact_.content = fingerprint_of(content);
}

}  // namespace switchboard::mapping
