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

TEST_CASE("titles and suffixes are no names") {
  const auto parts = [](const char* full) {
    const SplitName name = split_name(full);
    return name.prefix + "|" + name.first + "|" + name.last + "|" + name.suffix;
  };
  CHECK(parts("Mrs Jane Roe") == "Mrs|Jane|Roe|");
  CHECK(parts("Ms. Anna Lee, PhD") == "Ms.|Anna|Lee|PhD");
  CHECK(parts("John Q. Public Jr.") == "|John Q.|Public|Jr.");
  CHECK(parts("Prof. Dr. Hans Meier") == "Prof. Dr.|Hans|Meier|");
  CHECK(parts("Doe, Dr. Jane") == "Dr.|Jane|Doe|");
  CHECK(parts("Doe Jr., John") == "|John|Doe|Jr.");
  CHECK(parts("Doe, Jane, MD, PhD") == "|Jane|Doe|MD PhD");
  CHECK(parts("Mr Smith") == "Mr||Smith|");
  CHECK(parts("Md Rahman") == "|Md|Rahman|");
  CHECK(parts("Jack Ma") == "|Jack|Ma|");
  CHECK(parts("Dr") == "|Dr||");
  CHECK(parts("Henry VIII") == "|Henry|VIII|");
  CHECK(parts("Doe, Jane, Acme") == "|Doe, Jane,|Acme|");
}
