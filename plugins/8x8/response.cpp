// Vendor answer → outcomes and directive: groups, upload and batch. Errors are read in fault.cpp, the file of refused rows
// in invalid_file.cpp; what the counts leave open is searched in lookup.cpp.
#include "connector.h"

namespace eight_x_eight {
namespace {

// How long a batch that was just accepted may be unknown.
constexpr std::int64_t kUnknownBatchMs = 30'000;

bool is_final(std::string_view status) {
  return status == "completed" || status == "failed" || status == "stopped" || status == "timeout";
}

struct Answered : Reading {
  void read() {
    const bool rows = step.carries_rows();
    const Purpose purpose = kit::purpose_of(step, rows && chain.phase == Phase::Upload);
    if (const auto fault = fault_of(response, purpose, step.now_ms())) return rows ? go_around(*fault) : answer.finish(*fault);
    if (rows && chain.phase == Phase::Invalid) return read_invalid_file(*this);

    const auto json = kit::json_of(response, purpose, "8x8", answer);
    if (!json) return;
    const Json& job = (*json)["data"].is_object() ? (*json)["data"] : *json;
    if (step.is(Operation::Probe)) return kit::finish_probe(items_of(*json) != nullptr, "8x8", answer);
    if (step.is(Operation::Discover)) return groups(*json);
    if (chain.phase == Phase::Upload) return upload(job);
    if (chain.phase == Phase::Poll) return read_job(job, false);
    if (chain.phase == Phase::Counts || chain.phase == Phase::Find) return jobs(*json);
    read_search(*this, *json);
  }

  void groups(const Json& json) {
    const Json* groups = items_of(json);
    if (groups == nullptr) return answer.retry("bad_answer", "8x8's list of groups cannot be read");
    kit::put_items(answer, *groups, [this](const Json& group) {
      return group["isBlacklist"].bool_or(false) && !connector.allow_blacklist_groups ? "blacklist_group" : "group";
    });
    turn_page(*this, json, *groups) == kit::Paging::Turn::More ? go_on() : answer.done();
  }

  // ---- The batch ----

  void upload(const Json& job) {
    chain.batch_id = job["id"].string_or(job["batchId"].string_or(""));
    if (chain.batch_id.empty()) return answer.in_doubt("bad_answer", "8x8's answer to the upload names no batch");
    chain.read_made_at(job);
    chain.made_at(kit::began_ms(response, step.now_ms()));
    chain.uploaded_ms = step.now_ms();
    chain.phase = Phase::Poll;
    constexpr std::uint64_t kFirstLookMs = 500;
    go_on(kFirstLookMs);
  }

  // The batch by id may show its status only; the list shows the counts.
  void read_job(const Json& job, bool from_list) {
    chain.read_made_at(job);
    const std::string status = kit::lower(job["status"].string_or(""));
    if (chain.status.empty() && !is_final(status)) return poll();
    if (chain.status.empty()) chain.status = status;
    chain.counts = kit::counts_in(job, {.created = "insertedRows", .unchanged = "duplicatedRows", .refused = "errorRows"});
    chain.invalid_file = job["invalidFileLocation"].string_or("");
    if (from_list || chain.counts) return finish_batch();
    chain.start_list(Phase::Counts);
    go_on();
  }

  // What a finished batch says of its rows.
  void finish_batch() {
    if (const auto all = chain.rest_by_counts()) return answer.done_with(chain.decided, *all);
    if (!invalid_file(chain.invalid_file)) return start_verification(*this);
    chain.phase = Phase::Invalid;
    go_on();
  }

  void jobs(const Json& json) {
    const Json* list = items_of(json);
    if (list == nullptr) return answer.retry("bad_answer", "8x8's list of batches cannot be read");
    if (const Json* job = find_job(*list)) {
      const bool by_name = chain.batch_id.empty();
      chain.batch_id = (*job)["id"].string_or("");
      chain.start_list(by_name ? Phase::Poll : chain.phase);
      if (by_name) chain.uploaded_ms = step.now_ms();
      return read_job(*job, true);
    }
    const auto turn = turn_page(*this, json, *list);
    if (turn == kit::Paging::Turn::More) return go_on();
    const bool lost_upload = chain.phase == Phase::Find && chain.batch_id.empty();
    if (!lost_upload || turn == kit::Paging::Turn::Broken || chain.nameless) return start_verification(*this);
    if (chain.look.due(connector.settle_ms)) {
      chain.start_list(Phase::Find);
      return go_on(connector.settle_ms);
    }
    answer.done_with(Outcome::absent());  // 8x8 lists every upload, and not this one
  }

  // Reads the list of batches up to the one that is looked for: by its id where that is known, else by its file name.
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

  void go_around(const Directive& fault) {
    constexpr std::uint32_t kFileAttempts = 2;
    const bool in_doubt = fault.kind == SWB_IN_DOUBT;
    const bool once_more = (fault.kind == SWB_RETRY && step.attempt() < kFileAttempts) || fault.kind == SWB_THROTTLE;
    const Phase at = chain.phase;
    if (at == Phase::Poll && in_doubt && response.status() >= 400) return without_job();
    if (at == Phase::Invalid && !once_more) return start_verification(*this);
    if ((at == Phase::Counts || at == Phase::Find) && in_doubt) return start_verification(*this);
    if (at == Phase::Verify && (in_doubt || fault.kind == SWB_ABORT))
      return give_up_verification(*this, fault.message.value_or("8x8 cannot be searched"));
    answer.finish(fault);
  }

  void without_job() {
    const bool unknown = response.status() == 404 || read_error(response.body()).code == 4018;
    if (unknown && step.now_ms() - chain.uploaded_ms < kUnknownBatchMs) return poll(2000);
    chain.start_list(Phase::Find);
    go_on();
  }
};

}  // namespace

void Connector::decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const {
  Answered{{*this, batch, step, response, answer}}.read();
}

}  // namespace eight_x_eight
