#include "host/jobs/outcome_pass.h"

#include <doctest/doctest.h>

#include <fstream>
#include <future>
#include <string>
#include <vector>

#include "tests/core/ledger/memory_journal.h"
#include "tests/temporary_directory.h"

using namespace switchboard;

namespace {

constexpr std::uint64_t kBatches = 200, kRows = 10;

/// Tells when a batch is read first, and from which number on readings begin.
class WatchedJournal final : public ledger::JobJournal {
 public:
  explicit WatchedJournal(ledger::JobInfo info) : held_(std::move(info)) {}
  Result<ledger::JobInfo> info() override { return held_.info(); }
  Result<void> update(const ledger::JobInfo& info) override { return held_.update(info); }
  Result<OutcomeCounts> counts() override { return held_.counts(); }
  Result<void> save(const ledger::BatchRecord* batch, std::span<const ledger::ChainRecord> chains, std::span<const ledger::ChainId> finished,
                    ledger::Outlives outlives) override {
    return held_.save(batch, chains, finished, outlives);
  }
  Result<std::optional<ledger::BatchRecord>> batch(std::uint64_t seq) override { return held_.batch(seq); }
  Result<void> for_each_batch(const std::function<bool(const ledger::BatchRecord&)>& visit, ledger::Reads reads, std::uint64_t from) override {
    begun.push_back(from);
    if (fails) return Error{ErrorKind::Storage, "the ledger cannot be read", ""};
    const auto done = held_.for_each_batch(visit, reads, from);
    if (begun.size() == 1) first_reading.set_value();
    return done;
  }
  Result<std::vector<ledger::ChainRecord>> chains() override { return held_.chains(); }

  std::vector<std::uint64_t> begun;  ///< one reading at a time
  std::promise<void> first_reading;
  bool fails = false;

 private:
  ledger::testing::MemoryJournal held_;
};

struct World {
  World() {
    std::ofstream file(folder / "contacts.csv");
    file << "Name,Phone\n";
    for (std::uint64_t row = 0; row < kBatches * kRows; ++row) file << "Ada " << row + 1 << ",+4930" << 1000000 + row << "\n";
    file.close();
    source = *input::Source::open(folder / "contacts.csv", {});
    info.id = "j";
    info.rows_read = kBatches * kRows;
    journal.emplace(info);
  }
  /// Every seventh row is rejected.
  static ledger::BatchRecord batch_of(std::uint64_t seq) {
    ledger::BatchRecord batch;
    batch.seq = seq;
    batch.first_row = seq * kRows + 1;
    for (std::uint64_t i = 0; i < kRows; ++i) {
      batch.add_row(0, 1);
      auto& row = batch.add_contact({}, {});
      row.outcome = (batch.first_row + i) % 7 == 0 ? Outcome::Rejected : Outcome::Accepted;
      if (row.outcome == Outcome::Rejected) row.code = "test.seventh", row.message = "it is a seventh";
    }
    return batch;
  }
  void save(std::uint64_t seq) {
    const auto batch = batch_of(seq);
    REQUIRE(journal->save(&batch, {}, {}, ledger::Outlives::Machine));
  }
  std::string rejects() const {
    std::ifstream in(folder / "rejects.csv");
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const testing::TemporaryDirectory folder;
  std::unique_ptr<input::Source> source;
  ledger::JobInfo info;
  std::optional<WatchedJournal> journal;
  ScratchPlace scratch;
  mapping::Mapping mapping;
  jobs::RejectedPlaces places{scratch};
};

/// What it comes to: a report's counts, and the file.
std::string all_of(World& world, jobs::OutcomePass& pass, report::Summary& summary) {
  const auto written = pass.finish();
  INFO((written ? "" : written.error().message));
  REQUIRE(written);
  CHECK(*written);
  auto report = std::move(summary).report_of(world.info, "resume");
  REQUIRE(report);
  CHECK(report->rows[Outcome::Rejected] == kBatches * kRows / 7);
  CHECK(report->rows.sum() == kBatches * kRows);
  return world.rejects();
}

}  // namespace

TEST_CASE("outcomes are read while the job runs, as far as they are settled, or given, and come to the same as in one reading") {
  std::string at_once;
  {
    World world;
    for (std::uint64_t seq = 0; seq < kBatches; ++seq) world.save(seq);
    jobs::RejectsFile rejects(world.folder / "rejects.csv", *world.source, world.mapping, world.places);
    report::Summary summary(ledger::Pending::IsOpen);
    jobs::OutcomePass pass(*world.journal, rejects, summary);
    at_once = all_of(world, pass, summary);
    CHECK(world.journal->begun == std::vector<std::uint64_t>{0});
  }
  World world;
  jobs::RejectsFile rejects(world.folder / "rejects.csv", *world.source, world.mapping, world.places);
  report::Summary summary(ledger::Pending::IsOpen);
  jobs::OutcomePass pass(*world.journal, rejects, summary);
  pass.follow();
  for (std::uint64_t seq = 0; seq < 150; ++seq) world.save(seq);
  pass.settled(100);  // of 150 that there are
  world.journal->first_reading.get_future().wait();
  CHECK(world.rejects().empty());  // it has no name yet
  for (std::uint64_t seq = 150; seq < kBatches; ++seq) world.save(seq);
  CHECK(all_of(world, pass, summary) == at_once);
  CHECK(world.journal->begun == std::vector<std::uint64_t>{0, 100});

  World given;
  jobs::RejectsFile of_given(given.folder / "rejects.csv", *given.source, given.mapping, given.places);
  report::Summary summary_of_given(ledger::Pending::IsOpen);
  jobs::OutcomePass mixed(*given.journal, of_given, summary_of_given);
  mixed.follow();
  // Backwards, as they may end; every third one, and the last, are not given.
  for (std::uint64_t seq = 100; seq-- > 0;) {
    given.save(seq);
    if (seq % 3 != 0) mixed.give(World::batch_of(seq));
  }
  mixed.settled(100);
  given.journal->first_reading.get_future().wait();
  for (std::uint64_t seq = 100; seq < kBatches; ++seq) {
    given.save(seq);
    if (seq + 1 < kBatches) mixed.give(World::batch_of(seq));
  }
  CHECK(all_of(given, mixed, summary_of_given) == at_once);
  CHECK(given.journal->begun.size() == 34 + 1);  // 0, 3 … 99, and the last
  CHECK(given.journal->begun.back() == kBatches - 1);

  // More than may wait are read back: not one of a batch that is as large as that.
  World large;
  jobs::RejectsFile of_large(large.folder / "rejects.csv", *large.source, large.mapping, large.places);
  report::Summary summary_of_large(ledger::Pending::IsOpen);
  jobs::OutcomePass bounded(*large.journal, of_large, summary_of_large);
  for (std::uint64_t seq = 0; seq < kBatches; ++seq) large.save(seq);
  auto too_large = World::batch_of(0);
  too_large.rows.resize(30'000);
  bounded.give(std::move(too_large));
  CHECK(all_of(large, bounded, summary_of_large) == at_once);

  World check;
  jobs::RejectsFile of_check(check.folder / "rejects.csv", *check.source, check.mapping, check.places);
  report::Summary counted(ledger::Pending::IsOpen);
  jobs::OutcomePass taken(*check.journal, of_check, counted);
  for (std::uint64_t seq = 0; seq < kBatches; ++seq) taken.take(World::batch_of(seq));
  CHECK(all_of(check, taken, counted) == at_once);
}

TEST_CASE("a ledger that cannot be read while the job runs is told at its end, and nothing is left of the file") {
  World world;
  for (std::uint64_t seq = 0; seq < kBatches; ++seq) world.save(seq);
  jobs::RejectsFile rejects(world.folder / "rejects.csv", *world.source, world.mapping, world.places);
  report::Summary summary(ledger::Pending::IsOpen);
  jobs::OutcomePass pass(*world.journal, rejects, summary);
  world.journal->fails = true;
  pass.follow();
  pass.settled(kBatches);
  const auto done = pass.finish();
  REQUIRE_FALSE(done);
  CHECK(done.error().message == "the ledger cannot be read");
  CHECK(world.rejects().empty());
}
