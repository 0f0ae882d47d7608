#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/ledger/ledger.h"
#include "tests/temporary_directory.h"

namespace switchboard::ledger::testing {

using switchboard::testing::TemporaryDirectory;

inline std::unique_ptr<Ledger> open_ledger(const std::string& directory) {
  auto ledger = open_sqlite_ledger(directory);
  INFO((ledger ? std::string() : ledger.error().message));
  REQUIRE(ledger);
  return std::move(*ledger);
}

inline std::shared_ptr<JobJournal> journal_of(Ledger& ledger, const std::string& job) {
  auto journal = ledger.jobs().journal(job);
  REQUIRE(journal);
  return std::move(*journal);
}

inline JobInfo job_named(const std::string& id, std::uint64_t rows_read) {
  JobInfo job;
  job.id = id;
  job.connector_id = "truedy";
  job.connector_version = "1.0.0";
  job.account = "truedy|https://api.example|folder 7";
  job.source_name = "contacts.csv";
  job.source_sha256 = std::string(64, 'a');
  job.rows_read = rows_read;
  job.started_ms = 1'700'000'000'000;
  return job;
}

/// Rows first_row … all with this outcome, on lines that follow one another.
inline BatchRecord batch_of(std::uint64_t seq, std::uint64_t first_row, std::size_t rows, Outcome outcome) {
  BatchRecord batch;
  batch.seq = seq;
  batch.first_row = first_row;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint64_t row = first_row + i;
    batch.add_row(row + 1, 1);
    batch.add_contact(fingerprint_of("identity " + std::to_string(row)), fingerprint_of("content " + std::to_string(row))).outcome = outcome;
  }
  batch.parts.clear();  // which is the same
  return batch;
}

}  // namespace switchboard::ledger::testing
