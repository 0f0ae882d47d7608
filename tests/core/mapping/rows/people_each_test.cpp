#include <doctest/doctest.h>

#include <fstream>

#include "core/mapping/rows/merge.h"
#include "core/mapping/rows/refusals.h"
#include "tests/core/mapping/sample_manifests.h"
#include "tests/temporary_directory.h"

using namespace switchboard;
using namespace switchboard::mapping;

// --people each: what a row's people become.

namespace {

using Cells = std::vector<std::string>;

struct PeopleFile {
  Cells columns;
  std::vector<Cells> rows;
  std::vector<std::pair<std::string, std::string>> by_hand = {};
  CustomColumns custom = {};
};

std::vector<Cells> samples_of(const PeopleFile& file) {
  std::vector<Cells> samples(file.columns.size());
  for (const auto& row : file.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!row[c].empty()) samples[c].push_back(row[c]);
    }
  }
  return samples;
}

Proposal each_of(const PeopleFile& file, const Manifest& manifest = samples::one_phone()) {
  auto proposal = propose(manifest, file.columns, samples_of(file), file.by_hand, {}, file.custom, PeoplePolicy::Each);
  REQUIRE_MESSAGE(proposal, (proposal ? "" : proposal.error().message));
  return std::move(*proposal);
}

Mapper mapper_of(const Proposal& proposal, const Manifest& manifest = samples::one_phone()) {
  MapOptions options;
  options.region = "US";
  auto mapper = Mapper::create(manifest, proposal.mapping, proposal.mapping.columns, options);
  REQUIRE(mapper);
  return std::move(*mapper);
}

std::vector<MappedContact> mapped(const Mapper& mapper, const Cells& row, std::uint64_t number = 1) {
  Record record;
  record.row = number;
  for (const auto& cell : row) record.cells.emplace_back(cell);
  std::vector<MappedContact> contacts;
  mapper.map_all(record, contacts);
  return contacts;
}

/// "1a name Ann phone +1…; 1b !phone.too_short"
std::string text_of(const Mapper& mapper, const Cells& row, std::uint64_t number = 1) {
  std::string text;
  for (const auto& [contact, issues, good] : mapped(mapper, row, number)) {
    text += (text.empty() ? "" : "; ") + RowId(contact.row, contact.part).text();
    if (!good) {
      for (const Issue& issue : issues) {
        if (issue.severity == Issue::Severity::Reject) text += " !" + issue.code;
      }
      continue;
    }
    if (!contact.opted_out.empty()) text += " no:";
    for (std::size_t i = 0; i < mapper.columns().size(); ++i) {
      if (contact.values[i]) text += " " + mapper.columns()[i] + " " + *contact.values[i];
    }
    for (const Issue& issue : issues) text += " ?" + issue.code;
  }
  return text;
}

std::string first_row(const PeopleFile& file) { return text_of(mapper_of(each_of(file)), file.rows.front()); }

}  // namespace

TEST_CASE("each of several people in a row is a contact of its own, with its own numbers") {
  CHECK(first_row({{"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone"},
                   {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672"}}}) ==
        "1a phone +14155552671 name Ann Lee; 1b phone +14155552672 name Bob Lee");
  CHECK(first_row({{"Guest 1", "Guest 1 Phone", "Guest 1 Email", "Guest 2", "Guest 2 Phone", "Guest 2 Email"},
                   {{"Ann Lee", "415-555-2671", "a@example.com", "Bob Lee", "415-555-2672", "b@example.com"}}}) ==
        "1a phone +14155552671 name Ann Lee email a@example.com; 1b phone +14155552672 name Bob Lee email b@example.com");
  CHECK(first_row({{"Student", "Parent1 Name", "Parent1 Cell", "Parent2 Name", "Parent2 Cell"},
                   {{"Zoe", "Ann Roe", "415-555-2671", "Bob Roe", "415-555-2672"}}}) ==
        "1a phone +14155552671 name Ann Roe; 1b phone +14155552672 name Bob Roe");
  CHECK(first_row({{"First Name", "Last Name", "Mobile", "Spouse First Name", "Spouse Last Name", "Spouse Mobile"},
                   {{"Ann", "Lee", "415-555-2671", "Bob", "Moe", "415-555-2672"}}}) ==
        "1a phone +14155552671 name Ann Lee; 1b phone +14155552672 name Bob Moe");
  CHECK(first_row({{"Name", "Phone", "Name", "Phone"}, {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672"}}}) ==
        "1a phone +14155552671 name Ann Lee; 1b phone +14155552672 name Bob Lee");
  CHECK(first_row({{"Buyer Name", "Buyer Phone", "Attendee Name", "Attendee Phone"},
                   {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672"}}}) ==
        "1a phone +14155552672 name Bob Lee; 1b phone +14155552671 name Ann Lee");
}

TEST_CASE("a row with one of the people only has no letters, and one with nobody is judged as ever") {
  const PeopleFile file{{"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone"},
                  {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672"}}};
  const Mapper mapper = mapper_of(each_of(file));
  CHECK(mapper.most_contacts() == 2);
  CHECK(text_of(mapper, {"Ann Lee", "415-555-2671", "", ""}) == "1 phone +14155552671 name Ann Lee");
  CHECK(text_of(mapper, {"", "", "Bob Lee", "415-555-2672"}) == "1 phone +14155552672 name Bob Lee");
  CHECK(text_of(mapper, {"n/a", "-", "Bob Lee", "415-555-2672"}) == "1 phone +14155552672 name Bob Lee");
  CHECK(text_of(mapper, {"", "", "", ""}) == "1 !field.required");
  CHECK(text_of(mapper, {"Ann Lee", "", "Bob Lee", ""}).starts_with("1 !"));
}

TEST_CASE("a further person without a number is no reason to hold the row back, but it is said") {
  const Mapper mapper = mapper_of(each_of({{"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone"},
                                           {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672"}}}));
  CHECK(text_of(mapper, {"Ann Lee", "415-555-2671", "Bob Lee", ""}) == "1 phone +14155552671 name Ann Lee ?person.unreachable");
  CHECK(text_of(mapper, {"Ann Lee", "415-555-2671", "Bob Lee", "12"}) == "1a phone +14155552671 name Ann Lee; 1b !phone.too_short");
}

TEST_CASE("of a row from a rejects file only those are taken who were not sent") {
  const PeopleFile file{{"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone", "Contact3 Name", "Contact3 Phone", "_row", "_code", "_field", "_message"},
                        {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672", "Cid Lee", "415-555-2673", "17b/3", "phone.too_short", "phone", "1b: …"}}};
  const Mapper mapper = mapper_of(each_of(file));
  const auto of = [&](const char* row, const char* cid = "415-555-2673") {
    return text_of(mapper, {"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672", "Cid Lee", cid, row, "", "", ""});
  };
  CHECK(of("17b/3") == "1 phone +14155552672 name Bob Lee");
  CHECK(of("17ac/3") == "1a phone +14155552671 name Ann Lee; 1b phone +14155552673 name Cid Lee");
  CHECK(of("17") == "1a phone +14155552671 name Ann Lee; 1b phone +14155552672 name Bob Lee; 1c phone +14155552673 name Cid Lee");
  CHECK(of("") == of("17"));
  CHECK(of("17b/3", "") == "1 !row.partly_sent");  // who was sent cannot be told any more
  CHECK(of("17b/9") == "1 !row.partly_sent");
  CHECK(of("17d/3") == of("17"));  // no such word of ours
  const auto first = propose(samples::one_phone(), file.columns, samples_of(file), {}, {}, {}, PeoplePolicy::First);
  REQUIRE(first);
  const Mapper one = mapper_of(*first);
  CHECK(text_of(one, file.rows.front()) == "1 !row.partly_sent");
  auto row = file.rows.front();
  row[6] = "17a/3";
  CHECK(text_of(one, row) == "1 phone +14155552671 name Ann Lee");
}

TEST_CASE("what is the row's is everybody's, and what only one can have is the first one's") {
  const PeopleFile file{{"Id", "Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone", "Company", "Household Phone", "Code"},
                  {{"7", "Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672", "Acme", "415-555-2600", "X"}},
                  {},
                  {false, {"Code"}}};
  const Mapper mapper = mapper_of(each_of(file));
  CHECK(text_of(mapper, file.rows.front()) ==
        "1a phone +14155552671 name Ann Lee company Acme Code X ?phone.more_left_out; 1b phone +14155552672 name Bob Lee company Acme Code X");
  CHECK(text_of(mapper, {"7", "Ann Lee", "", "Bob Lee", "", "Acme", "415-555-2600", "X"}) ==
        "1 phone +14155552600 name Ann Lee company Acme Code X ?person.unreachable");
  CHECK(text_of(mapper, {"7", "", "", "Bob Lee", "415-555-2672", "", "415-555-2600", ""}) == "1 phone +14155552672 name Bob Lee");
}

TEST_CASE("the employer of the one whose columns name nobody is not the spouse's") {
  CHECK(first_row({{"First Name", "Last Name", "Company", "Mobile", "Spouse First Name", "Spouse Last Name", "Spouse Mobile"},
                   {{"Ann", "Lee", "Acme", "415-555-2671", "Bob", "Lee", "415-555-2672"}}}) ==
        "1a phone +14155552671 name Ann Lee company Acme; 1b phone +14155552672 name Bob Lee");
}

TEST_CASE("a column chosen by hand is its owner's, and others have what they have") {
  const PeopleFile file{{"Contact1 Name", "Contact1 Cell", "Contact1 Work Phone", "Contact2 Name", "Contact2 Cell", "Org"},
                  {{"Ann Lee", "415-555-2671", "415-555-2600", "Bob Lee", "415-555-2672", "Acme"}},
                  {{"phone", "Contact1 Work Phone"}, {"company", "Org"}}};
  CHECK(first_row(file) == "1a phone +14155552600 name Ann Lee company Acme; 1b phone +14155552672 name Bob Lee company Acme");
}

TEST_CASE("one person's no holds that person back, and the row's no everybody") {
  const PeopleFile file{{"Contact1 Name", "Contact1 Phone", "Contact1 Do Not Call", "Contact2 Name", "Contact2 Phone", "Contact2 Do Not Call", "Opt out"},
                  {{"Ann Lee", "415-555-2671", "no", "Bob Lee", "415-555-2672", "yes", ""}}};
  const Mapper mapper = mapper_of(each_of(file));
  CHECK(mapper.can_refuse());
  CHECK(text_of(mapper, file.rows.front()) == "1a phone +14155552671 name Ann Lee; 1b no: phone +14155552672 name Bob Lee");
  CHECK(text_of(mapper, {"Ann Lee", "415-555-2671", "", "Bob Lee", "415-555-2672", "", "yes"}) ==
        "1a no: phone +14155552671 name Ann Lee; 1b no: phone +14155552672 name Bob Lee");
  const PeopleFile spouses{{"Name", "Phone", "Spouse Name", "Spouse Phone", "Spouse Do Not Call"},
                     {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672", "yes"}}};
  CHECK(first_row(spouses) == "1a phone +14155552671 name Ann Lee; 1b no: phone +14155552672 name Bob Lee");
}

TEST_CASE("a no for a number holds in whichever of the people it stands, also of the same row") {
  const PeopleFile file{{"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone", "Contact2 Do Not Call"},
                  {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2671", "yes"}}};
  Mapper mapper = mapper_of(each_of(file));
  Record record;
  record.row = 1;
  for (const auto& cell : file.rows.front()) record.cells.emplace_back(cell);
  Refusals refusals;
  mapper.collect_refusals(record, refusals);
  mapper.obey(std::move(refusals));
  CHECK(text_of(mapper, file.rows.front()) == "1a no: phone +14155552671 name Ann Lee; 1b no: phone +14155552671 name Bob Lee");
  CHECK(text_of(mapper, {"Cy", "415-555-2671", "", "", ""}, 2) == "2 no: phone +14155552671 name Cy");
}

TEST_CASE("calling codes and labels beside a person's number are that person's") {
  CHECK(first_row({{"Contact1 Name", "Contact1 Country Code", "Contact1 Phone", "Contact2 Name", "Contact2 Country Code", "Contact2 Phone"},
                   {{"Ann Lee", "44", "7911123456", "Bob Lee", "49", "30901820"}}}) ==
        "1a phone +447911123456 name Ann Lee; 1b phone +4930901820 name Bob Lee");
}

TEST_CASE("who is sent and who is left out is said, and no column of a person who is sent is called unsent") {
  const Proposal proposal = each_of({{"Student Name", "Parent1 Name", "Parent1 Cell", "Parent2 Name", "Parent2 Cell", "Shoe size"},
                                     {{"Zoe", "Ann Roe", "415-555-2671", "Bob Roe", "415-555-2672", "38"}}});
  REQUIRE_FALSE(proposal.notes.empty());
  CHECK(proposal.notes.front() == "Rows hold several people, and each is sent as a contact of its own: Parent1, Parent2. Left out, without the columns "
                                  "that a contact needs: Student.");
  CHECK(proposal.unmapped == Cells{"Student Name", "Shoe size"});
  bool told = false;
  for (const auto& row : proposal.rows) told = told || (row.column == "Parent2 Cell" && row.field == "phone" && row.reason == "Parent2's");
  CHECK(told);
  const Proposal one = each_of({{"Name", "Phone"}, {{"Ann", "415-555-2671"}}});
  CHECK(one.notes.front().find("tell no several people apart") != std::string::npos);
  CHECK(one.mapping.others.empty());
}

TEST_CASE("whether each person is sent changes the mapping") {
  const PeopleFile file{{"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone"},
                  {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672"}}};
  auto first = propose(samples::one_phone(), file.columns, samples_of(file), {}, {});
  REQUIRE(first);
  CHECK(first->mapping.canonical_text() != each_of(file).mapping.canonical_text());
}

TEST_CASE("a mapping file says `people: each`, is written so, and --people goes before it") {
  const PeopleFile file{{"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone", "Contact2 Email"},
                  {{"Ann Lee", "415-555-2671", "Bob Lee", "415-555-2672", "b@example.com"}}};
  const testing::TemporaryDirectory root;
  const std::string path = root / "m.yaml";
  const Proposal proposal = each_of(file);
  std::ofstream(path) << to_yaml(proposal, samples::one_phone());
  const auto load = [&](PeoplePolicy people) {
    auto loaded = load_mapping(samples::one_phone(), path, file.columns, samples_of(file), {}, {}, {}, people);
    REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message + " " + to_yaml(proposal, samples::one_phone())));
    return text_of(mapper_of(*loaded), file.rows.front());
  };
  const std::string both = "1a phone +14155552671 name Ann Lee; 1b phone +14155552672 name Bob Lee email b@example.com";
  CHECK(text_of(mapper_of(proposal), file.rows.front()) == both);
  CHECK(load(PeoplePolicy::AsMapped) == both);
  CHECK(load(PeoplePolicy::First) == "1 phone +14155552671 name Ann Lee");
  std::ofstream(path) << "people: all\nfields: {phone: Contact1 Phone}\n";
  auto wrong = load_mapping(samples::one_phone(), path, file.columns, {}, {}, {});
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("people must be first or each") != std::string::npos);
}

TEST_CASE("merged rows are those of one person, wherever in a row it stands") {
  const PeopleFile file{{"Contact1 Name", "Contact1 Phone", "Contact1 Email", "Contact2 Name", "Contact2 Phone", "Contact2 Email"},
                  {{"Ann Lee", "415-555-2671", "", "Bob Lee", "415-555-2672", ""}, {"Cy", "415-555-2673", "", "Ann Lee", "415-555-2671", "a@example.com"}}};
  Mapper mapper = mapper_of(each_of(file));
  MergedRows rows;
  for (const bool counts : {true, false}) {
    for (std::size_t r = 0; r < file.rows.size(); ++r) {
      for (const auto& one : mapped(mapper, file.rows[r], r + 1)) counts ? rows.count(one.contact) : rows.add(one.contact);
    }
    if (counts) rows.end_of_count();
  }
  mapper.merge(std::move(rows));
  const auto contacts = mapped(mapper, file.rows.front());
  REQUIRE(contacts.size() == 2);
  CHECK(text_of(mapper, file.rows.front()) == "1a phone +14155552671 name Ann Lee email a@example.com ?row.merged; 1b phone +14155552672 name Bob Lee");
  CHECK(contacts.front().issues.front().message.find("row 2b") != std::string::npos);
}
