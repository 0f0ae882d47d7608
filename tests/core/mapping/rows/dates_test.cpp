#include "core/mapping/rows/dates.h"

#include <doctest/doctest.h>

using namespace switchboard::mapping;

TEST_CASE("dates that can be read in one way only are") {
  CHECK(read_plain_date("2024-05-17") == "2024-05-17");
  CHECK(read_plain_date(" 2024/5/7 ") == "2024-05-07");
  CHECK(read_plain_date("17.05.2024") == "2024-05-17");
  CHECK(read_plain_date("17/05/2024") == "2024-05-17");
  CHECK(read_plain_date("05/17/2024") == "2024-05-17");
  CHECK(read_plain_date("20240517") == "2024-05-17");
  CHECK(read_plain_date("2024-05-17T09:30:00Z") == "2024-05-17");
}

TEST_CASE("ambiguous and impossible dates are refused") {
  for (const char* text : {"05/06/2024", "2023-02-29", "32.01.2024", "17.05.24", "yesterday", "", "2024",
                           "1-2-3-4", "2024-13-01"}) {
    CHECK_MESSAGE(!read_plain_date(text), text);
  }
}

TEST_CASE("a given form is followed to the end of the text") {
  CHECK(read_date("05/06/2024", "%d/%m/%Y") == "2024-06-05");
  CHECK(read_date("5 Jun 24", "%d %b %y") == "2024-06-05");
  CHECK_FALSE(read_date("05/06/2024 x", "%d/%m/%Y"));
  CHECK_FALSE(read_date("31/02/2024", "%d/%m/%Y"));
}
