#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/core/ledger/ledger_fixture.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Names of all files below the directory that hold this text.
std::vector<std::string> files_with(const std::string& directory, const std::string& text) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file() && content_of(entry.path()).find(text) != std::string::npos) {
      found.push_back(entry.path().filename());
    }
  }
  return found;
}

void write_file(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

std::string text_of(const Fingerprint& print) { return {print.bytes.begin(), print.bytes.end()}; }

}  // namespace

TEST_CASE("a job can be held once, and the holder is named") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 1)));
  int go[2], ready[2];
  REQUIRE(::pipe(go) == 0);
  REQUIRE(::pipe(ready) == 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    auto other = open_sqlite_ledger(root.path());
    auto lock = (*other)->jobs().lock("j");
    char byte = lock ? '1' : '0';
    (void)!::write(ready[1], &byte, 1);
    ::close(go[1]);
    (void)!::read(go[0], &byte, 1);  // until the parent is done
    ::_exit(0);
  }
  char byte = '0';
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  REQUIRE(byte == '1');
  auto refused = ledger->jobs().lock("j");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::Usage);
  CHECK(refused.error().message.find("process " + std::to_string(pid)) != std::string::npos);
  auto in_use = ledger->jobs().forget("j");
  REQUIRE_FALSE(in_use);
  CHECK(in_use.error().kind == ErrorKind::Usage);
  CHECK(ledger->jobs().lock("another-job"));
  ::close(go[1]);
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  for (int descriptor : {go[0], ready[0], ready[1]}) ::close(descriptor);

  auto mine = ledger->jobs().lock("j");
  REQUIRE(mine);
  auto twice = ledger->jobs().lock("j");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().message.find("this very process") != std::string::npos);
  mine->reset();
  CHECK(ledger->jobs().lock("j"));
}

TEST_CASE("a name that leads out of the lock directory is no job's name") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root / "state");
  for (const char* name : {"../../evil", "", "a/b", ".", "A", "j\n"}) {
    auto lock = ledger->jobs().lock(name);
    REQUIRE_FALSE(lock);
    CHECK(lock.error().kind == ErrorKind::Usage);
  }
  CHECK(files_with(root.path(), std::to_string(::getpid()) + "\n").empty());
}

TEST_CASE("a forgotten job leaves no byte of its contacts in the state directory") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  std::filesystem::create_directory(root / "spool");
  const std::string spool = root / "spool/stdin-1";
  write_file(spool, "Name,Phone\nHieronymus Q. Secret,+4915112345678\n");

  JobInfo job = job_named("gone", 3000);
  job.source_spooled = true;
  job.source_path = spool;
  job.source_name = "Hieronymus-list.csv";
  job.options_json = R"({"suppress": "Hieronymus.txt"})";
  job.stop_message = "Hieronymus stopped it";
  REQUIRE(ledger->jobs().create(job));
  REQUIRE(ledger->jobs().create(job_named("kept", 3000)));
  const auto journal = journal_of(*ledger, "gone");
  const Fingerprint print = fingerprint_of("content 7");
  for (std::uint64_t seq = 0; seq < 30; ++seq) {
    BatchRecord batch = batch_of(seq, 1 + seq * 100, 100, Outcome::Pending);
    ChainRecord chain;
    chain.batch = seq;
    chain.rows = {1, 2, 3};
    chain.state = "cursor=Hieronymus" + std::to_string(seq);
    REQUIRE(journal->save(&batch, std::span(&chain, 1), {}));
    for (auto& row : batch.rows) row = {Outcome::Rejected, "x", "", "HieronymusId", "Hieronymus was refused"};
    batch.warnings.push_back({batch.first_row, "w", "", "Hieronymus was warned of"});
    REQUIRE(journal->save(&batch, {}, {}));
    batch = batch_of(seq, 1 + seq * 100, 100, Outcome::Created);
    for (auto& row : batch.rows) row.message = "this one stays";
    for (auto& content : batch.content) content = fingerprint_of("kept");
    REQUIRE(journal_of(*ledger, "kept")->save(&batch, {}, {}));
  }
  REQUIRE_FALSE(files_with(root.path(), "Hieronymus").empty());  // or the test could not fail
  REQUIRE_FALSE(files_with(root.path(), text_of(print)).empty());

  REQUIRE(ledger->jobs().forget("gone"));
  CHECK(files_with(root.path(), "Hieronymus") == std::vector<std::string>());
  CHECK(files_with(root.path(), text_of(print)) == std::vector<std::string>());
  CHECK(files_with(root.path(), "gone") == std::vector<std::string>());
  CHECK_FALSE(std::filesystem::exists(spool));
  CHECK_FALSE(std::filesystem::exists(root / "locks/gone"));
  CHECK_FALSE(*ledger->jobs().find("gone"));
  CHECK(journal->chains()->empty());

  auto counts = ledger->jobs().counts("kept");
  REQUIRE(counts);
  CHECK((*counts)[Outcome::Created] == 3000);
  const BatchRecord more = batch_of(30, 3001, 1, Outcome::Created);
  CHECK(journal_of(*ledger, "kept")->save(&more, {}, {}));
}

TEST_CASE("the user's own file is never deleted") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root / "state");
  JobInfo job = job_named("j", 1);
  job.source_path = root / "contacts.csv";
  write_file(job.source_path, "Name\n");
  REQUIRE(ledger->jobs().create(job));
  REQUIRE(ledger->jobs().forget("j"));
  CHECK(std::filesystem::exists(job.source_path));
}

TEST_CASE("two jobs with one copy of standard input that are forgotten at once leave no copy behind") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root / "state");
  for (int round = 0; round < 20; ++round) {
    JobInfo job = job_named("a-" + std::to_string(round), 1);
    job.source_spooled = true;
    job.source_path = root / ("spool-" + std::to_string(round));
    write_file(job.source_path, "Name\n");
    JobInfo other = job;
    other.id = "b-" + std::to_string(round);
    REQUIRE(ledger->jobs().create(job));
    REQUIRE(ledger->jobs().create(other));
    Result<void> results[2];
    std::thread one([&] { results[0] = ledger->jobs().forget(job.id); });
    std::thread two([&] { results[1] = ledger->jobs().forget(other.id); });
    one.join();
    two.join();
    REQUIRE(results[0]);
    REQUIRE(results[1]);
    CHECK_FALSE(std::filesystem::exists(job.source_path));
  }
}

TEST_CASE("a copy of standard input stays while another job needs it") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root / "state");
  JobInfo job = job_named("a", 1);
  job.source_spooled = true;
  job.source_path = root / "spool";
  write_file(job.source_path, "Name\n");
  JobInfo other = job;
  other.id = "b";
  REQUIRE(ledger->jobs().create(job));
  REQUIRE(ledger->jobs().create(other));
  REQUIRE(ledger->jobs().forget("a"));
  CHECK(std::filesystem::exists(job.source_path));
  REQUIRE(ledger->jobs().forget("b"));
  CHECK_FALSE(std::filesystem::exists(job.source_path));
}
