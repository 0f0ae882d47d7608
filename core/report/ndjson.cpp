#include "core/base/json_text.h"
#include "core/report/writers.h"

namespace switchboard::report {
namespace {

std::string line_of(RowId row, std::uint64_t line, const RowOutcome& outcome) {
  JsonWriter json;
  json.begin_object();
  row.part == 0 ? json.member("row", row.row) : json.member("row", row.text());
  json.key("line");
  if (line == 0)
    json.null();
  else
    json.number(line);
  json.member("outcome", name_of(outcome.outcome)).member_or_null("code", outcome.code);
  json.member_or_null("field", outcome.field).member_or_null("vendor_id", outcome.vendor_id);
  return json.member_or_null("message", outcome.message).end_object().take();
}

}  // namespace

Result<void> write_ndjson(ledger::JobJournal& journal,
                          const std::function<bool(std::string_view line)>& write) {
  auto job = journal.info();
  if (!job) return job.error();

  bool wanted = true;
  std::uint64_t next_row = 1;
  const auto write_pending_before = [&](std::uint64_t row) {
    for (; next_row < row && wanted; ++next_row) wanted = write(line_of(next_row, 0, {}));
  };
  auto visit = [&](const ledger::BatchRecord& batch) {
    write_pending_before(batch.first_row);
    ledger::each_row(batch, [&](std::size_t row, std::size_t first, std::size_t count) {
      for (std::size_t part = 0; part < count && wanted; ++part) {
        const RowId id(batch.first_row + row, count == 1 ? std::uint8_t{0} : static_cast<std::uint8_t>(part + 1));
        wanted = write(line_of(id, batch.lines[row], batch.rows[first + part]));
      }
    });
    next_row = batch.first_row + ledger::row_count(batch);
    return wanted;
  };
  if (auto done = journal.for_each_batch(visit, ledger::Reads::NoFingerprints); !done) return done;
  write_pending_before(job->rows_read + 1);
  return {};
}

}  // namespace switchboard::report
