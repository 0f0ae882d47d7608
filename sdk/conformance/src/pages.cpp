// The pages of a list in what a run asked and was answered.
#include "pages.h"

#include <switchboard/kit/text.h>

#include <algorithm>
#include <utility>

#include "answers.h"

namespace switchboard::conformance {

std::string address_of(const Request& request) { return request.method + ' ' + request.path.substr(0, request.path.find('?')); }

std::string without_digits(std::string text) {
  std::erase_if(text, kit::is_digit);
  return text;
}

bool same_question(const Request& one, const Request& other) { return one.method == other.method && one.path == other.path && one.body == other.body; }

PagesRead pages_of(const Run& run, const std::function<bool(const JsonTree&)>& is_page) {
  PagesRead out;
  std::string chain;
  for (const Exchange& at : run.exchanges) {
    auto tree = at.response.http_status / 100 == 2 ? tree_of(at.response) : std::nullopt;
    if (!tree || !is_page(*tree)) {
      out.nothing_else = false;
      continue;
    }
    if (std::any_of(out.pages.begin(), out.pages.end(), [&](const Page& page) { return same_question(page.request, at.request); })) continue;
    if (out.pages.empty()) chain = at.where.chain_id;
    out.of_one_list = out.of_one_list && at.where.chain_id == chain && (out.pages.empty() || address_of(out.pages.front().request) == address_of(at.request));
    out.pages.push_back({at.request, *std::move(tree)});
  }
  return out;
}

}  // namespace switchboard::conformance
