#include "core/base/display_text.h"

#include <doctest/doctest.h>

using namespace switchboard;

TEST_CASE("what tears a line becomes one blank") {
  CHECK(one_line("Ann\r\n\tLee") == "Ann Lee");
  CHECK(one_line("\nAnn\x1b[2J Lee\n") == "Ann [2J Lee");
  CHECK(one_line("a\xC2\x85" "b\xE2\x80\xA8" "c\xE2\x80\xA9") == "a b c");
  CHECK(one_line("Zo\xC3\xAB \xE4\xBD\x90") == "Zo\xC3\xAB \xE4\xBD\x90");
  CHECK(one_line("a\xFF" "b") == "a\xEF\xBF\xBD" "b");
}

TEST_CASE("what turns its neighbours round goes") {
  CHECK(one_line("evil\xE2\x80\xAEvsc.exe") == "evilvsc.exe");
  CHECK(one_line("\xE2\x81\xA6" "a\xE2\x81\xA9\xE2\x80\x8F\xD8\x9C") == "a");
  CHECK(one_line("\xD8\xA7\xE2\x80\x8D\xD8\xA8") == "\xD8\xA7\xE2\x80\x8D\xD8\xA8");  // a joiner belongs to the word
}

TEST_CASE("several lines stay several") {
  CHECK(plain_lines("one\ntwo\x1b[2J\n  three") == "one\ntwo [2J\n  three");
}

TEST_CASE("texts are cut by characters, not bytes") {
  CHECK(clipped("Zo\xC3\xAB", 3) == "Zo\xC3\xAB");
  CHECK(clipped("Zo\xC3\xAB!", 3) == "Zo…");
  CHECK(characters_in("Zo\xC3\xAB") == 3);
}

TEST_CASE("numbers are spoken with their noun") {
  CHECK(counted(1, "row") == "1 row");
  CHECK(counted(0, "row") == "0 rows");
  CHECK(counted(1234567, "row") == "1,234,567 rows");
}
