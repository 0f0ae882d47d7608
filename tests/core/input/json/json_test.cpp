#include "tests/core/input/json/json_fixture.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

using Names = std::vector<std::string>;
using Rows = std::vector<JsonCells>;
constexpr auto kNone = std::nullopt;

TEST_CASE("JSON: objects a line are records, with their lines") {
  const auto text = read_json("{\"name\":\"Ann\",\"phone\":\"+1415\"}\n\n{\"name\":\"B\\u00f6b\",\"age\":7}\n");
  REQUIRE_FALSE(text.error);
  CHECK(text.info.format == "ndjson");
  CHECK(text.info.encoding == "UTF-8");
  CHECK_FALSE(text.info.dialect);
  CHECK(text.info.columns == Names{"name", "phone", "age"});
  CHECK(text.rows == Rows{{"Ann", "+1415", kNone}, {"Böb", kNone, "7"}});
  CHECK(text.line_of == std::vector<std::uint64_t>{1, 3});
  CHECK(text.lines.total == 3);
  CHECK(text.lines.blank == 1);
  CHECK(sum_of(text.lines) == 3);
}

TEST_CASE("JSON: an array of objects is a list, on one line or on many, with or without a byte order mark") {
  for (const char* bytes : {"[{\"a\":1},{\"a\":2}]", "\xEF\xBB\xBF [\n  {\n    \"a\": 1\n  },\n  { \"a\": 2 }\n]\n"}) {
    const auto text = read_json(bytes);
    REQUIRE_FALSE(text.error);
    CHECK(text.info.format == "json");
    CHECK(text.rows == Rows{{"1"}, {"2"}});
    CHECK(sum_of(text.lines) == text.lines.total);
  }
  const auto pretty = read_json("[\n  {\n    \"a\": 1\n  },\n  { \"a\": 2 }\n]\n");
  CHECK(pretty.line_of == std::vector<std::uint64_t>{2, 5});
  CHECK(pretty.lines.total == 6);
  CHECK(pretty.lines.records == 2);
  CHECK(pretty.lines.continued == 2);
}

TEST_CASE("JSON: an empty list is said to be empty") {
  const auto text = read_json("[]");
  REQUIRE_FALSE(text.error);
  CHECK(text.rows.empty());
  CHECK(warns_of(text, "the list is empty"));
}

TEST_CASE("JSON: nested values have their path for a column, numbers stay as written, null is no cell") {
  const auto text = read_json(
      "[{\"name\":{\"first\":\"Ann\",\"last\":null},\"phones\":[{\"number\":\"1\",\"type\":\"work\"},{\"number\":\"2\"}],"
      "\"tags\":[\"x\",\"y\"],\"none\":[],\"id\":12345678901234567890123,\"score\":1.50,\"far\":-1E+5,\"vip\":true}]");
  REQUIRE_FALSE(text.error);
  CHECK(text.info.columns == Names{"name.first", "name.last", "phones[0].number", "phones[0].type", "phones[1].number", "tags[0]", "tags[1]",
                                   "none", "id", "score", "far", "vip"});
  CHECK(text.rows == Rows{{"Ann", kNone, "1", "work", "2", "x", "y", "[]", "12345678901234567890123", "1.50", "-1E+5", "true"}});
}

TEST_CASE("JSON: phones that were written as bare numbers keep their plus and their zeros") {
  const auto text = read_json("[{\"p\":+4915112345678},{\"p\":0151123},{\"p\":NaN}]");
  REQUIRE_FALSE(text.error);
  CHECK(text.issues == Names{"", "", ""});
  CHECK(text.rows == Rows{{"+4915112345678"}, {"0151123"}, {"NaN"}});
}

TEST_CASE("JSON: what only later records have gets columns beside what it belongs to, and loses nothing") {
  const auto text = read_json(
      "[{\"n\":\"A\",\"phones\":[],\"x\":null},{\"n\":\"B\",\"phones\":[{\"v\":\"1\"}],\"x\":\"7\"},{\"n\":\"C\",\"phones\":\"2\",\"x\":{\"y\":\"3\"},\"z\":\"4\"}]");
  REQUIRE_FALSE(text.error);
  CHECK(text.info.columns == Names{"n", "phones", "phones[0].v", "x", "x.y", "z"});
  CHECK(text.rows == Rows{{"A", "[]", kNone, kNone, kNone, kNone}, {"B", kNone, "1", "7", kNone, kNone}, {"C", "2", kNone, kNone, "3", "4"}});
  // Null and empty are no value of their own where others have something below.
  CHECK(read_json("[{\"a\":null,\"b\":[]},{\"a\":{\"c\":1},\"b\":[2]}]").info.columns == Names{"a.c", "b[0]"});
}

TEST_CASE("JSON: of a name that stands twice the last value counts, and that is said") {
  const auto text = read_json("[{\"a\":1,\n\"a\":2},{\"a\":3}]");
  REQUIRE_FALSE(text.error);
  CHECK(text.rows == Rows{{"2"}, {"3"}});
  CHECK(warns_of(text, "1 record has a name twice in one object (the first on line 1)"));
}

TEST_CASE("JSON: escapes are undone, also pairs of surrogates; half a pair becomes the replacement character") {
  const auto text = read_json(R"([{"a":"\ud83d\ude00 \"q\" \\ \/ \t\u00e9","b":"cut \ud83d","c":"\ude00\ud83d\u0041","d\u0041\"":"k"}])");
  REQUIRE_FALSE(text.error);
  CHECK(text.info.columns == Names{"a", "b", "c", "dA\""});
  CHECK(text.rows == Rows{{"😀 \"q\" \\ / \té", "cut \xEF\xBF\xBD", "\xEF\xBF\xBD\xEF\xBF\xBD" "A", "k"}});
  CHECK(read_json("[{\"a\":\"\\x41\"},{\"a\":1}]").issues == Names{"row.damaged", ""});
}

TEST_CASE("JSON: an object around a list is looked through, and what is left out is said") {
  for (const char* bytes :
       {"{\"total\":2,\"contacts\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"next\":null}", "{\"data\":{\"kunden\":[{\"name\":\"A\"},{\"name\":\"B\"}]},\"tags\":[{\"x\":1},{\"x\":2},{\"x\":3}]}",
        "{\"results\":[{\"name\":\"A\"},{\"name\":\"B\"}],\n\"owner\":{\"name\":\"Boss\"}}"}) {
    const auto text = read_json(bytes);
    CAPTURE(bytes);
    REQUIRE_FALSE(text.error);
    CHECK(text.info.format == "json");
    CHECK(text.info.columns == Names{"name"});
    CHECK(text.rows == Rows{{"A"}, {"B"}});
    CHECK(warns_of(text, "what stands beside it in the file is left out"));
    CHECK(sum_of(text.lines) == text.lines.total);
  }
  const auto two = read_json("{\"leads\":[{\"name\":\"A\",\"phone\":\"1\"}],\"customers\":[{\"name\":\"B\",\"phone\":\"2\"},{\"name\":\"C\",\"phone\":\"3\"}]}");
  CHECK(two.rows.size() == 2);
  CHECK(warns_of(two, "also the lists \"leads\""));
}

TEST_CASE("JSON: an object that is itself a contact is one record, whatever lists it has") {
  for (const char* bytes : {"{\"name\":\"A\",\"email\":\"a@x.org\",\"phones\":[{\"number\":\"1\"},{\"number\":\"2\"},{\"number\":\"3\"}]}",
                            "{\n \"name\": \"A\",\n \"email\": \"a@x.org\",\n \"phones\": [{\"number\": \"1\"}, {\"number\": \"2\"}, {\"number\": \"3\"}]\n}\n"}) {
    const auto text = read_json(bytes);
    REQUIRE_FALSE(text.error);
    CHECK(text.rows == Rows{{"A", "a@x.org", "1", "2", "3"}});
  }
}

TEST_CASE("JSON: a person all of whose data stand in lists is one record, alone and on a line") {
  const std::string ann = "{\"names\":[{\"displayName\":\"Ann\"}],\"emailAddresses\":[{\"value\":\"a@x.org\"},{\"value\":\"b@x.org\"}],\"phoneNumbers\":[\"1\"]}";
  for (const std::string& bytes : {ann, ann + "\n" + ann + "\n", "[" + ann + "]"}) {
    const auto text = read_json(bytes);
    CAPTURE(bytes);
    CHECK(text.info.columns == Names{"names[0].displayName", "emailAddresses[0].value", "emailAddresses[1].value", "phoneNumbers[0]"});
    CHECK(text.rows.front() == JsonCells{"Ann", "a@x.org", "b@x.org", "1"});
  }
}

TEST_CASE("JSON: an object whose members are contacts under their ids is a list") {
  const auto text = read_json("{\"people\":{\"-K1\":{\"name\":\"A\",\"phone\":\"1\"},\"-K2\":{\"name\":\"B\",\"phone\":\"2\",\"x\":{\"y\":1}}}}");
  REQUIRE_FALSE(text.error);
  CHECK(text.rows == Rows{{"A", "1", kNone}, {"B", "2", "1"}});
  CHECK(warns_of(text, "these names are left out"));
  CHECK(read_json("{\"name\":{\"first\":\"A\",\"last\":\"B\"},\"phone\":{\"home\":\"1\",\"work\":\"2\"}}").rows.size() == 1);
}

TEST_CASE("JSON: pages of a list, one after another, are one list") {
  const std::string first = "{\"next\":1,\"results\":[{\"name\":\"A\",\"phone\":\"1\"},{\"name\":\"B\",\"phone\":\"2\"}]}", last = "{\"next\":null,\"results\":[{\"name\":\"C\",\"phone\":\"3\"}]}";
  const std::string none = "{\"next\":2,\"results\":[]}";
  for (const std::string& bytes : {first + "\n" + none + "\n" + last + "\n", first + none + last, "[" + first + ",\n" + none + "," + last + "]"}) {
    const auto text = read_json(bytes);
    CAPTURE(bytes);
    REQUIRE_FALSE(text.error);
    CHECK(text.info.columns == Names{"name", "phone"});
    CHECK(text.rows == Rows{{"A", "1"}, {"B", "2"}, {"C", "3"}});
    CHECK(warns_of(text, "each value of the file is a page"));
    CHECK(text.lines.records == 3);
    CHECK(sum_of(text.lines) == text.lines.total);
  }
  const auto lines = read_json(first + "\nbroken\n" + last + "\n");
  CHECK(lines.issues == Names{"", "", "row.damaged", ""});
  CHECK(lines.line_of == std::vector<std::uint64_t>{1, 1, 2, 3});
  CHECK(json_rejects_of(first + "\n" + last + "\n", {2}).starts_with("{\"name\":\"B\",\"phone\":\"2\", \"_row\": 2, "));
  // Firms with their people are no pages.
  CHECK(read_json("[{\"name\":\"Acme\",\"contacts\":[{\"name\":\"A\",\"phone\":\"1\"}]},{\"name\":\"Bolt\",\"contacts\":[]}]").rows.size() == 2);
}

TEST_CASE("JSON: lists in a list are one list, where they hold objects only") {
  for (const char* bytes : {"[[{\"name\":\"A\"},{\"name\":\"B\"}],\n[],[{\"name\":\"C\"}]]", "[{\"name\":\"A\"},{\"name\":\"B\"}]\n[]\n[{\"name\":\"C\"}]\n"}) {
    const auto text = read_json(bytes);
    CAPTURE(bytes);
    REQUIRE_FALSE(text.error);
    CHECK(text.info.columns == Names{"name"});
    CHECK(text.rows == Rows{{"A"}, {"B"}, {"C"}});
    CHECK(warns_of(text, "each value of the file is a list of records"));
    CHECK(text.lines.records == 3);
    CHECK(sum_of(text.lines) == text.lines.total);
  }
  CHECK(json_rejects_of("[[{\"name\":\"A\"}],[{\"name\":\"B\"}]]", {2}).find("{\"name\":\"B\", \"_row\": 2, ") != std::string::npos);
  CHECK(read_json("[[{\"name\":\"A\"},\"x\"],[{\"name\":\"B\"},\"y\"]]").rows.size() < 3);
}

TEST_CASE("JSON: an array of bare numbers is a list, whole or not at all") {
  for (const char* bytes : {"[4155550123,4155550124]", "[\n  4155550123,\n  +4155550124\n]\n", "[4155550123 , 0151.5]"}) {
    CAPTURE(bytes);
    const auto text = read_json(bytes);
    REQUIRE_FALSE(text.error);
    CHECK(text.info.format == "json");
    CHECK(text.info.columns == Names{"value"});
    REQUIRE(text.rows.size() == 2);
    CHECK(text.rows[0] == JsonCells{"4155550123"});
  }
  const auto cut = read_json("[4155550123,\n4155550124");
  REQUIRE(cut.error);
  CHECK(cut.error->kind == ErrorKind::Input);
  for (const char* bytes : {"[1],[2]\n3,4\n", "[2024];Name;Phone\n1;Ann;2\n"}) CHECK(read_json(bytes).info.format == "csv");
}

TEST_CASE("JSON: arrays are rows of a table, the first one its header") {
  for (const char* bytes : {"[[\"Name\",\"Phone\"],[\"Ann\",\"+14155552671\"],[\"Bob\",null,\"x\"],[]]", "[\"Name\",\"Phone\"]\n[\"Ann\",\"+14155552671\"]\n[\"Bob\",null,\"x\"]\n[]\n",
                            "{\"range\":\"A1\",\"values\":[[\"Name\",\"Phone\"],[\"Ann\",\"+14155552671\"],[\"Bob\",null,\"x\"],[]]}"}) {
    const auto text = read_json(bytes);
    CAPTURE(bytes);
    REQUIRE_FALSE(text.error);
    CHECK(text.info.columns == Names{"Name", "Phone"});
    CHECK(text.rows == Rows{{"Ann", "+14155552671"}, {"Bob", kNone, "x"}});
    CHECK(text.lines.records == 2);
    CHECK(text.lines.header == 1);
    CHECK(sum_of(text.lines) == text.lines.total);
  }
  InputOptions options;
  options.no_header = true;
  CHECK(read_json("[[\"Name\",\"Phone\"],[\"Ann\",{\"x\":1}]]", options).rows == Rows{{"Name", "Phone"}, {"Ann", "{\"x\":1}"}});
}

TEST_CASE("JSON: the header of a table may stand beside its rows") {
  for (const char* bytes : {"{\"columns\":[\"Name\",\"Phone\"],\"index\":[0,1],\"data\":[[\"Ann\",\"+14155552671\"],[\"Bob\",null]]}",
                            "{\"rows\":[[\"Ann\",\"+14155552671\"],[\"Bob\",null]],\"columns\":[{\"name\":\"Name\",\"type\":\"t\"},{\"name\":\"Phone\"}]}"}) {
    const auto text = read_json(bytes);
    CAPTURE(bytes);
    CHECK(text.info.columns == Names{"Name", "Phone"});
    CHECK(text.rows == Rows{{"Ann", "+14155552671"}, {"Bob", kNone}});
    const std::string rejects = json_rejects_of(bytes, {2});
    CHECK(rejects.starts_with("[\n[\"Name\", \"Phone\", \"_row\", \"_code\", \"_field\", \"_message\"],\n[\"Bob\", null, 2, "));
    CHECK(read_json(rejects).rows.size() == 1);
  }
}

TEST_CASE("JSON: a table by its columns is refused, never taken for one contact") {
  for (const char* bytes : {"{\"name\":{\"0\":\"A\",\"1\":\"B\"},\"phone\":{\"0\":\"1\",\"1\":\"2\"}}", "{\"name\":[\"A\",\"B\"],\"phone\":[\"1\",\"2\"],\"x\":[null,1]}"}) {
    const auto text = read_json(bytes);
    CAPTURE(bytes);
    REQUIRE(text.error);
    CHECK(text.error->message.find("a table by its columns") != std::string::npos);
  }
  CHECK(read_json("{\"phones\":[\"1\",\"2\"],\"emails\":[\"a@x.org\",\"b@x.org\"]}").rows.size() == 1);
}

TEST_CASE("JSON: bare values are a list of one column") {
  const auto text = read_json("[\"+14155552671\",\"+14155552672\",14155552673]");
  REQUIRE_FALSE(text.error);
  CHECK(text.info.columns == Names{"value"});
  CHECK(text.rows == Rows{{"+14155552671"}, {"+14155552672"}, {"14155552673"}});
}

TEST_CASE("JSON: a broken line is rejected alone, and says what is wrong") {
  const auto text = read_json("{\"n\":\"Änn\"}\n{\"n\":\"Bob\",}\n{\"n\":\"C\n[1]\n{\"n\":\"Dan\"} x\n{\"n\":\"Eve\xFF\"}\n{\"n\":\"Fäy\"}\n");
  REQUIRE_FALSE(text.error);
  CHECK(text.issues == Names{"", "row.damaged", "row.damaged", "row.damaged", "row.damaged", "row.not_in_encoding", ""});
  CHECK(text.rows.back() == JsonCells{"Fäy"});
  CHECK(text.messages[1].find("a comma, a colon or a bracket is missing, or one is too many") != std::string::npos);
  CHECK(text.messages[2].find("a quote that closes a text is missing") != std::string::npos);
  CHECK(text.messages[3].find("it is no object, as the others are") != std::string::npos);
  CHECK(text.messages[5].find("not UTF-8") != std::string::npos);
  // Also the first line.
  CHECK(read_json("{\"n\":Ann}\n{\"n\":\"Bob\"}\n{\"n\":\"Cid\"}\n").issues == Names{"row.damaged", "", ""});
  CHECK(read_json("oh\n{\"n\":\"Bob\"}\n", as_format("ndjson")).issues == Names{"row.damaged", ""});
}

TEST_CASE("JSON: a broken element of an array is rejected alone") {
  const auto text = read_json("[{\"n\":\"Ann\"},{\"n\":tru},7,null,{\"n\":\"tab\there\"},{\"n\":\"Bob\"}]");
  REQUIRE_FALSE(text.error);
  CHECK(text.issues == Names{"", "row.damaged", "row.damaged", "row.damaged", "row.damaged", ""});
  CHECK(text.messages[1].find("a value is missing, or a text stands without quotes") != std::string::npos);
  CHECK(text.messages[2].find("it is no object, as the others are") != std::string::npos);
  CHECK(text.messages[4].find("stands in a text as it is") != std::string::npos);
}

TEST_CASE("JSON: what is cut is never taken for the whole") {
  const std::string wholes[] = {"[{\"n\":\"Ann\"},\n{\"n\":\"Bob\"}]", "{\"data\":[{\"n\":\"Ann\"},{\"n\":\"Bob\"}],\"x\":{\"y\":[1]}}",
                                "{\n\"n\":\"Ann\"\n}\n{\n\"n\":\"Bob\"\n}", "[[\"vcard\",[[\"fn\",{},\"text\",\"Ann\"]]],[\"vcard\",[[\"fn\",{},\"text\",\"Bob\"]]]]"};
  for (const std::string& whole : wholes) {
    CHECK_FALSE(read_json(whole).error);
    for (std::size_t size = 2; size < whole.size(); ++size) {
      const std::string cut = whole.substr(0, size);
      if (cut.ends_with("}\n") || (cut.ends_with('}') && cut.starts_with("{\n"))) continue;  // values that may stand alone
      CAPTURE(cut);
      const auto text = read_json(cut, as_format("json"));
      REQUIRE(text.error);
      CHECK(text.error->kind == ErrorKind::Input);
    }
  }
  const auto lines = read_json("{\"n\":\"Ann\"}\n{\"n\":\"Bob\"}\n{\"n\":\"Cid");
  REQUIRE(lines.error);
  CHECK(lines.error->kind == ErrorKind::Input);
  CHECK(lines.error->message.find("line 3") != std::string::npos);
  CHECK(read_json("[{\"n\":1}]]").error);
  CHECK(read_json("[{\"n\":1} {\"n\":2}]").error);
  CHECK(read_json("{\"n\":1}}").error);
}

TEST_CASE("JSON: limits have messages of their own, and spoil no other record") {
  std::string deep = "1";
  for (int i = 0; i < 100; ++i) deep = "[" + deep + "]";
  std::string many;
  for (int i = 0; i < 25'000; ++i) many += "{\"v\":1},";
  many.pop_back();
  const auto text = read_json("[{\"a\":1},{\"a\":" + deep + "},{\"a\":[" + many + "]},{\"a\":\"" + std::string((17 << 20), 'x') + "\"},{\"a\":2}]");
  REQUIRE_FALSE(text.error);
  CHECK(text.rows.front().front() == "1");
  CHECK(text.rows.back().front() == "2");
  REQUIRE(text.messages.size() == 5);
  CHECK(text.messages[1].find("nested deeper than 64 levels") != std::string::npos);
  CHECK(text.messages[2].find("more than 20000 values") != std::string::npos);
  CHECK(text.messages[3].find("longer than 16 MiB") != std::string::npos);

  std::string wide = "[";
  for (int i = 0; i < 11; ++i) {
    wide += i == 0 ? "{" : ",{";
    for (int j = 0; j < 1000; ++j) wide += (j == 0 ? "\"k" : ",\"k") + std::to_string(i * 1000 + j) + "\":1";
    wide += "}";
  }
  const auto columns = read_json(wide + "]");
  REQUIRE(columns.error);
  CHECK(columns.error->kind == ErrorKind::Input);
  CHECK(columns.error->message.find("more than 10000 different values") != std::string::npos);
}

TEST_CASE("JSON: a long array stays one cell") {
  std::string list = "[1";
  for (int i = 0; i < 150; ++i) list += ", 2";
  const auto text = read_json("[{\"a\":" + list + "]}]");
  REQUIRE_FALSE(text.error);
  CHECK(text.info.columns == Names{"a"});
  CHECK(text.rows[0][0] == list + "]");
}

TEST_CASE("JSON: UTF-16 and files in a Windows encoding are read like any") {
  for (const bool big_endian : {false, true}) {
    const auto wide = read_json((big_endian ? "\xFE\xFF" : "\xFF\xFE") + utf16("[{\"n\":\"Jörg\"}]", big_endian));
    REQUIRE_FALSE(wide.error);
    CHECK(wide.rows == Rows{{"Jörg"}});
  }
  const auto windows = read_json("[{\"Name\":\"J\xF6rg M\xFCller\",\"Ort\":\"K\xF6ln\"},{\"Name\":\"Gr\xFC\xDF\",\"Ort\":\"M\xFCnchen\"}]");
  REQUIRE_FALSE(windows.error);
  CHECK(windows.info.encoding == "windows-1252");
  CHECK(windows.rows == Rows{{"Jörg Müller", "Köln"}, {"Grüß", "München"}});
}

TEST_CASE("JSON: values one after another, records with separators, and arrays that lost their brackets") {
  for (const char* bytes : {"{\n\"a\":1\n}\n{\n\"a\":2\n}", "{\"a\":1}{\"a\":2}", "\x1E{\"a\":1}\n\x1E{\"a\":2}\n", "{\"a\":1},\n{\"a\":2},\n"}) {
    const auto text = read_json(bytes);
    CAPTURE(bytes);
    REQUIRE_FALSE(text.error);
    CHECK(text.rows == Rows{{"1"}, {"2"}});
    CHECK(text.issues == Names{"", ""});
  }
}

TEST_CASE("JSON: --format is a wish that must fit") {
  CHECK(read_json("[{\"a\":1}]", as_format("json")).info.format == "json");
  CHECK(read_json("{\"a\":1}\n", as_format("ndjson")).info.format == "ndjson");
  const auto card = read_json("[{\"a\":1}]", as_format("jcard"));
  REQUIRE(card.error);
  CHECK(card.error->message == "contacts.json: this is JSON, but no jCard (RFC 7095)");
  CHECK(read_json("a,b\n1,2\n", as_format("json")).error);
}

TEST_CASE("JSON rejects: an array stays an array, lines stay lines, and the members are as written") {
  const std::string array = json_rejects_of("[{\"n\":\"Ann\",\"x\":[1, 2]},{\"n\":\"Bob\"},{\n  \"n\": 1.50,\n  \"m\": {}\n}]", {1, 3});
  const std::string note = "\"_code\": \"phone.too_short\", \"_field\": \"phone\", \"_message\": \"Say \\\"why\\\"\"}";
  CHECK(array == "[\n{\"n\":\"Ann\",\"x\":[1, 2], \"_row\": 1, " + note + ",\n{\"n\": 1.50, \"m\": {}, \"_row\": 3, " + note + "\n]\n");
  const auto again = json_rejects_of(array, {2});
  CHECK(again == "[\n{\"n\": 1.50, \"m\": {}, \"_row\": 2, " + note + "\n]\n");
  const std::string lines = json_rejects_of("{\"n\":\"Ann\"}\n{\"n\":\"Bob\"}\n{\"n\":broken}\n7\n{}\n", {2, 3, 4, 5});
  CHECK(lines == "{\"n\":\"Bob\", \"_row\": 2, " + note + "\n{\"_row_text\": \"{\\\"n\\\":broken}\", \"_row\": 3, " + note + "\n{\"_row_text\": \"7\", \"_row\": 4, " +
                     note + "\n{\"_row\": 5, " + note + "\n");
  CHECK(json_rejects_of("[{\"n\":\"Ann\"}]", {}).empty());
}

TEST_CASE("JSON rejects: what is in a wrong encoding is written readable") {
  const std::string lines = json_rejects_of("{\"n\":\"Jörg\"}\n{\"n\":\"Zoë\"}\n{\"n\":\"J\xF6rg\"}\n", {3});
  CHECK(lines.starts_with("{\"n\":\"Jörg\", \"_row\": 3, "));
}

TEST_CASE("JSON rejects: of rows of a table they are a table with its header") {
  const std::string table = json_rejects_of("[[\"Name\",\"Phone\"],[\"Ann\",\"+14155552671\"],[\"Bob\"]]", {2});
  CHECK(table == "[\n[\"Name\", \"Phone\", \"_row\", \"_code\", \"_field\", \"_message\"],\n"
                 "[\"Bob\", null, 2, \"phone.too_short\", \"phone\", \"Say \\\"why\\\"\"]\n]\n");
  const std::string again = json_rejects_of(table, {1});
  CHECK(again == "[\n[\"Name\", \"Phone\", \"_row\", \"_code\", \"_field\", \"_message\"],\n"
                 "[\"Bob\", null, 1, \"phone.too_short\", \"phone\", \"Say \\\"why\\\"\"]\n]\n");
}
