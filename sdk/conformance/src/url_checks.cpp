// Settings, cells and the vendor's ids in URLs: each a value, and nothing of the URL's own.
#include <switchboard/kit/text.h>

#include <algorithm>
#include <map>
#include <set>

#include "counted.h"
#include "json_tree.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

std::size_t times(std::string_view text, char mark) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), mark)); }

/// What gives a URL its shape: how often each of its separators stands there.
std::string shape_of(const std::string& path) {
  std::string out;
  for (const char mark : {'/', '?', '&', '=', '#', ';'}) out += std::to_string(times(path, mark)) + mark;
  return out;
}

const std::string kOddId = "od/d?a=b&c#d;e%41f";
const std::string kPlainId = "odd-a-b-c-d-e-41f";
const std::string kOddAddress = "o/d?a=b&c#d@example.com", kPlainAddress = "o-d-a-b-c-d@example.com";

}  // namespace

void check_urls(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t urls = 0;
  const auto compare = [&](const Emitted& odd, const Emitted& plain, const std::string& what) {
    for (std::size_t i = 0; i < odd.requests.size() && i < plain.requests.size(); ++i) {
      ++urls;
      if (odd.requests[i].path.starts_with("http")) continue;
      if (shape_of(odd.requests[i].path) != shape_of(plain.requests[i].path))
        problems.push_back(what + ": '/', '?', '&', '=' or '#' of the value become part of the URL " + kit::clean_text(odd.requests[i].path, 80));
      if (odd.requests[i].path.find("%41f") != std::string::npos)
        problems.push_back(what + ": \"%\" of the value stands in the URL as it is, which the vendor reads as the letter that it stands for: %25");
    }
    for (const std::string& violation : odd.violations) {
      if (kit::contains_ignoring_case(violation, "path")) problems.push_back(what + ": " + violation);
    }
  };
  const Contacts few = subject.sample.slice(0, 1);
  std::vector<Run> runs = subject.runs;
  runs.insert(runs.end(), subject.large_runs.begin(), subject.large_runs.end());
  for (const kit::Json& setting : subject.library.manifest()["settings"].items()) {
    const std::string name = setting["name"].string_or("");
    if (setting["type"].string_or("text") != "text" || !setting["enum"].items().empty() || !setting["pattern"].is_null()) continue;
    Emitted ignored;
    const auto odd = subject.library.open(with_setting(subject.settings, name, kOddId), ignored);
    const auto plain = subject.library.open(with_setting(subject.settings, name, kPlainId), ignored);
    if (!odd || !plain) continue;
    for (const Exchange& at : subject.positions) {
      const Contacts& contacts = about_rows(at) ? few : at.contacts;
      compare(odd->encode(contacts, at.where), plain->encode(contacts, at.where), place(at) + ", setting " + name);
    }
  }
  for (std::size_t c = 0; c < subject.sample.columns.size(); ++c) {
    Contacts odd = few, plain = few;
    if (!few.rows[0][c] || few.rows[0][c]->starts_with('[')) continue;
    const kit::Json& field = subject.library.manifest()["fields"].at(c);
    const bool address = field["type"].as_string() == "email" && field["pattern"].is_null();
    if (c < subject.sample.n_fields && !is_free_text(field) && !address) continue;
    odd.rows[0][c] = address ? kOddAddress : kOddId;
    plain.rows[0][c] = address ? kPlainAddress : kPlainId;
    for (const Exchange& at : subject.positions) {
      if (about_rows(at)) compare(subject.session->encode(odd, at.where), subject.session->encode(plain, at.where), place(at) + ", column " + few.columns[c]);
    }
  }
  // Ids of the vendor's, carried from an answer into the next URL.
  for (const Run& run : runs) {
    for (const Exchange& at : run.exchanges) {
      const std::uint32_t kind = directive_of(at.decoded);
      const auto json = kit::Json::parse(at.response.body);
      if ((kind != SWB_NEXT && kind != SWB_POLL) || !json || urls > 20'000) continue;
      const JsonTree tree = JsonTree::of(*json);
      std::vector<std::string> paths;
      tree.each([&](const JsonTree& value, const std::string& path) { paths.push_back(value.is_string() && !value.text.empty() && !value.text.starts_with("http") && !value.text.starts_with('/') ? path : ""); });
      std::map<std::string, int> looked_at;
      for (std::size_t i = 0; i < paths.size(); ++i) {
        constexpr int kMostOfOnePlace = 4;  // of a list; whatever stands behind it comes as well
        if (paths[i].empty() || ++looked_at[paths[i]] > kMostOfOnePlace) continue;
        JsonTree odd = tree, plain = tree;
        odd.nth(i).text = kOddId;
        plain.nth(i).text = kPlainId;
        const auto next = [&](const JsonTree& answer) {
          Response response = at.response;
          response.body = answer.to_text();
          const Emitted emitted = decoded(subject, at, response);
          Where where = at.where;
          const std::uint32_t then = directive_of(emitted);
          if (then != SWB_NEXT && then != SWB_POLL) return Emitted{};
          if (emitted.directives.front().state) where.state = *emitted.directives.front().state;
          if (then == SWB_NEXT) ++where.step;
          return subject.session->encode(at.contacts, where);
        };
        compare(next(odd), next(plain), place(at) + ", an id of the answer");
      }
    }
  }
  // Later still: what a chain keeps of an answer goes out with any of its steps.
  for (const Run& run : runs) {
    std::set<std::string> said;
    for (const Exchange& at : run.exchanges) {
      for (const std::string& id : said) {
        const auto where_it_stands = at.where.state.find(id);
        if (where_it_stands == std::string::npos || urls > 20'000) continue;
        const auto with = [&](const std::string& other) {
          Where where = at.where;
          where.state.replace(where_it_stands, id.size(), other);
          return subject.session->encode(at.contacts, where);
        };
        compare(with(kOddId), with(kPlainId), place(at) + ", an id that an earlier answer gave");
      }
      if (const auto json = kit::Json::parse(at.response.body)) {
        JsonTree::of(*json).each([&](const JsonTree& value, const std::string&) {
          if (value.is_string() && value.text.size() >= 4 && value.text.size() <= 64 && value.text.find('/') == std::string::npos && said.size() < 40) said.insert(value.text);
        });
      }
    }
  }
  // "+" in a query is a blank.
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      const auto query = at.request.path.find('?');
      if (query == std::string::npos) continue;
      for (const auto& row : at.contacts.rows) {
        for (const auto& cell : row) {
          if (cell && cell->size() > 4 && cell->front() == '+' && at.request.path.find(*cell, query) != std::string::npos)
            problems.push_back(place(at) + ": \"+\" stands in the URL as it is, which the vendor reads as a blank: %2B");
        }
      }
    }
  }
  std::sort(problems.begin(), problems.end());
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  results.judge("urls", problems, counted(urls, "URL") + " of the same shape, whatever settings, cells and ids hold", {.tried = urls, .untried = "no URL holds a setting, a cell or an id"});
}

}  // namespace switchboard::conformance
