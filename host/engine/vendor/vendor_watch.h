#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "host/engine/job/stop.h"
#include "host/engine/vendor/vendor_refusals.h"

namespace switchboard::engine {

/// What the answers to all chains together say about vendor and connector: one lost batch is bad luck, three
/// in a row are a vendor that is down. Thread-safe.
class VendorWatch {
 public:
  static constexpr std::uint32_t kPatience = 3;
  /// Where halves of a batch are tried that was not stored, and the vendor itself says that it is not available (503): two
  /// rows that it chokes on, in different halves, are four failures before something gets through.
  static constexpr std::uint32_t kPatienceWithParts = 5;

  VendorWatch(std::string vendor, bool any_taken) : vendor_(std::move(vendor)), refusals_(any_taken) {}

  /// A chain got on.
  void useful();
  /// The connector understood an answer.
  void sound();
  /// A chain was given up, or left in doubt, with the run's request number `ticket`; `sent` left in all so
  /// far. Requests that were out together when a line broke count as one.
  std::optional<Stop> gave_up(const std::string& why, std::uint64_t ticket, std::uint64_t sent,
                              std::uint32_t patience = kPatience);
  std::optional<Stop> broken(const std::string& why);
  /// How often the connector failed in all, and how first, as a sentence; nullopt: never.
  std::optional<std::string> failures() const;
  /// Rows were taken by the vendor.
  void taken();
  bool any_taken() const;
  /// A single row was refused. The rows to take back, when it is not the rows.
  std::optional<std::vector<VendorRefusals::Row>> refused(const std::string& code, VendorRefusals::Row row);

  /// A chain was left for resume, because the vendor answered so.
  void left_open(const std::string& why);
  /// The last of these answers, as a sentence; a general one where there was none.
  std::string open_rows() const;
  /// The last that was heard of the vendor is that it does not answer.
  std::optional<std::string> unreachable() const;

 private:
  const std::string vendor_;
  mutable std::mutex mutex_;
  VendorRefusals refusals_;
  std::uint32_t gave_up_ = 0, broken_ = 0;
  std::uint64_t failures_ = 0;
  std::string first_failure_;
  std::uint64_t counted_up_to_ = 0;
  std::string why_, why_open_;
};

}  // namespace switchboard::engine
