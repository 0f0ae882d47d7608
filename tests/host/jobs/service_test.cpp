#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "host/jobs/request_json.h"

#include "world.h"

using namespace switchboard;
using namespace switchboard::jobs;
using test::World;

TEST_CASE("a whole import, a stop and a resume run without a terminal and without options") {
  World world;
  constexpr int kPeople = 12, kAnsweredBeforeStop = 3;
  auto request = world.request(world.people(kPeople));
  request.batch_size = 1;
  request.concurrency = 1;

  StopButton stop;
  std::atomic<int> answered{0};
  world.on_request = [&] {
    if (++answered == kAnsweredBeforeStop) stop.press(EndReason::Interrupted);
  };
  auto begun = world.service(stop).import(request);
  REQUIRE(begun);
  REQUIRE(begun->reports.size() == 1);
  const auto& first = begun->reports[0];
  CHECK(first.job.state == ledger::JobState::Interrupted);
  CHECK(first.job.exit_code == 130);
  CHECK(first.rows.sum() == kPeople);
  CHECK(first.rows[Outcome::Pending] > 0);
  CHECK(world.contacts() < kPeople);
  world.on_request = {};

  StopButton untouched;
  auto gone_on = world.service(untouched).resume(first.job);
  REQUIRE_MESSAGE(gone_on, gone_on.error().message);
  REQUIRE(gone_on->reports.size() == 1);
  CHECK(gone_on->reports[0].job.state == ledger::JobState::Finished);
  CHECK(gone_on->reports[0].job.exit_code == 0);
  CHECK(gone_on->reports[0].rows.sum() == kPeople);
  CHECK(world.contacts() == kPeople);

  auto once_more = world.service(untouched).resume(gone_on->reports[0].job);
  REQUIRE(once_more);
  CHECK(once_more->reports.empty());
  CHECK(once_more->nothing_to_do.find("every row") != std::string::npos);
}

TEST_CASE("a resume takes the job's settings and today's credentials from where profiles stand, and nobody else has to") {
  World world;
  auto request = world.request(world.people(3));
  request.profile = Profile{"acme", NamedFile::of("acme.yaml"), false, "truedy", {{"match_scope", "organisation"}}, {{"api_key", "cmd:echo replaced"}}};
  StopButton stop;
  auto begun = world.service(stop).import(request);
  REQUIRE_MESSAGE(begun, begun.error().message);
  CHECK(begun->reports[0].job.exit_code == 5);  // the vendor does not know the key
  CHECK(world.contacts() == 0);

  const auto gone = world.service(stop).resume(begun->reports[0].job);
  REQUIRE_FALSE(gone);
  CHECK(gone.error().message.find("acme") != std::string::npos);

  world.profiles.given = Profile{"acme", NamedFile::of("acme.yaml"), false, "truedy", {{"match_scope", "folder"}}, {{"api_key", "cmd:echo sandbox"}}};
  auto ended = world.service(stop).resume(begun->reports[0].job);
  REQUIRE_MESSAGE(ended, ended.error().message);
  CHECK(ended->reports[0].job.exit_code == 0);
  CHECK(world.contacts() == 3);
}

TEST_CASE("a check finds what an import would, sends nothing and leaves nothing in the ledger") {
  World world;
  StopButton stop;
  auto checked = world.service(stop).check(world.request(world.write("people.csv", "phone\n+12125551000\n12\n")));
  REQUIRE(checked);
  REQUIRE(checked->reports.size() == 1);
  CHECK(checked->reports[0].dry_run);
  CHECK(checked->reports[0].rows[Outcome::Rejected] == 1);
  CHECK(world.read("rejects.csv").find("12,2,phone.") != std::string::npos);
  CHECK(world.contacts() == 0);
  CHECK(world.ledger->jobs().all()->empty());
}

TEST_CASE("whoever is told to stop before a job began leaves no job") {
  World world;
  StopButton stop;
  stop.press(EndReason::Terminated);
  auto ended = world.service(stop).import(world.request(world.people(3)));
  REQUIRE(ended);
  CHECK(ended->stopped == EndReason::Terminated);
  CHECK(ended->reports.empty());
  CHECK(world.ledger->jobs().all()->empty());
  CHECK(world.contacts() == 0);
}

TEST_CASE("each of several jobs of one command is resumed with its own files and its own value of a setting") {
  World world;
  auto request = world.request(world.people(2));
  request.connectors = {"truedy", "geelark"};
  request.set = {"geelark.id=phone_1,phone_2"};
  request.base_url.clear();
  request.sandbox = true;
  request.contacts = NamedFile::of((world.folder / "c.ndjson").string());
  StopButton stop;
  REQUIRE(world.service(stop).import(request));
  std::vector<std::string> kept;
  const auto jobs = world.ledger->jobs().all();
  REQUIRE(jobs);
  for (const auto& job : *jobs) {
    auto own = request_from_json(job.options_json);
    REQUIRE_MESSAGE(own, own.error().message);
    kept.push_back(std::filesystem::path(own->rejects.path).filename().string() + " " +
                   std::filesystem::path(own->contacts.path).filename().string() + " " + own->set.back());
  }
  std::ranges::sort(kept);
  CHECK(kept == std::vector<std::string>{"rejects.geelark-1.csv c.geelark-1.ndjson geelark.id=phone_1",
                                         "rejects.geelark-2.csv c.geelark-2.ndjson geelark.id=phone_2",
                                         "rejects.truedy.csv c.truedy.ndjson geelark.id=phone_1,phone_2"});
}

namespace {

/// Writes down what it hears.
struct Diary : RunObserver {
  std::vector<std::string> lines;
  void surveyed(const input::Survey& survey) override { lines.push_back("surveyed " + std::to_string(survey.records)); }
  void planned(const Job&, bool resumed) override { lines.push_back(resumed ? "resumed" : "planned"); }
  void running(const std::vector<RunningJob>& jobs) override {
    for (const auto& job : jobs) lines.push_back("running " + job.label + " " + std::to_string(job.progress().rows_total));
  }
  void finished() override { lines.push_back("finished"); }
};

}  // namespace

TEST_CASE("an observer hears of the source, of each job, and of their end") {
  World world;
  Diary diary;
  StopButton stop;
  JobService service(*world.ledger, "", "switchboard resume", world.profiles, diary, stop);
  REQUIRE(service.import(world.request(world.people(2))));
  CHECK(diary.lines == std::vector<std::string>{"surveyed 2", "planned", "running truedy 0", "finished"});
}

TEST_CASE("a contacts file is gone on with by a resume") {
  World world;
  constexpr int kPeople = 8;
  auto request = world.request(world.people(kPeople));
  request.batch_size = 1;
  request.concurrency = 1;
  request.contacts = NamedFile::of((world.folder / "contacts.ndjson").string());
  StopButton stop;
  std::atomic<int> answered{0};
  world.on_request = [&] {
    if (++answered == 2) stop.press(EndReason::Terminated);
  };
  auto begun = world.service(stop).import(request);
  REQUIRE(begun);
  CHECK(begun->reports.at(0).job.exit_code == 143);
  world.on_request = {};
  StopButton untouched;
  REQUIRE(world.service(untouched).resume(begun->reports[0].job));
  const std::string lines = world.read("contacts.ndjson");
  for (int row = 1; row <= kPeople; ++row)
    CHECK_MESSAGE(lines.find("{\"row\": " + std::to_string(row) + ",") != std::string::npos, lines);
}

TEST_CASE("one no holds for every row of its number, wherever it stands and whatever happens to duplicates") {
  const std::string no = "Ann,+12125551000,yes\n", nothing = "Ann,+12125551000,\n", other = "Bob,(212) 555-1000,no\n";
  for (const std::string& rows : {no + nothing, nothing + no, other + no, no + other, nothing + other + no}) {
    for (const auto how : {engine::Duplicates::First, engine::Duplicates::Last, engine::Duplicates::Keep, engine::Duplicates::Merge}) {
      World world;
      auto request = world.request(world.write("p.csv", "name,phone,opt-out\n" + rows + "Eve,+12125551001,\n"));
      request.region = "US";
      request.duplicates = how;
      request.shared_numbers = SharedNumbers::Send;
      StopButton stop;
      auto ended = world.service(stop).import(request);
      REQUIRE_MESSAGE(ended, ended.error().message);
      CHECK(world.contacts() == 1);
      if (rows == nothing + no) {
        const auto& reasons = ended->reports[0].reasons;
        REQUIRE(reasons.size() == 1);
        CHECK(reasons[0].code == "contact.opted_out");
        CHECK(reasons[0].message.find("row 2 has the same number, and its column \"opt-out\" says no") != std::string::npos);
      }
      CHECK(ended->reports[0].rows[Outcome::Skipped] == static_cast<std::uint64_t>(std::count(rows.begin(), rows.end(), '\n')));
    }
  }
}

TEST_CASE("a no beyond --limit counts, and --ignore-consent switches all of it off") {
  const std::string rows = "name,phone,opt-out\nAnn,+12125551000,\nAnn,+12125551000,yes\n";
  World world;
  auto request = world.request(world.write("p.csv", rows));
  request.limit = 1;
  StopButton stop;
  REQUIRE(world.service(stop).import(request));
  CHECK(world.contacts() == 0);
  request.ignore_consent = true;
  request.limit.reset();
  REQUIRE(world.service(stop).import(request));
  CHECK(world.contacts() == 1);
}

TEST_CASE("a job that waits for a pipe nobody writes to ends when it is stopped") {
  for (const bool certificates : {false, true}) {
    World world;
    auto request = world.request(world.people(3));
    const std::string pipe = (world.folder / "pipe").string();
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    (certificates ? request.ca_file : request.map) = NamedFile::of(pipe);
    StopButton stop;
    int silent = -1;
    std::thread presser([&] {
      // A pipe can be opened so only while somebody waits for what comes out of it.
      while ((silent = ::open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)) < 0) std::this_thread::yield();
      stop.press(EndReason::Interrupted);
    });
    const auto ended = world.service(stop).import(request);
    presser.join();
    ::close(silent);
    REQUIRE(ended);
    CHECK(ended->stopped == EndReason::Interrupted);
    CHECK(world.ledger->jobs().all()->empty());
    CHECK(world.contacts() == 0);
  }
}

TEST_CASE("a job whose own connector is gone is not gone on with by another one of that name, unless that one is named") {
  World world;
  const auto own = world.folder / "own";
  std::filesystem::create_directory(own);
  std::filesystem::copy_file(std::filesystem::path(CONNECTORS) / "truedy.so", own / "truedy.so");
  auto request = world.request(world.people(3));
  request.connector_path.insert(request.connector_path.begin(), NamedFile::of(own.string()));
  request.max_errors = 0;
  request.batch_size = 1;
  StopButton stop;
  world.on_request = [&] { stop.press(EndReason::Interrupted); };
  const auto begun = world.service(stop).import(request);
  REQUIRE(begun);
  world.on_request = {};
  const auto job = begun->reports.front().job;
  REQUIRE(job.state == ledger::JobState::Interrupted);

  SUBCASE("its library is gone") { std::filesystem::remove(own / "truedy.so"); }
  SUBCASE("its directory is gone") { std::filesystem::remove_all(own); }
  StopButton untouched;
  const auto refused = world.service(untouched).resume(job);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::Usage);
  CHECK(refused.error().message.find((own / "truedy.so").string()) != std::string::npos);
  CHECK(refused.error().remedy.find("--connector-path") != std::string::npos);
  const auto gone_on = world.service(untouched).resume(job, [](JobRequest& changed) -> Result<void> {
    changed.connector_path.insert(changed.connector_path.begin(), NamedFile::of(CONNECTORS));
    return {};
  });
  REQUIRE(gone_on);
  CHECK(world.contacts() == 3);
}

TEST_CASE("a job is not gone on with while another one sends to the account, where the vendor would store contacts twice") {
  World world("apptoto");
  StopButton stop;
  auto request = world.request(world.people(40, "first.csv"));
  request.set = {"address_book_id=123"};
  request.batch_size = 1;
  request.concurrency = 1;
  std::atomic<int> asked{0};
  world.on_request = [&] {
    if (++asked == 6) stop.press(EndReason::Interrupted);  // behind what is asked before anything is sent
  };
  const auto begun = world.service(stop).import(request);
  REQUIRE_MESSAGE(begun, begun.error().message);
  REQUIRE(begun->reports.size() == 1);
  const auto stopped = begun->reports.front().job;
  REQUIRE(stopped.state == ledger::JobState::Interrupted);

  world.on_request = {};

  ledger::JobInfo beside = stopped;
  beside.id = "20261121-224501-apptoto-0002";
  beside.source_sha256 = "another file's";
  beside.state = ledger::JobState::Running;
  auto other = world.ledger->jobs().create(beside);
  REQUIRE(other);
  StopButton untouched;
  const auto refused = world.service(untouched).resume(stopped);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::Usage);
  CHECK(refused.error().message.find(beside.id) != std::string::npos);
  other->lock.reset();
  const auto gone_on = world.service(untouched).resume(stopped);
  REQUIRE_MESSAGE(gone_on, gone_on.error().message);
  CHECK(gone_on->reports.front().rows[Outcome::Created] == 40);
}

TEST_CASE("a report or rejects file that cannot be one is refused before anything is sent") {
  World world;
  const std::string pipe = (world.folder / "report.json").string();
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  StopButton stop;
  auto request = world.request(world.people(3));
  SUBCASE("a pipe for the report") { request.reports = {NamedFile::of(pipe)}; }
  SUBCASE("a directory for the rejects") { request.rejects = NamedFile::of(world.folder.string()); }
  const auto refused = world.service(stop).import(request);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::Usage);
  CHECK(world.contacts() == 0);
  CHECK(world.ledger->jobs().all()->empty());
}
