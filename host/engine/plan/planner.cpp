#include "host/engine/plan/planner.h"

#include <algorithm>
#include <utility>

#include "core/base/display_text.h"
#include "core/ledger/contacts_of_rows.h"
#include "fmt/format.h"
#include "host/engine/job/codes.h"
#include "host/engine/plan/wanted_rows.h"

namespace switchboard::engine {
namespace {

/// Rows of a batch at least before it is cut without being full: a file of nothing but duplicates needs few
/// batches.
constexpr std::size_t kMinRows = 256;
constexpr std::size_t kRowsPerSent = 4;

/// `before`: of the row that was rejected before it, whose texts it shares where they are the same.
RowOutcome rejected(const std::vector<Issue>& issues, RowOutcome& before) {
  const auto issue = std::ranges::find(issues, Issue::Severity::Reject, &Issue::severity);
  const auto share = [](SharedText& text, std::string_view said) { return text == said ? text : text = said; };
  if (issue == issues.end()) return {Outcome::Rejected, share(before.code, code::kInvalid), {}, {}, share(before.message, "not acceptable")};
  return {Outcome::Rejected, share(before.code, issue->code), share(before.field, issue->field), {}, share(before.message, issue->message)};
}

/// The `i`-th of the row's contacts.
RowId id_of(std::uint64_t row, std::size_t i, std::size_t contacts) {
  return {row, contacts == 1 ? std::uint8_t{0} : static_cast<std::uint8_t>(i + 1)};
}

void keep_warnings(ledger::BatchRecord& batch, RowId row, const std::vector<Issue>& issues) {
  for (const auto& issue : issues) {
    if (issue.severity == Issue::Severity::Warning)
      batch.warnings.push_back({row, issue.code, issue.field, issue.message});
  }
}

}  // namespace

Result<std::unique_ptr<Planner>> Planner::create(const Parts& parts, const RunOptions& options,
                                                 PlannedJob job, RowGate& gate, History history,
                                                 BatchEnds ends) {
  auto reader = parts.source->read();
  if (!reader) return reader.error();
  auto planner =
      std::unique_ptr<Planner>(new Planner(parts, options, std::move(job), gate, std::move(history), std::move(ends)));
  planner->reader_ = std::move(*reader);
  return planner;
}

Result<void> Planner::learn_last(const Parts& parts, std::optional<std::uint64_t> rows, RowGate& gate,
                                 const std::function<bool()>& go_on) {
  auto reader = parts.source->read();
  if (!reader) return reader.error();
  MapStage stage(std::move(*reader), *parts.mapper, rows.value_or(UINT64_MAX));
  for (std::uint64_t row = 1; (!rows || row <= *rows) && go_on(); ++row) {
    const auto mapped = stage.next();
    if (!mapped || *mapped == nullptr) return {};  // the pass that sends meets the damage again and says so
    const auto& contacts = (*mapped)->contacts;
    for (std::size_t i = 0; i < contacts.size(); ++i) {
      if (contacts[i].good) gate.learn_last(id_of(row, i, contacts.size()), contacts[i].contact);
    }
  }
  return {};
}

const History::Batch* Planner::upcoming() const {
  return known_ < history_.batches.size() ? &history_.batches[known_] : nullptr;
}

Result<bool> Planner::read(Record& record) {
  if (at_end()) return false;
  auto more = reader_->next(record);
  if (!more) return more.error();
  return arrived(*more);
}

Result<bool> Planner::arrived(bool is_row) {
  if (!is_row) {
    if (!job_.rows) return false;
    return Error{ErrorKind::Drift,
                 fmt::format("{}: the source ends after row {}, but it had {} when the job began",
                             parts_.source->info().name, row_, counted(*job_.rows, "row")),
                 "Do not change a file while it is imported; import the complete file with --only-new."};
  }
  ++row_;
  return true;
}

Result<MapStage::Row*> Planner::read_mapped() {
  if (at_end()) return nullptr;
  MapStage::Row* row = &own_row_;
  if (stage_) {
    const auto mapped = stage_->next();
    if (!mapped) return mapped.error();
    row = *mapped;
    const auto more = arrived(row != nullptr);
    if (!more) return more.error();
    return row;
  }
  Record record;
  const auto more = read(record);
  if (!more) return more.error();
  if (!*more) return nullptr;
  own_row_.line = record.line;
  own_row_.byte_begin = record.byte_begin;
  parts_.mapper->map_all(record, own_row_.contacts);
  finish(own_row_);
  return row;
}

void Planner::finish(MapStage::Row& row) const {
  for (auto& [contact, issues, good] : row.contacts) {
    if (!good || !options_.suppressed) continue;
    contact.suppressed = options_.suppressed(contact);
    contact.reach.clear();
  }
  if (occurrences_.matter()) return;  // values are not what they will be
  row.texts.resize(row.contacts.size());
  for (std::size_t i = 0; i < row.contacts.size(); ++i) {
    auto& [contact, issues, good] = row.contacts[i];
    row.texts[i].clear();
    if (good && options_.write_contact) options_.write_contact(contact, row.texts[i]);
    if (!options_.send) contact.values.clear();
  }
}

Result<std::optional<Plan>> Planner::next(std::size_t batch_size) {
  if (damage_) return *damage_;
  auto plan = next_plan(batch_size);
  for (auto failure : {gate_.failure(), occurrences_.failure(), parts_.mapper->failure()}) {
    if (failure) return std::move(*failure);
  }
  return plan;
}

Result<std::optional<Plan>> Planner::next_plan(std::size_t batch_size) {
  while (const auto* known = upcoming()) {
    if (row_ + 1 < known->first_row) break;
    if (row_ + 1 > known->first_row) {
      return Error{ErrorKind::Internal, fmt::format("batch {} of the ledger overlaps another", known->seq),
                   ""};
    }
    auto plan = plan_again(*known);
    ++known_;
    seq_ = known->seq + 1;
    if (!plan || *plan) return plan;
  }
  return plan_new(std::clamp<std::size_t>(batch_size, 1, kMostBatchRows));
}

Result<std::optional<Plan>> Planner::plan_new(std::size_t batch_size) {
  const auto* known = upcoming();
  if (known != nullptr && seq_ >= known->seq) {
    return Error{ErrorKind::Internal,
                 fmt::format("rows before batch {} of the ledger have no batch", known->seq), ""};
  }
  // A gap between saved batches has as many numbers as it had batches: those that follow this one take what they can hold.
  std::uint64_t least = 0;
  if (known != nullptr) {
    const auto gap = known->first_row - row_ - 1, others = known->seq - seq_ - 1;
    least = gap > others * kMostBatchRows ? gap - others * kMostBatchRows : 0;
  }
  const std::size_t max_rows = std::clamp(kRowsPerSent * batch_size, kMinRows, kMostBatchRows);
  // A row is never cut in two, so what it may have at most must fit.
  const std::size_t last_with_room = batch_size - std::min(batch_size, parts_.mapper->most_contacts());

  auto batch = batches_.take(seq_);
  Plan plan;
  plan.op = job_.operation;
  auto& rows = batch->record;
  rows.first_row = row_ + 1;
  // Some rows are not sent. Growing would move each outcome twice.
  const std::size_t likely = std::min(max_rows, batch_size + batch_size / 4);
  rows.reserve(likely);
  batch->values.reserve(likely);
  plan.to_send.reserve(batch_size);
  // Rows of which the ledger knows nothing: all of them are mapped.
  if (known == nullptr && reader_)
    stage_ = std::make_unique<MapStage>(std::move(reader_), *parts_.mapper, job_.rows ? *job_.rows - row_ : UINT64_MAX,
                                        spare_cores(MapStage::kMostHelpers), nullptr, [this](MapStage::Row& row) { finish(row); });
  while (rows.lines.size() < least || (plan.to_send.size() <= last_with_room && rows.lines.size() < max_rows)) {
    if (known != nullptr && row_ + 1 >= known->first_row) break;
    const auto mapped = read_mapped();
    if (!mapped) {
      damage_ = mapped.error();
      break;
    }
    if (*mapped == nullptr) break;
    if (const auto* soon = stage_ ? stage_->soon() : nullptr) gate_.prefetch(soon->contacts.front().contact);
    auto& contacts = (*mapped)->contacts;
    rows.add_row((*mapped)->line, contacts.size());
    bool is_rejected = false;
    for (std::size_t i = 0; i < contacts.size(); ++i) {
      auto& [contact, issues, good] = contacts[i];
      const RowId id = id_of(row_, i, contacts.size());
      if (good) occurrences_.tell_apart(contact);
      auto outcome = good ? gate_.judge(id, contact) : rejected(issues, rejected_before_);
      const auto index = static_cast<std::uint32_t>(rows.rows.size());
      auto& kept = good ? rows.add_contact(contact.identity, contact.content) : rows.add_contact({}, {});
      if (outcome.outcome == Outcome::Pending) {
        keep_warnings(rows, id, issues);
        if (options_.on_contact) {
          if (occurrences_.matter()) {
            (*mapped)->texts.assign(contacts.size(), {});
            options_.write_contact(contact, (*mapped)->texts[i]);
          }
          options_.on_contact((*mapped)->texts[i]);
        }
        plan.to_send.push_back(index);
        auto& values = batch->values.emplace_back();
        if (options_.send) {
          // The mapper gets the room of another contact's in return.
          if (auto& spare = batch->spare_values; !spare.empty()) {
            values = std::move(spare.back());
            spare.pop_back();
          }
          values.swap(contact.values);
        }
      } else {
        batch->values.emplace_back();
      }
      is_rejected |= outcome.outcome == Outcome::Rejected;
      // Of nearly every row nothing is to be said, and making that anew costs less than moving it.
      if (outcome.outcome != Outcome::Pending) kept = std::move(outcome);
    }
    if (is_rejected && options_.on_rejected) options_.on_rejected(row_, (*mapped)->byte_begin);
  }
  if (rows.rows.size() == rows.lines.size()) rows.parts.clear();
  if (rows.rows.empty()) {
    if (damage_) return *damage_;
    return std::optional<Plan>{};
  }
  batch->owner.assign(rows.rows.size(), LiveBatch::kNobody);
  ++seq_;
  plan.batch = std::move(batch);
  return std::optional<Plan>(std::move(plan));
}

Result<void> Planner::skip(const History::Batch& known) {
  if (occurrences_.matter()) {
    const auto stored = parts_.journal->batch(known.seq);
    if (!stored) return stored.error();
    if (*stored) {
      for (const auto& identity : (*stored)->identity) occurrences_.pass(identity);
    }
  }
  Record record;
  for (std::uint32_t i = 0; i < known.rows; ++i) {
    if (auto more = read(record); !more) return more.error();
    remember_own_ids(record);
  }
  return {};
}

void Planner::remember_own_ids(const Record& record) {
  if (parts_.mapper->own_id_field().empty()) return;
  std::vector<mapping::MappedContact> contacts;
  parts_.mapper->map_all(record, contacts);
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    if (contacts[i].good) gate_.remember_own_id(id_of(row_, i, contacts.size()), contacts[i].contact);
  }
}

void Planner::dissolve(Plan& plan) const {
  if (!gate_.knows_sent()) return;
  std::erase_if(plan.chains, [&](const ledger::ChainRecord& chain) {
    if (chain.began()) return false;
    plan.dissolved.push_back(chain.chain);
    return true;
  });
}

namespace {

/// The rows of a chain that was left while the vendor worked on them are asked about again. Such a chain has no row that
/// is pending.
void reopen(const ledger::ChainRecord& chain, LiveBatch& batch) {
  auto& rows = batch.record.rows;
  const bool left = traits_of(chain.op).changes && std::none_of(chain.rows.begin(), chain.rows.end(), [&](auto index) {
    return rows[index].outcome == Outcome::Pending;
  });
  if (!left) return;
  for (const auto index : chain.rows) {
    if (rows[index].outcome != Outcome::Unknown) continue;
    rows[index] = {};
    batch.changed = true;
  }
}

}  // namespace

Result<std::optional<Plan>> Planner::plan_again(const History::Batch& known) {
  if (!known.work) {
    if (auto done = skip(known); !done) return done.error();
    return std::optional<Plan>{};
  }
  auto stored = parts_.journal->batch(known.seq);
  if (!stored) return stored.error();
  if (!*stored || ledger::row_count(**stored) != known.rows || (*stored)->rows.size() != known.contacts) {
    return Error{ErrorKind::Internal, fmt::format("batch {} vanished from the ledger", known.seq), ""};
  }
  Plan plan;
  plan.op = job_.operation;
  plan.batch = batches_.take(known.seq);
  auto& batch = *plan.batch;
  batch.record = std::move(**stored);
  batch.saved = true;
  batch.counted = counts_of(batch.record);
  batch.next_chain = job_.first_chain;
  batch.owner.assign(known.contacts, LiveBatch::kNobody);
  batch.values.resize(known.contacts);

  std::vector<bool> in_chain(known.contacts), needed(known.contacts), sends(known.contacts);
  if (const auto left = history_.chains.find(known.seq); left != history_.chains.end())
    plan.chains = left->second;
  for (const auto& chain : plan.chains) batch.next_chain = std::max(batch.next_chain, chain.chain + 1);
  dissolve(plan);
  for (const auto& chain : plan.chains) {
    for (const auto index : chain.rows) {
      if (index >= known.contacts)
        return Error{ErrorKind::Internal, fmt::format("batch {}: a chain of no row", known.seq), ""};
      in_chain[index] = needed[index] = true;
    }
    reopen(chain, batch);
  }
  for (std::uint32_t i = 0; i < known.contacts; ++i) {
    auto& row = batch.record.rows[i];
    const bool held = in_chain[i] && row.outcome != Outcome::Failed;
    if (!held && wants_asking(row, options_)) {
      plan.to_ask.push_back(i);
      needed[i] = true;
    }
    if (held || !wants_sending(row, options_)) continue;
    sends[i] = needed[i] = true;
    if (row.outcome == Outcome::Pending) continue;
    row = {};
    batch.changed = true;
  }

  if (auto done = map_again(known, plan, in_chain, needed, sends); !done) return done.error();
  for (std::uint32_t i = 0; i < known.contacts; ++i) {
    if (sends[i]) plan.to_send.push_back(i);
  }
  return std::optional<Plan>(std::move(plan));
}

Result<void> Planner::map_again(const History::Batch& known, Plan& plan, const std::vector<bool>& in_chain,
                                const std::vector<bool>& needed, std::vector<bool>& sends) {
  LiveBatch& batch = *plan.batch;
  Record record;
  std::vector<mapping::MappedContact> contacts;
  std::uint32_t first = 0;
  for (std::uint32_t row = 0; row < known.rows; ++row) {
    if (auto more = read(record); !more) return more.error();
    const std::uint32_t count = batch.record.parts.empty() ? 1 : batch.record.parts[row];
    const std::uint32_t begin = std::exchange(first, first + count);
    if (std::none_of(needed.begin() + begin, needed.begin() + begin + count, [](bool is) { return is; })) {
      for (std::uint32_t i = begin; i < begin + count; ++i) occurrences_.pass(batch.record.identity[i]);
      remember_own_ids(record);
      continue;
    }
    parts_.mapper->map_all(record, contacts);
    if (contacts.size() != count) {
      return Error{ErrorKind::Drift,
                   fmt::format("{}: row {} holds {} people, but it held {} when the job began", parts_.source->info().name, row_,
                               contacts.size(), count),
                   "Do not change a file while it is imported; import the complete file with --only-new."};
    }
    for (std::uint32_t part = 0; part < count; ++part) {
      const std::uint32_t i = begin + part;
      auto& [contact, issues, good] = contacts[part];
      contact.values.resize(parts_.mapper->columns().size());
      if (!needed[i]) {
        occurrences_.pass(batch.record.identity[i]);
        if (good) gate_.remember_own_id(id_of(row_, part, count), contact);
        continue;
      }
      if (good) {
        occurrences_.tell_apart(contact);
        gate_.remember_own_id(id_of(row_, part, count), contact);
      }
      if (auto outcome = good && sends[i] ? gate_.judge_again(contact) : RowOutcome{}; outcome.outcome != Outcome::Pending) {
        batch.record.rows[i] = std::move(outcome);
        batch.changed = true;
        sends[i] = false;
        continue;
      }
      batch.values[i] = std::move(contact.values);
      if (good || in_chain[i] || !sends[i]) continue;
      // It was acceptable when it was planned, so source, mapping or settings changed in spite of the caller's
      // check.
      batch.record.rows[i] = rejected(issues, rejected_before_);
      batch.changed = true;
      sends[i] = false;
    }
  }
  return {};
}

}  // namespace switchboard::engine
