#include "host/engine/preview.h"

#include <algorithm>
#include <utility>

#include "core/ledger/contacts_of_rows.h"
#include "host/engine/chain/live_batch.h"
#include "host/engine/plan/planner.h"
#include "host/engine/plan/row_gate.h"
#include "host/engine/send/exchange.h"
#include "host/engine/vendor/batch_size.h"

namespace switchboard::engine {

namespace {

/// Of the batch's first `limit` rows.
void count_held_back(const ledger::BatchRecord& batch, const std::vector<RowId>& ids, std::uint64_t limit, std::vector<HeldBack>& held_back) {
  for (std::size_t i = 0; i < batch.rows.size(); ++i) {
    const auto& row = batch.rows[i];
    if (row.outcome == Outcome::Pending || ids[i].row - batch.first_row >= limit) continue;
    auto known = std::ranges::find_if(held_back, [&](const auto& held) { return held.outcome == row.outcome && held.code == row.code; });
    if (known == held_back.end()) known = held_back.insert(known, {row.outcome, row.code.str(), 0});
    ++known->rows;
  }
}

}  // namespace

Result<Preview> preview(const Parts& parts, const RunOptions& options, std::size_t count, const ledger::JobInfo& job,
                        const CancelToken* cancel) {
  RowGate gate(options, parts.mapper->own_id_field(), parts.mapper->most_contacts() > 1);
  if (parts.sent != nullptr)
    if (auto loaded = gate.load_sent(*parts.sent, job); !loaded) return loaded.error();
  if (options.duplicates == Duplicates::Last) {
    auto learned = Planner::learn_last(parts, options.limit, gate, [&] { return !is_cancelled(cancel); });
    if (!learned) return learned.error();
  }
  auto planner = Planner::create(parts, options, {"preview", std::nullopt, 0}, gate, {});
  if (!planner) return planner.error();
  const Names names("preview");
  const Exchange exchange(parts, parts.clock->now_ms());
  const auto& mapper = *parts.mapper;
  auto left = options.limit.value_or(UINT64_MAX);
  Preview shown;
  while (count > 0 && left > 0 && !is_cancelled(cancel)) {
    auto planned = (*planner)->next(first_batch_size(parts.connector->manifest().limits, options));
    if (!planned) return planned.error();
    if (!*planned) break;
    auto& plan = **planned;
    const auto& record = plan.batch->record;
    const auto ids = ledger::row_ids(record);
    std::erase_if(plan.to_send, [&](auto index) { return ids[index].row - record.first_row >= left; });
    count_held_back(record, ids, left, shown.held_back);
    left -= std::min<std::uint64_t>(left, ledger::row_count(record));
    if (plan.to_send.empty()) continue;
    const auto rows = options.same_fields ? by_filled_fields(*plan.batch, plan.to_send).front() : plan.to_send;
    const auto chain = make_chain(plan.batch, rows, fresh_cursor(plan.op, parts.clock->steady_ms()), names);
    const auto encoded = exchange.encode({view_of(chain, mapper.columns(), mapper.field_count()), chain.cursor, chain.id});
    if (!encoded) return encoded.error();
    for (const auto& request : *encoded) {
      auto prepared = exchange.prepare(request, request.body);
      if (!prepared) return prepared.error();
      if (auto signed_in = exchange.authorise(*prepared); !signed_in) return signed_in.error();
      for (auto& [name, value] : prepared->http.headers) value = parts.auth->redact(value);
      shown.requests.push_back(std::move(prepared->http));
    }
    --count;
  }
  if (is_cancelled(cancel)) return Error{ErrorKind::Unavailable, "Stopped before the requests were made.", ""};
  return shown;
}

}  // namespace switchboard::engine
