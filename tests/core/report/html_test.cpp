#include <doctest/doctest.h>

#include <regex>

#include "core/report/html_text.h"
#include "core/report/writers.h"
#include "tests/core/report/report_fixture.h"
#include "tests/text_has.h"

using namespace switchboard;
using namespace switchboard::report;
using namespace switchboard::report::testing;

namespace {

/// The page without its style sheet and character data: tags only, in order. "" where tags are not well
/// nested.
bool is_well_nested(const std::string& page) {
  const std::string body = page.substr(page.find("</style>") + 8);
  std::vector<std::string> open = {"html", "head"};
  static const std::regex tag("<(/?)([a-z0-9]+)([^<>]*)>");
  for (std::sregex_iterator at(body.begin(), body.end(), tag), end; at != end; ++at) {
    const std::string name = (*at)[2];
    if (name == "br" || name == "meta") continue;
    if ((*at)[1] == "") {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return false;
    } else {
      open.pop_back();
    }
  }
  return open.empty();
}

}  // namespace

TEST_CASE("every outcome has a colour, on light pages and on dark ones, and a class of its name") {
  const std::string page = to_html({example_report()});
  for (const auto& outcome : kOutcomes) {
    CAPTURE(outcome.name);
    const std::string variable = "--" + std::string(outcome.name) + ": #";
    const auto light = page.find(variable);
    CHECK((light != std::string::npos && page.find(variable, light + 1) != std::string::npos));
    CHECK(has(page, "." + std::string(outcome.name) + " { --colour: var(--" + std::string(outcome.name) + "); }"));
  }
}

TEST_CASE("the page shows figures, reasons, mapping and file, with a bar that can be read aloud") {
  const std::string page = to_html({example_report()});
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(has(page, "<html lang=\"en\">"));
  CHECK(has(page, "<title>Import of contacts.csv</title>"));
  CHECK(has(page,
            "role=\"img\" aria-label=\"900 created, 100 updated, 50 unchanged, 100 rejected, 45 skipped, 4 "
            "unknown\""));
  CHECK(has(page, "<dd>900 <small>75 %</small></dd>"));
  CHECK(has(page, "<code>phone.too_short</code><br>The number has 4 digits; write all of it."));
  CHECK(has(page, "rows 17, 23 and 38 more"));
  CHECK(has(page,
            "<th scope=\"row\">Mobile Phone</th><td><code>phone</code></td><td "
            "class=\"number\">0.98</td><td>synonym</td>"));
  CHECK(has(page, "csv, UTF-8, cells separated by comma"));
  CHECK(has(page, "1,251 lines: 1,199 records, 1 header, 1 blank, 50 further lines of records"));
  CHECK(has(page, "google_csv"));
  CHECK(has(page, "contacts.rejects.csv"));
  CHECK(is_well_nested(page));
}

TEST_CASE("the page loads nothing, runs nothing and says so to the browser") {
  const std::string page = to_html({example_report(), crowded_report()});
  for (const char* word :
       {"<script", "http://", "https://", "src=", "url(", "@import", "<link", "<img", "javascript:"}) {
    INFO(word);
    CHECK_FALSE(has(page, word));
  }
  CHECK(has(page, "default-src 'none'; style-src 'unsafe-inline'"));
  CHECK(has(page, "prefers-color-scheme: dark"));
  CHECK(has(page, "@media print"));
}

TEST_CASE("nothing that a file or a vendor says becomes markup") {
  const std::string evil = "<script>alert('x')</script>\"'&\xFF\x1b";
  Report report = crowded_report();
  ledger::JobInfo& job = report.job;
  for (auto* text :
       {&job.source_name, &job.connector_id, &job.connector_version, &job.profile, &job.stop_message,
        &job.rejects_path, &job.id, &job.source_sha256, &report.resume_command}) {
    *text = evil;
  }
  for (auto& reason : report.reasons) reason.code = reason.message = evil;
  SourceInfo info;
  info.name = info.format = info.encoding = evil;
  info.dialect = Dialect{evil, evil, "\n", 1};
  info.sheets = {{evil, 1, true}};
  job.source_json = source_json(info, evil);
  const MappingLine mapping[] = {{evil, evil, 0.5, evil}};
  job.mapping_json = mapping_json(mapping);
  const std::string page = to_html({report});
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "alert('x')"));
  CHECK(has(page, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&#39;&amp;\uFFFD"));
  CHECK(page.find('\x1b') == std::string::npos);
  CHECK(is_well_nested(page));
}

TEST_CASE("a report with nothing in it still makes a page") {
  Report empty;
  empty.job.mapping_json = "not JSON";
  empty.job.source_json = "[]";
  CHECK(is_well_nested(to_html({empty})));
  CHECK(is_well_nested(to_html({})));
}

TEST_CASE("a check calls the rows that could be sent ready") {
  Report report = example_report();
  report.dry_run = true;
  report.rows = {};
  report.rows[Outcome::Pending] = report.job.rows_read;
  const std::string page = to_html({report});
  CHECK(has(page, "aria-label=\"1,199 ready\""));
  CHECK(has(page, "nothing was sent"));
}

TEST_CASE("a message of one row of several says whose it is, in the page as in the text") {
  Report report = example_report();
  report.reasons.front().differs = true;
  CHECK(has(to_html({report}), "row 17: The number has 4 digits"));
  CHECK(to_text(report, false).find("row 17: The number has 4 digits") != std::string::npos);
  report.reasons.front().differs = false;
  CHECK_FALSE(has(to_html({report}), "row 17: The number"));
}
