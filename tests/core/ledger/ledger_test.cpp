#include "core/ledger/ledger.h"

#include <doctest/doctest.h>

#include <array>
#include <sys/stat.h>

#include <thread>

#include "core/ledger/sqlite/database.h"
#include "tests/core/ledger/ledger_fixture.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  return facts.st_mode & 0777;
}

}  // namespace

TEST_CASE("a job's name tells its time and connector") {
  CHECK(make_job_id(1795301101000, "truedy", 0x4f2a) == "20261121-224501-truedy-4f2a");
  CHECK(make_job_id(1795301101000, "Kore.ai", 0xABCD000F) == "20261121-224501-kore-ai-000f");
}

TEST_CASE("the states have the names that reports show, and no others") {
  for (auto state : {JobState::Running, JobState::Finished, JobState::Stopped, JobState::Interrupted}) {
    CHECK(state_named(name_of(state)) == state);
  }
  CHECK(name_of(JobState::Interrupted) == "interrupted");
  CHECK_FALSE(state_named("done"));
}

TEST_CASE("directories are made private, with their parents") {
  const TemporaryDirectory root;
  const std::string directory = root / "a/b/state/";
  auto ledger = open_ledger(directory);
  REQUIRE(ledger->jobs().create(job_named("j-1", 1)));
  auto lock = ledger->jobs().lock("j-1");
  REQUIRE(lock);
  CHECK(mode_of(root / "a") == 0700);
  CHECK(mode_of(directory) == 0700);
  CHECK(mode_of(directory + "/locks") == 0700);
  CHECK(mode_of(directory + "/locks/j-1") == 0600);
  for (const char* name : {"switchboard.db", "switchboard.db-wal", "switchboard.db-shm"}) {
    CHECK(mode_of(directory + name) == 0600);
  }
}

TEST_CASE("everything about a job comes back after the ledger was closed") {
  const TemporaryDirectory root;
  JobInfo job = job_named("20261121-224501-truedy-4f2a", 1234567890123);
  job.operation = Operation::Reconcile;
  job.profile = "büro";
  job.source_path = "/data/contacts.csv";
  job.source_bytes = 1ull << 40;
  job.source_json = R"({"name": "contacts.csv"})";
  job.mapping_json = "[]";
  job.mapping_hash = "0f";
  job.options_json = R"({"limit": 5})";
  {
    auto ledger = open_ledger(root.path());
    REQUIRE(ledger->jobs().create(job));
    job.state = JobState::Stopped;
    job.exit_code = 6;
    job.stop_message = "The vendor cannot be reached.";
    job.finished_ms = 1'700'000'100'000;
    job.requests_sent = 25;
    job.requests_retried = 3;
    job.waited_ms = 12'400;
    job.rejects_path = "contacts.rejects.csv";
    REQUIRE(journal_of(*ledger, job.id)->update(job));
  }
  auto ledger = open_ledger(root.path());
  auto found = ledger->jobs().find(job.id);
  REQUIRE(found);
  REQUIRE(*found);
  const JobInfo& again = **found;
  CHECK(again.operation == job.operation);
  CHECK(again.connector_id == job.connector_id);
  CHECK(again.connector_version == job.connector_version);
  CHECK(again.account == job.account);
  CHECK(again.profile == job.profile);
  CHECK(again.source_name == job.source_name);
  CHECK(again.source_path == job.source_path);
  CHECK(again.source_sha256 == job.source_sha256);
  CHECK(again.source_spooled == job.source_spooled);
  CHECK(again.source_bytes == job.source_bytes);
  CHECK(again.source_json == job.source_json);
  CHECK(again.mapping_json == job.mapping_json);
  CHECK(again.mapping_hash == job.mapping_hash);
  CHECK(again.options_json == job.options_json);
  CHECK(again.rows_read == job.rows_read);
  CHECK(again.state == job.state);
  CHECK(again.exit_code == job.exit_code);
  CHECK(again.stop_message == job.stop_message);
  CHECK(again.started_ms == job.started_ms);
  CHECK(again.finished_ms == job.finished_ms);
  CHECK(again.requests_sent == job.requests_sent);
  CHECK(again.requests_retried == job.requests_retried);
  CHECK(again.waited_ms == job.waited_ms);
  CHECK(again.rejects_path == job.rejects_path);
}

TEST_CASE("jobs are listed newest first; two of one name are refused") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  for (int i = 0; i < 3; ++i) {
    JobInfo job = job_named("job-" + std::to_string(i), 1);
    job.started_ms += i == 1 ? 1000 : 0;
    REQUIRE(ledger->jobs().create(job));
  }
  auto jobs = ledger->jobs().all();
  REQUIRE(jobs);
  REQUIRE(jobs->size() == 3);
  CHECK((*jobs)[0].id == "job-1");
  CHECK((*jobs)[1].id == "job-2");
  CHECK((*jobs)[2].id == "job-0");
  auto twice = ledger->jobs().create(job_named("job-0", 1));
  REQUIRE_FALSE(twice);
  CHECK(twice.error().kind == ErrorKind::Usage);
}

TEST_CASE("a batch comes back as it was saved, also when it was saved over") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 100)));
  BatchRecord batch = batch_of(3, 51, 20, Outcome::Pending);
  batch.warnings.push_back({56, "email.left_out", "email", "Not an address; left out."});
  REQUIRE(journal_of(*ledger, "j")->save(&batch, {}, {}));
  auto first = journal_of(*ledger, "j")->batch(3);
  REQUIRE(first);
  REQUIRE(*first);
  CHECK(**first == batch);

  batch.rows[4] = {Outcome::Rejected, "phone.too_short", "phone", "", "Too short; write the whole number."};
  batch.rows[5] = {Outcome::Created, "", "", "id-9", ""};
  REQUIRE(journal_of(*ledger, "j")->save(&batch, {}, {}));
  auto second = journal_of(*ledger, "j")->batch(3);
  REQUIRE(second);
  CHECK(**second == batch);
  auto none = journal_of(*ledger, "j")->batch(4);
  REQUIRE(none);
  CHECK_FALSE(*none);
}

TEST_CASE("rows read are the sum of all outcomes at every moment") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 100)));
  auto counts = ledger->jobs().counts("j");
  REQUIRE(counts);
  CHECK((*counts)[Outcome::Pending] == 100);

  BatchRecord batch = batch_of(0, 1, 60, Outcome::Pending);
  for (std::size_t i = 0; i < kOutcomeCount; ++i) batch.rows[i].outcome = static_cast<Outcome>(i);
  REQUIRE(journal_of(*ledger, "j")->save(&batch, {}, {}));
  counts = ledger->jobs().counts("j");
  REQUIRE(counts);
  CHECK(counts->sum() == 100);
  CHECK((*counts)[Outcome::Pending] == 92);
  for (std::size_t i = 1; i < kOutcomeCount; ++i) CHECK(counts->by[i] == 1);

  batch = batch_of(1, 61, 41, Outcome::Created);  // one row more than were read
  REQUIRE(journal_of(*ledger, "j")->save(&batch, {}, {}));
  batch = batch_of(2, 102, 60, Outcome::Created);
  REQUIRE(journal_of(*ledger, "j")->save(&batch, {}, {}));
  CHECK_FALSE(ledger->jobs().counts("j"));
}

TEST_CASE("a batch that is not whole is refused and nothing of it is stored") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 10)));
  BatchRecord batch = batch_of(0, 1, 5, Outcome::Created);
  batch.lines.pop_back();
  CHECK_FALSE(journal_of(*ledger, "j")->save(&batch, {}, {}));
  batch = batch_of(0, 1, 5, Outcome::Created);
  batch.warnings.push_back({6, "c", "", ""});
  CHECK_FALSE(journal_of(*ledger, "j")->save(&batch, {}, {}));
  auto stored = journal_of(*ledger, "j")->batch(0);
  REQUIRE(stored);
  CHECK_FALSE(*stored);
}

TEST_CASE("chains are kept with their state until they are finished") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 10)));
  const BatchRecord batch = batch_of(0, 1, 10, Outcome::Pending);
  ChainRecord chain;
  chain.chain = 1;
  chain.rows = {0, 1, 2, 7};
  chain.op = Operation::Reconcile;
  chain.step = 2;
  chain.attempt = 3;
  chain.replay = 2;
  chain.phase = ChainPhase::Sending;
  chain.not_before_ms = 77;
  chain.started_ms = 55;
  chain.state = std::string("\0\xFFjob=9", 7);
  chain.import_state = std::string("\xFEjob=8\0", 7);
  chain.carried_out = std::string("\xFD\0\1", 3);
  ChainRecord other;
  other.rows = {3};
  const ChainRecord both[] = {chain, other};
  REQUIRE(journal_of(*ledger, "j")->save(&batch, both, {}));

  auto chains = journal_of(*ledger, "j")->chains();
  REQUIRE(chains);
  REQUIRE(chains->size() == 2);
  CHECK((*chains)[0].chain == 0);
  const ChainRecord& again = (*chains)[1];
  CHECK(again.rows == chain.rows);
  CHECK(again.op == Operation::Reconcile);
  CHECK(again.step == 2);
  CHECK(again.attempt == 3);
  CHECK(again.replay == 2);
  CHECK(again.phase == ChainPhase::Sending);
  CHECK(again.not_before_ms == 77);
  CHECK(again.started_ms == 55);
  CHECK(again.state == chain.state);
  CHECK(again.import_state == chain.import_state);
  CHECK(again.carried_out == chain.carried_out);
  CHECK((*chains)[0].import_state.empty());
  // It may have left, as long as nobody knows that it did not: whoever started the system anew does not.
  chain.phase = ChainPhase::Cleared;
  REQUIRE(journal_of(*ledger, "j")->save(nullptr, std::array{chain}, {}, Outlives::Process));
  CHECK(journal_of(*ledger, "j")->chains()->at(1).phase == ChainPhase::Ready);
  REQUIRE(Database::open(root / "switchboard.db")->execute("UPDATE chain SET cleared_in = 'an earlier one' WHERE cleared_in <> ''"));
  CHECK(journal_of(*ledger, "j")->chains()->at(1).phase == ChainPhase::Sending);
  chain.phase = ChainPhase::Sending;
  chain.import_state = "other";
  REQUIRE(journal_of(*ledger, "j")->save(nullptr, std::span(&chain, 1), {}));
  CHECK(journal_of(*ledger, "j")->chains()->at(1).import_state == "other");

  const ChainId done[] = {{0, 1}};
  REQUIRE(journal_of(*ledger, "j")->save(nullptr, {}, done));
  chains = journal_of(*ledger, "j")->chains();
  REQUIRE(chains);
  REQUIRE(chains->size() == 1);
  CHECK(chains->front().chain == 0);
}

TEST_CASE("a chain of a batch that is not there is refused, with all that came in the same call") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 10)));
  const BatchRecord batch = batch_of(0, 1, 10, Outcome::Created);
  ChainRecord stray;
  stray.batch = 5;
  CHECK_FALSE(journal_of(*ledger, "j")->save(&batch, std::span(&stray, 1), {}));
  auto stored = journal_of(*ledger, "j")->batch(0);
  REQUIRE(stored);
  CHECK_FALSE(*stored);
}

TEST_CASE("batches are visited in order, may be stopped, and the visitor may use the ledger") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 30)));
  for (std::uint64_t seq : {2u, 0u, 1u}) {
    const BatchRecord batch = batch_of(seq, 1 + seq * 10, 10, Outcome::Created);
    REQUIRE(journal_of(*ledger, "j")->save(&batch, {}, {}));
  }
  std::vector<std::uint64_t> seen;
  REQUIRE(journal_of(*ledger, "j")->for_each_batch([&](const BatchRecord& batch) {
    seen.push_back(batch.first_row);
    CHECK(ledger->jobs().counts("j"));
    CHECK(journal_of(*ledger, "j")->save(&batch, {}, {}));
    return true;
  }));
  CHECK(seen == std::vector<std::uint64_t>{1, 11, 21});
  seen.clear();
  REQUIRE(journal_of(*ledger, "j")->for_each_batch([&](const BatchRecord& batch) {
    seen.push_back(batch.seq);
    return seen.size() < 2;
  }));
  CHECK(seen.size() == 2);
}

TEST_CASE("many batches come in order whatever is read of them; without fingerprints all else is there") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  constexpr std::uint64_t kBatches = 60, kRows = 100;  // more than are read at once
  REQUIRE(ledger->jobs().create(job_named("j", kBatches * kRows)));
  for (std::uint64_t seq = 0; seq < kBatches; ++seq) {
    BatchRecord batch = batch_of(seq, 1 + seq * kRows, kRows, Outcome::Created);
    batch.rows[seq] = {Outcome::Rejected, "phone.too_short", "phone", "", "too short"};
    batch.warnings.push_back({batch.first_row + 7, "email.left_out", "email", "m"});
    REQUIRE(journal_of(*ledger, "j")->save(&batch, {}, {}, Outlives::Process));
  }
  std::vector<BatchRecord> whole, bare;
  REQUIRE(journal_of(*ledger, "j")->for_each_batch([&](const BatchRecord& batch) { return whole.push_back(batch), true; }));
  REQUIRE(journal_of(*ledger, "j")->for_each_batch([&](const BatchRecord& batch) { return bare.push_back(batch), true; }, Reads::NoFingerprints));
  REQUIRE(whole.size() == kBatches);
  for (std::uint64_t seq = 0; seq < kBatches; ++seq) {
    CHECK(whole[seq].seq == seq);
    CHECK(whole[seq].content.front() == fingerprint_of("content " + std::to_string(1 + seq * kRows)));
    whole[seq].identity.assign(kRows, {});
    whole[seq].content.assign(kRows, {});
  }
  CHECK((whole == bare));
}

TEST_CASE("only delivered rows of other jobs to the same account count as delivered") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  JobInfo elsewhere = job_named("elsewhere", 10);
  elsewhere.account = "another";
  REQUIRE(ledger->jobs().create(job_named("old", 10)));
  REQUIRE(ledger->jobs().create(job_named("now", 10)));
  REQUIRE(ledger->jobs().create(elsewhere));
  BatchRecord batch = batch_of(0, 1, kOutcomeCount, Outcome::Pending);
  for (std::size_t i = 0; i < kOutcomeCount; ++i) batch.rows[i].outcome = static_cast<Outcome>(i);
  REQUIRE(journal_of(*ledger, "old")->save(&batch, {}, {}));
  for (const char* job : {"now", "elsewhere"}) {
    BatchRecord others = batch_of(0, 1, 3, Outcome::Created);
    for (auto& content : others.content) content = fingerprint_of(job);
    REQUIRE(journal_of(*ledger, job)->save(&others, {}, {}));
  }
  std::vector<Fingerprint> delivered, open;
  const auto look = [&] {
    delivered.clear();
    open.clear();
    REQUIRE(ledger->sent().for_each_sent(job_named("now", 0), 0, [&](const Fingerprint& content, bool sure) {
      (sure ? delivered : open).push_back(content);
    }));
  };
  look();
  CHECK(delivered == std::vector<Fingerprint>(batch.content.begin() + 1, batch.content.begin() + 5));
  CHECK(open == std::vector<Fingerprint>{batch.content[static_cast<std::size_t>(Outcome::Unknown)]});
  // A pending row counts once a request of its chain is out.
  ChainRecord chain;
  chain.rows = {0};
  for (const auto phase : {ChainPhase::Ready, ChainPhase::Sending}) {
    chain.phase = phase;
    REQUIRE(journal_of(*ledger, "old")->save(nullptr, std::array{chain}, {}));
    look();
    CHECK(open.size() == (phase == ChainPhase::Ready ? 1 : 2));
  }
  CHECK(open.back() == batch.content[0]);
}

TEST_CASE("a job whose rows may be stored counts as sent before, one that never sent does not") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  const JobInfo info = job_named("old", 10);
  REQUIRE(ledger->jobs().create(info));
  const auto found = [&] { return (*ledger->sent().sent_before(job_named("asks", 0))).has_value(); };
  BatchRecord batch = batch_of(0, 1, 1, Outcome::Pending);
  ChainRecord chain;
  chain.rows = {0};
  REQUIRE(journal_of(*ledger, "old")->save(&batch, std::array{chain}, {}));
  CHECK_FALSE(found());
  chain.step = 1;
  REQUIRE(journal_of(*ledger, "old")->save(nullptr, std::array{chain}, {}));
  CHECK(found());
  batch.rows[0].outcome = Outcome::Unknown;
  REQUIRE(journal_of(*ledger, "old")->save(&batch, {}, std::array{ChainId{0, 0}}));
  CHECK(found());
  batch.rows[0].outcome = Outcome::Failed;
  REQUIRE(journal_of(*ledger, "old")->save(&batch, {}, {}));
  CHECK_FALSE(found());
}

TEST_CASE("an earlier delivery of the same bytes is found, a job that delivered nothing is not") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  const JobInfo first = job_named("first", 10);
  JobInfo second = job_named("second", 10);
  second.started_ms += 5;
  REQUIRE(ledger->jobs().create(first));
  REQUIRE(ledger->jobs().create(second));
  const BatchRecord refused = batch_of(0, 1, 10, Outcome::Rejected);
  REQUIRE(journal_of(*ledger, "second")->save(&refused, {}, {}));
  JobInfo asks = job_named("asks", 10);
  auto before = ledger->sent().sent_before(asks);
  REQUIRE(before);
  CHECK_FALSE(*before);
  const BatchRecord taken = batch_of(0, 1, 10, Outcome::Accepted);
  REQUIRE(journal_of(*ledger, "first")->save(&taken, {}, {}));
  before = ledger->sent().sent_before(asks);
  REQUIRE(before);
  REQUIRE(*before);
  CHECK((*before)->id == "first");
  CHECK_FALSE(*ledger->sent().sent_before(first));  // itself
  asks.source_sha256 = "other bytes";
  CHECK_FALSE(*ledger->sent().sent_before(asks));
  asks = job_named("asks", 10);
  asks.account = "another";
  CHECK_FALSE(*ledger->sent().sent_before(asks));
}

TEST_CASE("an unknown job is an error of usage that says where the names are") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("gone", 1)));
  const auto gone = journal_of(*ledger, "gone");
  REQUIRE(ledger->jobs().forget("gone"));
  const BatchRecord batch = batch_of(0, 1, 1, Outcome::Created);
  const auto error_of = [](const auto& result) {
    REQUIRE_FALSE(result);
    return result.error();
  };
  for (const Error& error :
       {error_of(ledger->jobs().journal("nobody")), error_of(ledger->jobs().counts("nobody")),
        error_of(ledger->jobs().forget("nobody")), error_of(gone->save(&batch, {}, {})),
        error_of(gone->update(job_named("gone", 1))), error_of(gone->info()), error_of(gone->counts()),
        error_of(gone->for_each_batch([](const BatchRecord&) { return true; }))}) {
    CHECK(error.kind == ErrorKind::Usage);
    CHECK(error.remedy.find("switchboard jobs") != std::string::npos);
  }
}

TEST_CASE("many threads save at once, every save is there and one's fault is not another's") {
  const TemporaryDirectory root;
  constexpr std::uint64_t kThreads = 8, kEach = 25, kRows = 20;
  {
    auto ledger = open_ledger(root.path());
    REQUIRE(ledger->jobs().create(job_named("j", kThreads * kEach * kRows)));
    std::vector<std::thread> threads;
    std::vector<std::string> problems(kThreads);
    for (std::uint64_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (std::uint64_t i = 0; i < kEach; ++i) {
          const std::uint64_t seq = i * kThreads + t;
          const BatchRecord batch = batch_of(seq, 1 + seq * kRows, kRows, Outcome::Created);
          if (auto saved = journal_of(*ledger, "j")->save(&batch, {}, {}); !saved) problems[t] = saved.error().message;
          auto stored = journal_of(*ledger, "j")->batch(seq);
          if (!stored || !*stored || !(**stored == batch)) problems[t] = "not there at once";
          ChainRecord stray;
          stray.batch = 1'000'000;
          if (journal_of(*ledger, "j")->save(nullptr, std::span(&stray, 1), {})) problems[t] = "a stray chain was taken";
        }
      });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& problem : problems) CHECK(problem == "");
  }
  auto ledger = open_ledger(root.path());
  auto counts = ledger->jobs().counts("j");
  REQUIRE(counts);
  CHECK((*counts)[Outcome::Created] == kThreads * kEach * kRows);
  CHECK((*counts)[Outcome::Pending] == 0);
}

TEST_CASE("two ledgers of one directory see each other's jobs") {
  const TemporaryDirectory root;
  auto one = open_ledger(root.path());
  auto two = open_ledger(root.path());
  REQUIRE(one->jobs().create(job_named("a", 1)));
  REQUIRE(two->jobs().create(job_named("b", 1)));
  CHECK(one->jobs().all()->size() == 2);
  CHECK(two->jobs().all()->size() == 2);
}

TEST_CASE("several first openers of one directory all get the same ledger") {
  const TemporaryDirectory root;
  std::vector<std::thread> threads;
  std::vector<std::string> problems(6);
  for (std::size_t t = 0; t < problems.size(); ++t) {
    threads.emplace_back([&, t] {
      auto ledger = open_sqlite_ledger(root / "state");
      if (!ledger) {
        problems[t] = ledger.error().message;
        return;
      }
      if (auto made = (*ledger)->jobs().create(job_named("job-" + std::to_string(t), 1)); !made) {
        problems[t] = made.error().message;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& problem : problems) CHECK(problem == "");
  CHECK(open_ledger(root / "state")->jobs().all()->size() == problems.size());
}

TEST_CASE("saving outcomes does not write again what never changes of a batch") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  constexpr std::size_t kRows = 10'000;
  REQUIRE(ledger->jobs().create(job_named("j", kRows)));
  const auto journal = journal_of(*ledger, "j");
  BatchRecord batch = batch_of(0, 1, kRows, Outcome::Pending);
  REQUIRE(journal->save(&batch, {}, {}));
  const auto log_bytes = [&] { return std::filesystem::file_size(root / "switchboard.db-wal"); };
  const auto before = log_bytes();
  REQUIRE(before > 32 * kRows);  // the fingerprints, once
  for (auto& row : batch.rows) row.outcome = Outcome::Created;
  REQUIRE(journal->save(&batch, {}, {}));
  CHECK(log_bytes() - before < 10 * 4096);
}
