#include "core/mapping/rows/transform.h"

#include <doctest/doctest.h>

#include "core/mapping/manifest/pattern.h"

using namespace switchboard;
using namespace switchboard::mapping;

namespace {

std::string apply(const FieldSource& source, std::vector<std::string_view> cells) {
  auto transform = Transform::compile(source, {"A", "B"});
  REQUIRE(transform);
  Record record;
  record.cells = std::move(cells);
  return transform->apply(record).value.value_or("∅");
}

}  // namespace

TEST_CASE("the first column that is not empty wins") {
  FieldSource source;
  source.columns = {"B", "A"};
  CHECK(apply(source, {"a", "b"}) == "b");
  CHECK(apply(source, {"a", " "}) == "a");
  CHECK(apply(source, {"a"}) == "a");
  CHECK(apply(source, {}) == "∅");
}

TEST_CASE("a template without any value is empty, braces are doubled") {
  FieldSource source;
  source.template_ = "{A} {{x}} {B}";
  CHECK(apply(source, {"1", "2"}) == "1 {x} 2");
  CHECK(apply(source, {"", ""}) == "∅");
  source.template_ = "only text";
  CHECK(apply(source, {}) == "only text");
  for (const char* broken : {"{A", "A}", "{}", "{Nope}"}) {
    source.template_ = broken;
    CHECK_FALSE(Transform::compile(source, {"A", "B"}));
  }
}

TEST_CASE("changes are applied in the order regex, lookup, case") {
  FieldSource source;
  source.columns = {"A"};
  source.regex = "^x-(.*)$";
  source.regex_replacement = "$1";
  source.lookup = {{"Eins", "one"}};
  source.letter_case = "upper";
  CHECK(apply(source, {"x-EINS"}) == "ONE");
  CHECK(apply(source, {"x-zwei"}) == "ZWEI");
}

TEST_CASE("letter case follows Unicode") {
  FieldSource source;
  source.columns = {"A"};
  source.letter_case = "title";
  CHECK(apply(source, {"élodie o'brien-ßmith"}).substr(0, 2) == "É");
  source.letter_case = "upper";
  CHECK(apply(source, {"straße"}) == "STRASSE");
}

TEST_CASE("a default stands in for an empty result") {
  FieldSource source;
  source.columns = {"A"};
  source.default_value = "d";
  CHECK(apply(source, {""}) == "d");
  CHECK(apply(source, {"a"}) == "a");
}

TEST_CASE("patterns match whole texts and survive hostile ones") {
  auto pattern = Pattern::compile("(a+)+b|é");
  REQUIRE(pattern);
  CHECK(pattern->matches("aab"));
  CHECK(pattern->matches("é"));
  CHECK_FALSE(pattern->matches("xaab"));
  CHECK_FALSE(pattern->matches("aab\n"));
  CHECK_FALSE(pattern->matches(std::string(40, 'a')));
  CHECK_FALSE(pattern->matches("\xFF"));
  CHECK_FALSE(Pattern::compile("("));
}
