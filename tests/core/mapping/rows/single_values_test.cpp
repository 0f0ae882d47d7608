// What the mapper makes of single values as people write them: placeholders, damage, several addresses, parts of numbers.

#include <doctest/doctest.h>

#include "tests/core/mapping/sample_manifests.h"

using namespace samples;

namespace {

Mapped with_phone(const char* phone, const char* region = "US") {
  return map(one_phone(), {{{"Name", "Ann Lee"}, {"Phone", phone}}, region, {}, {}});
}

}  // namespace

TEST_CASE("words for nothing are empty cells, and the row goes out by its other number") {
  for (const char* nothing : {"n/a", "unbekannt", "keine", "NULL", "#N/A", "(none)", "0", "--", "nan", "\\N", "[]"}) {
    const Mapped row =
        map(three_phones(), {{{"First Name", "Ann"}, {"Mobile", nothing}, {"Work Phone", "030 1234567"}, {"Email", nothing}}, "DE", {}, {}});
    CHECK_MESSAGE(row.accepted, nothing);
    CHECK_MESSAGE(row["mobile"] == "∅", nothing);
    CHECK_MESSAGE(row["work"] == "+49301234567", nothing);
    CHECK_MESSAGE(row["email1"] == "∅", nothing);
    CHECK_MESSAGE(row.codes().empty(), nothing, " ", row.codes());
  }
  CHECK(with_phone("n/a").codes() == "field.required");
}

TEST_CASE("a name is no placeholder where somebody may be called so") {
  const auto last = [](const char* first, const char* name) {
    return map(three_phones(), {{{"First Name", first}, {"Last Name", name}, {"Mobile", "+4915112345678"}}, "", {}, {}})["lastName"];
  };
  CHECK(last("Jennifer", "Null") == "Null");
  CHECK(last("JENNIFER", "NULL") == "NULL");
  CHECK(last("Jennifer", "NULL") == "∅");
  CHECK(last("Jennifer", "n/a") == "∅");
  CHECK(last("Jennifer", "-") == "∅");
}

TEST_CASE("names that were damaged on their way are mended and told, or told") {
  const auto name = [](const char* written) {
    const Mapped row = map(one_phone(), {{{"Name", written}, {"Phone", "+5511987654321"}}, "", {}, {}});
    return row["name"] + "|" + row.codes();
  };
  CHECK(name("JÃ©ssica Lima") == "Jéssica Lima|text.repaired");
  CHECK(name("Shaun O&#039;Brien") == "Shaun O'Brien|text.repaired");
  CHECK(name("Ann&nbsp;Lee") == "Ann Lee|text.repaired");
  CHECK(name("M\xEF\xBF\xBDller") == "M\xEF\xBF\xBDller|text.damaged");
  CHECK(name("#NAME?").starts_with("∅|text.damaged"));
  CHECK(name("Haddad;Yousef;;;") == "Yousef Haddad|");
  CHECK(name("Ann Lee") == "Ann Lee|");
}

TEST_CASE("a name in one column is told once, however many fields it fills") {
  const Mapped row = map(three_phones(), {{{"Name", "JosÃ© MuÃ±oz"}, {"Mobile", "+34612345678"}}, "", {}, {}});
  CHECK(row["firstName"] == "José");
  CHECK(row["lastName"] == "Muñoz");
  CHECK(row.codes() == "text.repaired");
}

TEST_CASE("a suffix that has no field of its own stays with the last name") {
  const Mapped row = map(three_phones(), {{{"Name", "King, Martin Luther, Jr."}, {"Mobile", "+14155552671"}}, "", {}, {}});
  CHECK(row["firstName"] == "Martin Luther");
  CHECK(row["lastName"] == "King Jr.");
}

TEST_CASE("two addresses in a cell are two, and what has no place is told") {
  for (const char* both : {"a@x.org, b@x.org", "a@x.org b@x.org", "a@x.org / b@x.org", "a@x.org; b@x.org", "o&#039;neil@x.org; b@x.org"}) {
    const Mapped row = map(three_phones(), {{{"First Name", "Ann"}, {"Mobile", "+14155552671"}, {"Email", both}}, "", {}, {}});
    CHECK_MESSAGE((row["email1"] == "a@x.org" || row["email1"] == "o'neil@x.org"), both);
    CHECK_MESSAGE(row["email2"] == "b@x.org", both);
  }
  const Mapped one = map(one_phone(), {{{"Name", "Ann"}, {"Phone", "+14155552671"}, {"Email", "a@x.org / b@x.org"}}, "", {}, {}});
  CHECK(one["email"] == "a@x.org");
  CHECK(one.codes() == "email.more_left_out");
}

TEST_CASE("letters, pauses and slips of the finger in numbers") {
  CHECK(with_phone("1-800-FLOWERS")["phone"] == "+18003569377");
  CHECK(with_phone("1-800-FLOWERS").codes() == "phone.from_letters");
  CHECK(with_phone("(212) 555-XXXX").codes() == "phone.not_a_number");
  CHECK(with_phone("41555526712").codes() == "phone.too_long");
  CHECK(with_phone("+12025551212,,345#")["phone"] == "+12025551212");
  CHECK(with_phone("+12025551212,,345#").codes() == "phone.extension_dropped");
}

TEST_CASE("a calling code with an area, and an area code of its own, go before the number") {
  const auto joined = [](const char* header, const char* code, const char* phone, const char* region) {
    const Mapped row = map(one_phone(), {{{"Name", "Ann"}, {header, code}, {"Phone", phone}}, region, {}, {}});
    return row["phone"] + "|" + row.codes();
  };
  CHECK(joined("Dial Code", "+1-684", "633-1234", "") == "+16846331234|");
  CHECK(joined("Country Code", "39-06", "69812345", "") == "+390669812345|");
  CHECK(joined("Dial Code", "44.0", "7400123458", "") == "+447400123458|");
  CHECK(joined("Area Code", "415", "555-2671", "US") == "+14155552671|");
  CHECK(joined("Area Code", "212", "555-2671", "US") == "+12125552671|");  // not Morocco
  CHECK(joined("Vorwahl", "030", "1234567", "DE") == "+49301234567|");
  CHECK(joined("Vorwahl", "+49", "30 1234567", "") == "+49301234567|");
  CHECK(joined("DDD", "11", "91234-5678", "BR") == "+5511912345678|");
  CHECK(joined("Area Code", "SW1A", "020 7946 0018", "GB") == "+442079460018|");
  CHECK(joined("Dial Code", "n/a", "4155552671", "US") == "+14155552671|");
}

TEST_CASE("a line of one text and figures is said to be a heading or a total perhaps") {
  const auto message = [](const char* name, const char* amount, const char* city) {
    const Mapped row = map(one_phone(), {{{"Name", name}, {"Phone", ""}, {"Amount", amount}, {"City", city}}, "US", {}, {}});
    return row.issues.empty() ? std::string() : row.issues[0].message;
  };
  CHECK(message("West Total", "1,234.50", "").ends_with("If the line is a heading or a total, take it out."));
  CHECK_FALSE(message("Ann Lee", "1,234.50", "Salem").ends_with("take it out."));
}
