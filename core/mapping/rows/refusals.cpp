#include "core/mapping/rows/refusals.h"

#include <algorithm>

namespace switchboard::mapping {
namespace {

/// Column and person as the note of an entry.
constexpr unsigned kColumnBits = 24;
constexpr std::uint32_t kColumns = std::uint32_t{1} << kColumnBits;

std::uint32_t note_of(const Refusals::By& by) {
  return static_cast<std::uint32_t>(by.person) << kColumnBits | static_cast<std::uint32_t>(std::min<std::size_t>(by.column, kColumns - 1));
}

}  // namespace

void Refusals::add(const std::string& reach, By by) {
  if (!refused_) refused_ = std::make_unique<Refused>(scratch_, room_);
  refused_->by.insert(fingerprint_of(reach), by.row, note_of(by));
}

std::optional<Refusals::By> Refusals::find(const std::string& reach) const {
  if (!refused_) return std::nullopt;
  const auto known = refused_->by.find(fingerprint_of(reach));
  if (known.row == 0) return std::nullopt;
  return By{known.row, known.note % kColumns, known.note / kColumns};
}

}  // namespace switchboard::mapping
