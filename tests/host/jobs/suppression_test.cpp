#include "host/jobs/suppression.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "world.h"

using namespace switchboard;
using namespace switchboard::jobs;

namespace {

mapping::Contact reached_at(std::vector<std::string> reach) {
  mapping::Contact contact;
  contact.reach = std::move(reach);
  return contact;
}

}  // namespace

TEST_CASE("a bare list holds back whoever has one of its numbers or addresses, in whatever form") {
  test::World world;
  auto held_back = load_suppression(world.write("list.txt", "+1 (212) 555-1234\nJane@Example.com\n"), "", false, contact::newest_plan());
  REQUIRE(held_back);
  CHECK(held_back->holds(reached_at({"+12125551234"})));
  CHECK(held_back->holds(reached_at({"+12125559999", "jane@example.com"})));
  CHECK_FALSE(held_back->holds(reached_at({"+12125559999"})));
}

TEST_CASE("a contact file holds back by its columns that mean phone or e-mail") {
  test::World world;
  auto held_back = load_suppression(world.write("list.csv", "name,phone\nJane,2125551234\n"), "US", false, contact::newest_plan());
  REQUIRE(held_back);
  CHECK(held_back->holds(reached_at({"+12125551234"})));
}

TEST_CASE("a list without any number or address stops, so that nobody believes in it") {
  test::World world;
  auto held_back = load_suppression(world.write("list.csv", "name,city\nJane,Rome\n"), "US", false, contact::newest_plan());
  REQUIRE_FALSE(held_back);
  CHECK(held_back.error().kind == ErrorKind::Usage);
}

TEST_CASE("a pipe is no list, and is not waited for") {
  test::World world;
  const std::string pipe = (world.folder / "list").string();
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto refused = load_suppression(pipe, "", false, contact::newest_plan());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::Usage);
  CHECK(refused.error().remedy.find("to a file") != std::string::npos);
}

TEST_CASE("reading a list obeys who stops it") {
  test::World world;
  CancelToken cancel;
  cancel.cancel();
  auto held_back = load_suppression(world.write("list.txt", "+12125551234\n+12125551235\n"), "", false, contact::newest_plan(), &cancel);
  REQUIRE_FALSE(held_back);
  CHECK(held_back.error().kind == ErrorKind::Unavailable);
}

TEST_CASE("every address and number of a line counts, however they are set apart") {
  for (const char* list : {"email\nann@example.org; bob@example.org\n", "email\nann@example.org;bob@example.org;\n",
                           "email\nann@example.org bob@example.org\n", "email\nann@example.org, bob@example.org\n",
                           "email\n\"ann@example.org, bob@example.org\"\n", "ann@example.org; bob@example.org\n",
                           "ann@example.org bob@example.org\n", "email\neve@example.org\nann@example.org\tbob@example.org\n"}) {
    CAPTURE(std::string(list));
    test::World world;
    auto held_back = load_suppression(world.write("list.csv", list), "", false, contact::newest_plan());
    REQUIRE_MESSAGE(held_back, held_back.error().message);
    CHECK(held_back->holds(reached_at({"ann@example.org"})));
    CHECK(held_back->holds(reached_at({"bob@example.org"})));
  }
  for (const char* list : {"phone\n+12125551234; +12125551235\n", "phone\n+12125551234, +12125551235\n",
                           "phone\n+12125551234 +12125551235\n", "+12125551234; +12125551235\n", "phone\n+12125551234 / +12125551235\n"}) {
    CAPTURE(std::string(list));
    test::World world;
    auto held_back = load_suppression(world.write("list.csv", list), "", false, contact::newest_plan());
    REQUIRE_MESSAGE(held_back, held_back.error().message);
    CHECK(held_back->holds(reached_at({"+12125551234"})));
    CHECK(held_back->holds(reached_at({"+12125551235"})));
  }
}

TEST_CASE("a line of which only a part can be read is named") {
  for (const char* list : {"email\nann@example.org; bob@example\n", "phone\n+12125551234; 12\n", "ann@example.org,bob@\n"}) {
    CAPTURE(std::string(list));
    test::World world;
    CHECK_FALSE(load_suppression(world.write("list.csv", list), "", false, contact::newest_plan()));
  }
}
