#include "core/ledger/sqlite/table_columns.h"

#include <array>
#include <concepts>
#include <limits>
#include <utility>

#include "core/base/member_count.h"
#include "core/base/operation.h"
#include "core/ledger/sqlite/boot.h"

namespace switchboard::ledger {
namespace {

constexpr auto kWritten = Kept::Written, kChanges = Kept::Changes;

template <std::integral T>
bool take(const Statement& row, int column, T& value) {
  const std::int64_t stored = row.integer(column);
  if constexpr (std::same_as<T, std::uint32_t>) {
    if (stored < 0 || stored > std::numeric_limits<std::uint32_t>::max()) return false;
  }
  value = static_cast<T>(stored);
  return true;
}
bool take(const Statement& row, int column, bool& value) {
  value = row.integer(column) != 0;
  return true;
}
bool take(const Statement& row, int column, std::string& value) {
  value = row.text(column);
  return true;
}
bool take(const Statement& row, int column, std::string_view& value) {
  value = row.bytes(column);
  return true;
}

/// A member of the job as it is. `blank` is said of each, so that nobody adds a text of people that `forget` leaves in the file.
template <auto Member>
constexpr JobColumn job(std::string_view name, Kept kept, std::string_view blank) {
  return {name,
          kept,
          [](Statement& statement, const JobInfo& from) { statement.add(from.*Member); },
          [](const Statement& row, int column, JobInfo& to) { return take(row, column, to.*Member); },
          blank};
}

bool read_state(const Statement& row, int column, JobInfo& to) {
  const auto state = state_named(row.bytes(column));
  if (state) to.state = *state;
  return state.has_value();
}

/// What may be done with rows; false: nothing of the kind has that number.
bool read_operation(const Statement& row, int column, Operation& operation) {
  std::uint32_t number = 0;
  const auto found = take(row, column, number) ? operation_of(number) : std::nullopt;
  if (!found || !traits_of(*found).carries_rows) return false;
  operation = *found;
  return true;
}
std::uint32_t number_of(Operation operation) { return static_cast<std::uint32_t>(operation); }

constexpr std::string_view kStays, kNoText = "''", kNone = "0";
constexpr std::array kJob = {
    job<&JobInfo::id>("id", kWritten, kStays),
    JobColumn{"state", kChanges, [](Statement& statement, const JobInfo& from) { statement.add(Text{name_of(from.state)}); }, read_state},
    job<&JobInfo::exit_code>("exit_code", kChanges, kStays),
    job<&JobInfo::started_ms>("started_ms", kWritten, kStays),
    job<&JobInfo::finished_ms>("finished_ms", kChanges, kStays),
    job<&JobInfo::rows_read>("rows_read", kChanges, kNone),
    job<&JobInfo::requests_sent>("requests_sent", kChanges, kStays),
    job<&JobInfo::requests_retried>("requests_retried", kChanges, kStays),
    job<&JobInfo::waited_ms>("waited_ms", kChanges, kStays),
    job<&JobInfo::source_bytes>("source_bytes", kWritten, kStays),
    job<&JobInfo::source_spooled>("source_spooled", kWritten, kStays),
    job<&JobInfo::connector_id>("connector_id", kWritten, kStays),
    job<&JobInfo::connector_version>("connector_version", kWritten, kStays),
    job<&JobInfo::account>("account", kWritten, kStays),
    job<&JobInfo::profile>("profile", kWritten, kStays),
    job<&JobInfo::source_name>("source_name", kWritten, kNoText),
    job<&JobInfo::source_path>("source_path", kWritten, kNoText),
    job<&JobInfo::source_sha256>("source_sha256", kWritten, kNoText),
    job<&JobInfo::mapping_hash>("mapping_hash", kWritten, kStays),
    job<&JobInfo::stop_message>("stop_message", kChanges, kNoText),
    job<&JobInfo::rejects_path>("rejects_path", kChanges, kNoText),
    job<&JobInfo::source_json>("source_json", kWritten, kNoText),
    job<&JobInfo::mapping_json>("mapping_json", kWritten, kNoText),
    job<&JobInfo::options_json>("options_json", kChanges, kNoText),
    job<&JobInfo::credential>("credential", kChanges, kStays),
    JobColumn{"operation", kWritten, [](Statement& statement, const JobInfo& from) { statement.add(number_of(from.operation)); },
              [](const Statement& row, int column, JobInfo& to) { return read_operation(row, column, to.operation); }},
};

static_assert(member_count<JobInfo>() == kJob.size(), "something of a job has no column");

/// A number that a batch is known by.
template <auto From, auto To>
constexpr BatchColumn number(std::string_view name) {
  return {name, kWritten, [](Statement& statement, const PackedOutcomes& from) { statement.add(from.*From); },
          [](const Statement& row, int column, StoredBatch& to) { return take(row, column, to.packed.*To); }};
}

/// How many rows ended so; each but Pending has a column of its name.
template <std::size_t Of>
constexpr BatchColumn rows_that() {
  return {kOutcomes[Of].name, kChanges, [](Statement& statement, const PackedOutcomes& from) { statement.add(from.counts.by[Of]); },
          [](const Statement& row, int column, StoredBatch& to) { return take(row, column, to.counts.by[Of]); }};
}

template <std::size_t... Of>
constexpr auto batch_table(std::index_sequence<Of...>) {
  return std::array{
      number<&PackedOutcomes::seq, &BatchColumns::seq>("seq"),
      number<&PackedOutcomes::first_row, &BatchColumns::first_row>("first_row"),
      number<&PackedOutcomes::row_count, &BatchColumns::row_count>("row_count"),
      number<&PackedOutcomes::contacts, &BatchColumns::contacts>("contacts"),
      rows_that<Of + 1>()...,
      // For SentIndex, which asks without reading the outcomes.
      BatchColumn{"sent", kChanges, [](Statement& statement, const PackedOutcomes& from) { statement.add(from.sent); },
                  [](const Statement&, int, StoredBatch&) { return true; }},
      BatchColumn{"outcomes", kChanges, [](Statement& statement, const PackedOutcomes& from) { statement.add(Blob{from.outcomes}); },
                  [](const Statement& row, int column, StoredBatch& to) { return take(row, column, to.packed.outcomes); }},
  };
}
constexpr std::array kBatch = batch_table(std::make_index_sequence<kOutcomeCount - 1>());

/// What never changes of a batch; each has a column of its name.
template <std::size_t Of>
constexpr FixedColumn packed() {
  return {kFixedNames[Of], kWritten, [](Statement& statement, const PackedFixed& from) { statement.add(Blob{from.each[Of]}); },
          [](const Statement& row, int column, StoredBatch& to) { return take(row, column, to.packed.fixed.each[Of]); }};
}

template <std::size_t... Of>
constexpr auto fixed_table(std::index_sequence<Of...>) {
  return std::array{packed<Of>()...};
}
constexpr std::array kFixed = fixed_table(std::make_index_sequence<kFixedNames.size()>());

/// A member of the chain as it is.
template <auto Member>
constexpr ChainColumn chain(std::string_view name, Kept kept = kChanges) {
  return {name, kept, [](Statement& statement, const ChainToSave& from) { statement.add(from.chain.*Member); },
          [](const Statement& row, int column, StoredChain& to) { return take(row, column, to.chain.*Member); }};
}

template <auto Member>
constexpr ChainColumn bytes(std::string_view name) {
  return {name, kChanges, [](Statement& statement, const ChainToSave& from) { statement.add(Blob{from.chain.*Member}); },
          [](const Statement& row, int column, StoredChain& to) { return take(row, column, to.chain.*Member); }};
}

// A cleared chain stands as one that is sending, so that it is in doubt to whoever does not know better.
void bind_phase(Statement& statement, const ChainToSave& from) { statement.add(from.chain.phase == ChainPhase::Ready ? 0 : 1); }

bool read_phase(const Statement& row, int column, StoredChain& to) {
  const std::int64_t phase = row.integer(column);
  if (phase != 0 && phase != 1) return false;
  to.chain.phase = static_cast<ChainPhase>(phase);
  return true;
}

void bind_cleared(Statement& statement, const ChainToSave& from) {
  statement.add(Text{from.chain.phase == ChainPhase::Cleared ? std::string_view(this_boot()) : std::string_view()});
}

// After read_phase.
bool read_cleared(const Statement& row, int column, StoredChain& to) {
  const auto boot = row.bytes(column);
  if (!boot.empty() && boot == this_boot()) to.chain.phase = ChainPhase::Ready;
  return true;
}

constexpr std::array kChain = {
    chain<&ChainRecord::batch>("batch", kWritten),
    chain<&ChainRecord::chain>("chain", kWritten),
    ChainColumn{"op", kChanges, [](Statement& statement, const ChainToSave& from) { statement.add(number_of(from.chain.op)); },
                [](const Statement& row, int column, StoredChain& to) { return read_operation(row, column, to.chain.op); }},
    chain<&ChainRecord::step>("step"),
    chain<&ChainRecord::attempt>("attempt"),
    chain<&ChainRecord::replay>("replay"),
    ChainColumn{"phase", kChanges, bind_phase, read_phase},
    chain<&ChainRecord::not_before_ms>("not_before_ms"),
    chain<&ChainRecord::started_ms>("started_ms"),
    ChainColumn{"rows", kChanges, [](Statement& statement, const ChainToSave& from) { statement.add(Blob{from.rows}); },
                [](const Statement& row, int column, StoredChain& to) { return take(row, column, to.rows); }},
    bytes<&ChainRecord::state>("state"),
    bytes<&ChainRecord::import_state>("import_state"),
    bytes<&ChainRecord::carried_out>("carried_out"),
    // For queries, which cannot ask ChainRecord::began().
    ChainColumn{"began", kChanges, [](Statement& statement, const ChainToSave& from) { statement.add(from.chain.began()); },
                [](const Statement&, int, StoredChain&) { return true; }},
    ChainColumn{"cleared_in", kChanges, bind_cleared, read_cleared},
};

static_assert(member_count<ChainRecord>() + 2 == kChain.size(), "something of a chain has no column; `began` and `cleared_in` are made of others");

}  // namespace

std::span<const JobColumn> job_columns() { return kJob; }
std::span<const BatchColumn> batch_columns() { return kBatch; }
std::span<const FixedColumn> fixed_columns() { return kFixed; }
static_assert(kFixedNames.size() == 5 && Fixed::Identity == Fixed{3} && Fixed::Content == Fixed{4}, "what is no fingerprint comes first");
std::span<const FixedColumn> fixed_columns_without_fingerprints() { return std::span(kFixed).first(3); }
std::span<const ChainColumn> chain_columns() { return kChain; }

}  // namespace switchboard::ledger
