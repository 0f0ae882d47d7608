// A list that changes while it is read: a contact goes, and those behind it move to a page that was read already.
#include <switchboard/kit/text.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "account.h"
#include "answers.h"
#include "changing_list.h"
#include "pages.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

bool is_total(const JsonTree& value, const std::string& path) {
  return value.is_number() && path.find('*') == std::string::npos && kit::contains_ignoring_case(name_in(path), "total");
}

/// Where the one list of a page stands, if the page says how many contacts there are; empty: it has none, or several, or does not say.
std::string list_of(const JsonTree& page, const Contacts& contacts) {
  std::string out;
  std::size_t lists = 0;
  bool counted = false;
  page.each([&](const JsonTree& value, const std::string& path) {
    if (value.is_array() && path.find('*') == std::string::npos && std::any_of(value.children.begin(), value.children.end(), [](const auto& entry) { return !entry.value.is_scalar(); })) {
      ++lists;
      out = path;
    }
    counted = counted || is_total(value, path);
  });
  Exchange at;
  at.contacts = contacts;
  bool of_contacts = false;
  for (std::uint32_t row = 0; row < contacts.size(); ++row) of_contacts = of_contacts || names_row(page, at, row);
  return lists == 1 && counted && of_contacts ? out : "";
}

/// The list as a whole.
struct List {
  std::string path;
  std::vector<Page> pages;
  std::vector<std::size_t> first;  ///< number of a page's first entry
  std::vector<JsonMember> entries;
};

/// nullopt: its pages are no more than one, or asked for by something else than a number ("page=2", "offset=5"): a cursor goes on behind the
/// contact that it stands for.
std::optional<List> list_in(const Run& run, const Contacts& contacts) {
  List out;
  auto read = pages_of(run, [&](const JsonTree& page) { return !list_of(page, contacts).empty(); });
  out.pages = std::move(read.pages);
  for (const Page& page : out.pages) {
    if (without_digits(page.request.path) != without_digits(out.pages.front().request.path)) return std::nullopt;
    out.path = list_of(page.tree, contacts);
    out.first.push_back(out.entries.size());
    page.tree.each([&](const JsonTree& value, const std::string& path) {
      if (path == out.path) out.entries.insert(out.entries.end(), value.children.begin(), value.children.end());
    });
  }
  return read.of_one_list && out.pages.size() > 1 && out.first[1] < out.entries.size() ? std::optional(std::move(out)) : std::nullopt;
}

/// Whether the chain's state keeps how many the vendor says there are. Who does not know it any more on the next page cannot compare; a
/// second look at the list finds what moved.
bool keeps_the_total(const Subject& subject, const Run& run) {
  const std::string never_said = "7340551";
  for (const Exchange& at : run.exchanges) {
    auto tree = directive_of(at.decoded) == SWB_NEXT ? tree_of(at.response) : std::nullopt;
    if (!tree) continue;
    tree->each([&](JsonTree& value, const std::string& path) {
      if (is_total(value, path)) value.text = never_said;
    });
    const Emitted emitted = decoded(subject, at, with_body(at, tree->to_text()));
    if (!emitted.directives.empty() && emitted.directives.front().state.value_or("").find(never_said) != std::string::npos) return true;
  }
  return false;
}

/// The answer to the page with that number after the list's first contact has gone.
void shorten(Response& response, const List& list, std::size_t page) {
  auto tree = tree_of(response);
  if (!tree) return;
  const std::size_t begin = list.first[page] + 1, end = std::min(list.entries.size(), (page + 1 < list.first.size() ? list.first[page + 1] : list.entries.size()) + 1);
  tree->each([&](JsonTree& value, const std::string& path) {
    if (value.is_array() && path == list.path) value.children.assign(list.entries.begin() + static_cast<std::ptrdiff_t>(std::min(begin, end)), list.entries.begin() + static_cast<std::ptrdiff_t>(end));
    const auto number = is_total(value, path) ? kit::parse_int(value.text) : std::nullopt;
    if (number == static_cast<std::int64_t>(list.entries.size())) value.text = std::to_string(*number - 1);
  });
  response.body = tree->to_text();
}

}  // namespace

std::size_t judge_changing_list(const Subject& subject, std::vector<std::string>& problems) {
  if (!subject.library.sandbox() || !subject.library.offers(SWB_RECONCILE)) return 0;
  const auto account = subject.account();
  (void)subject.import(subject.sample, account.get());
  Simulation quiet(subject.library, *subject.session, *account, subject.settings);
  const Run read = quiet.run(SWB_RECONCILE, subject.sample);
  const auto list = list_in(read, subject.sample);
  if (!list || !keeps_the_total(subject, read)) return 0;
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  std::size_t answers = 0, shortened = 0;
  simulation.on_answer = [&](const Request& request, Response& response) {
    const auto asked = std::find_if(list->pages.begin(), list->pages.end(), [&](const Page& page) { return same_question(page.request, request); });
    if (asked == list->pages.end() || answers++ == 0) return;
    shorten(response, *list, static_cast<std::size_t>(asked - list->pages.begin()));
    ++shortened;
  };
  const Run run = simulation.run(SWB_RECONCILE, subject.sample);
  const auto& moved = list->entries[list->first[1]].value;
  for (std::uint32_t row = 0; row < run.fates.size() && run.ok() && shortened > 0; ++row) {
    Exchange at;
    at.contacts = subject.sample;
    if (run.fates[row].result == SWB_ABSENT && names_row(moved, at, row))
      problems.push_back("reconcile: a contact goes while the list is read, and row " + std::to_string(row) + ", which moves to the page before, is called absent, although the state keeps how many there were, and the vendor says that there are fewer now: it would be sent twice");
  }
  return shortened;
}

}  // namespace switchboard::conformance
