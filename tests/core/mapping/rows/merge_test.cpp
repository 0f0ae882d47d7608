#include "core/mapping/rows/merge.h"

#include <doctest/doctest.h>

#include "tests/core/mapping/sample_manifests.h"

using namespace samples;
using namespace switchboard;
using namespace switchboard::mapping;

namespace {

/// The rows of a file, mapped with their later ones put into the first of each contact.
std::vector<Mapped> merged(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows) {
  auto proposal = propose(one_phone(), columns, {}, {}, {});
  REQUIRE(proposal);
  auto mapper = Mapper::create(one_phone(), proposal->mapping, columns, {});
  REQUIRE(mapper);
  const auto all = [&] {
    std::vector<Mapped> mapped;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      Record record;
      record.row = r + 1;
      record.cells.assign(rows[r].begin(), rows[r].end());
      Mapped one;
      one.names = mapper->columns();
      one.accepted = mapper->map(record, one.contact, one.issues);
      mapped.push_back(std::move(one));
    }
    return mapped;
  };
  MergedRows merge;
  const auto plain = all();
  for (const auto& one : plain) merge.count(one.contact);
  merge.end_of_count();
  for (const auto& one : plain) merge.add(one.contact);
  mapper->merge(std::move(merge));
  return all();
}

}  // namespace

TEST_CASE("the first row of a contact is filled from later ones, and conflicts are named") {
  const auto rows = merged({"Name", "Phone", "Email", "Company"}, {{"Ann Lee", "+14155552671", "", ""},
                                                                   {"Bob Roe", "+14155552672", "bob@example.org", ""},
                                                                   {"Ann Lee", "+14155552671", "ann@example.org", ""},
                                                                   {"Ann Lee", "+14155552671", "a@example.net", "Acme"}});
  CHECK(rows[0]["email"] == "ann@example.org");
  CHECK(rows[0]["company"] == "Acme");
  CHECK(rows[0].codes() == "row.merged row.merge_conflict");
  CHECK(rows[0].issues[0].message.find("\"email\" (row 3), \"company\" (row 4)") != std::string::npos);
  CHECK(rows[0].issues[1].message.find("\"email\" (row 4)") != std::string::npos);
  CHECK(rows[1].codes() == "");
  CHECK(rows[0].contact.content != rows[2].contact.content);
}

TEST_CASE("people who share a number are not put together, and one no holds for all rows of a contact") {
  const auto shared = merged({"Name", "Phone", "Email"}, {{"Ann Lee", "+14155552671", ""}, {"Bob Lee", "+14155552671", "bob@example.org"}});
  CHECK(shared[0]["email"] == "∅");
  const auto no = merged({"Name", "Phone", "Do not call"}, {{"Ann Lee", "+14155552671", ""}, {"Ann Lee", "+14155552671", "yes"}});
  CHECK_FALSE(no[0].contact.opted_out.empty());
}
