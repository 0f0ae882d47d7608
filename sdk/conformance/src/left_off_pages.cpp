// A list that is left off before its end: at a page that lists nothing, or does not say whether there is another.
#include "left_off_pages.h"

#include <switchboard/kit/text.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "answers.h"
#include "has_one.h"
#include "pages.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// Members that pages are turned by: a mark, a number of the page or of pages, whether there is more, how many there are.
bool turns_pages(const std::string& path) {
  if (path.find('*') != std::string::npos) return false;
  return has_one(name_in(path), {"next", "cursor", "more", "page", "continu", "total", "last", "after", "remaining", "token"});
}

/// The page's members of that kind, by their place.
std::map<std::string, JsonTree> turning(const JsonTree& page) {
  std::map<std::string, JsonTree> out;
  page.each([&](const JsonTree& value, const std::string& path) {
    if (value.is_scalar() && turns_pages(path)) out.emplace(path, value);
  });
  return out;
}

bool is_count_of_contacts(const std::string& name) { return has_one(name, {"total", "count"}) && !has_one(name, {"page"}); }

bool is_nothing(const JsonTree& value) {
  return value.kind == kit::Json::Kind::Null || (value.is_string() && value.text.empty()) || (value.is_number() && value.text == "0") || (value.kind == kit::Json::Kind::Boolean && !value.truth);
}

/// Whether one of them leads further that the vendor's last page does not have, or says that there is more than this page.
bool leads_further(const std::map<std::string, JsonTree>& page, const std::map<std::string, JsonTree>& last) {
  std::optional<std::int64_t> number, pages;
  for (const auto& [path, value] : page) {
    const auto same = last.find(path);
    const bool counts = has_one(name_in(path), {"total", "pages"});
    if (!counts && !is_nothing(value) && !value.is_number() && (same == last.end() || is_nothing(same->second))) return true;
    const auto there = value.is_number() ? kit::parse_int(value.text) : std::nullopt;
    if (there && same != last.end() && same->second.text == value.text && counts) pages = there;
    if (there && same != last.end() && same->second.text != value.text && name_in(path) != "offset") number = there;
  }
  return number && pages && *number < *pages;
}

struct Change {
  std::string what;
  JsonTree page;
  std::optional<JsonTree> full = std::nullopt;  ///< the same with its entries: whoever stops there as well does not stop at the emptiness
  bool seldom_matters = false;  ///< many take it for what the vendor says on its last page: something to look at
};

/// The page with nothing in its lists; without all that tells of other pages, or one part of that, as long as the last page has it too.
std::vector<Change> changes_of(const JsonTree& page, const JsonTree& last, const Contacts& contacts) {
  std::vector<Change> out;
  const auto here = turning(page), there = turning(last);
  if (leads_further(here, there)) {
    out.push_back({"lists nothing, although it leads to another,", page});
    Exchange of_contacts;  // a list of links leads further as well
    of_contacts.contacts = contacts;
    out.back().page.each([&](JsonTree& value, const std::string&) {
      bool lists = false;
      for (std::uint32_t row = 0; row < contacts.size() && value.is_array() && !lists; ++row) lists = names_row(value, of_contacts, row);
      if (lists) value.children.clear();
    });
    // Nor does it say how many there are.
    Change silent = out.back();
    silent.what = "lists nothing and does not say how many there are, although it leads to another,";
    silent.full = page;
    bool counts = false;
    for (JsonTree* tree : {&silent.page, &*silent.full}) {
      tree->each([&](JsonTree& value, const std::string&) {
        if (!value.is_array()) counts = std::erase_if(value.children, [](const JsonMember& member) { return member.value.is_number() && is_count_of_contacts(member.name); }) > 0 || counts;
      });
    }
    if (counts && leads_further(turning(silent.page), there)) out.push_back(std::move(silent));
  }
  // What is not there is to many as good as what the last page says.
  std::set<std::string> both, numbers;
  bool nulls = false;
  for (const auto& [path, value] : here) {
    const auto same = there.find(path);
    if (same == there.end()) continue;
    both.insert(path);
    if (value.is_number() && same->second.is_number()) numbers.insert(path);
    nulls = nulls || same->second.kind == kit::Json::Kind::Null;
  }
  const auto without = [&](const std::set<std::string>& paths, bool null) {
    JsonTree changed = page;
    std::string names;
    for (const std::string& path : paths) {
      names += (names.empty() ? "" : ", ") + path;
      const auto dot = path.rfind('.');
      const std::string around = dot == std::string::npos ? "" : path.substr(0, dot);
      changed.each([&](JsonTree& value, const std::string& at) {
        if (null && at == path) value = JsonTree();
        if (!null && at == around) std::erase_if(value.children, [&](const JsonMember& member) { return member.name == name_in(path); });
      });
    }
    out.push_back({(null ? "has null for " : "comes without ") + names + ", which the vendor's last page has as well,", changed, std::nullopt, true});
  };
  if (both.empty() || both.size() != here.size()) return out;  // what is not on the last page says by its absence that it is the last
  for (const bool null : {false, true}) {
    if (null && nulls) continue;  // as the vendor says that there is no more
    without(both, null);
    if (!numbers.empty() && numbers.size() < both.size()) without(numbers, null);
    for (const std::string& path : both)
      if (both.size() > 1) without({path}, null);
  }
  return out;
}

}  // namespace

std::size_t judge_left_off_pages(const Subject& subject, std::vector<std::string>& problems, std::vector<std::string>& doubts) {
  if (!subject.library.sandbox() || !subject.library.offers(SWB_RECONCILE)) return 0;
  const auto limit = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count_of(subject.library.manifest()["limits"]["records_per_request"], 100), 1, 120));
  std::size_t shown = 0;
  for (const bool many : {false, true}) {
    const Contacts contacts = many ? sample_contacts(subject.library.manifest(), limit, 5000) : subject.sample.slice(0, std::min(limit, subject.sample.size()));
    const auto account = subject.account();
    (void)subject.import(contacts, account.get());
    Simulation quiet(subject.library, *subject.session, *account, subject.settings);
    const Run read = quiet.run(SWB_RECONCILE, contacts);
    const PagesRead seen = pages_of(read);
    const auto& pages = seen.pages;
    const bool all_there = std::all_of(read.fates.begin(), read.fates.end(), [](const Outcome& fate) { return delivered(fate.result); });
    if (pages.size() < 2 || !seen.of_one_list || !seen.nothing_else || !read.ok() || !all_there) continue;  // contacts that were refused are absent whatever is shown
    for (std::size_t page = 0; page < 2 && page + 1 < pages.size(); ++page) {
      for (const Change& change : changes_of(pages[page].tree, pages.back().tree, contacts)) {
        // The row that is called absent where this page is shown in place of the vendor's, and is the last that is asked for.
        const auto left_off_at = [&](const JsonTree& in_its_place) -> std::optional<std::ptrdiff_t> {
          Simulation simulation(subject.library, *subject.session, *account, subject.settings);
          bool further = false;  // it did ask for more
          simulation.on_answer = [&](const Request& request, Response& response) {
            const bool before = std::any_of(pages.begin(), pages.begin() + static_cast<std::ptrdiff_t>(page), [&](const Page& one) { return same_question(one.request, request); });
            const bool here = same_question(pages[page].request, request);
            if (here) response.body = in_its_place.to_text(), ++shown;
            further = further || !(before || here);
          };
          const Run run = simulation.run(SWB_RECONCILE, contacts);
          const auto absent = std::find_if(run.fates.begin(), run.fates.end(), [](const Outcome& fate) { return fate.result == SWB_ABSENT; });
          return further || !run.ok() || absent == run.fates.end() ? std::nullopt : std::optional(absent - run.fates.begin());
        };
        const auto row = left_off_at(change.page);
        if (!row || (change.full && left_off_at(*change.full))) continue;
        (change.seldom_matters ? doubts : problems).push_back("reconcile: page " + std::to_string(page + 1) + " of " + std::to_string(pages.size()) + " " + change.what + " is taken for the end, and row " + std::to_string(*row) + ", which the account holds, for \"absent\": it would be sent twice");
      }
    }
    break;
  }
  return shown;
}

}  // namespace switchboard::conformance
