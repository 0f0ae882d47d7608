#include <doctest/doctest.h>
#include <switchboard/kit/paging.h>

#include <optional>
#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

Page page(std::size_t items, const std::string& mark, bool more) { return {.items = items, .mark = mark, .more = more}; }

using Turn = Paging::Turn;
using Next = ListSearch::Next;

}  // namespace

TEST_CASE("the list of an answer is found under the first of its names, or bare") {
  const Json json = *Json::parse(R"({"items":{},"results":[1],"data":[1,2]})");
  CHECK(list_in(json, {"items", "results", "data"}) == &json["results"]);
  CHECK(list_in(json, {"items"}) == nullptr);
  const Json bare = *Json::parse("[]");
  CHECK(list_in(bare, {"items"}) == &bare);
}

TEST_CASE("a flag says that there is more before a total does, and a full page where neither is there") {
  CHECK(says_more(true, 1, 1, 1, 10));
  CHECK_FALSE(says_more(false, 9, 1, 1, 1));
  CHECK(says_more(std::nullopt, 9, 8, 1, 10));
  CHECK_FALSE(says_more(std::nullopt, 9, 9, 10, 10));
  CHECK(says_more(std::nullopt, std::nullopt, 10, 10, 10));
  CHECK_FALSE(says_more(std::nullopt, std::nullopt, 9, 9, 10));
}

TEST_CASE("a list is read page by page to its end") {
  Paging paging;
  CHECK(paging.turn(page(2, "a", true)) == Turn::More);
  CHECK(paging.offset == 2);
  CHECK(paging.turn(page(1, "c", false)) == Turn::End);
}

TEST_CASE("an offset may count pages") {
  Paging paging;
  paging.turn({.items = 500, .mark = "a", .more = true, .step = 1});
  CHECK(paging.offset == 1);
}

TEST_CASE("a list that repeats itself, promises what it does not hold or never ends is broken, at its end as well") {
  for (const bool more : {true, false}) {
    Paging paging;
    paging.turn(page(2, "a", true));
    CHECK(paging.turn(page(2, "a", more)) == Turn::Broken);
  }
  CHECK(Paging().turn(page(0, "", true)) == Turn::Broken);
  CHECK(Paging().turn({.items = 1, .mark = "a", .more = false, .other = true}) == Turn::Broken);
  Paging paging;
  CHECK(paging.turn(page(2, "a", true), 3) == Turn::More);
  CHECK(paging.turn(page(2, "b", true), 3) == Turn::Broken);
}

TEST_CASE("pages without ids are told apart by nothing") {
  Paging paging;
  CHECK(paging.turn(page(2, "", true)) == Turn::More);
  CHECK(paging.turn(page(2, "", true)) == Turn::More);
}

TEST_CASE("what a complete list does not show is looked for once more, after the time to settle") {
  ListSearch search;
  search.found = {true, false};
  CHECK(search.turn(page(2, "a", true), 5000) == Next::Page);
  CHECK(search.turn(page(1, "b", false), 5000) == Next::Again);
  CHECK(search.paging.offset == 0);
  CHECK(search.turn(page(2, "a", true), 5000) == Next::Page);  // the page that came first before: this is another reading
  CHECK(search.turn(page(1, "b", false), 5000) == Next::Complete);
}

TEST_CASE("one look decides where there is no time to settle, and none is needed where all were found") {
  ListSearch search;
  search.found = {true, false};
  CHECK(search.turn(page(1, "a", false), 0) == Next::Complete);
  search.found = {true, true};
  CHECK(search.turn(page(1, "c", true), 5000) == Next::Complete);
}

TEST_CASE("a list that cannot be relied on is not read again: it proves no absence") {
  ListSearch search;
  search.found = {false};
  CHECK(search.turn(page(0, "", true), 5000) == Next::Incomplete);
}
