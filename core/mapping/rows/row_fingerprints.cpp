// What tells contacts apart, and what changed ones from unchanged ones.

#include "core/mapping/rows/row_mapper.h"

#include <algorithm>
#include <charconv>
#include <cstring>

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

/// The text of a fingerprint, written into memory that only grows: appending its pieces to a string was 4 % of `check`.
class Parts {
 public:
  explicit Parts(std::string& memory) : memory_(memory) {}

  bool empty() const { return size_ == 0; }
  std::string_view text() const { return {memory_.data(), size_}; }
  void begin(std::string_view text) {
    make_room(text.size());
    write(text);
  }
  /// Length before text, so that no two lists of values meet.
  void add(std::size_t field, std::string_view value) {
    make_room(2 * (kMostDigits + 1) + value.size() + 1);
    char* const head = memory_.data() + size_;
    size_ += static_cast<std::size_t>(write_number(write_number(head, field), value.size()) - head);
    write(value);
    memory_[size_++] = ';';
  }
  void add_all(const std::vector<std::optional<std::string>>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i]) add(i, *values[i]);
    }
  }

 private:
  void make_room(std::size_t more) {
    if (memory_.size() - size_ < more) memory_.resize(2 * (size_ + more));
  }
  void write(std::string_view text) {
    std::memcpy(memory_.data() + size_, text.data(), text.size());
    size_ += text.size();
  }

  std::string& memory_;
  std::size_t size_ = 0;
};

}  // namespace

Fingerprint content_of(const Plan& plan, const std::vector<std::optional<std::string>>& values) {
  std::string memory;
  Parts content(memory);
  content.begin(plan.shape);
  content.add_all(values);
  return fingerprint_of(content.text());
}

void RowMapper::make_fingerprints() {
  Parts identity(text_);
  using KnownBy = Contact::KnownBy;
  contact_.known_by = KnownBy::Id;
  for (const std::size_t i : plan_.identity) {
    // An id made from the others cannot help to tell contacts apart.
    if (i == kNoColumn || !is_filled(i)) continue;
    const std::string& meaning = plan_.fields[i].field.meaning;
    contact_.known_by = std::min(contact_.known_by, meaning == "email" ? KnownBy::Address : parsed_[i] || meaning.starts_with("phone") ? KnownBy::Number : KnownBy::Id);
    identity.add(i, identity_[i].empty() ? *contact_.values[i] : identity_[i]);
  }
  if (!identity.empty()) {
    contact_.name_hash = first_name_hash();
    if (plan_.names_tell_apart && contact_.name_hash != 0) identity.add(plan_.name_field, first_name());
  }
  if (is_filled(plan_.own_id)) contact_.own_id = fingerprint_of("id:" + *contact_.values[plan_.own_id]);
  const bool wants_hash = std::any_of(plan_.hash_fields.begin(), plan_.hash_fields.end(), [&](std::size_t i) { return !is_filled(i); });
  // Where nothing tells the contact from others, all of it does.
  if (wants_hash && identity.empty()) identity.add_all(contact_.values);
  if (!identity.empty()) contact_.identity = fingerprint_of(identity.text());
  if (wants_hash && !identity.empty()) {
    const std::string derived = to_hex(contact_.identity.bytes.data(), contact_.identity.bytes.size());
    for (const std::size_t i : plan_.hash_fields) {
      if (!is_filled(i)) contact_.values[i] = derived;
    }
  }
  if (!plan_.wants_content) return;
  Parts content(text_);
  content.begin(plan_.shape);
  content.add_all(contact_.values);
  contact_.content = fingerprint_of(content.text());
}

}  // namespace switchboard::mapping
