#include <doctest/doctest.h>
#include <switchboard/kit/time.h>

using namespace switchboard::kit;

TEST_CASE("ISO 8601 times are read, and a missing zone means UTC") {
  CHECK(parse_iso8601("1970-01-01T00:00:00Z") == 0);
  CHECK(parse_iso8601("2024-05-17T09:30:00.250Z") == 1715938200250);
  CHECK(parse_iso8601("2024-05-17T09:30:00.2504999") == 1715938200250);
  CHECK(parse_iso8601("2024-05-17 09:30") == 1715938200000);
  CHECK(parse_iso8601("2024-05-17") == 1715904000000);
  CHECK(parse_iso8601("2024-05-17T09:30:00+02:00") == 1715938200000 - 7200000);
  CHECK(parse_iso8601("2024-05-17T09:30:00-0530") == 1715938200000 + 19800000);
  CHECK(parse_iso8601("2024-05-17T09:30:00+02") == 1715938200000 - 7200000);
  CHECK(parse_iso8601("2024-02-29") == 1709164800000);
  CHECK(parse_iso8601("1969-12-31T23:59:59.999Z") == -1);
}

TEST_CASE("dates that do not exist and other notations are refused") {
  for (const char* bad :
       {"", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-32", "2024-1-1", "17/05/2024", "2024-05-17T",
        "2024-05-17T24:00:00Z", "2024-05-17T09", "2024-05-17T09:60", "2024-05-17T09:30:00.Z",
        "2024-05-17T09:30:00ZZ", "2024-05-17T09:30:00+2:00", "2024-05-17T09:30:00+02:", "1715938200"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_iso8601(bad));
  }
}

TEST_CASE("a time that was written is read back") {
  for (const std::int64_t time : {0ll, 1ll, -1ll, 951782400000ll, 1715938200250ll, 4102444799999ll,
                                  -62135596800000ll, -2208988800000ll}) {
    CHECK(parse_iso8601(format_iso8601(time)) == time);
  }
  CHECK(format_iso8601(1715938200250) == "2024-05-17T09:30:00.250Z");
  CHECK(format_iso8601(1715938200250, false) == "2024-05-17T09:30:00Z");
  CHECK(format_iso8601(-1) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("the three forms of an HTTP date mean the same") {
  // RFC 9110, section 5.6.7
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777000);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT") == 784111777000);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994") == 784111777000);
  for (const char* bad : {"", "soon", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994",
                          "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_http_date(bad));
  }
}

TEST_CASE("Retry-After is a delay whatever its form") {
  CHECK(parse_retry_after("120", 0) == 120000);
  CHECK(parse_retry_after(" 0 ", 0) == 0);
  CHECK(parse_retry_after("1.5", 0) == 2000);
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111770000) == 7000);
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111777001) == 1);
  for (const char* bad : {"", "-1", "soon", "99999999999999999999"}) CHECK_FALSE(parse_retry_after(bad, 0));
}
