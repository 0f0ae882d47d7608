#include "host/engine/vendor/vendor_watch.h"

#include "core/base/display_text.h"
#include "fmt/format.h"

namespace switchboard::engine {

void VendorWatch::useful() {
  const std::lock_guard lock(mutex_);
  gave_up_ = 0;
}

void VendorWatch::sound() {
  const std::lock_guard lock(mutex_);
  broken_ = 0;
}

std::optional<Stop> VendorWatch::gave_up(const std::string& why, std::uint64_t ticket, std::uint64_t sent,
                                         std::uint32_t patience) {
  const std::lock_guard lock(mutex_);
  const bool again = gave_up_ == 0 || ticket > counted_up_to_;
  if (again) {
    counted_up_to_ = sent;
    ++gave_up_;
  }
  const auto times = gave_up_ > 1 ? fmt::format(", {} times in a row", gave_up_) : std::string();
  why_ = fmt::format("{} does not answer as it should{}: {}", vendor_, times, why);
  if (!again || gave_up_ < patience) return std::nullopt;
  return Stop{EndReason::Unavailable, why_, true};
}

std::optional<Stop> VendorWatch::broken(const std::string& why) {
  const std::lock_guard lock(mutex_);
  if (++failures_ == 1) first_failure_ = why;
  if (++broken_ < kPatience) return std::nullopt;
  return Stop{EndReason::Internal, fmt::format("{} errors of the connector in a row, the last: {}", broken_, why)};
}

std::optional<std::string> VendorWatch::failures() const {
  const std::lock_guard lock(mutex_);
  if (failures_ == 0) return std::nullopt;
  return fmt::format("{} failed {}, {}so: {}. Rows of such a request were asked about, or are among the failed ones.", vendor_,
                     counted(failures_, "time"), failures_ == 1 ? "" : "the first time ", first_failure_);
}

bool VendorWatch::any_taken() const {
  const std::lock_guard lock(mutex_);
  return refusals_.any_taken();
}

void VendorWatch::taken() {
  const std::lock_guard lock(mutex_);
  refusals_.taken();
}

std::optional<std::vector<VendorRefusals::Row>> VendorWatch::refused(const std::string& code, VendorRefusals::Row row) {
  const std::lock_guard lock(mutex_);
  if (!refusals_.refused(code, std::move(row))) return std::nullopt;
  return refusals_.rows();
}

void VendorWatch::left_open(const std::string& why) {
  const std::lock_guard lock(mutex_);
  why_open_ = why;
}

std::string VendorWatch::open_rows() const {
  const std::lock_guard lock(mutex_);
  return fmt::format("{} left open what became of some rows{}{}; resume asks again", vendor_, why_open_.empty() ? "" : ": ",
                     why_open_);
}

std::optional<std::string> VendorWatch::unreachable() const {
  const std::lock_guard lock(mutex_);
  if (gave_up_ == 0) return std::nullopt;
  return why_;
}

}  // namespace switchboard::engine
