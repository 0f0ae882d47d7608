#include "core/contact/email.h"

#include <doctest/doctest.h>

#include <string>

#include "core/base/ascii.h"

using namespace switchboard::contact;

TEST_CASE("ordinary addresses are kept, only the domain changes its case") {
  CHECK(parse_email("Jane.Doe+tag@Example.COM").address == "Jane.Doe+tag@example.com");
  CHECK(parse_email(" jane@example.com\xC2\xA0").address == "jane@example.com");
  CHECK(parse_email("o'brien@example.ie").address == "o'brien@example.ie");
  CHECK(parse_email("\"odd name\"@example.com").ok());
  CHECK(parse_email("jürgen@müller.de").ok());
  CHECK(parse_email("a@b.xn--p1ai").ok());
}

TEST_CASE("an address of nothing but letters, digits and dots is held to the same rules") {
  CHECK(parse_email("Ann.B_c+d-2@Mail-1.Example.ORG").address == "Ann.B_c+d-2@mail-1.example.org");
  for (const char* text : {"a..b@example.org", ".a@example.org", "a.@example.org", "@example.org", "a@", "a@example", "a@example..org", "a@.example.org", "a@-example.org",
                           "a@example-.org", "a@example.o", "a@example.c0m", "a@example.org.", "a@b@example.org", "a@example.o-g", "a@example_x.org"})
    CHECK_MESSAGE(!parse_email(text).ok(), text);
  CHECK(parse_email(std::string(64, 'a') + "@example.org").ok());
  CHECK_FALSE(parse_email(std::string(65, 'a') + "@example.org").ok());
  CHECK(parse_email("a@" + std::string(63, 'a') + ".org").ok());
  CHECK_FALSE(parse_email("a@" + std::string(64, 'a') + ".org").ok());
  CHECK_FALSE(parse_email("a@example." + std::string(64, 'a')).ok());
}

TEST_CASE("wrappings of mail programs and spreadsheets come off") {
  CHECK(parse_email("mailto:jane@example.com?subject=x").address == "jane@example.com");
  CHECK(parse_email("Jane Doe <jane@example.com>").address == "jane@example.com");
  CHECK(parse_email("<jane@example.com>;").address == "jane@example.com");
  CHECK(parse_email("jane@example.com (work)").address == "jane@example.com");
  CHECK(parse_email("'jane@example.com'").address == "jane@example.com");
}

TEST_CASE("what no form accepts is refused with a reason") {
  for (const char* text : {"",
                           "jane",
                           "jane.example.com",
                           "@example.com",
                           "jane@",
                           "jane@@example.com",
                           "jane@localhost",
                           "jane doe@example.com",
                           ".jane@example.com",
                           "jane.@example.com",
                           "ja..ne@example.com",
                           "jane@example..com",
                           "jane@-example.com",
                           "jane@example.c",
                           "jane@example.123",
                           "jane@exam_ple.com",
                           "jane@[127.0.0.1]",
                           "jane(comment)@example.com",
                           "jane@example.com.",
                           "a@b@c.com"}) {
    const Email email = parse_email(text);
    CHECK_MESSAGE(email.code != nullptr, text);
    CHECK(std::string(email.problem).size() > 3);
    CHECK(email.address.empty());
  }
}

TEST_CASE("lengths are those of RFC 5321") {
  const std::string local(64, 'a');
  CHECK(parse_email(local + "@example.com").ok());
  CHECK_FALSE(parse_email(local + "a@example.com").ok());
  std::string domain;
  for (int i = 0; i < 3; ++i) domain += std::string(61, 'b') + ".";
  CHECK(parse_email("a@" + domain + "com").ok());
  CHECK_FALSE(parse_email(local + "@" + domain + "com.com").ok());
}

TEST_CASE("several addresses in one cell are told from a doubled @") {
  CHECK(std::string(parse_email("a@x.com; b@x.com").code) == "email.several");
  CHECK(std::string(parse_email("a@b@x.com").code) == "email.invalid");
}

TEST_CASE("what is told to be a plain address is what a close look makes of it") {
  // A blank before the address makes parse_email() look closely. All texts of these bytes, behind beginnings of several kinds.
  constexpr std::string_view kBytes = "aZ7.-+@ ";
  std::size_t plain = 0;
  for (const std::string_view begin : {"", "a@", "a.b-c@x1-y.", "_@a.", "a@b.c", "ab.cdefghijkl", "abcdefghijklmn@opq.rstuvw-xyz"}) {
    for (std::size_t size = 0; size <= 4; ++size) {
      std::size_t count = 1;
      for (std::size_t i = 0; i < size; ++i) count *= kBytes.size();
      for (std::size_t number = 0; number < count; ++number) {
        std::string text(begin);
        for (std::size_t i = 0, rest = number; i < size; ++i, rest /= kBytes.size()) text += kBytes[rest % kBytes.size()];
        const Email close = parse_email(" " + text);
        const bool expected = close.ok() && text.find(' ') == std::string::npos;
        const bool is_plain = is_plain_email(text);
        if (is_plain != expected) FAIL(text);
        if (!is_plain) continue;
        ++plain;
        if (read_plain_email(text).address != close.address) FAIL(text);
        const bool is_lower = switchboard::lower_case(text) == text;
        if ((look_at_email(text) == EmailLook::Lower) != is_lower || (is_lower && close.address != text)) FAIL(text);
      }
    }
  }
  CHECK(plain > 100);
}

TEST_CASE("a long address, and one with other bytes, is no plain one") {
  const std::string local(58, 'a');
  CHECK(is_plain_email(local + "@b.cd"));
  CHECK_FALSE(is_plain_email("a" + local + "@b.cd"));
  CHECK(parse_email("a" + local + "@b.cd").ok());
  for (const char* text : {"ann@müller.de", "o'hara@example.org", "\"a\"@b.cd", "ann@example.org,", "mailto:ann@b.cd"}) CHECK_FALSE(is_plain_email(text));
}
