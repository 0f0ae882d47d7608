#include "connector.h"

#include <algorithm>

SWB_CONNECTOR(geelark::Connector)

namespace geelark {

constexpr std::int64_t kYear9999 = 253'402'300'799'000;

Connector::Connector(const kit::Settings& settings)
    : phone_id(settings.text("id", "")),
      name(settings.text_of_at_most("name", 128).value_or("Switchboard import")),
      remark(settings.text_of_at_most("remark", 200)),
      scheduled_ms(settings.time_ms("schedule_at")),
      contacts_per_task(static_cast<std::uint32_t>(settings.integer("contacts_per_task", 100, 1, 1000))),
      first_poll_ms(settings.integer("first_poll_ms", 15'000, 100, 3'600'000)),
      max_poll_ms(settings.integer("max_poll_ms", 60'000, 100, 3'600'000)),
      deadline_ms(settings.integer("deadline_ms", 1'800'000, 0, 86'400'000)),
      busy_retries(settings.integer("busy_retries", 3, 0, 5)),
      settle_ms(kit::settle_ms_of(settings, 5000)) {
  if (phone_id.find(',') != std::string::npos)
    throw kit::SettingError("id", "one cloud phone a job: GeeLark makes a task for each phone");
}

std::int64_t Connector::schedule_at(std::int64_t now_ms) const {
  constexpr std::int64_t kOnItsWayMs = 1000;  // a time that has passed when it arrives may be refused
  return std::max(scheduled_ms.value_or(0), now_ms + kOnItsWayMs);
}

void Chain::begin(const Connector&, const Batch& batch, const Step& step) {
  if (!step.is(Operation::Reconcile)) return;
  phase = Phase::Search;
  Chain import;
  if (!kit::read_state_of_import(step, batch, import) || import.task.empty()) return;
  if (import.phase != Phase::Watch && import.phase != Phase::Restart) return;
  phase = Phase::Watch;  // no need to find the task
  task = import.task;
  ran = import.ran;
  restarting = import.phase == Phase::Restart;
  scheduled_ms = restarting ? step.now_ms() : std::min(import.scheduled_ms, kYear9999);
}

void Chain::check(const Connector&) {
  if (task.empty() && (phase == Phase::Watch || phase == Phase::Restart))
    throw kit::Error(SWB_E_INPUT, "the chain's saved state names no task");
  scheduled_ms = std::min(scheduled_ms, kYear9999);
}

// Of row ids and values: the chain that looks for a task is another one than the chain that made it.
std::string tag_of(const Batch& batch, std::uint32_t first, std::uint32_t count) {
  return "sb-" + kit::batch_digest(batch, first, count, kit::field_columns(batch), 16);
}

}  // namespace geelark
