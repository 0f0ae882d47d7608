#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/batch_record.h"
#include "core/mapping/rows/contact_mapper.h"
#include "host/engine/job/stop.h"

namespace switchboard::engine {

/// Merge: the first one, filled from the others by the mapper (Mapper::merge); to the engine the same as First.
enum class Duplicates { First, Last, Keep, Merge };

/// The user's choices that shape a run; the job's own are kept with it, for resume.
struct RunOptions {
  std::optional<std::uint64_t> limit;  ///< rows
  Duplicates duplicates = Duplicates::First;
  bool only_new = false;
  std::optional<std::uint64_t> concurrency;  ///< never above the manifest's in_flight
  bool first_alone = false;                  ///< limits.first_alone of the manifest holds: see there
  std::optional<std::uint64_t> batch_size;   ///< never above the manifest's records_per_request
  bool same_fields = false;     ///< limits.same_fields of the manifest holds: see there
  std::optional<std::uint64_t> max_errors;
  bool resumes = false;         ///< the job was begun by an earlier run
  bool ask_unknown = false;     ///< resume: rows of unknown fate are asked for (the vendor can be asked)
  bool resend_unknown = false;  ///< resume: those that nobody can say anything about are sent again
  /// A check before the run was answered with a refusal, or not at all: nothing is sent, every row is accounted for (good
  /// ones as failed), and the job ends for this reason, to be resumed.
  std::optional<Stop> stop_first;
  bool send = true;  ///< false: everything but sending (check); rows to send stay pending
  /// Appends what is to be made of a contact where it was mapped, before it is known whether it is sent. [any thread]
  std::function<void(const mapping::Contact&, std::string& text)> write_contact;
  /// Called in row order, on the planner's thread, with what write_contact made of each contact that is to be sent. Both or neither.
  std::function<void(std::string_view text)> on_contact;
  /// Likewise, for each row that is rejected before anything is sent: its number, and Record::byte_begin.
  std::function<void(std::uint64_t row, std::uint64_t byte_begin)> on_rejected;
  /// A batch that does not change any more in this run, as the ledger has it. Not all of them come. [any thread; where nothing is sent all of
  /// them come, in order, on the planner's]
  std::function<void(ledger::BatchRecord&&)> on_done;
  /// No batch whose number is lower than this changes any more in this run. It grows, and on_done was called for them. [any thread, under a
  /// lock of the engine's]
  std::function<void(std::uint64_t before)> on_settled;
  /// True for a row on a suppression list; nullptr: none. [any thread]
  std::function<bool(const mapping::Contact&)> suppressed;
};

}  // namespace switchboard::engine
