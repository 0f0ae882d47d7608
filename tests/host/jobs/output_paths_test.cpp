#include "host/jobs/output_paths.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/temporary_directory.h"
#include "tests/text_has.h"

using namespace switchboard;
using namespace switchboard::jobs;

namespace {

/// What is said of a run of two jobs that is to write there.
Result<void> checked(const JobRequest& request) {
  SourceInfo info;
  info.name = "people.csv";
  std::vector<JobWithFiles> runs;
  for (const char* label : {"", "truedy"}) runs.push_back({nullptr, files_of(request, info, label)});
  return check_outputs(request, "people.csv", outputs_of(request, runs));
}

}  // namespace

TEST_CASE("- is no file to write, whichever option names it, and ./- is") {
  const testing::TemporaryDirectory folder;
  JobRequest plain;
  plain.rejects = NamedFile::of(folder / "r.csv");
  REQUIRE(checked(plain));
  const auto refused = [](const JobRequest& request, const std::string& option) {
    const auto done = checked(request);
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::Usage);
    CHECK(done.error().message == option + " -: that is standard input, and no file to write.");
    CHECK(has(done.error().remedy, "./-"));
  };
  JobRequest rejects = plain, contacts = plain, report = plain;
  rejects.rejects = NamedFile::of("-");
  refused(rejects, "--rejects");
  contacts.contacts = NamedFile::of("-");
  refused(contacts, "--contacts");
  report.reports = {NamedFile::of("-")};
  refused(report, "--report");

  JobRequest called_so = plain;
  called_so.contacts = NamedFile::of("./-");
  CHECK(checked(called_so));
  // A job that remembers such a file goes on with it.
  called_so.contacts = NamedFile::at((std::filesystem::current_path() / "-").string());
  CHECK(called_so.contacts.shown == "./-");
  CHECK(checked(called_so));
}
