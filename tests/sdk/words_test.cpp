#include <doctest/doctest.h>
#include <switchboard/kit/words.h>

#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

/// A batch of text cells; empty ones are absent.
struct Rows {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> rows;

  std::string hidden(std::string_view text) {
    return with_words([&](ContactWords& words) {
      CHECK(words.hidden(text) == words.hidden(text));
      return words.hidden(text);
    });
  }
  std::string hidden_code(std::string_view code) {
    return with_words([&](ContactWords& words) { return words.hidden_code(code); });
  }

  template <class Ask>
  std::string with_words(Ask ask) {
    std::vector<swb_str> columns, cells, ids(rows.size(), to_abi("r"));
    for (const auto& name : names) columns.push_back(to_abi(name));
    for (const auto& row : rows)
      for (const auto& cell : row) cells.push_back(cell.empty() ? swb_str{nullptr, 0} : to_abi(cell));
    swb_batch batch{};
    batch.struct_size = sizeof batch;
    batch.n_rows = static_cast<std::uint32_t>(rows.size());
    batch.n_columns = batch.n_fields = static_cast<std::uint32_t>(names.size());
    batch.columns = columns.data();
    batch.cells = cells.data();
    batch.row_ids = ids.data();
    const Batch view(batch);
    ContactWords words(view);
    return ask(words);
  }
};

Rows people() {
  return {{"firstName", "last_name", "mobile", "email", "list"},
          {{"Jane", "van der Berg", "+1 (212) 555-1234", "Jane.Doe@example.com", R"([{"value":"+49711234567","kind":"work"}])"},
           {"Zoë", "O'Neil", "6591110002", "", R"(["bob@example.org","12345"])"},
           {"Will", "李", "", "", ""}}};
}

}  // namespace

TEST_CASE("what is left of a contact at the end of a text that was cut is blanked") {
  for (const std::string whole : {"Jane.Doe@example.com", "+1 (212) 555-1234", "+49711234567", "van der Berg"}) {
    for (std::size_t kept = 11; kept <= whole.size(); ++kept) {
      const std::string part = whole.substr(0, kept);
      for (const char* end : {"", "…", "..."}) {
        CAPTURE(part);
        const std::string hidden = people().hidden("refused: " + part + end);
        CHECK_MESSAGE(hidden.find(part.substr(0, 6)) == std::string::npos, hidden);
      }
    }
  }
  for (const char* words : {"the list has no such email", "see https://example.com", "it took 123456 ms", "janelle", "refused: jane"}) CHECK(people().hidden(words) == words);
}

TEST_CASE("a code that was made of a vendor's words keeps no address and no name") {
  Rows rows = people();
  CHECK(rows.hidden_code("no_user_jane.doe_example.com_here") == "no_user__here");
  CHECK(rows.hidden_code("van_der_berg") == "");
  CHECK(rows.hidden_code("acme.van_der_berg") == "acme.");
  CHECK(rows.hidden_code("acme.1002.jane.doe_example.com") == "acme.1002.");
  CHECK(rows.hidden_code("http.404") == "http.404");
  CHECK(rows.hidden_code("will_retry") == "will_retry");
}

TEST_CASE("phones are blanked however they are written") {
  for (const char* phone : {"12125551234", "+12125551234", "+1 212 555 1234", "(212) 555-1234", "212.555.1234", "0012125551234",
                            "2125551234", "555-1234", "6591110002", "+49 711 234567", "12345"}) {
    CAPTURE(phone);
    CHECK(people().hidden("the number " + std::string(phone) + " is taken") == "the number … is taken");
    CHECK(people().hidden("\"" + std::string(phone) + "\"") == "\"…\"");
  }
}

TEST_CASE("numbers that are nobody's stay") {
  for (const char* text : {"row 3 of 40", "error id 557536075321468390", "code 40004 at 2026-07-01T10:00:00Z", "+442079460000",
                           "912125551299", "123456"})
    CHECK(people().hidden(text) == text);
  CHECK(people().hidden("row 3 12125551234 refused") == "row 3 … refused");
  CHECK(people().hidden("row 3: 6591110002, row 4") == "row 3: …, row 4");
}

TEST_CASE("e-mail addresses are blanked whatever their case") {
  CHECK(people().hidden("JANE.DOE@example.com is taken") == "… is taken");
  CHECK(people().hidden("mailto:jane.doe@example.com.") == "mailto:….");
  CHECK(people().hidden("<bob@example.org>") == "<…>");
  CHECK(people().hidden("ask help@vendor.example") == "ask help@vendor.example");
  CHECK(people().hidden("mary.jane.doe@example.com") == "mary.jane.doe@example.com");
}

TEST_CASE("names are blanked as whole words") {
  CHECK(people().hidden("Jane VAN DER BERG exists") == "… … exists");
  CHECK(people().hidden("\"Zoë\" O'Neil's number") == "\"…\" …'s number");
  CHECK(people().hidden("“Zoë” and «Jane»") == "“…” and «…»");
  CHECK(people().hidden("Janet has a Berg") == "Janet has a …");
  CHECK(people().hidden("联系人李无效") == "联系人…无效");
}

TEST_CASE("words that only look like a name stay") {
  CHECK(people().hidden("it will be the last van") == "it will be the last van");
  CHECK(Rows{{"name"}, {{"no"}, {"A"}}}.hidden("no, A is not it") == "no, A is not it");
  CHECK(Rows{{"plan"}, {{"Gold"}}}.hidden("plan Gold is unknown") == "plan Gold is unknown");
}

TEST_CASE("a text without a batch is left as it is") { CHECK(Rows{}.hidden("+12125551234") == "+12125551234"); }

TEST_CASE("the fields that hold names are those that mean one, whatever they are called") {
  const auto manifest = Json::parse(R"({"fields":[{"name":"given","meaning":"first_name"},{"name":"surname","meaning":"last_name"},{"name":"company","meaning":"company"},{"name":"note"}]})");
  CHECK(name_fields(*manifest) == std::vector<std::string>{"given", "surname"});
  CHECK(name_fields(Json()).empty());
}
