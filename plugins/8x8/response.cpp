// Vendor answer → outcomes and directive: groups, upload and batch. Errors are read in fault.cpp, the file of refused rows
// in invalid_file.cpp; what the counts leave open is searched in lookup.cpp.
#include "connector.h"

#include <utility>

namespace eight_x_eight {
namespace {

using kit::Directive;
using kit::Json;
using kit::Outcome;
using kit::Reason;

// How long a batch that was just accepted may be unknown.
constexpr std::int64_t kUnknownBatchMs = 30'000;

// ---- Groups ----

void decode_discovery(const Connector& connector, Chain chain, const Json& json, kit::Answer& answer) {
  const Json* groups = items_of(json);
  if (groups == nullptr)
    return answer.finish(Directive::retry("bad_answer", "8x8's list of groups cannot be read"));
  for (const Json& group : groups->items()) {
    const std::string id = group["id"].string_or("");
    const bool blocks = group["isBlacklist"].bool_or(false) && !connector.allow_blacklist_groups;
    if (!id.empty()) answer.item(blocks ? "blacklist_group" : "group", id, group["name"].string_or(id));
  }
  if (turn_page(connector, chain, json, *groups) != kit::Paging::Turn::More) return answer.done();
  kit::go_on(chain, answer);
}

// ---- The batch ----

enum class JobState { Running, Completed, Broken };

JobState state_of(const Json& job) {
  const std::string status = kit::lower(job["status"].string_or(""));
  if (status == "completed") return JobState::Completed;
  return status == "failed" || status == "stopped" || status == "timeout" ? JobState::Broken
                                                                          : JobState::Running;
}

std::optional<Counts> counts_of(const Json& job) {
  const auto inserted = job["insertedRows"].as_int(), duplicated = job["duplicatedRows"].as_int(),
             errors = job["errorRows"].as_int();
  if (!inserted && !duplicated && !errors) return std::nullopt;
  return Counts{inserted.value_or(0), duplicated.value_or(0), errors.value_or(0)};
}

void decode_upload(const kit::Step& step, const kit::Response& response, Chain chain, const Json& json,
                   kit::Answer& answer) {
  const Json& job = json["data"].is_object() ? json["data"] : json;
  chain.batch_id = job["id"].string_or(job["batchId"].string_or(""));
  if (chain.batch_id.empty())
    return answer.finish(Directive::in_doubt("bad_answer", "8x8's answer to the upload names no batch"));
  chain.read_made_at(job);
  chain.made_at(kit::began_ms(response, step.now_ms()));
  chain.uploaded_ms = step.now_ms();
  chain.phase = Chain::Phase::Poll;
  constexpr std::uint64_t kFirstLookMs = 500;
  kit::go_on(chain, answer, kFirstLookMs);
}

// What a finished batch says of its rows.
void finish_batch(const Connector& connector, const kit::Batch& batch, Chain chain, kit::Answer& answer) {
  const std::int64_t rows = batch.rows();
  if (chain.status == "completed" && chain.counts) {
    const Counts& counts = *chain.counts;
    if (counts.errors == 0 && counts.duplicated == 0 && counts.inserted == rows)
      return answer.done_with(Outcome::created());
    if (counts.errors == 0 && counts.inserted == 0 && counts.duplicated == rows)
      return answer.done_with(Outcome::unchanged());
  }
  if (invalid_file(chain.invalid_file)) {
    chain.phase = Chain::Phase::Invalid;
    return kit::go_on(chain, answer);
  }
  start_verification(connector, std::move(chain), answer);
}

// The batch by id may show its status only; the list shows the counts.
void read_job(const Connector& connector, const kit::Batch& batch, Chain chain, const Json& job, bool from_list,
              kit::Answer& answer) {
  chain.read_made_at(job);
  if (state_of(job) == JobState::Running && chain.status.empty())
    return kit::poll(chain, answer);
  if (chain.status.empty()) chain.status = kit::lower(job["status"].string_or(""));
  chain.counts = counts_of(job);
  chain.invalid_file = job["invalidFileLocation"].string_or("");
  if (!from_list && !chain.counts) {
    chain.start_list(Chain::Phase::Counts);
    return kit::go_on(chain, answer);
  }
  finish_batch(connector, batch, std::move(chain), answer);
}

// Reads the list of batches up to the one that is looked for: by its id where that is known, else by its file
// name.
const Json* find_job(const kit::Batch& batch, Chain& chain, const Json& list) {
  const std::string name = chain.batch_id.empty() ? file_name(batch) : "";
  for (const Json& job : list.items()) {
    const auto job_name = job["fileName"].as_string();
    chain.nameless = chain.nameless || !job_name;
    if (chain.batch_id.empty() ? job_name == name : job["id"].string_or("") == chain.batch_id) return &job;
  }
  return nullptr;
}

void decode_jobs(const Connector& connector, const kit::Batch& batch, const kit::Step& step, Chain chain,
                 const Json& json, kit::Answer& answer) {
  const Json* list = items_of(json);
  if (list == nullptr)
    return answer.finish(Directive::retry("bad_answer", "8x8's list of batches cannot be read"));
  if (const Json* job = find_job(batch, chain, *list)) {
    const bool by_name = chain.batch_id.empty();
    chain.batch_id = (*job)["id"].string_or("");
    chain.start_list(by_name ? Chain::Phase::Poll : chain.phase);
    if (by_name) chain.uploaded_ms = step.now_ms();
    return read_job(connector, batch, std::move(chain), *job, true, answer);
  }
  const auto turn = turn_page(connector, chain, json, *list);
  if (turn == kit::Paging::Turn::More) return kit::go_on(chain, answer);
  const bool lost_upload = chain.phase == Chain::Phase::Find && chain.batch_id.empty();
  if (!lost_upload || turn == kit::Paging::Turn::Broken || chain.nameless)
    return start_verification(connector, std::move(chain), answer);
  if (chain.look.due(connector.settle_ms)) {
    chain.start_list(Chain::Phase::Find);
    return kit::go_on(chain, answer, connector.settle_ms);
  }
  answer.done_with(Outcome::absent());  // 8x8 lists every upload, and not this one
}

// ---- Faults that the chain itself can get around ----

// True where the fault was dealt with here.
bool go_around(const Connector& connector, const kit::Step& step, const kit::Response& response,
               const Chain& chain, const Directive& fault,
               kit::Answer& answer) {
  constexpr std::uint32_t kFileAttempts = 2;
  switch (chain.phase) {
    case Chain::Phase::Poll: {
      if (fault.kind != SWB_IN_DOUBT || response.status() < 400) return false;
      const bool unknown = response.status() == 404 || read_error(response.body()).code == 4018;
      if (unknown && step.now_ms() - chain.uploaded_ms < kUnknownBatchMs) {
        kit::poll(chain, answer, 2000);
        return true;
      }
      Chain next = chain;
      next.start_list(Chain::Phase::Find);
      kit::go_on(next, answer);
      return true;
    }
    case Chain::Phase::Invalid: {
      const bool once_more =
          (fault.kind == SWB_RETRY && step.attempt() < kFileAttempts) || fault.kind == SWB_THROTTLE;
      if (once_more) return false;
      start_verification(connector, chain, answer);
      return true;
    }
    case Chain::Phase::Counts:
    case Chain::Phase::Find:
      if (fault.kind != SWB_IN_DOUBT) return false;
      start_verification(connector, chain, answer);
      return true;
    case Chain::Phase::Verify:
      if (fault.kind != SWB_IN_DOUBT && fault.kind != SWB_ABORT) return false;
      give_up_verification(chain, fault.message.value_or("8x8 cannot be searched"), answer);
      return true;
    case Chain::Phase::Discover:
    case Chain::Phase::Upload:
      break;
  }
  return false;
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  const Chain chain = Chain::of(*this, batch, step);
  const bool rows = step.carries_rows();
  const bool upload = rows && chain.phase == Chain::Phase::Upload;
  const kit::Purpose purpose = kit::purpose_of(step, upload);
  if (const auto fault = fault_of(response, purpose, step.now_ms())) {
    if (rows && go_around(*this, step, response, chain, *fault, answer)) return;
    return answer.finish(*fault);
  }
  if (rows && chain.phase == Chain::Phase::Invalid)
    return decode_invalid_file(*this, batch, chain, response.body(), answer);

  const auto json = kit::json_of(response, purpose, "8x8", answer);
  if (!json) return;
  if (step.is(kit::Operation::Probe)) return kit::finish_probe(items_of(*json) != nullptr, "8x8", answer);
  if (step.is(kit::Operation::Discover)) return decode_discovery(*this, chain, *json, answer);
  switch (chain.phase) {
    case Chain::Phase::Upload:
      return decode_upload(step, response, chain, *json, answer);
    case Chain::Phase::Poll:
      return read_job(*this, batch, chain, (*json)["data"].is_object() ? (*json)["data"] : *json, false,
                      answer);
    case Chain::Phase::Counts:
    case Chain::Phase::Find:
      return decode_jobs(*this, batch, step, chain, *json, answer);
    case Chain::Phase::Discover:
    case Chain::Phase::Invalid:
    case Chain::Phase::Verify:
      break;
  }
  decode_search(*this, batch, step, chain, *json, answer);
}

}  // namespace eight_x_eight
