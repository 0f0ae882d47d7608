#include "host/engine/plan/occurrences.h"

#include <string>

#include "core/base/sha256.h"

namespace switchboard::engine {

Occurrences::Occurrences(const mapping::Manifest& manifest, const RunOptions& options, FingerprintRoom& room) : seen_(&room) {
  if (options.duplicates != Duplicates::Keep) return;
  for (std::size_t i = 0; i < manifest.fields.size(); ++i) {
    if (manifest.fields[i].derive == "hash") derived_.push_back(i);
  }
}

void Occurrences::pass(const Fingerprint& identity) {
  if (matter() && !identity.is_zero()) seen_.assign(identity, seen_.find(identity).row + 1);
}

void Occurrences::tell_apart(mapping::Contact& contact) {
  if (!matter() || contact.identity.is_zero()) return;
  pass(contact.identity);
  const auto occurrence = seen_.find(contact.identity).row;
  if (occurrence == 1) return;
  const auto derived = to_hex(contact.identity.bytes.data(), contact.identity.bytes.size());
  for (const auto i : derived_) {
    // A value of the file's own is the user's to keep apart.
    if (i >= contact.values.size() || contact.values[i] != derived) continue;
    const auto own = fingerprint_of(derived + "#" + std::to_string(occurrence));
    contact.values[i] = to_hex(own.bytes.data(), own.bytes.size());
  }
}

}  // namespace switchboard::engine
