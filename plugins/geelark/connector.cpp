#include "connector.h"

#include <algorithm>

SWB_CONNECTOR(geelark::Connector)

namespace geelark {

constexpr std::int64_t kYear9999 = 253'402'300'799'000;

Connector::Connector(const kit::Settings& given) : Configured(given) {
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
