#include "answers.h"

#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <map>
#include <set>

#include "has_one.h"
#include "verdicts.h"

namespace switchboard::conformance {

std::optional<JsonTree> tree_of(const Response& response) {
  const auto json = kit::Json::parse(response.body);
  const bool one_line = response.body.find('\n') + 1 >= response.body.size();
  const std::string* type = nullptr;
  for (const auto& [name, value] : response.headers)
    if (kit::equals_ignoring_case(name, "content-type")) type = &value;
  // A page of one line is a list, too, where the vendor calls it lines.
  const bool says_lines = type != nullptr && (type->find("ndjson") != std::string::npos || type->find("jsonl") != std::string::npos || type->find("json-seq") != std::string::npos);
  if (json && (!says_lines || !one_line)) return JsonTree::of(*json);
  return JsonTree::of_lines(response.body);
}

Response with_body(const Exchange& at, std::string body) {
  Response out = at.response;
  out.body = std::move(body);
  return out;
}

bool is_vendors(const Subject& subject, std::uint32_t op, const Response& invented) {
  const auto said = kit::Json::parse(invented.body);
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.where.op != op || at.response.http_status != invented.http_status) continue;
      if (at.response.body == invented.body) return true;
      const auto real = kit::Json::parse(at.response.body);
      if (!said || !real || said->kind() != real->kind()) continue;
      if (said->is_array() && said->size() == 0 && real->size() == 0) return true;
      bool all = said->is_object() && said->size() > 0;
      for (std::size_t i = 0; i < said->keys().size(); ++i) all = all && real->get(said->keys()[i]) != nullptr && (*real)[said->keys()[i]].to_text() == said->values()[i].to_text();
      if (all) return true;
    }
  }
  return false;
}

bool names_row(const JsonTree& answer, const Exchange& at, std::uint32_t row) {
  constexpr std::size_t kTelling = 3;  // letters: "1" or "ok" may stand anywhere
  const auto& cells = at.contacts.rows[row];
  const std::string asked = at.request.count == 1 && at.request.first == row ? kit::url_decode(at.request.path) : "";
  bool found = false;
  answer.each([&](const JsonTree& value, const std::string&) {
    if (!value.is_scalar() || value.text.size() < kTelling) return;
    found = found || asked.find(value.text) != std::string::npos || value.text == at.contacts.row_ids[row] ||
            std::any_of(cells.begin(), cells.end(), [&](const auto& cell) { return cell == value.text; });
  });
  return found;
}

namespace {

/// Whether an id stands anywhere in an answer.
bool holds_id(const JsonTree& tree, const std::string& id) {
  bool found = false;
  tree.each([&](const JsonTree& value, const std::string&) { found = found || (value.is_scalar() && value.text == id); });
  return found;
}

}  // namespace

std::optional<JsonTree> without_entry(const JsonTree& tree, const std::string& id) {
  JsonTree out = tree;
  out.each([&](JsonTree& list, const std::string&) {
    if (list.is_array() && list.children.size() > 1) std::erase_if(list.children, [&](const JsonMember& entry) { return holds_id(entry.value, id); });
  });
  return holds_id(out, id) ? std::nullopt : std::optional(std::move(out));
}

void keep_what_sums_up(JsonTree& lines) {
  std::map<std::string, int> bear;
  for (const JsonMember& line : lines.children)
    for (const JsonMember& member : line.value.children) ++bear[member.name];
  std::erase_if(lines.children, [&](const JsonMember& line) {
    return std::none_of(line.value.children.begin(), line.value.children.end(), [&](const JsonMember& member) {
      return bear[member.name] == 1 && has_one(member.name, {"total", "count", "more"});
    });
  });
}

JsonTree of_somebody_else(JsonTree entry, int number) {
  entry.each([&](JsonTree& value, const std::string&) {
    const bool names = value.is_string() && value.text.find_first_of("0123456789@") != std::string::npos;
    if (names) value.text = std::to_string(number) + value.text;
    if (value.is_number()) value.text = (value.text == "0" ? "" : value.text) + std::to_string(number);
  });
  return entry;
}

namespace {

/// What became of an exchange, in words: status, directive, results.
std::string shape_of(const Exchange& at) {
  std::string shape = ' ' + std::to_string(at.response.http_status) + ' ' + directive_name(directive_of(at.decoded));
  std::set<std::uint32_t> results;
  for (const Outcome& outcome : at.decoded.outcomes) results.insert(outcome.result);
  for (const std::uint32_t result : results) shape += ' ' + result_name(result);
  return shape;
}

/// The first step of an operation, or a later one.
std::string kind_of_step(const Exchange& at) { return op_name(at.where.op) + (at.where.state.empty() ? "" : " later"); }

}  // namespace

std::vector<const Exchange*> kinds_of_exchanges(const Subject& subject, bool single_rows) {
  std::vector<const Exchange*> out;
  std::set<std::string> known, with_several;  // operations that some request of several rows is for; of others one row is all there is
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.contacts.size() > 1) with_several.insert(op_name(at.where.op));
    }
  }
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.contacts.size() < 2 && about_rows(at) && (!single_rows || with_several.count(op_name(at.where.op)) > 0)) continue;
      known.insert(kind_of_step(at) + shape_of(at));
      if (known.insert(place(at) + shape_of(at)).second) out.push_back(&at);
    }
  }
  // Of a large import, whatever the number of the step: only what smaller ones do not show.
  for (const Run& run : subject.large_runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.contacts.size() >= 2 && known.insert(kind_of_step(at) + shape_of(at)).second) out.push_back(&at);
    }
  }
  return out;
}

}  // namespace switchboard::conformance
