#include "core/contact/meaning.h"

#include <doctest/doctest.h>

using namespace switchboard::contact;

TEST_CASE("every phone meaning is a canonical one, and the dial code is no phone") {
  for (const Meaning& meaning : meanings()) {
    const bool looks = meaning.name.substr(0, 5) == "phone";
    const bool part = meaning.name == "phone.dial_code" || meaning.name == "phone.extension" || meaning.name == "phone.area_code";
    CHECK_MESSAGE(is_phone(meaning.name) == (looks && !part), meaning.name);
  }
}

TEST_CASE("mobile is preferred to no kind, work, main, home and other; fax is never chosen") {
  CHECK(phone_preference("phone.mobile") < phone_preference("phone"));
  CHECK(phone_preference("phone") < phone_preference("phone.work"));
  CHECK(phone_preference("phone.work") < phone_preference("phone.work_main"));
  CHECK(phone_preference("phone.work_main") < phone_preference("phone.home"));
  CHECK(phone_preference("phone.home") < phone_preference("phone.other"));
  for (const char* never :
       {"phone.fax", "phone.fax_work", "phone.pager", "phone.telex", "phone.assistant", "email"}) {
    CHECK(phone_preference(never) == kNeverChosen);
  }
}
