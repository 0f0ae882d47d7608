// What tells contacts apart, and what changed ones from unchanged ones.

#include "core/mapping/rows/row_mapper.h"

#include <algorithm>

#include "core/base/sha256.h"
#include "core/contact/text.h"

namespace switchboard::mapping {
namespace {

/// Length before text, so that no two lists of values meet.
void append_part(std::string& out, std::size_t field, std::string_view value) {
  out.append(std::to_string(field))
      .append(":")
      .append(std::to_string(value.size()))
      .append(":")
      .append(value)
      .append(";");
}

std::string text_of_all(const std::vector<std::optional<std::string>>& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) append_part(text, i, *values[i]);
  }
  return text;
}

}  // namespace

Fingerprint content_of(const Plan& plan, const std::vector<std::optional<std::string>>& values) {
  return fingerprint_of(plan.shape + text_of_all(values));
}

void RowMapper::make_fingerprints() {
  std::string identity, content;
  for (const std::size_t i : plan_.identity) {
    // An id made from the others cannot help to tell contacts apart.
    if (i == kNoColumn || (plan_.fields[i].field.derive == "hash" && !is_filled(i)) || !is_filled(i))
      continue;
    append_part(identity, i, identity_[i].empty() ? *contact_.values[i] : identity_[i]);
  }
  if (const std::string name = first_name(); !name.empty() && !identity.empty()) {
    if (plan_.names_tell_apart) append_part(identity, plan_.name_field, name);
    // FNV-1a; never 0, which stands for no name.
    std::uint32_t hash = 2166136261U;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    contact_.name_hash = hash | 1U;
  }
  if (is_filled(plan_.own_id)) contact_.own_id = fingerprint_of("id:" + *contact_.values[plan_.own_id]);
  content = text_of_all(contact_.values);
  bool hashed = false;
  for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
    if (plan_.fields[i].field.derive != "hash" || is_filled(i)) continue;
    const std::string& basis = identity.empty() ? content : identity;
    if (basis.empty()) continue;
    const Fingerprint print = fingerprint_of(basis);
    contact_.values[i] = to_hex(print.bytes.data(), print.bytes.size());
    hashed = true;
  }
  if (hashed && identity.empty()) identity = content;
  if (!identity.empty()) contact_.identity = fingerprint_of(identity);
  contact_.content = hashed ? content_of(plan_, contact_.values) : fingerprint_of(plan_.shape + content);
}

}  // namespace switchboard::mapping
