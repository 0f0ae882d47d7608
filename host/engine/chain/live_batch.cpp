#include "host/engine/chain/live_batch.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "core/base/sha256.h"
#include "core/ledger/contacts_of_rows.h"
#include "fmt/format.h"

namespace switchboard::engine {
namespace {

/// abi.h: a chain id has at most 64 bytes; "-b" and "-c" with their numbers take up to 34 of them.
constexpr std::size_t kMaxJobInName = Names::kLongestPrefix - 2;

OutcomeCounts outcomes_of(const std::vector<RowOutcome>& contacts) {
  OutcomeCounts counts;
  for (const auto& contact : contacts) ++counts[contact.outcome];
  counts[Outcome::Pending] = 0;
  return counts;
}

void show_rows(LiveChain& chain, const Names& names) {
  const auto& batch = *chain.batch;
  chain.cells.clear();
  chain.row_ids.clear();
  chain.table.reset();
  chain.cells.reserve(chain.rows.size());
  chain.row_ids.reserve(chain.rows.size());
  const auto ids = batch.record.parts.empty() ? std::vector<RowId>() : ledger::row_ids(batch.record);
  chain.row_names = std::make_unique_for_overwrite<char[]>(chain.rows.size() * Names::kLongestRow);
  char* end = chain.row_names.get();
  for (const auto index : chain.rows) {
    chain.cells.emplace_back(batch.values[index]);
    const char* const begin = end;
    end = names.write_row(ids.empty() ? RowId(batch.record.first_row + index) : ids[index], end);
    chain.row_ids.emplace_back(begin, static_cast<std::size_t>(end - begin));
  }
}

}  // namespace

Counts counts_of(const ledger::BatchRecord& record) { return {ledger::decided_rows(record), outcomes_of(record.rows)}; }

void LiveBatch::begin_anew() {
  // All members, or it does not compile: what were left of the batch before would be this one's.
  auto& [guard, of_ledger, contacts, owners, next, is_saved, is_changed, counts, spare] = *this;
  of_ledger.clear();
  for (auto& each : contacts) {
    if (each.capacity() == 0) continue;
    each.clear();
    spare.push_back(std::move(each));
  }
  contacts.clear();
  owners.clear();
  next = 0;
  is_saved = is_changed = false;
  counts = {};
}

Names::Names(const std::string& job_id)
    : job_(job_id.size() <= kMaxJobInName ? job_id : "job-" + sha256_hex(job_id).substr(0, 20)), prefix_size_(job_.size() + 2) {
  std::copy_n((job_ + "-r").data(), prefix_size_, row_prefix_.data());
}

char* Names::write_row(RowId row, char* out) const {
  std::memcpy(out, row_prefix_.data(), row_prefix_.size());  // all of it: so many bytes are moved without a call
  return row.write(out + prefix_size_);
}

std::string Names::chain(std::uint64_t seq, std::uint32_t number) const {
  return fmt::format("{}-b{}-c{}", job_, seq, number);
}

LiveChain make_chain(const std::shared_ptr<LiveBatch>& batch, std::vector<std::uint32_t> rows,
                     const Cursor& cursor, const Names& names) {
  LiveChain chain;
  chain.batch = batch;
  chain.number = batch->next_chain++;
  chain.rows = std::move(rows);
  chain.cursor = cursor;
  chain.id = names.chain(batch->record.seq, chain.number);
  for (const auto index : chain.rows) batch->owner[index] = chain.number;
  show_rows(chain, names);
  return chain;
}

void add_rows(LiveChain& chain, const std::vector<std::uint32_t>& rows, const Names& names) {
  chain.rows.insert(chain.rows.end(), rows.begin(), rows.end());
  std::sort(chain.rows.begin(), chain.rows.end());
  for (const auto index : rows) chain.batch->owner[index] = chain.number;
  show_rows(chain, names);
}

LiveChain revive_chain(const std::shared_ptr<LiveBatch>& batch, const ledger::ChainRecord& record,
                       const Names& names, std::int64_t now_ms) {
  LiveChain chain;
  chain.batch = batch;
  chain.number = record.chain;
  chain.rows = record.rows;
  chain.id = names.chain(record.batch, record.chain);
  chain.recovered = record.phase == ledger::ChainPhase::Sending;
  // Deadlines begin anew: the time in which nobody asked is not the vendor's.
  chain.cursor = fresh_cursor(record.op, now_ms);
  chain.cursor.step = record.step;
  chain.cursor.attempt = record.attempt;
  chain.cursor.replay = record.replay;
  chain.cursor.not_before_ms = record.not_before_ms;
  chain.cursor.state = record.state;
  chain.cursor.import_state = record.import_state;
  chain.cursor.carried_out = CarriedOut(record.carried_out);
  chain.cursor.doubt = chain.recovered;
  chain.cursor.progressed = traits_of(record.op).changes && (record.step > 0 || !record.state.empty() || !record.carried_out.empty());
  for (const auto index : chain.rows) {
    auto& owner = batch->owner[index];
    if (owner == LiveBatch::kNobody || owner < chain.number) owner = chain.number;
  }
  show_rows(chain, names);
  return chain;
}

ledger::ChainRecord record_of(const LiveChain& chain, ledger::ChainPhase phase) {
  ledger::ChainRecord record;
  record.batch = chain.batch->record.seq;
  record.chain = chain.number;
  record.rows = chain.rows;
  record.op = chain.cursor.op;
  record.step = chain.cursor.step;
  record.attempt = chain.cursor.attempt;
  record.replay = chain.cursor.replay;
  record.phase = phase;
  record.not_before_ms = chain.cursor.not_before_ms;
  record.started_ms = chain.cursor.started_ms;
  record.state = chain.cursor.state;
  record.import_state = chain.cursor.import_state;
  record.carried_out = chain.cursor.carried_out.bytes();
  return record;
}

connectors::BatchView view_of(const LiveChain& chain, const std::vector<std::string>& columns,
                              std::size_t fields) {
  connectors::BatchView view;
  view.columns = columns;
  view.n_fields = fields;
  view.rows = chain.cells;
  view.row_ids = chain.row_ids;
  view.kept = &chain.table;
  return view;
}

static bool says_nothing_more(const connectors::RowResult& result) {
  return std::ranges::all_of(connectors::texts_of(result), [](const std::string* text) { return text->empty(); });
}

constexpr const char* kStoredLate =
    "sent again after a lost answer, and stored: whether by this request or late by the earlier one cannot be told";

Applied apply_results(LiveChain& chain, const std::vector<connectors::RowResult>& results) {
  Applied applied;
  auto& batch = *chain.batch;
  const bool reconciling = traits_of(chain.cursor.op).settles_doubt;
  std::vector<bool> again;  // by row of the chain; empty: none yet
  for (const auto& result : results) {
    if (result.row >= chain.rows.size()) continue;
    const auto index = chain.rows[result.row];
    if (batch.owner[index] != chain.number) continue;
    auto& row = batch.record.rows[index];
    if (!may_change(chain.cursor.op, row.outcome)) continue;
    const auto* said = connectors::result_traits(result.result);
    if (said == nullptr || (said->only_reconciling && !reconciling)) continue;  // no outcome: DONE will find the row missing
    if (!said->outcome) {
      again.resize(chain.rows.size());
      if (!again[result.row]) applied.send_again.push_back(index);
      again[result.row] = true;
      if (applied.why.code.empty()) applied.why = {Outcome::Failed, result.code, "", "", result.message};
      continue;
    }
    if (says_nothing_more(result) && row == RowOutcome())
      row.outcome = *said->outcome;  // as most: nothing to copy, nothing to take away
    else
      row = {*said->outcome, result.code, result.field, result.vendor_id, result.message};
    if (row.outcome == Outcome::Unchanged && chain.round > 0 && !reconciling) {
      // Found absent, sent again, and there all the same: very likely by the earlier request, carried out late.
      row.outcome = Outcome::Accepted;
      if (row.message.empty()) row.message = kStoredLate;
    }
    applied.delivered |= is_delivered(row.outcome);
    batch.changed = true;
  }
  return applied;
}

std::vector<std::uint32_t> undecided_rows(const LiveChain& chain) {
  std::vector<std::uint32_t> rows;
  for (const auto index : chain.rows) {
    const bool open = may_change(chain.cursor.op, chain.batch->record.rows[index].outcome);
    if (open && chain.batch->owner[index] == chain.number) rows.push_back(index);
  }
  return rows;
}

std::vector<std::vector<std::uint32_t>> by_filled_fields(const LiveBatch& batch, const std::vector<std::uint32_t>& rows) {
  std::map<std::vector<bool>, std::size_t> places;
  std::vector<std::vector<std::uint32_t>> groups;
  for (const auto row : rows) {
    std::vector<bool> filled;
    for (const auto& value : batch.values[row]) filled.push_back(value && !value->empty());
    const auto [place, is_new] = places.try_emplace(std::move(filled), groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(row);
  }
  return groups;
}

std::vector<std::vector<std::uint32_t>> in_parts(const std::vector<std::uint32_t>& rows, std::size_t size) {
  std::vector<std::vector<std::uint32_t>> parts;
  if (rows.empty()) return parts;
  size = std::clamp<std::size_t>(size, 1, rows.size());
  const auto count = (rows.size() + size - 1) / size;
  for (std::size_t i = 0; i < count; ++i) {
    const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() * i / count);
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() * (i + 1) / count);
    parts.emplace_back(begin, end);
  }
  return parts;
}

}  // namespace switchboard::engine
