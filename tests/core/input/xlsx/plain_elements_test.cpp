#include "core/input/xlsx/plain_elements.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace switchboard::input;

namespace {

/// What stands behind an element in a part, so that it does not lie at the end of what was read.
const std::string kBehind = std::string(96, ' ') + "</row>";

struct Read {
  bool plain = false;
  std::string rest;  ///< behind it
  PlainCell cell;
  std::string type, formula, value;
};

Read read_cell(const std::string& xml) {
  const std::string all = xml + kBehind;
  Read read;
  const char* const end = read_plain_cell(all.data(), all.data() + all.size(), read.cell);
  read.plain = end != nullptr;
  if (read.plain) read.rest = all.substr(static_cast<std::size_t>(end - all.data()));
  read.type = read.cell.type;
  read.formula = read.cell.formula;
  read.value = read.cell.value;
  return read;
}

bool is_plain_string(const std::string& xml, std::string* text = nullptr) {
  const std::string all = xml + kBehind;
  std::string_view found;
  const char* const end = read_plain_string(all.data(), all.data() + all.size(), found);
  if (end == nullptr) return false;
  if (text != nullptr) *text = found;
  return end == all.data() + xml.size();
}

}  // namespace

TEST_CASE("a cell as programs write it is read at sight, to its end") {
  const Read shared = read_cell(R"(<c r="BC12" s="7" t="s"><v>1234</v></c>)");
  REQUIRE(shared.plain);
  CHECK(shared.cell.column == 54);
  CHECK(shared.cell.style == 7);
  CHECK(shared.type == "s");
  CHECK(shared.value == "1234");
  CHECK(shared.rest == kBehind);

  const Read number = read_cell(R"(<c r="A1048576"><v>-1.5E+10</v></c>)");
  REQUIRE(number.plain);
  CHECK(number.cell.column == 0);
  CHECK(number.type.empty());
  CHECK(number.value == "-1.5E+10");

  const Read sum = read_cell(R"(<c r="B2" t="str"><f>A2+1</f><v>3</v></c>)");
  REQUIRE(sum.plain);
  CHECK(sum.formula == "A2+1");
  CHECK(sum.value == "3");
  CHECK(sum.rest == kBehind);

  const Read other_order = read_cell(R"(<c t="str" s="0" r="XFD1"><v>café</v></c>)");
  REQUIRE(other_order.plain);
  CHECK(other_order.cell.column == 16'383);
  CHECK(other_order.value == "café");

  const Read empty = read_cell(R"(<c r="B2" s="3"/>)");
  REQUIRE(empty.plain);
  CHECK(empty.value.empty());
  CHECK(empty.rest == kBehind);

  CHECK(read_cell(R"(<c r="B2" t="inlineStr"><is><t>a b</t></is></c>)").value == "a b");
  CHECK(read_cell(R"(<c r="B2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>)").value == " a ");
  CHECK(read_cell(R"(<c r="B2" t="s"><v></v></c>)").plain);
}

TEST_CASE("what is written otherwise, or may be no XML, is not read at sight") {
  for (const char* xml : {
           R"(<c><v>1</v></c>)", R"(<c r="B2"  s="1"><v>1</v></c>)", R"(<c r="B2" r="B3"><v>1</v></c>)", R"(<c r="B2" x="1"><v>1</v></c>)",
           R"(<c r="B2" x="1" t="s"><v>1</v></c>)", R"(<c r='B2'><v>1</v></c>)", R"(<c r="b2"><v>1</v></c>)", R"(<c r="$B$2"><v>1</v></c>)",
           R"(<c r="B"><v>1</v></c>)", R"(<c r="2"><v>1</v></c>)", R"(<c r=""><v>1</v></c>)", R"(<c r="ABCD2"><v>1</v></c>)",
           R"(<c r="B12345678"><v>1</v></c>)", R"(<c r="B2" s="12345678"><v>1</v></c>)", R"(<c r="B2" s=""><v>1</v></c>)",
           R"(<c r="B2" t="inlineString"><v>1</v></c>)", R"(<c r="B2" t="&#115;"><v>1</v></c>)", R"(<c r="B2"><f t="shared" si="0">A1</f><v>1</v></c>)",
           R"(<c r="B2"><f>A1</f></c>)", R"(<c r="B2"><f>A1&amp;B1</f><v>1</v></c>)", R"(<c r="B2"><v>1</v><f>A1</f></c>)",
           R"(<c r="B2"><v>a&amp;b</v></c>)", R"(<c r="B2"><v>a]]>b</v></c>)", "<c r=\"B2\"><v>a\rb</v></c>", "<c r=\"B2\"><v>a\x01"
           R"(b</v></c>)", "<c r=\"B2\"><v>a\xEF\xBF\xBF</v></c>", R"(<c r="B2"><v>1</v ></c>)", R"(<c r="B2"><v>1</v></x>)",
           R"(<c r="B2"><v>1</t></is></c>)", R"(<c r="B2"><is><t>1</v></c>)", R"(<c r="B2"/ >)", R"(<col r="B2"/>)", R"(<cr="B2"/>)",
           R"(<c r="B2"><is><r><t>1</t></r></is></c>)", R"(<c r="B2"></c>)"}) {
    CAPTURE(xml);
    CHECK_FALSE(read_cell(xml).plain);
  }
}

TEST_CASE("a cell is not read at sight before the whole of it is there") {
  const std::string text(200, 'x');
  for (const std::string& cell : {R"(<c r="B2" t="inlineStr"><is><t xml:space="preserve">)" + text + "</t></is></c>",
                                  R"(<c r="B2"><f>)" + text + "</f><v>" + text + "</v></c>"}) {
    PlainCell plain;
    for (std::size_t size = 0; size < cell.size(); ++size) {
      const std::vector<char> part(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(size));  // nothing behind it that may be read
      CHECK(read_plain_cell(part.data(), part.data() + part.size(), plain) == nullptr);
    }
    CHECK(read_plain_cell(cell.data(), cell.data() + cell.size(), plain) == cell.data() + cell.size());
  }
}

TEST_CASE("a shared text as programs write it is read at sight, and no other") {
  std::string text;
  CHECK(is_plain_string("<si><t>Zoë</t></si>", &text));
  CHECK(text == "Zoë");
  CHECK(is_plain_string(R"(<si><t xml:space="preserve"> a_x000D_</t></si>)", &text));
  CHECK(text == " a_x000D_");
  CHECK(is_plain_string("<si><t></t></si>"));
  for (const char* xml : {"<si><t/></si>", "<si><r><t>a</t></r></si>", "<si><t>a&lt;b</t></si>", "<si><t>a</t><t>b</t></si>", "<si ><t>a</t></si>",
                          R"(<si><t xml:space='preserve'>a</t></si>)", R"(<si><t xml:space="default">a</t></si>)", "<si><t>a</t ></si>",
                          "<si><text>a</text></si>"}) {
    CAPTURE(xml);
    CHECK_FALSE(is_plain_string(xml));
  }
}
