#include <doctest/doctest.h>
#include <switchboard/kit/sandbox_book.h>

#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

struct BookedContact {
  std::string id, phone, folder;
  JsonObject json() const { return object({{"id", id}}); }
};

using BookOfContacts = SandboxBook<BookedContact, &BookedContact::phone>;

BookOfContacts book() {
  BookOfContacts book;
  book.add({"a", "+1", "x"});
  book.add({"b", "+2", "x"});
  book.add({"c", "+1", "y"});
  return book;
}

bool in_y(const BookedContact& contact) { return contact.folder == "y"; }

}  // namespace

TEST_CASE("an entry is found by its key, the first where several have it") {
  BookOfContacts contacts = book();
  REQUIRE(contacts.find("+1") != nullptr);
  CHECK(contacts.find("+1")->id == "a");
  REQUIRE(contacts.find("+1", in_y) != nullptr);
  CHECK(contacts.find("+1", in_y)->id == "c");
  CHECK(contacts.find("+2", in_y) == nullptr);
  CHECK(contacts.find("+3") == nullptr);
}

TEST_CASE("what was erased is not found, what was behind it is") {
  BookOfContacts contacts = book();
  contacts.erase([](const BookedContact& contact) { return contact.id == "a"; });
  REQUIRE(contacts.find("+1") != nullptr);
  CHECK(contacts.find("+1")->id == "c");
  CHECK(contacts.find("+2")->id == "b");
  CHECK(contacts.size() == 2);
  CHECK(contacts.made() == 3);
}

TEST_CASE("an entry is found by its id") {
  BookOfContacts contacts = book();
  REQUIRE(find_id(contacts, "b") != nullptr);
  find_id(contacts, "b")->folder = "z";
  CHECK(contacts.find("+2")->folder == "z");
  CHECK(find_id(contacts, "d") == nullptr);
}

TEST_CASE("a page has the entries that match, and says how many there are") {
  const BookOfContacts contacts = book();
  CHECK(page_of(contacts, 1, 1).items.text() == R"([{"id":"b"}])");
  CHECK(page_of(contacts, 1, 1).total == 3);
  const SandboxPage in_x = page_of(contacts, 0, 10, [](const BookedContact& contact) { return contact.folder == "x"; });
  CHECK(in_x.items.text() == R"([{"id":"a"},{"id":"b"}])");
  CHECK(in_x.total == 2);
  CHECK(page_of(contacts, 5, 10, in_y, [](const BookedContact& contact) { return contact.phone; }).items.text() == "[]");
  CHECK(page_of(contacts, 0, 10, in_y, [](const BookedContact& contact) { return contact.phone; }).items.text() == R"(["+1"])");
}

TEST_CASE("what a request needs is there, or the request is refused") {
  BookOfContacts contacts = book();
  const auto not_found = [] { return SandboxResponse::empty(404); };
  CHECK(known(contacts, "b", not_found).phone == "+2");
  try {
    known(contacts, "d", not_found);
    FAIL("it is not there");
  } catch (const SandboxResponse& refusal) {
    CHECK(refusal.status == 404);
  }
}
