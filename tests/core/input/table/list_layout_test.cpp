#include "core/input/table/list_layout.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

using Columns = std::vector<std::string>;

constexpr const char* kLinkedIn =
    "Notes:\n"
    "\"When exporting your connection data, you may notice that some of the email addresses are missing.\"\n"
    "\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Jane,Doe,https://example.com/in/jane,,Acme,Buyer,01 May 2024\n"
    "John,Roe,https://example.com/in/john,john@example.com,\"Acme, Inc\",Clerk,02 May 2024\n";

}  // namespace

TEST_CASE("the notes above a LinkedIn export are preamble, and said so") {
  const auto text = read_text(kLinkedIn);
  CHECK(text.info.dialect->header_line == 4);
  CHECK(text.info.columns.front() == "First Name");
  CHECK(text.lines.preamble == 3);
  CHECK(text.lines.blank == 0);
  CHECK(text.records.size() == 2);
  CHECK(text.records.at(0).line == 5);
  CHECK(text.warns_of("lines 1 to 3"));
  CHECK(text.header_bytes == "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
}

TEST_CASE("titles above a wider table are preamble") {
  const auto plain = read_text("Contacts export 2024-05-01\n\nName;Phone;City\nBob;+442079460000;Rome\n");
  CHECK(plain.info.columns == Columns{"Name", "Phone", "City"});
  CHECK(plain.lines.preamble == 2);
  const auto padded =
      read_text("Contacts export,,\nReport date:,2024-05-01,\n,,\nName,Phone,City\nBob,+442079460000,Rome\n");
  CHECK(padded.info.columns == Columns{"Name", "Phone", "City"});
  CHECK(padded.lines.preamble == 3);
  const auto two_columns = read_text("Customer list\nName,Phone\nBob,+442079460000\n");
  CHECK(two_columns.info.columns == Columns{"Name", "Phone"});
  const auto no_words = read_text("Our people\nfoo,bar,baz\nq,w,e\nr,t,y\n");
  CHECK(no_words.info.columns == Columns{"foo", "bar", "baz"});
  CHECK(no_words.warns_of("line 1 stands above the header"));
}

TEST_CASE("blank lines above the header are preamble without a warning") {
  const auto text = read_text("\n\r\nName,Phone\nBob,+442079460000\n");
  CHECK(text.info.dialect->header_line == 3);
  CHECK(text.lines.preamble == 2);
  CHECK(text.warnings.empty());
}

TEST_CASE("the real header is never taken for preamble") {
  for (const char* bytes :
       {"Name,Phone\nBob,+442079460000\nAnn,+442079460001\n", "a,b,c\n1,2,3\n4,5,6\n",
        "Name,,,\nBob,Smith,Acme,+442079460000\n", "Name\nBob,+442079460000,Rome\nAnn,+442079460001,Oslo\n",
        "x,y\nCompany,Phone\n", "Name,Label\nBob,Mobile Phone\nAnn,Work Phone\n",
        "Name,2023,2024\nBob,5,6\nAnn,7,8\n", ",,Name,Phone\nx,y,Bob,+442079460000\n",
        "Name,Notes\nFirst Name,Last Name\n"}) {
    CAPTURE(bytes);
    const auto text = read_text(bytes);
    CHECK(text.info.dialect->header_line == 1);
    CHECK(text.lines.preamble == 0);
    CHECK(text.lines.header == 1);
  }
}

TEST_CASE("no row with a contact's data is ever preamble") {
  const auto text = read_text("support@example.com\nqx,wx,ex\nBob,Rome,Acme\nAnn,Oslo,Umbra\n");
  CHECK(text.lines.preamble == 0);
  CHECK(text.records.size() == 4);
}

TEST_CASE("a first row that is a contact means that there is no header, and is said so") {
  const auto text = read_text("Bob,+442079460000,bob@example.com\nAnn,+442079460001,ann@example.com\n");
  CHECK(text.info.columns == Columns{"column_1", "column_2", "column_3"});
  CHECK(text.records.size() == 2);
  CHECK(text.info.dialect->header_line == 0);
  CHECK(text.header_bytes.empty());
  CHECK(text.warns_of("the first row is a contact"));
  CHECK(read_text("+442079460000\n+442079460001\n").records.size() == 2);
  CHECK(read_text("bob@example.com").records.size() == 1);
  CHECK(read_text("Bob,Smith,Mobile,+442079460000\nAnn,Jones,Work,+442079460001\n").records.size() == 2);
  CHECK(read_text("Mobile,+442079460000\nWork,+442079460001\n").records.size() == 2);
  CHECK(read_text("17,Bob,Rome\n18,Ann,Oslo\n19,Cid,Bonn\n").records.size() == 3);
}

TEST_CASE("a header that has contact data in it stays the header, with a warning") {
  const auto text = read_text("Name,Phone,sales@example.com\nBob,+442079460000,x\n");
  CHECK(text.info.dialect->header_line == 1);
  CHECK(text.warns_of("--no-header"));
}

TEST_CASE("without a header every line that is not blank is a record") {
  InputOptions options;
  options.no_header = true;
  const auto text =
      read_text("Contacts export\n\nName,Phone,City\nBob,+442079460000,Rome\n\nTotal: 1\n", options);
  CHECK(text.records.size() == 4);
  CHECK(text.info.columns == Columns{"column_1", "column_2", "column_3"});
  CHECK(text.lines.blank == 2);
  CHECK(text.lines.preamble == 0);
  CHECK(text.lines.header == 0);
  CHECK(text.lines.other == 0);
  CHECK(text.header_bytes.empty());
}

TEST_CASE("totals and notes under the table are not records, and are said") {
  const auto total = read_text("Name,Phone,City\nBob,+442079460000,Rome\n\nTotal: 1 contact\n");
  CHECK(total.records.size() == 1);
  CHECK(total.lines.other == 1);
  CHECK(total.lines.blank == 1);
  CHECK(total.warns_of("line 4: a total or note under the table"));
  CHECK(read_text("Name,Phone\nBob,+442079460000\nTotal: 1\n").lines.other == 1);
  CHECK(read_text("Name,Phone,City\nBob,+442079460000,Rome\nTotal,1,\n").lines.other == 1);
  const auto block =
      read_text("Name,Phone,City\nBob,+442079460000,Rome\n\nPrinted by Ann,,\nPage 1 of 1,,\n\n");
  CHECK(block.records.size() == 1);
  CHECK(block.lines.other == 2);
  CHECK(block.lines.blank == 2);
}

TEST_CASE("a last record is not taken for a total") {
  for (const char* bytes :
       {"Name,Phone,City\nBob,+442079460000,Rome\n\n+442079460001\n",
        "Name,Phone,City\nBob,+442079460000,Rome\n\n,,ann@example.com\n",
        "Name,Phone,City\nBob,+442079460000,Rome\nAnn\n",
        "Name,Phone,City\nBob,+442079460000,Rome\n\nTotal Wine,+442079460001,Oslo\n",
        "Name,Phone,City\nBob,+442079460000,Rome\nTotal,+442079460001,\n", "Name\nBob\n\nAnn\n"}) {
    CAPTURE(bytes);
    const auto text = read_text(bytes);
    CHECK(text.lines.other == 0);
    CHECK(text.records.size() == 2);
  }
}

TEST_CASE("a total inside a quoted note is part of the note") {
  const auto text = read_text("Name,Phone,Note\nBob,+442079460000,\"see\n\nTotal: 5\"\n");
  CHECK(text.records.size() == 1);
  CHECK(text.lines.other == 0);
  CHECK(text.records.at(0).cells.at(2) == "see\n\nTotal: 5");
}

TEST_CASE("a total is found behind a table much longer than the sample") {
  std::string bytes = "Name,Phone,Note\n";
  for (int i = 0; i < 6000; ++i) bytes += "Bob,+44207946" + std::to_string(1000 + i) + ",\"first\nsecond\"\n";
  const auto text = read_text(bytes + "\nTotal: 6000 contacts,,\n");
  CHECK(text.records.size() == 6000);
  CHECK(text.lines.other == 1);
  CHECK(text.lines.total == sum_of(text.lines));
}

TEST_CASE("closing lines under a table are no contacts, however many there are and however narrow it is") {
  for (const char* end : {"Total,2\n", "Total: 2\n", "2 customers,\n", "Total,2\nGenerated on 2024-05-01,\n", "-- End of report --\n",
                          "Sum,\nInsgesamt,2\n", "\nTotal,2\n\nGenerated by Acme CRM\nPage 1 of 1\n", "------,------\n2 rows\n"}) {
    CAPTURE(end);
    const auto text = read_text(std::string("Name,Phone\nBob,+442079460000\nAnn,+442079460001\n") + end);
    REQUIRE_FALSE(text.error);
    CHECK(text.records.size() == 2);
    CHECK(text.lines.other > 0);
    CHECK(text.warns_of("under the table"));
    CHECK(sum_of(text.lines) == text.lines.total);
  }
  CHECK(read_text("Name,Phone\nTotal,0\n").records.empty());
  // Numbered people are people, and were a whole file of totals once.
  CHECK(read_text("Name,Table\nGuest 1,7\nGuest 2,7\nCustomer 3,8\n").records.size() == 3);
  CHECK(read_text("Phone\n+442079460000\nTotal: 1\n").records.size() == 1);
}
