// Vendor answer → outcomes and directive. Error codes are read in fault.cpp; a task whose creation was not answered is
// looked for in lookup.cpp.
#include "connector.h"

#include <algorithm>

namespace geelark {
namespace {

// The failCodes after which nothing is on the phone, which is our grouping; after every other, part of the contacts may be.
constexpr kit::CodeRule kFailures[] = {
    {20002, SWB_RETRY, Reason::Unavailable},  // the phone had another task
    {{20005, 20006}, SWB_DONE},               // somebody cancelled it
    // About the phone or the account: the next task would fail as well.
    {29998, SWB_ABORT, Reason::Setting},
    {{20007, 20129, 29992, 29995, 29996}, SWB_ABORT, Reason::Unavailable},
    {29997, SWB_ABORT, Reason::Quota},
};

struct Answered : Reading {
  void read() {
    const bool probe = step.is(Operation::Probe);
    if (probe && chain.phase == Phase::Phone && !response.ok()) return answer.done();
    // A restart without an answer either took or did not: asking about the task shows.
    if (chain.phase == Phase::Restart && !response.ok() && response.status() != 401 && response.status() != 429) return restart();
    if (auto fault = kit::http_fault(response, kit::purpose_of(step, !probe && chain.phase == Phase::Send), step.now_ms())) {
      kit::wait_by_default(*fault, kNextMinuteMs);
      return answer.finish(*fault);
    }
    if (probe) return chain.phase == Phase::Phone ? phone() : credential();
    switch (chain.phase) {
      case Phase::Send: return creation();
      case Phase::Watch: return query();
      case Phase::Restart: return restart();
      case Phase::Search: return read_history();
      case Phase::Phone: break;
    }
    throw kit::Error(SWB_E_INPUT, "the chain's saved state does not fit the operation");
  }

  // ---- The answer to the creation of a task ----

  void creation() {
    if (!envelope) return answer.in_doubt("bad_answer", kNotUnderstood);
    const std::string code = envelope->code_text();
    if (envelope->code == 0) {
      chain.task = envelope->data["taskId"].string_or(envelope->data["id"].string_or(""));
      chain.scheduled_ms = connector.schedule_at(step.now_ms());
      return chain.task.empty() ? answer.in_doubt("no_task_id", "GeeLark's answer does not name the task") : watch();
    }
    if (const auto rule = rule_for(*envelope, connector)) return answer.finish(*rule);
    // 40000 "unknown error" and 5xxxx say that it failed, not that no task was made: the history tells. Every other code
    // refuses the request.
    if (envelope->code == 40000 || envelope->code >= 50000) {
      chain.phase = Phase::Search;
      chain.failure = code;
      chain.asked_ms = connector.schedule_at(step.now_ms() - static_cast<std::int64_t>(response.elapsed_ms()));
      return go_on(kFirstLookMs);
    }
    // No row is to blame for the time.
    if (!kit::contains_ignoring_case(envelope->message, "schedule")) return answer.split(code, envelope->message);
    if (connector.scheduled_ms.value_or(0) <= step.now_ms()) return answer.retry(code, envelope->message);
    answer.abort(Reason::Setting, code, envelope->message + "; check the setting schedule_at");
  }

  // ---- Tasks ----

  void query() {
    if (!envelope) return answer.retry("bad_answer", kNotUnderstood);
    const bool unknown_task = envelope->code == 40005 || envelope->code == 48002;
    if (envelope->code != 0 && !unknown_task) return answer.finish(fault_under_way(*envelope, connector));
    const Json* tasks = tasks_in(envelope->data);
    if (tasks == nullptr && !unknown_task) return answer.retry("bad_answer", "GeeLark's answer to a question about tasks holds none");
    for (const Json& task : kit::items_of(tasks))
      if (id_of(task) == chain.task) return read_task(task);
    // Once may be too early; twice means that GeeLark does not know it.
    if (++chain.missed < 2) return poll_at(step.now_ms() + connector.first_poll_ms);
    answer.done_with(Outcome::unknown("task_unknown", "GeeLark does not know its task " + chain.task + " any more"));
  }

  // 1 waiting, 2 in progress, 3 completed, 4 failed, 7 cancelled.
  void read_task(const Json& task) {
    const std::int64_t status = task["status"].int_or(0);
    if (status == 3)
      return answer.done_with(Outcome::created().because(
          "task_completed", "GeeLark reports task " + chain.task + " as completed; it says nothing of its contacts"));
    if (status == 4) return read_failed_task(task);
    if (status == 7) return answer.done_with(cancelled("task_cancelled"));
    chain.ran = chain.ran || status == 2;
    chain.missed = 0;
    if (step.now_ms() - chain.scheduled_ms >= connector.deadline_ms) {
      answer.rest(Outcome::unknown("task_deadline", "GeeLark's task " + chain.task +
                                                        " had not ended when the deadline passed; resume asks about it again"));
      // The poll is the next run's.
      return step.is(Operation::Import) ? poll_at(step.now_ms() + connector.first_poll_ms) : answer.done();
    }
    const std::int64_t growing_ms = connector.first_poll_ms * std::min<std::int64_t>(++chain.polls, 1000);
    const std::int64_t delay_ms = std::min(growing_ms, connector.max_poll_ms);
    // The task may have been scheduled anew.
    poll_at(std::max(step.now_ms() + delay_ms, chain.scheduled_ms));
  }

  void read_failed_task(const Json& task) {
    if (chain.restarting) {
      // Its restart may still be on its way: a task that failed before it looks the same.
      chain.restarting = false;
      return poll_at(step.now_ms() + connector.first_poll_ms);
    }
    const std::int64_t fail_code = task["failCode"].int_or(0);
    const std::string code = "fail." + std::to_string(fail_code), words = task["failDesc"].string_or("");
    const std::string message = "GeeLark's task " + chain.task + " failed" + (words.empty() ? "" : ": " + words);
    const auto failure = kit::by_rule(kFailures, fail_code, code, message);
    if (!failure) return answer.done_with(Outcome::unknown(code, message + "; part of its contacts may be on the phone"));
    if (failure->kind == SWB_DONE) return answer.done_with(cancelled(code));
    if (reconciling()) return answer.done_with(Outcome::absent());
    if (failure->kind == SWB_RETRY && chain.restarts < connector.busy_retries) {
      chain.phase = Phase::Restart;
      return go_on(kBusyMs);
    }
    // That nothing is stored is said of each row: the task itself was created.
    answer.rest(Outcome::resend(code, message));
    answer.abort(failure->reason, code, message + "; nothing was imported by it");
  }

  // Of a task that somebody cancelled. One that is asked about later was not watched: it may have run.
  Outcome cancelled(const std::string& code) const {
    const std::string task = "GeeLark's task " + chain.task;
    if (chain.ran) return Outcome::unknown(code, task + " was cancelled while it ran; part of its contacts may be on the phone");
    if (!reconciling()) return Outcome::rejected(code, task + " was cancelled before it ran");
    return Outcome::unknown(code, task + " was cancelled, perhaps while it ran; part of its contacts may be on the phone");
  }

  void restart() {
    ++chain.restarts;
    if (envelope && envelope->code != 0) {
      const auto stop = rule_for(*envelope, connector);
      if (stop && stop->kind != SWB_ABORT) return answer.finish(*stop);
      // 48001: its state forbids a restart, so somebody restarted it: asking shows.
      const std::int64_t detail = envelope->data["failDetails"].at(0)["code"].int_or(envelope->code);
      if (stop || detail == 48000 || detail == 48002 || detail == 48003) {
        answer.rest(Outcome::resend("phone_busy", "GeeLark's task " + chain.task + " found its phone busy and cannot be restarted"));
        return answer.finish(stop.value_or(Directive::done()));
      }
    }
    chain.scheduled_ms = step.now_ms();
    chain.polls = 0;
    watch();
  }

  // ---- Probe ----

  void credential() {
    if (!envelope) return answer.abort(Reason::Unavailable, "bad_answer", kNotUnderstood);
    if (envelope->code != 0)
      return answer.finish(rule_for(*envelope, connector).value_or(Directive::retry(envelope->code_text(), envelope->message)));
    if (connector.phone_id.empty()) return answer.done();
    chain.phase = Phase::Phone;
    go_on();
  }

  // The credential is good by now: only what is certain about the phone spoils the probe. It need not be running.
  void phone() {
    if (!envelope) return answer.done();
    std::int64_t code = envelope->code;
    for (const Json& detail : envelope->data["failDetails"].items())
      if (detail["id"].string_or(connector.phone_id) == connector.phone_id) code = detail["code"].int_or(code);
    constexpr std::int64_t kExpired = 3;
    for (const Json& phone : envelope->data["successDetails"].items())
      if (phone["id"].as_string() == connector.phone_id && phone["status"].int_or(0) == kExpired) code = 43004;
    if (code != 42001 && code != 43004) return answer.done();
    answer.abort(Reason::Setting, "code." + std::to_string(code),
                 "cloud phone " + connector.phone_id + (code == 42001 ? " was not found" : " has expired") + "; check the setting id");
  }
};

}  // namespace

bool ran_nothing(std::int64_t fail_code) { return kit::by_rule(kFailures, fail_code, "", "").has_value(); }

void Reading::watch() {
  chain.phase = Phase::Watch;
  go_on_at(std::max(chain.scheduled_ms, step.now_ms()) + connector.first_poll_ms);
}

void Connector::decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const {
  Answered{{{*this, batch, step, response, answer}}}.read();
}

}  // namespace geelark
