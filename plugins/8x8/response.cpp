// Vendor answer → outcomes and directive: groups, upload and batch. Errors are read in fault.cpp, the file of refused rows
// in invalid_file.cpp; what the counts leave open is searched in lookup.cpp.
#include "connector.h"

namespace eight_x_eight {
namespace {

// How long a batch that was just accepted may be unknown.
constexpr std::int64_t kUnknownBatchMs = 30'000;

enum class JobState { Running, Completed, Broken };

JobState state_of(const Json& job) {
  const std::string status = kit::lower(job["status"].string_or(""));
  if (status == "completed") return JobState::Completed;
  return status == "failed" || status == "stopped" || status == "timeout" ? JobState::Broken : JobState::Running;
}

std::optional<kit::ImportCounts> counts_of(const Json& job) {
  const auto inserted = job["insertedRows"].as_int(), duplicated = job["duplicatedRows"].as_int(),
             errors = job["errorRows"].as_int();
  if (!inserted && !duplicated && !errors) return std::nullopt;
  return kit::ImportCounts{.created = inserted.value_or(0), .unchanged = duplicated.value_or(0), .refused = errors.value_or(0)};
}

struct Answered : Reading {
  void read() {
    const bool rows = step.carries_rows();
    const Purpose purpose = kit::purpose_of(step, rows && chain.phase == Chain::Phase::Upload);
    if (const auto fault = fault_of(response, purpose, step.now_ms())) {
      if (!rows || !go_around(*fault)) answer.finish(*fault);
      return;
    }
    if (rows && chain.phase == Chain::Phase::Invalid) return read_invalid_file(*this);

    const auto json = kit::json_of(response, purpose, "8x8", answer);
    if (!json) return;
    const Json& job = (*json)["data"].is_object() ? (*json)["data"] : *json;
    if (step.is(Operation::Probe)) return kit::finish_probe(items_of(*json) != nullptr, "8x8", answer);
    if (step.is(Operation::Discover)) return groups(*json);
    switch (chain.phase) {
      case Chain::Phase::Upload: return upload(job);
      case Chain::Phase::Poll: return read_job(job, false);
      case Chain::Phase::Counts:
      case Chain::Phase::Find: return jobs(*json);
      case Chain::Phase::Discover:
      case Chain::Phase::Invalid:
      case Chain::Phase::Verify: break;
    }
    read_search(*this, *json);
  }

  void groups(const Json& json) {
    const Json* groups = items_of(json);
    if (groups == nullptr) return answer.retry("bad_answer", "8x8's list of groups cannot be read");
    for (const Json& group : groups->items()) {
      const std::string id = group["id"].string_or("");
      const bool blocks = group["isBlacklist"].bool_or(false) && !connector.allow_blacklist_groups;
      if (!id.empty()) answer.item(blocks ? "blacklist_group" : "group", id, group["name"].string_or(id));
    }
    turn_page(*this, json, *groups) == kit::Paging::Turn::More ? go_on() : answer.done();
  }

  // ---- The batch ----

  void upload(const Json& job) {
    chain.batch_id = job["id"].string_or(job["batchId"].string_or(""));
    if (chain.batch_id.empty()) return answer.in_doubt("bad_answer", "8x8's answer to the upload names no batch");
    chain.read_made_at(job);
    chain.made_at(kit::began_ms(response, step.now_ms()));
    chain.uploaded_ms = step.now_ms();
    chain.phase = Chain::Phase::Poll;
    constexpr std::uint64_t kFirstLookMs = 500;
    go_on(kFirstLookMs);
  }

  // The batch by id may show its status only; the list shows the counts.
  void read_job(const Json& job, bool from_list) {
    chain.read_made_at(job);
    if (state_of(job) == JobState::Running && chain.status.empty()) return poll();
    if (chain.status.empty()) chain.status = kit::lower(job["status"].string_or(""));
    chain.counts = counts_of(job);
    chain.invalid_file = job["invalidFileLocation"].string_or("");
    if (from_list || chain.counts) return finish_batch();
    chain.start_list(Chain::Phase::Counts);
    go_on();
  }

  // What a finished batch says of its rows.
  void finish_batch() {
    if (chain.status == "completed" && chain.counts && chain.counts->refused == 0 && chain.counts->stored() == batch.rows()) {
      if (const auto all = chain.counts->of_all()) return answer.done_with(*all);
    }
    if (!invalid_file(chain.invalid_file)) return start_verification(*this);
    chain.phase = Chain::Phase::Invalid;
    go_on();
  }

  void jobs(const Json& json) {
    const Json* list = items_of(json);
    if (list == nullptr) return answer.retry("bad_answer", "8x8's list of batches cannot be read");
    if (const Json* job = find_job(*list)) {
      const bool by_name = chain.batch_id.empty();
      chain.batch_id = (*job)["id"].string_or("");
      chain.start_list(by_name ? Chain::Phase::Poll : chain.phase);
      if (by_name) chain.uploaded_ms = step.now_ms();
      return read_job(*job, true);
    }
    const auto turn = turn_page(*this, json, *list);
    if (turn == kit::Paging::Turn::More) return go_on();
    const bool lost_upload = chain.phase == Chain::Phase::Find && chain.batch_id.empty();
    if (!lost_upload || turn == kit::Paging::Turn::Broken || chain.nameless) return start_verification(*this);
    if (chain.look.due(connector.settle_ms)) {
      chain.start_list(Chain::Phase::Find);
      return go_on(connector.settle_ms);
    }
    answer.done_with(Outcome::absent());  // 8x8 lists every upload, and not this one
  }

  // Reads the list of batches up to the one that is looked for: by its id where that is known, else by its file
  // name.
  const Json* find_job(const Json& list) {
    const std::string name = chain.batch_id.empty() ? file_name(batch) : "";
    for (const Json& job : list.items()) {
      const auto job_name = job["fileName"].as_string();
      chain.nameless = chain.nameless || !job_name;
      if (chain.batch_id.empty() ? job_name == name : job["id"].string_or("") == chain.batch_id) return &job;
    }
    return nullptr;
  }

  // ---- Faults that the chain itself can get around ----

  // True where the fault was dealt with here.
  bool go_around(const Directive& fault) {
    constexpr std::uint32_t kFileAttempts = 2;
    switch (chain.phase) {
      case Chain::Phase::Poll: {
        if (fault.kind != SWB_IN_DOUBT || response.status() < 400) return false;
        const bool unknown = response.status() == 404 || read_error(response.body()).code == 4018;
        if (unknown && step.now_ms() - chain.uploaded_ms < kUnknownBatchMs) {
          poll(2000);
          return true;
        }
        chain.start_list(Chain::Phase::Find);
        go_on();
        return true;
      }
      case Chain::Phase::Invalid: {
        const bool once_more = (fault.kind == SWB_RETRY && step.attempt() < kFileAttempts) || fault.kind == SWB_THROTTLE;
        if (!once_more) start_verification(*this);
        return !once_more;
      }
      case Chain::Phase::Counts:
      case Chain::Phase::Find:
        if (fault.kind == SWB_IN_DOUBT) start_verification(*this);
        return fault.kind == SWB_IN_DOUBT;
      case Chain::Phase::Verify:
        if (fault.kind != SWB_IN_DOUBT && fault.kind != SWB_ABORT) return false;
        give_up_verification(*this, fault.message.value_or("8x8 cannot be searched"));
        return true;
      case Chain::Phase::Discover:
      case Chain::Phase::Upload:
        break;
    }
    return false;
  }
};

}  // namespace

void Connector::decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const {
  Answered{{*this, batch, step, response, answer}}.read();
}

}  // namespace eight_x_eight
