#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>

#include "core/ledger/sqlite/database.h"
#include "tests/core/ledger/ledger_fixture.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

namespace {

void run_sql(const std::string& file, const std::string& sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) ==
          SQLITE_OK);
  char* problem = nullptr;
  const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &problem);
  INFO((problem != nullptr ? problem : ""));
  REQUIRE(code == SQLITE_OK);
  sqlite3_close(handle);
}

void check_refused(const std::string& directory, ErrorKind kind, const std::string& word) {
  auto ledger = open_sqlite_ledger(directory);
  REQUIRE_FALSE(ledger);
  CHECK(ledger.error().kind == kind);
  INFO(ledger.error().message);
  CHECK(ledger.error().message.find(word) != std::string::npos);
  CHECK_FALSE(ledger.error().remedy.empty());
}

/// Reads all that the ledger holds; true: some of it was refused, in the way that damage has to be.
bool is_refused_as_damage(const std::string& directory) {
  auto opened = open_sqlite_ledger(directory);
  Error error;
  bool refused = false;
  auto note = [&](const auto& result) {
    if (!result) {
      refused = true;
      error = result.error();
      CHECK(error.kind != ErrorKind::Usage);
      CHECK(error.message.find("switchboard.db") != std::string::npos);
    }
  };
  note(opened);
  if (!opened) return true;
  Ledger& ledger = **opened;
  auto jobs = ledger.jobs().all();
  note(jobs);
  if (jobs && jobs->size() != 1) return true;  // SQLite cannot know of a row that damage made invisible
  const auto job = ledger.jobs().find("j");
  if (job && !*job) return true;
  auto journal = ledger.jobs().journal("j");
  note(journal);
  if (!journal) return true;
  note((*journal)->for_each_batch([](const BatchRecord&) { return true; }));
  note((*journal)->chains());
  return refused;
}

std::string filled_ledger(const TemporaryDirectory& root) {
  const std::string directory = root / "state";
  auto ledger = open_ledger(directory);
  REQUIRE(ledger->jobs().create(job_named("j", 100)));
  for (std::uint64_t seq = 0; seq < 5; ++seq) {
    BatchRecord batch = batch_of(seq, 1 + seq * 20, 20, Outcome::Created);
    for (std::size_t i = 0; i < 20; ++i) batch.rows[i].vendor_id = "id-" + std::to_string(i);
    batch.warnings.push_back({batch.first_row, "w", "f", "m"});
    ChainRecord chain;
    chain.batch = seq;
    chain.rows = {0, 1, 5};
    REQUIRE(journal_of(*ledger, "j")->save(&batch, std::span(&chain, 1), {}));
  }
  return directory;
}

/// Runs `act` in a child process; what it returns is the exit status.
int in_child(const std::function<int()>& act) {
  const pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) ::_exit(act());
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("a directory that cannot be made is an error of usage that names it") {
  const TemporaryDirectory root;
  std::ofstream(root / "file") << "x";
  check_refused(root / "file", ErrorKind::Usage, root / "file");
  check_refused(root / "file/state", ErrorKind::Usage, "Not a directory");
  check_refused("", ErrorKind::Usage, "state directory");
}

TEST_CASE("a directory that may not be written is an error of usage") {
  const TemporaryDirectory root;
  const std::string directory = root / "state";
  std::filesystem::create_directory(directory);
  ::chmod(directory.c_str(), 0555);
  ::chmod(root.path().c_str(), 0755);
  const int status = in_child([&] {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0 && ::setuid(kNobody) != 0) return 1;
    auto ledger = open_sqlite_ledger(directory);
    if (ledger) return 2;
    return ledger.error().kind == ErrorKind::Usage && !ledger.error().remedy.empty() ? 0 : 3;
  });
  CHECK(status == 0);
}

TEST_CASE("a ledger of a newer version is refused, with what to do") {
  const TemporaryDirectory root;
  const std::string directory = filled_ledger(root);
  run_sql(directory + "/switchboard.db", "PRAGMA user_version = 99");
  check_refused(directory, ErrorKind::Storage, "newer Switchboard");
}

TEST_CASE("a file that is not ours is refused and left alone") {
  const TemporaryDirectory root;
  std::ofstream(root / "switchboard.db")
      << "not a database, but long enough to be read as one: " << std::string(5000, 'x');
  check_refused(root.path(), ErrorKind::Storage, "switchboard.db");
  CHECK(std::filesystem::file_size(root / "switchboard.db") > 5000);
  std::filesystem::remove(root / "switchboard.db");
  run_sql(root / "switchboard.db", "CREATE TABLE theirs (a)");
  check_refused(root.path(), ErrorKind::Storage, "not a Switchboard ledger");
  std::filesystem::resize_file(root / "switchboard.db", 0);
  check_refused(root.path(), ErrorKind::Storage, "not a Switchboard ledger");
}

TEST_CASE("a packed column that was changed is refused as damage, naming the file") {
  const TemporaryDirectory root;
  const std::string directory = filled_ledger(root);
  const std::string file = directory + "/switchboard.db";
  for (const char* column : {"lines", "outcomes", "warnings", "identity", "content"}) {
    const std::string name = column;
    const std::string damage = "substr({}, 1, length({}) - 5) || x'7F' || substr({}, -4)";
    std::string changed;
    for (char c : damage) changed += c == '{' ? name : c == '}' ? "" : std::string(1, c);
    const std::string table = name == "outcomes" ? "batch" : "batch_fixed";
    run_sql(file, "UPDATE " + table + " SET " + name + " = CAST(" + changed + " AS BLOB) WHERE " +
                      (table == "batch" ? "key" : "batch") + " = (SELECT key FROM batch WHERE seq = 3)");
    auto ledger = open_ledger(directory);
    auto batch = journal_of(*ledger, "j")->batch(3);
    INFO(name);
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::Storage);
    CHECK(batch.error().message.find(file) != std::string::npos);
    CHECK_FALSE(journal_of(*ledger, "j")->for_each_batch([](const BatchRecord&) { return true; }));
    CHECK(journal_of(*ledger, "j")->batch(2));
    run_sql(file, "DELETE FROM chain WHERE batch = 3; DELETE FROM batch_fixed WHERE batch = (SELECT key FROM batch "
                  "WHERE seq = 3); DELETE FROM batch WHERE seq = 3");
    const BatchRecord again = batch_of(3, 61, 20, Outcome::Created);
    REQUIRE(journal_of(*ledger, "j")->save(&again, {}, {}));
  }
}

TEST_CASE("sums that do not fit the outcomes are refused as damage") {
  const TemporaryDirectory root;
  const std::string directory = filled_ledger(root);
  run_sql(directory + "/switchboard.db", "UPDATE batch SET created = created - 1, updated = 1 WHERE seq = 0");
  CHECK(is_refused_as_damage(directory));
  for (const char* sql : {"row_count = 21", "row_count = -1", "row_count = 9223372036854775807"}) {
    run_sql(directory + "/switchboard.db", std::string("UPDATE batch SET ") + sql);
    CHECK(is_refused_as_damage(directory));
  }
}

TEST_CASE("a ledger file with damaged bytes is read or refused, never a crash") {
  const TemporaryDirectory root;
  const std::string directory = filled_ledger(root);
  const std::string file = directory + "/switchboard.db";
  std::string whole;
  {
    std::ifstream in(file, std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::mt19937 dice(7);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 20; ++i) bytes[dice() % bytes.size()] = static_cast<char>(dice());
    if (round % 10 == 0) bytes.resize(dice() % bytes.size());
    for (const char* log : {"-wal", "-shm"}) std::filesystem::remove(file + log);
    std::ofstream(file, std::ios::binary) << bytes;
    if (is_refused_as_damage(directory)) ++refused;
  }
  CHECK(refused > 100);
}

TEST_CASE("when the disk is full nothing half is stored, and the ledger goes on when there is room again") {
  const TemporaryDirectory root;
  const int status = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    auto ledger = open_sqlite_ledger(root.path());
    if (!ledger || !(*ledger)->jobs().create(job_named("j", 100'000))) return 1;
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit narrow{300'000, limit.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &narrow);
    std::uint64_t saved = 0;
    Result<void> result;
    while (saved < 100 && result) {
      const BatchRecord batch = batch_of(saved, 1 + saved * 1000, 1000, Outcome::Created);
      result = (*(*ledger)->jobs().journal("j"))->save(&batch, {}, {});
      if (result) ++saved;
    }
    if (result) return 2;
    const Error error = result.error();
    if (error.kind != ErrorKind::Storage || error.remedy.empty()) return 3;
    auto counts = (*ledger)->jobs().counts("j");
    if (!counts || (*counts)[Outcome::Created] != saved * 1000) return 4;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const BatchRecord batch = batch_of(saved, 1 + saved * 1000, 1000, Outcome::Created);
    if (!(*(*ledger)->jobs().journal("j"))->save(&batch, {}, {})) return 5;
    counts = (*ledger)->jobs().counts("j");
    return counts && (*counts)[Outcome::Created] == (saved + 1) * 1000 && counts->sum() == 100'000 ? 0 : 6;
  });
  CHECK(status == 0);
}

TEST_CASE("what the disk says is said with what to do") {
  const std::string file = "/state/switchboard.db";
  for (int code : {SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_BUSY,
                   SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_CORRUPT_INDEX, SQLITE_PROTOCOL}) {
    const Error error = database_error(code, code == SQLITE_IOERR_WRITE ? ENOSPC : 0, file, "detail");
    CHECK(error.kind == ErrorKind::Storage);
    CHECK(error.message.find(file) != std::string::npos);
    CHECK_FALSE(error.remedy.empty());
  }
  CHECK(database_error(SQLITE_CONSTRAINT, 0, file, "x").kind == ErrorKind::Internal);
}

TEST_CASE("whoever waits for another process to let go of the ledger can be told to stop") {
  const TemporaryDirectory root;
  REQUIRE(open_sqlite_ledger(root.path()));
  auto other = Database::open(root / "switchboard.db");
  REQUIRE(other);
  REQUIRE(other->execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (a)"));
  CancelToken token;
  token.cancel();
  const auto began = std::chrono::steady_clock::now();
  auto refused = open_sqlite_ledger(root.path(), &token);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("keeps the ledger") != std::string::npos);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(20));  // half a minute without it
}
