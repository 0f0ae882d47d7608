#include <doctest/doctest.h>
#include <switchboard/kit/json_text.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace switchboard::kit;

namespace {

struct Contact {
  std::string name;
  JsonObject json() const { return object({{"name", name}}); }
};

std::string text(const JsonText& value) { return value.text(); }

}  // namespace

TEST_CASE("values are written as what they are") {
  CHECK(text("a \"b\"") == R"("a \"b\"")");
  CHECK(text(std::string_view("x")) == R"("x")");
  CHECK(text(std::string()) == R"("")");
  CHECK(text(7) == "7");
  CHECK(text(std::int64_t{-9007199254740993}) == "-9007199254740993");
  CHECK(text(true) == "true");
  CHECK(text(nullptr) == "null");
  CHECK(text(Json::parse(R"({"big":12345678901234567890})").value_or(Json())) == R"({"big":12345678901234567890})");
  CHECK(text(Contact{"Jane"}) == R"({"name":"Jane"})");
}

TEST_CASE("an object has its members in their order, without those that have no value") {
  const std::optional<std::string> none, some = "n";
  CHECK(text(object({{"id", 1}, {"note", none}, {"name", some}, {"list", array({})}})) == R"({"id":1,"name":"n","list":[]})");
  CHECK(text(object({})) == "{}");
  CHECK(text(object({{"none", std::optional<Contact>()}})) == "{}");
}

TEST_CASE("an object grows by members, by pairs and by other objects") {
  const std::map<std::string, std::string> fields = {{"a", "1"}, {"b", "2"}};
  JsonObject grown = object({{"id", 1}}).add_all(fields).add("c", true).add({{"d", nullptr}});
  CHECK(grown.text() == R"({"id":1,"a":"1","b":"2","c":true,"d":null})");
  CHECK(object({}).add_all(object({})).add_all(object({{"x", 1}})).add_all(object({{"y", 2}})).text() == R"({"x":1,"y":2})");
  CHECK(object({{"k", 0}}).add_all(Json::parse(R"({"x":[1,"2"],"y":null})").value_or(Json())).text() == R"({"k":0,"x":[1,"2"],"y":null})");
}

TEST_CASE("a list has its items in their order, without those that have no value") {
  const std::vector<Contact> contacts = {{"Jane"}, {"John"}};
  CHECK(text(array(contacts)) == R"([{"name":"Jane"},{"name":"John"}])");
  CHECK(text(array(std::vector<int>{3, 1, 2}, [](int n) { return n == 1 ? std::nullopt : std::optional(n); })) == "[3,2]");
  CHECK(text(array({"a", 1, object({{"x", "y"}})})) == R"(["a",1,{"x":"y"}])");
}
