// Lists without an end, each page of which is a new one.
#include "endless_lists.h"

#include <switchboard/kit/text.h>

#include <cstddef>
#include <set>
#include <string>
#include <utility>

#include "answers.h"
#include "counted.h"
#include "has_one.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// The page so many pages later: it leads to another one, wherever it says anything of that.
JsonTree later_page(const JsonTree& page, int pages) {
  JsonTree out = page;
  out.each([&](JsonTree& value, const std::string& path) {
    if (path.find('*') != std::string::npos) return;
    const std::string name = name_in(path);
    if (value.kind == kit::Json::Kind::Boolean && has_one(name, {"more", "next"})) value.truth = true;
    if (value.is_string() && !value.text.empty() && has_one(name, {"next", "cursor", "after", "token", "continu"})) value.text += std::to_string(pages);
    const auto number = value.is_number() ? kit::parse_int(value.text) : std::nullopt;
    if (!number) return;
    if (has_one(name, {"total", "pages", "count", "last"})) value.text = "1000000";
    else if (has_one(name, {"page", "offset", "skip", "start", "next"}) && !has_one(name, {"size", "per", "limit"})) value.text = std::to_string(*number + pages);
  });
  return out;
}

/// Lists of an answer that hold more than texts and numbers.
bool is_list_of_objects(const JsonTree& value, const std::string& path) {
  return value.is_array() && path.find('*') == std::string::npos && !value.children.empty() && !value.children.front().value.is_scalar();
}

bool lists_objects(const JsonTree& tree) {
  bool lists = false;
  tree.each([&](const JsonTree& value, const std::string& path) { lists = lists || is_list_of_objects(value, path); });
  return lists;
}

JsonTree without_entries(JsonTree page) {
  page.each([](JsonTree& value, const std::string&) {
    if (value.is_array()) value.children.clear();
  });
  return page;
}

/// The page with entries of others, so many for each that it has. How many there are then.
std::size_t fill_with_strangers(JsonTree& page, int& number, int times) {
  std::size_t shown = 0;
  page.each([&](JsonTree& list, const std::string& path) {
    if (!is_list_of_objects(list, path)) return;
    std::vector<JsonMember> entries;
    for (int i = 0; i < times; ++i)
      for (const JsonMember& entry : list.children) entries.push_back({entry.name, of_somebody_else(entry.value, ++number)});
    list.children = std::move(entries);
    shown += list.children.size();
  });
  return shown;
}

std::string question_of(const Request& request) { return request.path + '\n' + request.body; }

/// Whether none of the requests before asked this.
bool is_new_question(const Subject& subject, const Exchange& at, const Where& where, std::set<std::string>& asked) {
  const Emitted emitted = subject.session->encode(at.contacts, where);
  return emitted.requests.size() != 1 || asked.insert(question_of(emitted.requests.front())).second;
}

}  // namespace

std::size_t judge_endless_lists(const Subject& subject, std::vector<std::string>& problems) {
  constexpr int kPages = 2500;
  std::size_t shown = 0;
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const auto tree = directive_of(at->decoded) == SWB_NEXT ? tree_of(at->response) : std::nullopt;
    if (!tree || !about_rows(*at)) continue;
    if (!lists_objects(*tree)) continue;
    Where where = at->where;
    for (int page = 0; page < kPages; ++page) {
      ++shown;
      const Emitted emitted = subject.session->decode(at->contacts, where, with_body(*at, later_page(without_entries(*tree), page).to_text()));
      if (directive_of(emitted) != SWB_NEXT) break;
      if (page + 1 == kPages) problems.push_back(place(*at) + ": follows a list whose pages hold nothing, and lead to another one each, for ever");
      where.state = emitted.directives.front().state.value_or("");
      ++where.step;
    }
  }
  return shown;
}

std::size_t judge_growing_lists(const Subject& subject, std::vector<std::string>& problems) {
  constexpr int kPages = 24, kTimes = 400;
  constexpr std::size_t kContacts = 200'000, kBytesOfOne = 2;
  std::size_t shown = 0;
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const auto tree = directive_of(at->decoded) == SWB_NEXT && at->where.op == SWB_RECONCILE ? tree_of(at->response) : std::nullopt;
    if (!tree || !lists_objects(*tree) || !problems.empty()) continue;
    Where where = at->where;
    std::size_t contacts = 0, contacts_at_half = 0, bytes_at_half = 0;
    std::set<std::string> asked = {question_of(at->request)};
    for (int page = 0, number = 1'000'000; contacts < kContacts; ++page) {
      // From the state of a few small pages it is known whether large ones are worth it.
      const bool grows = page >= kPages;
      JsonTree later = later_page(*tree, page);
      contacts += fill_with_strangers(later, number, grows ? kTimes : 1);
      ++shown;
      const Emitted emitted = subject.session->decode(at->contacts, where, with_body(*at, later.to_text()));
      for (const std::string& violation : emitted.violations)
        problems.push_back(place(*at) + ": the state grows with each contact that a list shows, and after " + std::to_string(contacts) + " of them: " + violation);
      if (directive_of(emitted) != SWB_NEXT || !emitted.violations.empty()) break;
      where.state = emitted.directives.front().state.value_or("");
      ++where.step;
      if (!grows && delay_of(emitted) == 0 && !is_new_question(subject, *at, where, asked)) {  // after a wait it is a second look
        problems.push_back(place(*at) + ": after " + counted(static_cast<std::uint64_t>(page) + 1, "page") + ", each of which showed others, it asks for one that it has read: its state does not say how far it came");
        break;
      }
      if (page == kPages / 2) contacts_at_half = contacts, bytes_at_half = where.state.size();
      if (page + 1 == kPages && where.state.size() < bytes_at_half + kBytesOfOne * (contacts - contacts_at_half)) break;
    }
  }
  return shown;
}

}  // namespace switchboard::conformance
