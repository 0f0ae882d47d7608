#include <doctest/doctest.h>
#include <switchboard/kit/settings.h>

using namespace switchboard::kit;

namespace {

Settings settings(std::string_view json) { return Settings(*Json::parse(json)); }

struct Declared : Configured {
  explicit Declared(const Settings& given) : Configured(given) {
    if (pages > 1 && !list) throw SettingError("pages", "needs a list");
  }

  std::optional<std::string> list = settings.text("list");
  std::int64_t pages = settings.integer("pages", 1);
  bool verify = settings.boolean("verify", true);
};

}  // namespace

TEST_CASE("settings come typed or as text") {
  const auto s = settings(
      R"({"t":"x","n":5,"nt":"5","b":true,"bt":"false","l":["1",2],"lt":"1, 2,,","empty":"","null":null})");
  CHECK(s.text("t") == "x");
  CHECK(s.text("n") == "5");
  CHECK(s.integer("n") == 5);
  CHECK(s.integer("nt") == 5);
  CHECK(s.integer("n", 0, 5, 5) == 5);
  CHECK(s.integer("absent", 7, 0, 9) == 7);
  CHECK_THROWS_AS((void)s.integer("n", 0, 6, 9), SettingError);
  CHECK_THROWS_AS((void)s.integer("n", 0, 0, 4), SettingError);
  CHECK(s.boolean("b", false));
  CHECK_FALSE(s.boolean("bt", true));
  CHECK(s.list("l") == std::vector<std::string>{"1", "2"});
  CHECK(s.list("lt") == std::vector<std::string>{"1", "2"});
}

TEST_CASE("an empty or absent setting is not set") {
  const auto s = settings(R"({"empty":"","null":null})");
  for (const char* name : {"empty", "null", "none"}) {
    CHECK_FALSE(s.text(name));
    CHECK_FALSE(s.integer(name));
    CHECK(s.boolean(name, true));
    CHECK(s.list(name).empty());
    CHECK(s.text(name, "fallback") == "fallback");
    CHECK_THROWS_AS((void)s.required_text(name), SettingError);
  }
}

TEST_CASE("a value that cannot be read names its setting") {
  const auto s = settings(R"({"b":"maybe","n":"five","o":{}})");
  try {
    (void)s.boolean("b", false);
    FAIL("no exception");
  } catch (const SettingError& error) {
    CHECK(error.subject() == "b");
    CHECK(error.status() == SWB_E_CONFIG);
  }
  CHECK_THROWS_AS((void)s.integer("n"), SettingError);
  CHECK_THROWS_AS((void)s.text("o"), SettingError);
}

TEST_CASE("a setting with few words is one of them, the first where it is not set") {
  const auto s = settings(R"({"unit":"item","other":"x"})");
  CHECK(s.choice("unit", {"auto", "page", "item"}) == 2);
  CHECK(s.choice("none", {"auto", "page", "item"}) == 0);
  CHECK_THROWS_WITH_AS((void)s.choice("other", {"auto", "page", "item"}), "must be auto, page or item", SettingError);
  CHECK_THROWS_WITH_AS((void)s.choice("other", {"create", "upsert"}), "must be create or upsert", SettingError);
}

TEST_CASE("a time is Unix seconds or ISO 8601") {
  const auto time_of = [](const std::string& text) { return Settings(*Json::parse(JsonWriter().object().member("at", text).end().text())).time_ms("at"); };
  CHECK(time_of("1750000000") == 1'750'000'000'000);
  CHECK(time_of("2025-03-13T08:00:00+02:00") == 1'741'845'600'000);
  CHECK_FALSE(time_of(""));
  for (const char* wrong : {"1750000000000", "-1", "tomorrow"}) CHECK_THROWS_AS(time_of(wrong), SettingError);
}

TEST_CASE("pairs have a kind in lower case and a value each") {
  const auto pairs_of = [](const std::string& text) { return Settings(*Json::parse(JsonWriter().object().member("types", text).end().text())).pairs("types", "KIND=TYPE pairs"); };
  CHECK(pairs_of("Mobile = Cell, work=Office") == std::map<std::string, std::string>{{"mobile", "Cell"}, {"work", "Office"}});
  CHECK(pairs_of("a=b=c").at("a") == "b=c");
  CHECK(pairs_of("").empty());
  for (const char* wrong : {"mobile", "=x", "x="}) CHECK_THROWS_WITH_AS(pairs_of(wrong), "must be KIND=TYPE pairs", SettingError);
}

TEST_CASE("a text may have so many characters") {
  const Settings settings(*Json::parse("{\"name\":\"\u00e4bc\"}"));
  CHECK(settings.text_of_at_most("name", 3)->size() == 4);
  CHECK_THROWS_WITH_AS(settings.text_of_at_most("name", 2), "must have at most 2 characters", SettingError);
  CHECK_FALSE(settings.text_of_at_most("none", 2));
}

TEST_CASE("a connector's members are its settings, read in their order and checked at last") {
  const Declared postern(settings(R"({"list":"l","pages":"2","verify":false})"));
  CHECK(postern.list == "l");
  CHECK(postern.pages == 2);
  CHECK_FALSE(postern.verify);
  CHECK_THROWS_WITH_AS(Declared(settings(R"({"pages":2})")), "needs a list", SettingError);
  CHECK_THROWS_WITH_AS(Declared(settings(R"({"pages":2,"verify":"perhaps"})")), "must be true or false", SettingError);
}
