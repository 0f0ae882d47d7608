// A list that changes while it is read: a contact goes, and those behind it move to a page that was read already.
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "account.h"
#include "answers.h"
#include "changing_list.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

bool is_total(const JsonTree& value, const std::string& path) {
  return value.is_number() && path.find('*') == std::string::npos && kit::contains_ignoring_case(name_in(path), "total");
}

/// Pages that are asked for by a number ("page=2", "offset=5"): a cursor goes on behind the contact that it stands for.
std::string without_numbers(const Request& request) {
  std::string out = request.method + ' ';
  for (const char c : request.path)
    if (!kit::is_digit(c)) out.push_back(c);
  return out;
}

/// A page as the vendor showed it: its entries, and where they stand.
struct Shown {
  std::string path;  ///< of the list
  std::vector<JsonMember> entries;
};

/// The list of an answer that says how many contacts there are; nullopt: it has none, or several, or does not say.
std::optional<Shown> page_in(const Response& response, const Contacts& contacts) {
  const auto tree = response.http_status / 100 == 2 ? tree_of(response) : std::nullopt;
  if (!tree) return std::nullopt;
  Shown out;
  std::size_t lists = 0;
  bool counted = false;
  tree->each([&](const JsonTree& value, const std::string& path) {
    if (value.is_array() && path.find('*') == std::string::npos && std::any_of(value.children.begin(), value.children.end(), [](const auto& entry) { return !entry.value.is_scalar(); })) {
      ++lists;
      out = {path, value.children};
    }
    counted = counted || is_total(value, path);
  });
  Exchange at;
  at.contacts = contacts;
  bool of_contacts = false;
  for (std::uint32_t row = 0; row < contacts.size(); ++row) of_contacts = of_contacts || names_row(*tree, at, row);
  return lists == 1 && counted && of_contacts ? std::optional(std::move(out)) : std::nullopt;
}

/// Pages in the order in which they were asked for, and what all of them hold.
struct Pages {
  std::vector<std::string> asked;  ///< path and query
  std::vector<std::size_t> first;  ///< number of a page's first entry
  std::vector<JsonMember> entries;
  std::string path;

  bool several() const { return asked.size() > 1 && first[1] < entries.size(); }
};

Pages pages_of(const Run& run, const Contacts& contacts) {
  Pages out;
  std::string stem;
  for (const Exchange& at : run.exchanges) {
    auto page = page_in(at.response, contacts);
    if (!page || std::find(out.asked.begin(), out.asked.end(), at.request.path) != out.asked.end()) continue;
    if (!stem.empty() && stem != without_numbers(at.request)) return {};
    stem = without_numbers(at.request);
    out.path = page->path;
    out.asked.push_back(at.request.path);
    out.first.push_back(out.entries.size());
    for (auto& entry : page->entries) out.entries.push_back(std::move(entry));
  }
  return out;
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
void shorten(Response& response, const Pages& pages, std::size_t page) {
  auto tree = tree_of(response);
  if (!tree) return;
  const std::size_t begin = pages.first[page] + 1, end = std::min(pages.entries.size(), (page + 1 < pages.first.size() ? pages.first[page + 1] : pages.entries.size()) + 1);
  tree->each([&](JsonTree& value, const std::string& path) {
    if (value.is_array() && path == pages.path) value.children.assign(pages.entries.begin() + static_cast<std::ptrdiff_t>(std::min(begin, end)), pages.entries.begin() + static_cast<std::ptrdiff_t>(end));
    const auto number = is_total(value, path) ? kit::parse_int(value.text) : std::nullopt;
    if (number == static_cast<std::int64_t>(pages.entries.size())) value.text = std::to_string(*number - 1);
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
  const Pages pages = pages_of(read, subject.sample);
  if (!pages.several() || !keeps_the_total(subject, read)) return 0;
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  std::size_t answers = 0, shortened = 0;
  simulation.on_answer = [&](const Request& request, Response& response) {
    const auto asked = std::find(pages.asked.begin(), pages.asked.end(), request.path);
    if (asked == pages.asked.end() || answers++ == 0) return;
    shorten(response, pages, static_cast<std::size_t>(asked - pages.asked.begin()));
    ++shortened;
  };
  const Run run = simulation.run(SWB_RECONCILE, subject.sample);
  const auto& moved = pages.entries[pages.first[1]].value;
  for (std::uint32_t row = 0; row < run.fates.size() && run.ok() && shortened > 0; ++row) {
    Exchange at;
    at.contacts = subject.sample;
    if (run.fates[row].result == SWB_ABSENT && names_row(moved, at, row))
      problems.push_back("reconcile: a contact goes while the list is read, and row " + std::to_string(row) + ", which moves to the page before, is called absent, although the state keeps how many there were, and the vendor says that there are fewer now: it would be sent twice");
  }
  return shortened;
}

}  // namespace switchboard::conformance
