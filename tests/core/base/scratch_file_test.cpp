#include "core/base/scratch_file.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "tests/temporary_directory.h"

using namespace switchboard;

TEST_CASE("what goes into a scratch file is read back from where it went, and no name is left in the directory") {
  const switchboard::testing::TemporaryDirectory folder;
  ScratchPlace place(folder.path());
  const auto file = place.open();
  REQUIRE(file);
  CHECK(std::filesystem::is_empty(folder.path()));
  CHECK(*file->append("first") == 0);
  CHECK(*file->append("second") == 5);
  std::string text(6, '\0');
  REQUIRE(file->read(5, text.data(), 6));
  CHECK(text == "second");
  file->give_back(0, 5);
  REQUIRE(file->read(5, text.data(), 6));
  CHECK(text == "second");
  CHECK_FALSE(place.trouble());
}

TEST_CASE("reading behind the end of a scratch file is an error, not old bytes") {
  const switchboard::testing::TemporaryDirectory folder;
  const auto file = ScratchPlace(folder.path()).open();
  REQUIRE(file);
  REQUIRE(file->append("abc"));
  char byte = 'x';
  const auto got = file->read(3, &byte, 1);
  REQUIRE_FALSE(got);
  CHECK(got.error().kind == ErrorKind::Storage);
}

TEST_CASE("where no scratch file can be made there is none, and the place says why") {
  ScratchPlace nowhere("/nowhere/at/all");
  CHECK(nowhere.open() == nullptr);
  REQUIRE(nowhere.trouble());
  CHECK(nowhere.trouble()->message.find("/nowhere/at/all") != std::string::npos);
  CHECK(nowhere.trouble()->remedy.find("--state-dir") != std::string::npos);
  ScratchPlace none;
  CHECK(none.open() == nullptr);
  CHECK_FALSE(none.trouble());
}

TEST_CASE("a scratch file that cannot grow says so and keeps what it has") {
  const switchboard::testing::TemporaryDirectory folder;
  const auto file = ScratchPlace(folder.path()).open();
  REQUIRE(file);
  REQUIRE(file->append("kept"));
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  rlimit little = before;
  little.rlim_cur = 6;
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
  const auto refused = file->append("too much");
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, old);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::Storage);
  std::string text(4, '\0');
  REQUIRE(file->read(0, text.data(), 4));
  CHECK(text == "kept");
  CHECK(*file->append("next") == 4);
}
