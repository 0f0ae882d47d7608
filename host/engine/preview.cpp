#include <algorithm>

#include "host/engine/engine.h"
#include "host/engine/exchange.h"
#include "host/engine/live_batch.h"
#include "host/engine/planner.h"
#include "host/engine/row_gate.h"
#include "host/engine/run.h"
#include "switchboard/abi.h"

namespace switchboard::engine {

Result<std::vector<transport::HttpRequest>> preview(const Parts& parts, const RunOptions& options,
                                                    std::size_t count) {
  RowGate gate(options, parts.mapper->own_id_field());
  if (options.duplicates == Duplicates::Last) {
    auto learned = Planner::learn_last(parts, options.limit, gate, [] { return true; });
    if (!learned) return learned.error();
  }
  auto planner = Planner::create(parts, options, {"preview", std::nullopt, 0}, gate, {});
  if (!planner) return planner.error();
  const Names names("preview");
  const auto& mapper = *parts.mapper;
  auto left = options.limit.value_or(UINT64_MAX);
  std::vector<transport::HttpRequest> requests;
  while (count > 0 && left > 0) {
    const auto size = first_batch_size(parts.connector->manifest(), options);
    auto planned = (*planner)->next(size);
    if (!planned) return planned.error();
    if (!*planned) break;
    auto& plan = **planned;
    std::erase_if(plan.to_send, [&](auto index) { return index >= left; });
    left -= std::min<std::uint64_t>(left, plan.batch->record.rows.size());
    if (plan.to_send.empty()) continue;
    const auto now = parts.clock->now_ms();
    const auto rows = options.same_fields ? by_filled_fields(*plan.batch, plan.to_send).front() : plan.to_send;
    const auto chain = make_chain(plan.batch, rows, fresh_cursor(SWB_IMPORT, now), names);
    auto encoded = parts.session->encode(view_of(chain, mapper.columns(), mapper.field_count()),
                                         step_of(chain.cursor, chain.id, now, now));
    if (!encoded) return encoded.error();
    for (const auto& request : *encoded) {
      auto prepared = prepare(request, *parts.egress);
      if (!prepared) return prepared.error();
      if (auto signed_in = authorise(*prepared, request, *parts.auth); !signed_in) return signed_in.error();
      for (auto& [name, value] : prepared->http.headers) value = parts.auth->redact(value);
      requests.push_back(std::move(prepared->http));
    }
    --count;
  }
  return requests;
}

}  // namespace switchboard::engine
