// Lists without an end, each page of which is a new one.
#include "endless_lists.h"

#include <switchboard/kit/text.h>


#include "answers.h"
#include "has_one.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// The page so many pages later: it lists nothing, and leads to another one, wherever it says anything of that.
JsonTree later_page(const JsonTree& page, int pages) {
  JsonTree out = page;
  out.each([](JsonTree& value, const std::string&) {
    if (value.is_array()) value.children.clear();
  });
  out.each([&](JsonTree& value, const std::string& path) {
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

}  // namespace

std::size_t judge_endless_lists(const Subject& subject, std::vector<std::string>& problems) {
  constexpr int kPages = 2500;
  std::size_t shown = 0;
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const auto tree = directive_of(at->decoded) == SWB_NEXT ? tree_of(at->response) : std::nullopt;
    if (!tree || !about_rows(*at)) continue;
    bool lists = false;
    tree->each([&](const JsonTree& value, const std::string& path) { lists = lists || (value.is_array() && path.find('*') == std::string::npos && !value.children.empty() && !value.children.front().value.is_scalar()); });
    if (!lists) continue;
    Where where = at->where;
    for (int page = 0; page < kPages; ++page) {
      ++shown;
      const Emitted emitted = subject.session->decode(at->contacts, where, with_body(*at, later_page(*tree, page).to_text()));
      if (directive_of(emitted) != SWB_NEXT) break;
      if (page + 1 == kPages) problems.push_back(place(*at) + ": follows a list whose pages hold nothing, and lead to another one each, for ever");
      where.state = emitted.directives.front().state.value_or("");
      ++where.step;
    }
  }
  return shown;
}

}  // namespace switchboard::conformance
