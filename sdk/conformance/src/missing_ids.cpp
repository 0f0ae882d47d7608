// An id that the vendor did not give.
#include "missing_ids.h"

#include <algorithm>
#include <utility>

#include "answers.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

constexpr std::size_t kTelling = 4;  // letters of an id

/// Whether an id is known from anything that the call was given.
bool is_given(const std::string& id, const Exchange& at, const std::string& body) {
  const auto holds = [&](const std::string& text) { return text.find(id) != std::string::npos; };
  if (holds(body) || holds(at.where.state) || holds(at.where.import_state) || holds(at.request.path) || holds(at.request.body)) return true;
  for (std::size_t row = 0; row < at.contacts.rows.size(); ++row) {
    if (holds(at.contacts.row_ids[row])) return true;
    for (const auto& cell : at.contacts.rows[row])
      if (cell && holds(*cell)) return true;
  }
  return false;
}

}  // namespace

std::size_t judge_missing_ids(const Subject& subject, std::vector<std::string>& problems) {
  constexpr int kRowsOfAnAnswer = 4;
  std::size_t answers = 0;
  for (const Exchange* at : kinds_of_exchanges(subject, true)) {
    const auto tree = tree_of(at->response);
    if (!tree || !about_rows(*at)) continue;
    int looked_at = 0;
    for (const Outcome& outcome : at->decoded.outcomes) {
      if (!delivered(outcome.result) || !outcome.vendor_id || outcome.vendor_id->size() < kTelling || looked_at == kRowsOfAnAnswer) continue;
      const std::string id = *outcome.vendor_id;
      for (const bool null : {true, false}) {
        JsonTree changed = *tree;
        std::size_t gone = 0;
        changed.each([&](JsonTree& value, const std::string&) {
          if (null && value.is_scalar() && value.text == id) value = JsonTree(), ++gone;
          if (!null && value.kind == kit::Json::Kind::Object) gone += std::erase_if(value.children, [&](const JsonMember& member) { return member.value.is_scalar() && member.value.text == id; });
        });
        const std::string body = changed.to_text();
        if (gone == 0 || is_given(id, *at, body)) continue;
        looked_at += null;
        ++answers;
        for (const Outcome& now : decoded(subject, *at, with_body(*at, body)).outcomes) {
          if (now.row != outcome.row || !now.vendor_id || now.vendor_id->size() < kTelling) continue;
          const bool anothers = std::any_of(at->decoded.outcomes.begin(), at->decoded.outcomes.end(), [&](const Outcome& other) { return other.row != now.row && other.vendor_id == now.vendor_id; });
          if (anothers) problems.push_back(place(*at) + ": row " + std::to_string(now.row) + ", whose id the answer does not tell, is given that of another row");
          else if (!is_given(*now.vendor_id, *at, body)) problems.push_back(place(*at) + ": row " + std::to_string(now.row) + ", whose id the answer does not tell, is given one from an earlier answer");
        }
      }
    }
  }
  return answers;
}

}  // namespace switchboard::conformance
