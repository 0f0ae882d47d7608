// Imports that are not the first of valid contacts: changed ones, refused ones, batches of every size.
#include <switchboard/kit/text.h>

#include <algorithm>
#include <set>

#include "account.h"
#include "answers.h"
#include "bad_contacts.h"
#include "counted.h"
#include "reasons.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

/// Columns by which a vendor knows a contact: the manifest's identity, else phones and addresses.
std::vector<std::size_t> identity_columns(const kit::Json& manifest) {
  std::vector<std::size_t> out;
  const auto fields = manifest["fields"].items();
  const auto names = manifest["identity"].items();
  for (std::size_t c = 0; c < fields.size(); ++c) {
    const std::string name = fields[c]["name"].string_or(""), type = fields[c]["type"].string_or("");
    const bool named = std::any_of(names.begin(), names.end(), [&](const kit::Json& entry) { return entry.as_string() == name; });
    if (named || (names.empty() && (type == "phone" || type == "email"))) out.push_back(c);
  }
  return out;
}

std::size_t entries_with(const std::vector<Entry>& entries, const std::vector<std::optional<std::string>>& row, const std::vector<std::size_t>& columns) {
  return static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), [&](const Entry& entry) {
    return std::all_of(columns.begin(), columns.end(), [&](std::size_t c) { return !row[c] || holds_cell(entry, *row[c]); });
  }));
}

/// Another value of the same length and kind.
std::string changed_text(std::string value) {
  if (!value.empty()) value.back() = value.back() == 'q' ? 'z' : 'q';
  return value;
}

/// What the vendor says of one refused contact is told of that one alone.
void judge_messages(const Subject& subject, std::vector<std::string>& problems) {
  const std::string words = "told of one alone";
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const auto refused = std::count_if(at->decoded.outcomes.begin(), at->decoded.outcomes.end(), [](const Outcome& outcome) { return outcome.result == SWB_REJECTED; });
    const auto tree = tree_of(at->response);
    if (!tree || refused < 2) continue;
    std::vector<std::string> paths;
    tree->each([&](const JsonTree& value, const std::string& path) { paths.push_back(value.is_string() && path.find('*') != std::string::npos && value.text.find(' ') != std::string::npos ? path : ""); });
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (paths[i].empty() || std::count(paths.begin(), paths.end(), paths[i]) < refused) continue;
      JsonTree changed = *tree;
      changed.nth(i).text = words;
      const Emitted emitted = decoded(subject, *at, with_body(*at, changed.to_text()));
      const auto told = std::count_if(emitted.outcomes.begin(), emitted.outcomes.end(), [&](const Outcome& outcome) { return outcome.message.value_or("").find(words) != std::string::npos; });
      if (told > 1) problems.push_back(place(*at) + ": what " + paths[i] + " says of one contact is told of " + std::to_string(told));
    }
  }
}

/// Two batches of different contacts: where each contact has an id of its own, none of the second has one of the first.
void judge_ids(const Run& before, const Run& run, std::vector<std::string>& problems) {
  std::set<std::string> ids;
  for (const Outcome& fate : before.fates)
    if (!fate.vendor_id || !ids.insert(*fate.vendor_id).second) return;
  for (const Outcome& fate : run.fates) {
    if (fate.vendor_id && ids.count(*fate.vendor_id) > 0)
      problems.push_back("a second batch of " + counted(run.fates.size(), "row") + ": row " + std::to_string(fate.row) + " is given an id that a contact of the first has");
  }
}

}  // namespace

/// Contacts that are there already come again with another value: what is said of them is what became of their entry.
void check_changed_contacts(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  std::vector<std::string> problems;
  const auto fields = subject.library.manifest()["fields"].items();
  const auto identity = identity_columns(subject.library.manifest());
  const auto account = subject.account();
  const Contacts& sample = subject.sample;
  const Run first = subject.import(sample, account.get());
  const auto before = entries_of(account->dump().text);
  Contacts changed = sample;
  std::vector<std::optional<std::size_t>> where(sample.rows.size());
  for (std::size_t row = 0; row < sample.rows.size() && first.ok(); ++row) {
    const Entry* entry = entry_of(before, sample, row);
    for (std::size_t c = 0; c < sample.columns.size() && entry != nullptr && !where[row]; ++c) {
      const auto& cell = sample.rows[row][c];
      const bool any_text = c >= sample.n_fields || is_any_text(fields[c]);
      const bool known_by = std::find(identity.begin(), identity.end(), c) != identity.end();
      if (!cell || cell->size() < 5 || !any_text || known_by || !holds_cell(*entry, *cell)) continue;
      changed.rows[row][c] = changed_text(*cell);
      where[row] = c;
    }
  }
  const Run second = subject.import(changed, account.get(), kDayMs);
  const auto after = entries_of(account->dump().text);
  std::size_t compared = 0;
  for (std::size_t row = 0; row < where.size() && first.ok() && second.ok() && !identity.empty(); ++row) {
    if (!delivered(first.fates[row].result)) continue;
    const std::uint32_t result = second.fates[row].result;
    const std::size_t were = entries_with(before, sample.rows[row], identity), are = entries_with(after, changed.rows[row], identity);
    const Entry* entry = entry_of(after, changed, row);
    if (were == 0 || entry == nullptr) continue;
    if (!where[row]) {
      if (result == SWB_CREATED && are <= were) problems.push_back("row " + std::to_string(row) + ", imported again as it was, is called created, but the account holds it once, as before");
      continue;
    }
    std::vector<std::size_t> with_value = identity;
    with_value.push_back(*where[row]);
    const bool took = entries_with(after, changed.rows[row], with_value) > entries_with(before, changed.rows[row], with_value);
    const std::string said = "row " + std::to_string(row) + ", imported again with another " + changed.columns[*where[row]] + ", is called " + result_name(result);
    ++compared;
    if (result == SWB_CREATED && are <= were) problems.push_back(said + ", but the account holds it once, as before");
    if (result == SWB_UNCHANGED && took) problems.push_back(said + ", but the account has taken the new value");
    if (result == SWB_UPDATED && !took && are <= were) problems.push_back(said + ", but the account holds the old value");
    if (result == SWB_REJECTED && took) problems.push_back(said + ", but the account has taken the new value");
  }
  const bool doubles = subject.library.manifest()["promise"]["reimport_effect"].as_string() == "duplicates";
  results.judge("changed_contacts", problems, counted(compared, "contact") + " imported again with another value",
                {.tried = compared, .untried = doubles ? "contacts that come again are other contacts" : "no contact that came again with another value is known in the account by the manifest's identity", .is_odd = !doubles});
}

/// Members of an entry by their names.
const JsonTree* member_of(const JsonTree& entry, const std::string& name) {
  const auto found = std::find_if(entry.children.begin(), entry.children.end(), [&](const JsonMember& member) { return member.name == name; });
  return found == entry.children.end() ? nullptr : &found->value;
}

/// Lists that have an entry for each of the rows, in their order.
bool has_entry_of_each(const JsonTree& list, const Exchange& at) {
  if (!list.is_array() || list.children.size() != at.contacts.size()) return false;
  return std::all_of(list.children.begin(), list.children.end(), [](const JsonMember& entry) { return entry.value.kind == kit::Json::Kind::Object; });
}

/// What refuses a contact refuses it without a word of why as well: what is the same in the entries of all that were taken, and another here.
void judge_bare_refusals(const Subject& subject, const Run& run, std::vector<std::string>& problems) {
  for (const Exchange& at : run.exchanges) {
    const auto tree = tree_of(at.response);
    if (at.where.op != SWB_IMPORT || !tree || count_delivered(at.decoded) < 2) continue;
    for (const Outcome& outcome : at.decoded.outcomes) {
      if (outcome.result != SWB_REJECTED) continue;
      JsonTree bare = *tree;
      std::set<std::string> reasons;
      bare.each([&](JsonTree& list, const std::string&) {
        if (!has_entry_of_each(list, at)) return;
        std::vector<const JsonTree*> taken;
        for (const Outcome& other : at.decoded.outcomes)
          if (delivered(other.result)) taken.push_back(&list.children[other.row].value);
        JsonTree& entry = list.children[outcome.row].value;
        const bool refused = std::any_of(entry.children.begin(), entry.children.end(), [&](const JsonMember& member) {
          const JsonTree* usual = member_of(*taken.front(), member.name);
          return usual != nullptr && usual->is_scalar() && usual->to_text() != member.value.to_text() && member.value.is_scalar() && member.value.kind != kit::Json::Kind::Null &&
                 std::all_of(taken.begin(), taken.end(), [&](const JsonTree* other) { const JsonTree* value = member_of(*other, member.name); return value != nullptr && value->to_text() == usual->to_text(); });
        });
        if (!refused) return;
        std::erase_if(entry.children, [&](const JsonMember& member) { return std::none_of(taken.begin(), taken.end(), [&](const JsonTree* other) { return member_of(*other, member.name) != nullptr; }) && reasons.insert(member.name).second; });
      });
      if (reasons.empty()) continue;
      for (const Outcome& now : decoded(subject, at, with_body(at, bare.to_text())).outcomes)
        if (now.row == outcome.row && delivered(now.result))
          problems.push_back(place(at) + ": a contact that is refused as others are, but without " + *reasons.begin() + ", is called " + result_name(now.result));
    }
  }
}

/// A contact that the emulator refuses, among two that it takes.
void check_refused_rows(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  std::vector<std::string> problems;
  const Contacts& sample = subject.sample;
  Contacts good = sample.slice(0, 1);
  good.rows.push_back(sample.rows[2]);
  good.row_ids.push_back(sample.row_ids[2]);
  const auto harmless = subject.account();
  const Run base = subject.import(good, harmless.get());
  const auto held = entries_of(harmless->dump().text);
  std::size_t refused = 0;
  const bool comparable = base.ok() && !held.empty() && entry_of(held, good, 0) != nullptr;
  const auto bad_ones = bad_contacts(subject);
  for (std::size_t position = 0; position < 3 && comparable; ++position) {
    for (const auto& [with, bad] : bad_ones) {
      Contacts contacts = good;
      contacts.rows.insert(contacts.rows.begin() + static_cast<std::ptrdiff_t>(position), bad);
      contacts.row_ids.insert(contacts.row_ids.begin() + static_cast<std::ptrdiff_t>(position), sample.row_ids[1]);
      const auto account = subject.account();
      const Run run = subject.import(contacts, account.get());
      if (!run.ok()) continue;
      const auto entries = entries_of(account->dump().text);
      if (entries.size() != held.size()) continue;  // it was taken, or noted somewhere
      ++refused;
      judge_bare_refusals(subject, run, problems);
      const std::string what = "a contact with " + with + ", row " + std::to_string(position) + " of 3, is not stored";
      const std::uint32_t said = run.fates[position].result;
      if (delivered(said)) problems.push_back(what + ", yet called " + result_name(said));
      // Where good ones are left out as well, a refused one may be among those that the vendor did not get to.
      if (said == SWB_RESEND && base.resent.empty()) problems.push_back(what + " and refused for what it is, yet called RESEND: it would be sent again and refused again");
      // The manifest promises that the vendor says so of each.
      if (said == SWB_UNKNOWN && subject.library.manifest()["promise"]["row_results"].as_string() == "each")
        problems.push_back(what + ", yet called UNKNOWN, although the manifest promises that the vendor says what became of each: nobody learns what to mend");
      for (std::size_t row = 0, other = 0; row < 3; ++row) {
        if (row == position) continue;
        const std::uint32_t was = base.fates[other].result, is = run.fates[row].result;
        const bool there = entry_of(entries, good, other) != nullptr;
        ++other;
        if (delivered(was) && there && !delivered(is) && is != SWB_UNKNOWN)
          problems.push_back(what + "; row " + std::to_string(row) + " beside it is stored, yet called " + result_name(is));
      }
    }
  }
  judge_messages(subject, problems);
  refused += judge_reasons(subject, problems);
  std::sort(problems.begin(), problems.end());
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  results.judge("refused_rows", problems, counted(refused, "import") + " of a contact that the emulator refuses",
                {.tried = refused, .untried = "the emulator refuses no contact, whatever it has for phone, address and name: what is said of refused ones was not tried", .is_odd = true});
}

/// Batches of every small size, of odd ones and of the largest: every row arrives.
void check_batch_sizes(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  std::vector<std::string> problems;
  std::size_t rows = 0;
  const auto limit = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count_of(subject.library.manifest()["limits"]["records_per_request"], 100), 1, 120));
  std::vector<std::uint32_t> sizes = {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 31, limit, limit > 1 ? limit - 1 : 1};
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  for (const std::uint32_t size : sizes) {
    if (size > limit) continue;
    const Contacts contacts = sample_contacts(subject.library.manifest(), size, 3000 + size);
    const auto account = subject.account();
    const Run run = subject.import(contacts, account.get());
    const auto entries = entries_of(account->dump().text);
    const std::string batch = "a batch of " + counted(size, "row") + ": ";
    if (!run.ok()) problems.push_back(batch + run.first_error());
    judge_freshness(subject, run, [&](std::size_t row) { return batch + "row " + std::to_string(row); }, problems);
    for (std::uint32_t row = 0; row < size && run.ok(); ++row) {
      const bool looked_at = size <= 16 || row < 2 || row + 2 >= size || row % 8 == 0;
      if (!looked_at) continue;
      ++rows;
      if (!delivered(run.fates[row].result))
        problems.push_back(batch + "valid row " + std::to_string(row) + " ends as " + result_name(run.fates[row].result));
      else if (!entries.empty() && entry_of(entries, contacts, row) == nullptr)
        problems.push_back(batch + "row " + std::to_string(row) + " is " + result_name(run.fates[row].result) + ", but the account holds nothing of it");
    }
  }
  // Two batches of one size into one account: the second is no repetition of the first.
  for (const std::uint32_t size : {std::min(limit, 5u), 1u}) {
    const auto account = subject.account();
    const Run before = subject.import(sample_contacts(subject.library.manifest(), size, 3300), account.get());
    const Contacts others = sample_contacts(subject.library.manifest(), size, 3400);
    const Run run = subject.import(others, account.get());
    const auto entries = entries_of(account->dump().text);
    for (std::uint32_t row = 0; row < size && run.ok() && !entries.empty(); ++row) {
      ++rows;
      if (delivered(run.fates[row].result) && entry_of(entries, others, row) == nullptr)
        problems.push_back("a second batch of " + counted(size, "row") + ": row " + std::to_string(row) + " is " + result_name(run.fates[row].result) + ", but the account holds nothing of it");
    }
    judge_ids(before, run, problems);
  }
  results.judge("batch_sizes", problems, counted(rows, "row") + " of " + counted(sizes.size(), "size"));
}

}  // namespace switchboard::conformance
