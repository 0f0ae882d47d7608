#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/input/rejects.h"
#include "core/input/source.h"
#include "core/ledger/batch_record.h"
#include "core/mapping/rows/mapping.h"
#include "host/jobs/rejected_places.h"

namespace switchboard::jobs {

/// The rejects file of a job: rows in the ledger and records of the source in step. One thread at a time.
class RejectsFile {
 public:
  /// What it is given outlives it. There is no file before a row was rejected.
  RejectsFile(std::string path, const input::Source& source, const mapping::Mapping& mapping, RejectedPlaces& places)
      : path_(std::move(path)), source_(source), mapping_(mapping), places_(places) {}

  /// The rejected rows of a batch; batches in their order. Errors as in input::RejectsWriter.
  Result<void> add(const ledger::BatchRecord& batch);
  /// False: none was rejected, and no file is made.
  Result<bool> finish();

 private:
  const std::string path_;
  const input::Source& source_;
  const mapping::Mapping& mapping_;
  RejectedPlaces& places_;
  std::unique_ptr<input::RejectsWriter> writer_;
};

}  // namespace switchboard::jobs
