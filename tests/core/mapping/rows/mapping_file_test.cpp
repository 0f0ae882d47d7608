#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "tests/core/mapping/sample_manifests.h"

using namespace samples;
using namespace switchboard;
using namespace switchboard::mapping;

namespace {

/// A file that lives as long as the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text)
      : path_("/tmp/switchboard_mapping_" + std::to_string(getpid()) + ".yaml") {
    std::ofstream(path_) << text;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

const std::vector<std::string> kColumns = {"Full Name", "Cell",         "Mail",      "Job",
                                           "Date",      "Name (first)", "Home Phone"};

Result<Proposal> load(const std::string& yaml, const Manifest& manifest = one_phone(),
                      const std::vector<std::string>& columns = kColumns) {
  const TemporaryFile file(yaml);
  return load_mapping(manifest, file.path(), columns, {}, {}, {});
}

std::string error_of(const std::string& yaml) {
  auto loaded = load(yaml);
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().kind == ErrorKind::Usage);
  return loaded.error().message + " " + loaded.error().remedy;
}

Mapped run(const std::string& yaml, const Row& row) {
  std::vector<std::string> columns;
  for (const auto& cell : row.cells) columns.push_back(cell.first);
  auto loaded = load(yaml, one_phone(), columns);
  REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
  return map(one_phone(), loaded->mapping, row);
}

}  // namespace

TEST_CASE("a mapping file says column by column what goes where") {
  const Row row{{{"Cell", "+447911123456"}, {"A", " ada "}, {"B", "lovelace"}, {"Job", "m"}}, "", {}, {}};
  const Mapped mapped =
      run("connector: onephone\nfields:\n  phone: Cell\n  name: {template: \"{A}-{B}\", case: title}\n"
          "  company: {from: Job, lookup: {M: Mill}}\n  kind: {constant: test}\n",
          row);
  CHECK(mapped.accepted);
  CHECK(mapped["name"] == "Ada-Lovelace");
  CHECK(mapped["company"] == "Mill");
  CHECK(mapped["kind"] == "test");
}

TEST_CASE("split, join, regex, date and default do what they say") {
  const Row row{{{"Cell", "00447911123456"}, {"A", "Doe|Jane|X"}, {"D", "17/5/24"}, {"E", ""}}, "", {}, {}};
  const Mapped mapped =
      run("fields:\n  phone: {from: Cell, regex: {match: \"^00\", replace: \"+\"}}\n  name: {split: {from: "
          "A, by: \"|\", part: 2}}\n"
          "  company: {join: {from: [E, A], by: \"; \"}}\n  day: {from: D, date: \"%d/%m/%y\"}\n  rest: "
          "{from: [E], default: none}\n"
          "  tail: {split: {from: A, by: \"|\", part: last}}\n",
          row);
  CHECK(mapped["phone"] == "+447911123456");
  CHECK(mapped["name"] == "Jane");
  CHECK(mapped["company"] == "Doe|Jane|X");
  CHECK(mapped["day"] == "2024-05-17");
  CHECK(mapped["rest"] == "none");
  CHECK(mapped["tail"] == "X");
}

TEST_CASE("a word for nothing gets the default that the mapping gives") {
  const Row row{{{"Cell", "+447911123456"}, {"E", "n/a"}}, "", {}, {}};
  CHECK(run("fields:\n  phone: Cell\n  rest: {from: E, default: none}\n", row)["rest"] == "none");
}

TEST_CASE("a date that does not fit rejects its row") {
  const Row row{{{"Cell", "+447911123456"}, {"D", "2024"}}, "", {}, {}};
  CHECK(run("fields: {phone: Cell, day: {from: D, date: \"%d/%m/%Y\"}}", row).codes() == "date.invalid");
}

TEST_CASE("what a written mapping says is what was proposed") {
  const std::vector<std::vector<std::string>> files = {
      {"Full Name", "Cell", "Mail"},
      {"First Name", "Last Name", "Mobile Phone", "Home Phone", "Phone 1 - Type", "Phone 1", "E-mail",
       "E-mail 2", "Country", "Firma: \"x\""},
      {"phone", "name", "email", "company", "plan_tier", "first_name"},
      {"name", "phone_numbers", "email_addresses", "external_id", "no", "- odd: name"}};
  for (const Manifest* manifest : {&one_phone(), &three_phones(), &lists(), &parts()}) {
    for (const auto& columns : files) {
      auto proposal = propose(*manifest, columns, {}, {}, {});
      REQUIRE(proposal);
      const std::string yaml = to_yaml(*proposal, *manifest);
      INFO(yaml);
      auto loaded = load(yaml, *manifest, columns);
      REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
      REQUIRE(loaded->mapping.fields.size() == proposal->mapping.fields.size());
      CHECK(to_yaml(*loaded, *manifest).substr(0, 40) == yaml.substr(0, 40));
      std::vector<std::pair<std::string, std::string>> cells;
      for (const std::string& column : columns)
        cells.emplace_back(column, column.find("ail") != std::string::npos ? "a@example.com"
                                   : column.find("hone") != std::string::npos || column == "Cell"
                                       ? "+447911123456"
                                       : "Anna");
      const Mapped before = map(*manifest, proposal->mapping, {cells, "", {}, {}});
      const Mapped after = map(*manifest, loaded->mapping, {cells, "", {}, {}});
      CHECK(before.contact.values == after.contact.values);
    }
  }
}

TEST_CASE("mistakes are named with their line and the nearest known word") {
  CHECK(error_of("connector: onephone\nfields:\n  phone: Cel\n").find("line 3") != std::string::npos);
  CHECK(error_of("fields:\n  phone: Cel\n").find("\"Cell\"") != std::string::npos);
  CHECK(error_of("fields:\n  phone: {form: Cell}\n").find("from") != std::string::npos);
  CHECK(error_of("feilds:\n  phone: Cell\n").find("fields") != std::string::npos);
  CHECK(error_of("connector: other\nfields: {phone: Cell}\n").find("onephone") != std::string::npos);
  CHECK(error_of("fields:\n  phone: Cell\n  phone: Mail\n").find("twice") != std::string::npos);
  CHECK(error_of("fields:\n  phone: &a Cell\n  name: *a\n").find("aliases") != std::string::npos);
  CHECK(error_of("fields:\n  phone: {from: Cell, constant: x}\n").find("exactly one") != std::string::npos);
  CHECK(error_of("fields: {phone: Cell").find("YAML") != std::string::npos);
  CHECK(error_of("fields: [1, 2]\n").find("fields") != std::string::npos);
  CHECK(error_of("").find("map") != std::string::npos);
  CHECK(error_of("fields:\n  name: {template: \"{Nope}\"}\n  phone: Cell\n").find("Nope") !=
        std::string::npos);
  CHECK(error_of("fields:\n  home town: Cell\n").find("home town") != std::string::npos);
}

TEST_CASE("a file that cannot be read is an error of usage") {
  auto loaded = load_mapping(one_phone(), "/nonexistent/mapping.yaml", kColumns, {}, {}, {});
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().kind == ErrorKind::Usage);
}

TEST_CASE("an asterisk in quotes or in a text is no alias") {
  const Row row{{{"Cell", "+447911123456"}, {"* Star", "x"}}, "", {}, {}};
  CHECK(run("fields: # * not *one\n  phone: Cell\n  name: \"* Star\"\n", row)["name"] == "x");
}

TEST_CASE("a mapping's own tests run when it is loaded") {
  const std::string good =
      "fields:\n  phone: Cell\n  name: Full Name\ntests:\n"
      "  - row: {Cell: 07911 123456, Full Name: Jane}\n    region: GB\n    expect: {phone: "
      "\"+447911123456\", name: Jane, email: \"\"}\n"
      "  - row: {Cell: nonsense}\n    expect: {_code: phone.not_a_number}\n";
  auto loaded = load(good);
  CHECK_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
  const std::string message = error_of(
      "fields:\n  phone: Cell\ntests:\n  - row: {Cell: \"+447911123456\"}\n    expect: {phone: \"+1\"}\n");
  CHECK(message.find("line 4") != std::string::npos);
  CHECK(message.find("test fails") != std::string::npos);
  CHECK(error_of("fields:\n  phone: Cell\ntests:\n  - row: {Cell: abc}\n    expect: {phone: y}\n")
            .find("phone.not_a_number") != std::string::npos);
}

TEST_CASE("a column that the file no longer has is named with the nearest") {
  auto loaded =
      load("columns: [Full Name, Mobil]\nfields:\n  phone: Mobil\n", one_phone(), {"Full Name", "Mobile"});
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().message.find("\"Mobil\"") != std::string::npos);
  CHECK(loaded.error().message.find("Mobile") != std::string::npos);
  CHECK(loaded.error().remedy.find("was made for") != std::string::npos);
}
