// Rows that answers name in another order than they were sent in get their own outcomes.
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "account.h"
#include "answers.h"
#include "counted.h"
#include "json_tree.h"
#include "missing_ids.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// The exchange in which a row got its outcome.
std::string evidence(const Run& run, std::uint32_t row) {
  for (const Exchange& at : run.exchanges) {
    const bool about = std::any_of(at.decoded.outcomes.begin(), at.decoded.outcomes.end(), [&](const Outcome& outcome) {
      return outcome.result == run.fates[row].result && outcome.row < at.contacts.size() && (run.fates.size() == 1 || outcome.row == row);
    });
    if (!about) continue;
    return "; " + place(at) + ' ' + at.request.method + ' ' + kit::clean_text(at.request.path, 80) + " was answered " + std::to_string(at.response.http_status) + ' ' +
           kit::clean_text(at.response.body, 200);
  }
  return "";
}

/// The lists of an answer that name each of the rows, the other way round; nullopt: it has none.
std::optional<std::string> in_other_order(const Exchange& at) {
  const auto json = kit::Json::parse(at.response.body);
  if (!json) return std::nullopt;
  const auto names = [](const JsonTree& item, const std::string& row) {
    bool found = false;
    item.each([&](const JsonTree& value, const std::string&) { found = found || (value.is_scalar() && value.text == row); });
    return found;
  };
  JsonTree tree = JsonTree::of(*json);
  bool named = false;
  for (std::size_t i = 0, values = tree.count(); i < values; ++i) {
    JsonTree& list = tree.nth(i);
    if (!list.is_array() || !std::equal(list.children.begin(), list.children.end(), at.contacts.row_ids.begin(), at.contacts.row_ids.end(),
                                        [&](const auto& item, const std::string& row) { return names(item.value, row); }))
      continue;
    std::reverse(list.children.begin(), list.children.end());
    named = true;
  }
  return named ? std::optional(tree.to_text()) : std::nullopt;
}

/// An answer that repeats what its rows were called is read by that, in whatever order it comes.
void judge_other_order(const Subject& subject, const Run& run, std::vector<std::string>& problems) {
  const auto by_row = [](const Emitted& emitted) {
    std::map<std::uint32_t, std::pair<std::uint32_t, std::string>> rows;
    for (const Outcome& outcome : emitted.outcomes) rows[outcome.row] = {outcome.result, outcome.vendor_id.value_or("")};
    return rows;
  };
  for (const Exchange& at : run.exchanges) {
    if (at.where.op != SWB_IMPORT || at.contacts.size() < 2) continue;
    auto body = in_other_order(at);
    if (!body) continue;
    Response other_order = at.response;
    other_order.body = std::move(*body);
    const auto after = by_row(decoded(subject, at, other_order));
    if (!after.empty() && by_row(at.decoded) != after)
      problems.push_back(place(at) + ": the answer names each row, and with its results in another order rows are given those of others");
  }
}

/// An entry more than there are rows is somebody else's: it does not move the others to other rows.
void judge_one_more(const Run& run, const Subject& subject, std::vector<std::string>& problems) {
  constexpr int kNobody = 77;
  for (const Exchange& at : run.exchanges) {
    const auto tree = tree_of(at.response);
    if (at.where.op != SWB_IMPORT || at.contacts.size() < 2 || !tree) continue;
    JsonTree more = *tree;
    bool added = false;
    more.each([&](JsonTree& list, const std::string& path) {
      if (path.find('*') != std::string::npos || !list.is_array() || list.children.size() != at.contacts.size() || list.children.back().value.is_scalar()) return;
      list.children.insert(list.children.begin(), {"", of_somebody_else(list.children.back().value, kNobody)});
      added = true;
    });
    if (!added) continue;
    for (const Outcome& now : decoded(subject, at, with_body(at, more.to_text())).outcomes) {
      const auto before = std::find_if(at.decoded.outcomes.begin(), at.decoded.outcomes.end(), [&](const Outcome& outcome) { return outcome.row == now.row; });
      if (before == at.decoded.outcomes.end() || !delivered(now.result) || !before->vendor_id || !now.vendor_id || now.vendor_id == before->vendor_id) continue;
      problems.push_back(place(at) + ": with an entry of somebody else before the others, one more than there are rows, row " + std::to_string(now.row) + " is given the id of another");
      break;
    }
  }
}

/// Ids that stand in the account belong to the rows that they are given to; how many do.
std::size_t judge_ids(const Contacts& sample, const std::vector<Entry>& entries, const Run& run, const std::string& when, std::vector<std::string>& problems) {
  std::size_t ids = 0;
  for (std::size_t row = 0; row < run.fates.size(); ++row) {
    const auto& id = run.fates[row].vendor_id;
    if (!id || id->size() < 4) continue;
    // The id may stand beside the contact, in what encloses it.
    const auto bears = [&](std::size_t whose) {
      const Entry* best = entry_of(entries, sample, whose);
      const auto columns = telling_columns(sample, whose);
      return best != nullptr && std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
        const bool named = std::any_of(entry.values.begin(), entry.values.end(), [&](const auto& value) { return value.second == *id; });
        return named && std::all_of(columns.begin(), columns.end(), [&](std::size_t c) { return holds_cell(entry, *sample.rows[whose][c]) || !holds_cell(*best, *sample.rows[whose][c]); });
      });
    };
    if (bears(row)) {
      ++ids;
      continue;
    }
    for (std::size_t third = 0; third < sample.rows.size(); ++third) {
      if (third != row && bears(third)) problems.push_back(when + "row " + std::to_string(row) + " is given the id of row " + std::to_string(third));
    }
  }
  return ids;
}

/// Whether a text is what the contact itself holds.
bool is_cell_of(const Contacts& sample, std::size_t row, const std::string& text) {
  const auto& cells = sample.rows[row];
  return std::any_of(cells.begin(), cells.end(), [&](const auto& cell) { return cell && *cell == text; });
}

}  // namespace

/// Some contacts are there already: what is said of a row is the same alone and among others, and belongs to it.
void check_row_order(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  if (!subject.library.sandbox()) return;
  const Contacts& sample = subject.sample;
  const auto prepared = [&] {
    auto account = subject.account();
    for (std::uint32_t row = 0; row < sample.size(); ++row) {
      constexpr std::int64_t kLongAgoMs = -10 * 86'400'000ll;
      if (row % 3 == 0 || row % 5 == 1) (void)subject.import(sample.slice(row, 1), account.get(), kLongAgoMs);
    }
    return account;
  };
  const auto account = prepared();
  const Run together = subject.import(sample, account.get());
  const auto other = prepared();
  for (std::uint32_t row = 0; row < sample.size() && together.ok(); ++row) {
    const Run alone = subject.import(sample.slice(row, 1), other.get());
    if (!alone.ok() || alone.fates.empty()) continue;
    // "Accepted" and "unknown" say less than the others, and contradict none.
    const std::uint32_t one = alone.fates[0].result, other_result = together.fates[row].result;
    const auto says_less = [](std::uint32_t result) { return result == SWB_ACCEPTED || result == SWB_UNKNOWN; };
    const bool contradicts = delivered(one) == delivered(other_result) ? one != other_result && !says_less(one) && !says_less(other_result)
                                                                       : one != SWB_UNKNOWN && other_result != SWB_UNKNOWN;
    if (contradicts)
      problems.push_back("row " + std::to_string(row) + " is " + result_name(together.fates[row].result) + " among others and " +
                         result_name(alone.fates[0].result) + " alone" + (problems.empty() ? evidence(together, row) + evidence(alone, 0) : ""));
  }
  // The vendor's ids are those of the rows that bear them, whoever tells them.
  const std::vector<Entry> entries = entries_of(account->dump().text);
  std::size_t ids = judge_ids(sample, entries, together, "", problems);
  if (subject.library.offers(SWB_RECONCILE)) {
    Simulation simulation(subject.library, *subject.session, *account, subject.settings);
    const Run asked = simulation.run(SWB_RECONCILE, sample);
    if (asked.ok()) ids += judge_ids(sample, entries, asked, "asked about, ", problems);
    for (std::size_t row = 0; row < asked.fates.size() && asked.ok() && together.ok(); ++row) {
      const auto &told = together.fates[row].vendor_id, &then = asked.fates[row].vendor_id;
      if (told && then && !is_cell_of(sample, row, *told) && is_cell_of(sample, row, *then))
        problems.push_back("row " + std::to_string(row) + " is imported with an id of the vendor's, and asked about has its own phone or address for one");
    }
  }
  // An id is what the vendor said, all of it, and that of one contact only.
  std::set<std::string> said;
  for (const Exchange& at : together.exchanges) {
    const auto json = kit::Json::parse(at.response.body);
    if (json) JsonTree::of(*json).each([&](const JsonTree& value, const std::string&) { if (value.is_scalar()) said.insert(value.text); });
  }
  std::map<std::string, std::size_t> created;
  for (std::size_t row = 0; row < together.fates.size(); ++row) {
    const auto& id = together.fates[row].vendor_id;
    if (!id || id->size() < 4) continue;
    const bool ours = *id == sample.row_ids[row] && std::none_of(entries.begin(), entries.end(), [&](const Entry& entry) {
      return std::any_of(entry.values.begin(), entry.values.end(), [&](const auto& value) { return value.second == *id; });
    });
    if (ours && !entries.empty()) problems.push_back("row " + std::to_string(row) + " is given the id that the host has for it, which nothing in the account bears");
    const auto longer = said.lower_bound(*id);
    if (longer != said.end() && *longer != *id && longer->starts_with(*id)) problems.push_back("row " + std::to_string(row) + " is given the beginning of an id: \"" + *id + "\" of \"" + *longer + '"');
    if (together.fates[row].result != SWB_CREATED) continue;
    const auto [first, fresh] = created.emplace(*id, row);
    if (!fresh) problems.push_back("rows " + std::to_string(first->second) + " and " + std::to_string(row) + " are both created with the id \"" + *id + '"');
  }
  judge_other_order(subject, together, problems);
  judge_one_more(together, subject, problems);
  const std::size_t without_one = judge_missing_ids(subject, problems);
  results.judge("row_order", problems, "the same outcomes alone and among others, " + counted(ids, "id") + " of the right contact, " + counted(without_one, "answer") + " without one");
}

}  // namespace switchboard::conformance
