#include "core/contact/name.h"

#include <doctest/doctest.h>

using namespace switchboard::contact;

TEST_CASE("empty parts leave no gap in a joined name") {
  CHECK(join_name({"Ada", "", "Lovelace"}) == "Ada Lovelace");
  CHECK(join_name({" Ada ", " King  of ", "Lovelace"}) == "Ada King of Lovelace");
  CHECK(join_name({"", " ", ""}).empty());
}

TEST_CASE("a full name is cut at its last blank") {
  CHECK(split_name("Johann Sebastian Bach").first == "Johann Sebastian");
  CHECK(split_name("Johann Sebastian Bach").last == "Bach");
  CHECK(split_name("Madonna").first == "Madonna");
  CHECK(split_name("Madonna").last.empty());
  CHECK(split_name("").first.empty());
}

TEST_CASE("one comma means family name first") {
  CHECK(split_name("Doe, Jane Ann").first == "Jane Ann");
  CHECK(split_name("Doe, Jane Ann").last == "Doe");
  CHECK(split_name("Doe,").last.empty());
}
