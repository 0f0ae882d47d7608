#include "core/ledger/sqlite/migrations.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <array>
#include <thread>

#include "core/base/whole_file.h"
#include "core/ledger/packing/packed_batch.h"
#include "core/ledger/sqlite/table_columns.h"
#include "tests/core/ledger/ledger_fixture.h"
#include "tests/paths.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

namespace {

constexpr const char* kFinished = "20261129-040816-truedy-d885";
constexpr const char* kKilled = "20261129-040817-truedy-30a3";

void put_first_release_ledger(const std::string& directory) {
  std::filesystem::create_directories(directory);
  std::filesystem::copy_file(tests::data_dir() / "ledger/schema_1.db", directory + "/switchboard.db");
}

int version_of(const std::string& file) {
  auto database = Database::open(file);
  REQUIRE(database);
  return static_cast<int>(*database->integer("PRAGMA user_version"));
}

}  // namespace

TEST_CASE("a ledger of the first release is brought to the tables of this one, with everything in it") {
  const TemporaryDirectory root;
  put_first_release_ledger(root.path());
  REQUIRE(version_of(root / "switchboard.db") == 1);
  auto ledger = open_ledger(root.path());
  CHECK(version_of(root / "switchboard.db") == schema_version());

  REQUIRE(ledger->jobs().all()->size() == 2);
  const JobInfo finished = **ledger->jobs().find(kFinished);
  CHECK(finished.rows_read == 60);
  CHECK(finished.credential == "");
  const auto counts = *ledger->jobs().counts(kFinished);
  CHECK(counts[Outcome::Created] == 58);
  CHECK(counts[Outcome::Rejected] == 2);

  const auto journal = journal_of(*ledger, kKilled);
  CHECK((*journal->counts())[Outcome::Unchanged] == 50);
  CHECK((*journal->counts())[Outcome::Pending] == 198);
  std::uint64_t rows = 0;
  REQUIRE(journal->for_each_batch([&](const BatchRecord& batch) {
    CHECK(batch.first_row == rows + 1);
    CHECK(batch.lines.front() == batch.first_row + 1);
    CHECK_FALSE(batch.content.front() == Fingerprint{});
    rows += batch.rows.size();
    return true;
  }));
  CHECK(rows == 77);
  REQUIRE(journal->chains()->size() == 1);
  CHECK(journal->chains()->front().began());
  CHECK(journal->chains()->front().import_state.empty());
  CHECK(journal->chains()->front().carried_out.empty());
}

TEST_CASE("a job that an earlier release began goes on in the tables of this one") {
  const TemporaryDirectory root;
  put_first_release_ledger(root.path());
  {
    auto ledger = open_ledger(root.path());
    const auto journal = journal_of(*ledger, kKilled);
    const ChainRecord chain = journal->chains()->front();
    BatchRecord batch = **journal->batch(chain.batch);
    for (const auto index : chain.rows) batch.rows[index].outcome = Outcome::Created;
    REQUIRE(journal->save(&batch, {}, std::array{ChainId{chain.batch, chain.chain}}));
    const BatchRecord next = batch_of(3, 78, 173, Outcome::Accepted);
    REQUIRE(journal->save(&next, {}, {}));
    JobInfo info = *journal->info();
    info.state = JobState::Finished;
    REQUIRE(journal->update(info));
  }
  auto ledger = open_ledger(root.path());
  const auto counts = *ledger->jobs().counts(kKilled);
  CHECK(counts[Outcome::Pending] == 0);
  CHECK(counts[Outcome::Created] == 25);
  CHECK(counts[Outcome::Accepted] == 173);
  CHECK(journal_of(*ledger, kKilled)->chains()->empty());
  REQUIRE(ledger->jobs().forget(kFinished));
  CHECK(ledger->jobs().all()->size() == 1);
}

TEST_CASE("what an earlier release sent counts for the same profile, whichever the credential") {
  const TemporaryDirectory root;
  put_first_release_ledger(root.path());
  auto ledger = open_ledger(root.path());
  JobInfo now = **ledger->jobs().find(kFinished);
  now.id = "now";
  const auto sent = [&] {
    int rows = 0;
    REQUIRE(ledger->sent().for_each_sent(now, 0, [&](const Fingerprint&, bool) { ++rows; }));
    return rows;
  };
  CHECK(sent() == 58 + 50 + 25);
  now.credential = *ledger->sent().credential_mark("truedy\napi_key=a\n");
  CHECK(sent() == 58 + 50 + 25);
  CHECK(*ledger->sent().sent_before(now));
  now.profile = "customer-b";
  CHECK(sent() == 0);
  CHECK_FALSE(*ledger->sent().sent_before(now));
}

TEST_CASE("tables are not changed under a job that an earlier release runs") {
  const TemporaryDirectory root;
  put_first_release_ledger(root.path());
  {
    const auto held = lock_job(root.path(), kKilled);
    REQUIRE(held);
    auto refused = open_sqlite_ledger(root.path());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Usage);
    CHECK(refused.error().message.find(kKilled) != std::string::npos);
    CHECK(version_of(root / "switchboard.db") == 1);
  }
  CHECK(open_sqlite_ledger(root.path()));
}

TEST_CASE("a migration that fails leaves the ledger as it was") {
  const TemporaryDirectory root;
  put_first_release_ledger(root.path());
  {
    auto database = Database::open(root / "switchboard.db");
    REQUIRE(database->execute("CREATE TABLE batch_fixed (in_the_way)"));
  }
  CHECK_FALSE(open_sqlite_ledger(root.path()));
  auto database = Database::open(root / "switchboard.db");
  REQUIRE(database);
  CHECK(*database->integer("PRAGMA user_version") == 1);
  CHECK(*database->integer("SELECT count(*) FROM batch") == 5);
  CHECK(*database->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") == 0);
}

TEST_CASE("several processes that open an old ledger at once all get it migrated") {
  const TemporaryDirectory root;
  put_first_release_ledger(root.path());
  std::vector<std::thread> threads;
  std::vector<std::string> problems(4);
  for (std::size_t t = 0; t < problems.size(); ++t) {
    threads.emplace_back([&, t] {
      auto ledger = open_sqlite_ledger(root.path());
      if (!ledger) {
        problems[t] = ledger.error().message;
      } else if ((*ledger)->jobs().all()->size() != 2) {
        problems[t] = "not two jobs";
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& problem : problems) CHECK(problem == "");
}

TEST_CASE("docs/formats.md has the version of the tables, every packed column and those of a chain") {
  const std::string page = read_whole_file((tests::source_dir() / "docs/formats.md").string(), 1 << 20, nullptr).text;
  const auto begin = page.find("\n## Ledger\n");
  REQUIRE(begin != std::string::npos);
  const std::string section = page.substr(begin, page.find("\n## ", begin + 1) - begin);
  CHECK(section.find("the version of the tables, " + std::to_string(schema_version()) + ";") != std::string::npos);
  for (const std::string_view name : kFixedNames) {
    CAPTURE(std::string(name));
    // In the drawing, and in the table of what is in it.
    CHECK(section.find(" " + std::string(name)) != std::string::npos);
    CHECK(section.find("`" + std::string(name) + "`") != std::string::npos);
  }
  for (const auto& column : chain_columns()) {
    CAPTURE(std::string(column.name));
    std::string_view name = column.name;
    if (name.ends_with("_ms")) name.remove_suffix(3);
    CHECK(section.find(name) != std::string::npos);
  }
}
