#include <doctest/doctest.h>

#include <algorithm>

#include "tests/core/mapping/sample_manifests.h"

using namespace samples;
using namespace switchboard;
using namespace switchboard::mapping;

namespace {

Proposal proposed(const Manifest& manifest, const std::vector<std::string>& columns,
                  const std::vector<std::pair<std::string, std::string>>& by_hand = {}) {
  auto proposal = propose(manifest, columns, {}, by_hand, {});
  REQUIRE_MESSAGE(proposal, (proposal ? "" : proposal.error().message));
  return *proposal;
}

std::string field_of(const Proposal& proposal, const std::string& column) {
  for (const MappingRow& row : proposal.rows) {
    if (row.column == column) return row.field;
  }
  return "unmapped";
}

Error refused(const Manifest& manifest, const std::vector<std::string>& columns,
              const std::vector<std::pair<std::string, std::string>>& by_hand) {
  auto proposal = propose(manifest, columns, {}, by_hand, {});
  REQUIRE_FALSE(proposal);
  CHECK(proposal.error().kind == ErrorKind::Usage);
  return proposal.error();
}

}  // namespace

TEST_CASE("columns go to the fields of their meaning, the rest is named") {
  const Proposal proposal = proposed(one_phone(), {"First Name", "Last Name", "Mobile Phone",
                                                   "E-mail Address", "Firma", "Photo", "Email verified"});
  CHECK(field_of(proposal, "First Name") == "name");
  CHECK(field_of(proposal, "Last Name") == "name");
  CHECK(field_of(proposal, "Mobile Phone") == "phone");
  CHECK(field_of(proposal, "E-mail Address") == "email");
  CHECK(field_of(proposal, "Firma") == "company");
  CHECK(proposal.unmapped == std::vector<std::string>{"Photo", "Email verified"});
  CHECK(proposal.missing.empty());
}

TEST_CASE("every column is either in the table or unmapped, never both") {
  const std::vector<std::string> columns = {"Name",  "Phone 1 - Type", "Phone 1 - Value", "Fax",
                                            "Email", "Country",        "Dial Code",       "Notes"};
  for (const Manifest* manifest : {&one_phone(), &three_phones(), &lists(), &parts()}) {
    const Proposal proposal = proposed(*manifest, columns);
    for (const std::string& column : columns) {
      const bool used = field_of(proposal, column) != "unmapped";
      const bool unused = std::count(proposal.unmapped.begin(), proposal.unmapped.end(), column) > 0;
      CHECK_MESSAGE(used != unused, column);
    }
  }
}

TEST_CASE("a label is in the table only where it decides something") {
  const std::vector<std::string> columns = {"Name", "Phone 1 - Type", "Phone 1 - Value", "E-mail 1 - Type",
                                            "E-mail 1 - Value"};
  CHECK(field_of(proposed(one_phone(), columns), "Phone 1 - Type") == "phone");
  CHECK(field_of(proposed(one_phone(), columns), "E-mail 1 - Type") == "unmapped");
  CHECK(field_of(proposed(lists(), columns), "E-mail 1 - Type") == "email_addresses");
  CHECK(field_of(proposed(one_phone(), columns, {{"phone", "Phone 1 - Value"}}), "Phone 1 - Type") ==
        "unmapped");
}

TEST_CASE("required fields and groups that nothing can fill are named") {
  CHECK(proposed(one_phone(), {"Name", "Email"}).missing == std::vector<std::string>{"phone"});
  CHECK(proposed(three_phones(), {"Email"}).missing.size() == 2);
  CHECK(proposed(lists(), {"first_name", "Email"}).missing ==
        std::vector<std::string>{"name or first_name and last_name"});
  CHECK(proposed(parts(), {"Name", "Phone"}).missing.empty());
}

TEST_CASE("by hand wins, and a wrong name gets the nearest one") {
  const Proposal proposal = proposed(one_phone(), {"Name", "Phone", "Backup"}, {{"phone", "backup"}});
  CHECK(proposal.mapping.source_of("phone")->columns == std::vector<std::string>{"Backup"});
  CHECK(proposal.mapping.source_of("phone")->reason == "by hand");
  CHECK(refused(one_phone(), {"Name", "Phone"}, {{"phone", "Phnoe"}}).message.find("Phone") !=
        std::string::npos);
  CHECK(refused(three_phones(), {"Name", "Phone"}, {{"mobil", "Phone"}}).message.find("mobile") !=
        std::string::npos);
}

TEST_CASE("a field that is none makes a custom column where that is allowed") {
  const Proposal proposal = proposed(one_phone(), {"Name", "Phone", "City"}, {{"home_town", "City"}});
  CHECK(proposal.mapping.fields.back().first == "home_town");
  refused(one_phone(), {"Name", "Phone", "City"}, {{"home town", "City"}});
  refused(one_phone(), {"Name", "Phone", "City"}, {{"Tags", "City"}});
  refused(lists(), {"Name", "City"}, {{"home_town", "City"}});
}

TEST_CASE("further columns are sent as custom ones only where all are asked for, and never those that the vendor reserves") {
  const std::vector<std::string> own = {"phone", "name",          "plan_tier", "Plan tier",
                                        "tags",  "email_consent", "_row",      "_code"};
  for (const std::string& column : own) {
    if (column != "phone" && column != "name") CHECK(field_of(proposed(one_phone(), own), column) == "unmapped");
  }
  auto all = propose(one_phone(), own, {}, {}, {}, {true, {}});
  REQUIRE(all);
  CHECK(field_of(*all, "plan_tier") == "plan_tier");
  for (const char* column : {"Plan tier", "tags", "email_consent", "_row", "_code"}) CHECK(field_of(*all, column) == "unmapped");
}

TEST_CASE("opt-in fields are left alone unless named by hand") {
  const Manifest opt = manifest(
      R"({"id": "opt", "name": "Opt", "version": "1.0.0", "base_urls": [{"name": "", "url": "https://x.example"}],
    "fields": [{"name": "msisdn", "type": "phone", "meaning": "phone", "required": true}, {"name": "email", "type": "email", "meaning": "email", "opt_in": true}]})");
  CHECK(proposed(opt, {"msisdn", "email"}).mapping.source_of("email") == nullptr);
  CHECK(proposed(opt, {"msisdn", "email"}, {{"email", "email"}}).mapping.source_of("email") != nullptr);
}

TEST_CASE("the canonical text changes with what is sent, not with how it was found") {
  const std::string text = proposed(one_phone(), {"Name", "Mobile"}).mapping.canonical_text();
  CHECK(text == proposed(one_phone(), {"Name", "Mobile"}).mapping.canonical_text());
  CHECK(text != proposed(one_phone(), {"Name", "Cell"}).mapping.canonical_text());
  CHECK(text != proposed(one_phone(), {"Name", "Mobile", "Home Phone"}).mapping.canonical_text());
  CHECK(text != proposed(three_phones(), {"Name", "Mobile"}).mapping.canonical_text());
}
