#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/job_state.h"
#include "core/base/operation.h"

namespace switchboard::ledger {

using switchboard::JobState;

/// One import of one source to one profile. Holds no secret.
struct JobInfo {
  std::string id;  ///< [a-z0-9-], made by make_job_id()
  Operation operation = Operation::Import;  ///< what is done with its rows, by every run of it
  std::string connector_id, connector_version;
  std::string account;     ///< connector, address, settings that tell accounts apart; for people, too
  std::string credential;  ///< tells apart what `account` cannot: SentIndex::credential_mark(); empty: not known
  std::string profile;
  std::string source_name, source_path, source_sha256;
  bool source_spooled = false;  ///< source_path is our copy of standard input; forget() deletes it
  std::uint64_t source_bytes = 0;
  std::string source_json;      ///< the report's "source" object
  std::string mapping_json;     ///< the report's "mapping" array
  std::string mapping_hash;     ///< SHA-256 of Mapping::canonical_text()
  std::string options_json;     ///< every option that resume needs (host/jobs/request_json)
  std::uint64_t rows_read = 0;  ///< rows of the source that --limit let through
  JobState state = JobState::Running;
  int exit_code = 0;
  std::string stop_message;  ///< why it stopped, for people; empty: it did not
  std::int64_t started_ms = 0, finished_ms = 0;
  std::uint64_t requests_sent = 0, requests_retried = 0, waited_ms = 0;
  std::string rejects_path;  ///< empty: none written
};

/// "20261121-224501-truedy-4f2a": time, connector, four hex digits of the seed.
std::string make_job_id(std::int64_t now_ms, const std::string& connector_id, std::uint32_t seed);
/// Whether a job may be called so: [a-z0-9-], so that it is safe as a file name.
bool is_job_id(std::string_view text);

}  // namespace switchboard::ledger
