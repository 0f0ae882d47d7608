#include "core/contact/email_list.h"

#include <doctest/doctest.h>

using namespace switchboard::contact;
using List = std::vector<std::string>;

TEST_CASE("several addresses in a cell are several, however they are parted") {
  const List both = {"a@x.org", "b@x.org"};
  for (const char* text : {"a@x.org, b@x.org", "a@x.org;b@x.org", "a@x.org / b@x.org", "a@x.org/b@x.org", "a@x.org b@x.org",
                           "a@x.org\nb@x.org", "a@x.org | b@x.org", "a@x.org or b@x.org", "a@x.org ::: b@x.org", "a@x.org;; b@x.org;",
                           "[\"a@x.org\", \"b@x.org\"]", "a@x.org\xC2\xA0" "b@x.org", "a@x.org & b@x.org"}) {
    CHECK_MESSAGE(split_emails(text) == both, text);
  }
}

TEST_CASE("what is one address stays one") {
  for (const char* text : {"a@x.org", "a/b@x.org", "Jane Doe <jane@x.org>", "\"Doe, Jane\" <jane@x.org>", "ann @example.org",
                           "o'neil@x.org", "a@b@x.org", "\"a b\"@x.org"}) {
    CHECK_MESSAGE(split_emails(text) == List{text}, text);
  }
  CHECK(split_emails("jane@example.co,m") == List{"jane@example.co,m"});  // not jane@example.co
  CHECK(split_emails("a@x.org; jane@example.co,m") == List{"a@x.org", "jane@example.co,m"});
  CHECK(split_emails("jane@example.com br") == List{"jane@example.com br"});
  CHECK(split_emails("a@x.org, Doe, Jane <jane@x.org>") == List{"a@x.org", "Doe, Jane <jane@x.org>"});
  CHECK(split_emails("Doe, Jane <jane@x.org>") == List{"Doe, Jane <jane@x.org>"});
  CHECK(split_emails("Doe, Jane <jane@x.org>; Bob <bob@x.org>") == List{"Doe, Jane <jane@x.org>", "Bob <bob@x.org>"});
}

TEST_CASE("words for nothing are no addresses") {
  for (const char* text : {"", " ", "n/a", "-", "none", "[]", "keine", "NULL", "\\N", "#N/A", "0", "n/a; n/a"}) {
    CHECK_MESSAGE(split_emails(text).empty(), text);
  }
  CHECK(split_emails("a@x.org; n/a") == List{"a@x.org"});
  CHECK(split_emails("a@x.org, keine") == List{"a@x.org"});
  CHECK(split_emails("ola@firma.co,no") == List{"ola@firma.co,no"});
  CHECK(split_emails("jane") == List{"jane"});
}

TEST_CASE("a remark in brackets behind an address is none") {
  CHECK(split_emails("g@example.org (work) / h@example.org (home)") == std::vector<std::string>{"g@example.org", "h@example.org"});
}
