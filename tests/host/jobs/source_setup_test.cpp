#include "host/jobs/source_setup.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <thread>

#include "core/input/bytes/spool.h"
#include "world.h"

using namespace switchboard;
using namespace switchboard::jobs;

TEST_CASE("copying standard input ends when it is told to, while nothing comes, and leaves no copy") {
  test::World world;
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(write(ends[1], "phone\n", 6) == 6);
  CancelToken cancel;
  std::thread canceller([&] { cancel.cancel(); });
  auto copied = input::spool(ends[0], world.folder.string(), &cancel);
  canceller.join();
  REQUIRE_FALSE(copied);
  CHECK(copied.error().kind == ErrorKind::Unavailable);
  for (const auto& entry : std::filesystem::directory_iterator(world.folder))
    CHECK_MESSAGE(entry.path().filename() == "state", entry.path().string());
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("reading a file from end to end ends when it is told to") {
  test::World world;
  auto file = open_file({}, world.people(10), "", nullptr, nullptr);
  REQUIRE(file);
  CancelToken cancel;
  cancel.cancel();
  auto survey = input::survey(*file->source, &cancel);
  REQUIRE_FALSE(survey);
  CHECK(survey.error().kind == ErrorKind::Unavailable);
}
