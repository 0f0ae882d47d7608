#include "core/contact/phone_damage.h"

#include <doctest/doctest.h>

using namespace switchboard::contact;
using Kind = Damage::Kind;

TEST_CASE("scientific notation is undone only where every digit is still there") {
  CHECK(inspect_damage("1.3288888888E+10").repaired == "13288888888");
  CHECK(inspect_damage("4,47911123456E+11").repaired == "447911123456");
  CHECK(inspect_damage("+4.47911123456e11").repaired == "+447911123456");
  CHECK(inspect_damage("4.479111234560E11").repaired == "447911123456");
  CHECK(inspect_damage("4.47911E+11").kind == Kind::Lost);
  CHECK(inspect_damage("4E+11").kind == Kind::Lost);
}

TEST_CASE("decimals that a spreadsheet adds come off, an amount is no phone") {
  CHECK(inspect_damage("447911123456.0").repaired == "447911123456");
  CHECK(inspect_damage("447911123456,00").repaired == "447911123456");
  CHECK(inspect_damage("1234567.89").kind == Kind::NotAPhone);
  CHECK(inspect_damage("030.1234567").kind == Kind::None);
}

TEST_CASE("thousands separators come off") {
  CHECK(inspect_damage("447,911,123,456").repaired == "447911123456");
  CHECK(inspect_damage("447,911,123,456.00").repaired == "447911123456");
  CHECK(inspect_damage("44,7911").kind == Kind::None);
}

TEST_CASE("digits replaced by zeros or hashes are lost") {
  CHECK(inspect_damage("447911000000").kind == Kind::Lost);
  CHECK(inspect_damage("########").kind == Kind::Lost);
  CHECK(inspect_damage("#N/A").kind == Kind::Lost);
  CHECK(inspect_damage("+49892000000").kind == Kind::None);
  CHECK(inspect_damage("015112000000").kind == Kind::None);
}

TEST_CASE("dates are no phones") {
  for (const char* date : {"17/05/2024", "5/17/2024", "17.05.2024", "17.5.24", "2024-05-17",
                           "2024-05-17 09:30", "2024-05-17T09:30:00Z"}) {
    CHECK_MESSAGE(inspect_damage(date).kind == Kind::NotAPhone, date);
  }
  for (const char* phone : {"01.23.45.67.89", "212-555-1234", "040/123/4567", "22 11 20 20"}) {
    CHECK_MESSAGE(inspect_damage(phone).kind == Kind::None, phone);
  }
}
