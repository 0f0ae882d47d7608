#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/end_reason.h"
#include "host/engine/chain/live_batch.h"

namespace switchboard::engine {

/// Rows that the vendor refused one at a time. Where the first eight of them are refused with the same code
/// and no row of the job was taken, it is not the rows (docs/decisions.md): a setting, a plan or a permission
/// is wrong, and going on would reject a whole good file. Not thread-safe.
class VendorRefusals {
 public:
  static constexpr std::size_t kEnough = 8;

  struct Row {
    std::weak_ptr<LiveBatch> batch;
    std::uint64_t seq = 0;
    std::uint32_t index = 0;
  };

  explicit VendorRefusals(bool any_taken) : any_taken_(any_taken) {}

  void taken() {
    any_taken_ = true;
    rows_.clear();
  }
  bool any_taken() const { return any_taken_; }
  /// True: enough; rows() are the ones to take back.
  bool refused(const std::string& code, Row row);
  const std::vector<Row>& rows() const { return rows_; }

 private:
  bool any_taken_;
  std::string code_;
  std::vector<Row> rows_;
};

/// What such a stop is about: the credential, where the code or the HTTP status speaks of it or of a permission; else a
/// setting.
EndReason reason_of_refusal(const std::string& code, std::uint32_t http_status);

}  // namespace switchboard::engine
