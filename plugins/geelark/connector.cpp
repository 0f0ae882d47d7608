#include "connector.h"

#include <algorithm>

SWB_CONNECTOR(geelark::Connector)

namespace geelark {
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

Chain Chain::of(const kit::Batch& batch, const kit::Step& step) {
  Chain chain;
  if (!kit::read_state(step, batch, chain)) {
    chain.phase = step.is(kit::Operation::Reconcile) ? Phase::Search : Phase::Send;
    if (chain.phase == Phase::Search && chain.take_task_of_import(batch, step)) chain.phase = Phase::Watch;
  } else if (chain.task.empty() && (chain.phase == Phase::Watch || chain.phase == Phase::Restart)) {
    throw kit::Error(SWB_E_INPUT, "the chain's saved state names no task");
  }
  chain.scheduled_ms = std::min<std::int64_t>(chain.scheduled_ms, 253'402'300'799'000);  // year 9999
  return chain;
}

bool Chain::take_task_of_import(const kit::Batch& batch, const kit::Step& step) {
  Chain import;
  if (!kit::read_state_of_import(step, batch, import) || import.task.empty()) return false;
  if (import.phase != Phase::Watch && import.phase != Phase::Restart) return false;
  task = import.task;
  ran = import.ran;
  restarting = import.phase == Phase::Restart;
  scheduled_ms = restarting ? step.now_ms() : import.scheduled_ms;
  return true;
}

// Of row ids and values: the chain that looks for a task is another one than the chain that made it.
std::string tag_of(const kit::Batch& batch, std::uint32_t first, std::uint32_t count) {
  std::string text;
  for (std::uint32_t row = first; row < first + count && row < batch.rows(); ++row) {
    text += batch.row_id(row);
    for (std::uint32_t column = 0; column < batch.fields(); ++column) {
      text += '\x1F';
      text += batch.cell(row, column).value_or("");
    }
    text += '\x1E';
  }
  return "sb-" + kit::to_hex(kit::sha256(text)).substr(0, 16);
}

}  // namespace geelark
