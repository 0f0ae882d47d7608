// Looking in the history for a task whose creation was not answered, or is said to have failed.
#include "connector.h"

#include <algorithm>

namespace geelark {

std::string id_of(const Json& task) { return task["id"].string_or(task["taskId"].string_or("")); }

const Json* tasks_in(const Json& data) { return kit::list_in(data, {"items", "list", "records"}); }

namespace {

struct History : Reading {
  void read() {
    if (!envelope) return answer.retry("bad_answer", kNotUnderstood);
    if (envelope->code != 0) return answer.finish(fault_under_way(*envelope, connector));
    const auto page = kit::items_of(tasks_in(envelope->data));
    const std::string tag = tag_of(batch, 0, batch.rows());
    for (const Json& task : page) look_at(task, tag);
    // A page may be shorter than asked for; the total then tells that there are more, or else the next page.
    constexpr std::int64_t kMaxSeen = 10'000;
    const auto total = envelope->data["total"].as_int();
    const std::int64_t seen = chain.history.offset + static_cast<std::int64_t>(page.size());
    const std::string last_id = page.empty() ? "" : envelope->data["lastId"].string_or(id_of(page.back()));
    const bool promised = page.size() >= kPageSize || (total ? seen < *total : !page.empty() && chain.task.empty());
    const kit::Page shown{.items = page.size(), .mark = last_id, .more = promised && !last_id.empty()};
    chain.history.turn(shown, kMaxSeen - 1) == kit::Paging::Turn::More ? go_on() : finish();
  }

  void look_at(const Json& task, const std::string& tag) {
    const auto phone = task["envId"].as_string();
    if (phone && *phone != connector.phone_id) return;
    const std::string name = task["planName"].string_or(task["name"].string_or(""));
    const std::int64_t scheduled_ms = scheduled_of(task);
    if (name.find(tag) == std::string::npos) {
      chain.untagged = chain.untagged || (!has_tag(name) && at_asked_time(scheduled_ms));
      return;
    }
    // A task that found its phone busy may have been replaced by one with the same tag: the newest counts.
    if (id_of(task).empty() || (!chain.task.empty() && scheduled_ms < chain.scheduled_ms)) return;
    chain.ran = task["status"].int_or(0) == 2;
    chain.task = id_of(task);
    chain.scheduled_ms = scheduled_ms;
  }

  // Whether the name is that of a task of ours, whichever.
  static bool has_tag(std::string_view name) {
    constexpr std::size_t kDigits = 16;
    const auto at = name.rfind("sb-");
    return at != std::string_view::npos && name.size() - at == kDigits + 3;
  }

  // In milliseconds, although it may be given in seconds.
  static std::int64_t scheduled_of(const Json& task) {
    constexpr std::int64_t kYear2200 = 7'258'118'400;
    const std::int64_t time = std::max<std::int64_t>(task["scheduleAt"].int_or(0), 0);
    return time > kYear2200 ? std::min(time, kYear2200 * 1000) : time * 1000;
  }

  // Whether a task without our tag may be the one whose creation failed.
  bool at_asked_time(std::int64_t at_ms) const {
    constexpr std::int64_t kBeforeMs = 1'000, kAfterMs = 60'000;
    return chain.asked_ms != 0 && at_ms >= chain.asked_ms - kBeforeMs && at_ms <= chain.asked_ms + kAfterMs;
  }

  void finish() {
    chain.history = {};
    ++chain.looks;
    if (!chain.task.empty()) return watch();
    // A task that is sent again too early is a second one, so a creation that is said to have failed is looked for longer.
    const std::int64_t looks = connector.settle_ms == 0 ? 1 : chain.failure.empty() ? 2 : 3;
    if (chain.looks < looks) return go_on(connector.settle_ms * static_cast<std::uint64_t>(chain.looks));
    if (!chain.failure.empty()) return finish_failed_creation();
    // That planName repeats the name we gave is not documented: no match proves nothing.
    answer.done_with(Outcome::unknown("task_not_found", "no task with our tag is in GeeLark's history; look at the phone "
                                                        "before sending these contacts again"));
  }

  // GeeLark said that the creation failed, and shows no task with our tag.
  void finish_failed_creation() {
    constexpr std::int64_t kMaxRetries = 3;
    if (chain.untagged)
      return answer.done_with(Outcome::unknown(
          "task_without_name", "GeeLark said that the creation of the task failed (" + chain.failure +
                                   "), but shows a task of this phone and time without our name; look at the phone "
                                   "before sending these contacts again"));
    if (chain.retries < kMaxRetries) {
      Chain again;
      again.retries = chain.retries + 1;
      return kit::go_on(again, answer, kFirstLookMs);
    }
    const std::string message = "GeeLark failed " + std::to_string(kMaxRetries + 1) + " times to make a task of it (" + chain.failure + ")";
    answer.rest(Outcome::unknown("task_not_made", message + "; look at the phone before sending these contacts again"));
    answer.abort(Reason::Unavailable, chain.failure, message);
  }
};

}  // namespace

void Reading::read_history() const { History{*this}.read(); }

}  // namespace geelark
