#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>

#include "tests/core/ledger/ledger_fixture.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

namespace {

struct Child {
  pid_t pid = -1;
  int output = -1;
};

Child start(const std::string& directory, const std::string& first_seq) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl(LEDGER_CRASH_CHILD, LEDGER_CRASH_CHILD, directory.c_str(), "j", first_seq.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  return {pid, ends[0]};
}

/// The last phase of each batch that was acknowledged; false: nothing more comes.
bool read_acknowledgement(int descriptor, std::map<std::uint32_t, std::uint32_t>& phases) {
  std::uint32_t words[2];
  if (::read(descriptor, words, sizeof words) != sizeof words) return false;
  phases[words[0]] = words[1];
  return true;
}

bool file_is_sound(const std::string& file) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
  std::string answer;
  const auto keep = [](void* to, int, char** values, char**) {
    *static_cast<std::string*>(to) += values[0];
    return 0;
  };
  sqlite3_exec(handle, "PRAGMA integrity_check", keep, &answer, nullptr);
  sqlite3_close(handle);
  return answer == "ok";
}

}  // namespace

TEST_CASE("after kill -9 every acknowledged batch is there and the counts add up") {
  const TemporaryDirectory root;
  constexpr std::uint64_t kRowsRead = 1'000'000'000;
  REQUIRE(open_ledger(root.path())->jobs().create(job_named("j", kRowsRead)));
  std::map<std::uint32_t, std::uint32_t> acknowledged;
  for (int acknowledgements : {1, 40, 7, 201, 90}) {
    const std::uint32_t first = acknowledged.empty() ? 0 : acknowledged.rbegin()->first + 10;
    const Child child = start(root.path(), std::to_string(first));
    for (int i = 0; i < acknowledgements; ++i) REQUIRE(read_acknowledgement(child.output, acknowledged));
    REQUIRE(::kill(child.pid, SIGKILL) == 0);
    while (read_acknowledgement(child.output, acknowledged)) {
    }
    ::close(child.output);
    int status = 0;
    REQUIRE(::waitpid(child.pid, &status, 0) == child.pid);
    REQUIRE(WIFSIGNALED(status));

    auto ledger = open_ledger(root.path());
    REQUIRE(ledger->jobs().lock("j"));  // the dead process's lock is free
    std::map<std::uint64_t, Outcome> stored;
    std::uint64_t created = 0;
    REQUIRE(journal_of(*ledger, "j")->for_each_batch([&](const BatchRecord& batch) {
      stored[batch.seq] = batch.rows.front().outcome;
      if (batch.rows.front().outcome == Outcome::Created) created += batch.rows.size();
      return true;
    }));
    std::map<std::uint64_t, bool> has_chain;
    auto chains = journal_of(*ledger, "j")->chains();
    REQUIRE(chains);
    for (const auto& chain : *chains) has_chain[chain.batch] = true;
    for (const auto& [seq, phase] : acknowledged) {
      REQUIRE(stored.contains(seq));
      if (phase == 1) REQUIRE(stored[seq] == Outcome::Created);
    }
    for (const auto& [seq, outcome] : stored) REQUIRE(has_chain[seq] == (outcome == Outcome::Pending));
    auto counts = ledger->jobs().counts("j");
    REQUIRE(counts);
    CHECK(counts->sum() == kRowsRead);
    CHECK((*counts)[Outcome::Created] == created);
    ledger.reset();
    CHECK(file_is_sound(root / "switchboard.db"));
  }
}
