#include "host/connectors/text_check.h"

#include <doctest/doctest.h>

using namespace switchboard::connectors;

TEST_CASE("text for people is repaired, not refused") {
  CHECK(readable("a\xff"
                 "b\nc",
                 80) ==
        "a\xef\xbf\xbd"
        "b c");
  CHECK(readable("gr\xc3\xbc\xc3\x9f", 80) == "gr\xc3\xbc\xc3\x9f");
  CHECK(readable("cut \xe2\x82", 80) == "cut \xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("text is cut between characters") {
  CHECK(clipped("gr\xc3\xbc\xc3\x9f", 3) == "gr");
  CHECK(clipped("gr\xc3\xbc\xc3\x9f", 4) == "gr\xc3\xbc");
  CHECK(clipped("abc", 3) == "abc");
  CHECK(clipped("\xf0\x9f\x98\x80", 3).empty());
}

TEST_CASE("codes become lower-case words") { CHECK(tidy_code("ERR 12/b", 64) == "err_12_b"); }

TEST_CASE("paths and methods are checked") {
  CHECK(is_path_or_url("/a/b?c=%20"));
  CHECK(is_path_or_url("https://files.example/x"));
  CHECK_FALSE(is_path_or_url("/a b"));
  CHECK_FALSE(is_path_or_url("/a\r\nHost: x"));
  CHECK_FALSE(is_path_or_url("/a#b"));
  CHECK_FALSE(is_path_or_url("ftp://x/"));
  CHECK(is_method("PATCH"));
  CHECK_FALSE(is_method(""));
  CHECK_FALSE(is_method("GET /"));
  for (const char* method : {"CONNECT", "TRACE", "TRACK"}) CHECK_FALSE(is_method(method));
}

TEST_CASE("headers that are the host's are known in any case") {
  CHECK(is_reserved_header("authorization"));
  for (const char* name : {"transfer-encoding", "expect", "upgrade", "te", "proxy-connection", "cookie"}) CHECK(is_reserved_header(name));
  CHECK_FALSE(is_reserved_header("content-type"));
}
