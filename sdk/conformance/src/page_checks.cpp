// A list whose pages repeat: the vendor did not understand how the next one was asked for, and what it did not show may be there.
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <set>

#include "account.h"
#include "answers.h"
#include "counted.h"
#include "pages.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// What a request names of the contacts: two that name the same ask about the same rows.
std::set<std::string> named(const Request& request, const Contacts& contacts) {
  constexpr std::size_t kLongEnough = 4;
  const std::string text = kit::url_decode(request.path) + ' ' + request.body;
  std::set<std::string> out;
  const auto look_for = [&](const std::string& value) {
    if (value.size() >= kLongEnough && text.find(value) != std::string::npos) out.insert(value);
  };
  for (std::size_t row = 0; row < contacts.rows.size(); ++row) {
    look_for(contacts.row_ids[row]);
    for (const auto& cell : contacts.rows[row]) {
      if (!cell) continue;
      look_for(*cell);
      if (kit::is_international(*cell)) look_for(kit::digits_of(*cell));
    }
  }
  return out;
}

bool lists_several(const Response& response) {
  const auto tree = tree_of(response);
  bool several = false;
  if (tree) tree->each([&](const JsonTree& value, const std::string&) { several = several || (value.is_array() && value.children.size() > 1); });
  return several;
}

/// Makes an answer that lists something say that there is more, wherever it says anything of that.
bool promise_more(Response& response) {
  auto tree = tree_of(response);
  if (!tree || !lists_several(response)) return false;
  bool promised = false;
  tree->each([&](JsonTree& value, const std::string& path) {
    const auto name = name_in(path);
    const auto has = [&](const char* word) { return kit::contains_ignoring_case(name, word); };
    if (value.kind == kit::Json::Kind::Boolean && (has("more") || has("next"))) value.truth = promised = true;
    if (value.is_number() && has("total")) value.text = "1000000", promised = true;
  });
  if (promised) response.body = tree->to_text();
  return promised;
}

/// A vendor that shows the first page of a list again, whichever one is asked for.
class Repeater {
 public:
  Repeater(Simulation& simulation, const Contacts& contacts, bool promising) {
    simulation.on_answer = [this, contacts, promising](const Request& request, Response& response) {
      if (response.http_status < 200 || response.http_status >= 300) return;
      if (promising) (void)promise_more(response);
      const bool further = address_of(request) == address_of(first_) && named(request, contacts) == named(first_, contacts) && lists_several(page_);
      if (!further) {  // of another list, or of none: what is decided by it is not judged here
        decided_by_list_ = repeated_ == 0;
        first_ = request;
        page_ = response;
      } else if (request.path != first_.path || request.body != first_.body) {
        response.body = page_.body;
        ++repeated_;
      }
    };
  }

  std::size_t repeated() const { return repeated_; }
  bool decided_by_list() const { return decided_by_list_; }

 private:
  Request first_;
  Response page_;
  std::size_t repeated_ = 0;
  bool decided_by_list_ = true;
};

bool claims_missing(std::uint32_t result) { return result == SWB_ABSENT || result == SWB_RESEND || result == SWB_REJECTED; }

/// The contacts in batches as large as requests may be, each in an import of its own.
std::vector<Contacts> batches_of(const Contacts& contacts, std::uint32_t limit) {
  std::vector<Contacts> out;
  for (std::uint32_t first = 0; first < contacts.size(); first += limit) out.push_back(contacts.slice(first, std::min(limit, contacts.size() - first)));
  return out;
}

/// All of them or, of very many, the first, the last and every eighth.
std::vector<Contacts> some_of(std::vector<Contacts> batches) {
  constexpr std::size_t kAll = 24, kEvery = 8;
  std::vector<Contacts> out;
  for (std::size_t i = 0; i < batches.size(); ++i)
    if (batches.size() <= kAll || i % kEvery == 0 || i + 1 == batches.size()) out.push_back(std::move(batches[i]));
  return out;
}

/// Contacts of an account that has more than a page of them: those on later pages are there as well.
void judge_late_contacts(const Subject& subject, Account& account, const std::vector<Entry>& entries, const std::vector<Contacts>& batches, std::vector<std::string>& problems) {
  if (!subject.library.offers(SWB_RECONCILE)) return;
  for (const Contacts& batch : batches) {
    Simulation simulation(subject.library, *subject.session, account, subject.settings);
    const Run run = simulation.run(SWB_RECONCILE, batch);
    for (std::uint32_t row = 0; row < run.fates.size() && run.ok(); ++row) {
      if (run.fates[row].result != SWB_ABSENT || entry_of(entries, batch, row) == nullptr) continue;
      problems.push_back("row " + std::to_string(row) + " of " + std::to_string(batch.size()) + " is called absent in an account of many contacts that holds it: it would be sent twice");
      return;
    }
  }
}

}  // namespace

void check_repeated_pages(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  constexpr std::uint32_t kMost = 230, kFew = 120;  // rows; few where each goes alone
  std::vector<std::string> problems;
  std::size_t repeated = 0;
  const auto limit = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count_of(subject.library.manifest()["limits"]["records_per_request"], 100), 1, kMost));
  const Contacts contacts = sample_contacts(subject.library.manifest(), limit < 10 ? kFew : kMost, 5000);
  const auto account = subject.account();
  for (const Contacts& batch : batches_of(contacts, limit)) (void)subject.import(batch, account.get());
  const auto entries = entries_of(account->dump().text);
  const std::vector<Contacts> asked = some_of(batches_of(contacts, limit));
  judge_late_contacts(subject, *account, entries, asked, problems);

  const auto ask = [&](std::uint32_t op, const Contacts& rows, bool promising, const std::string& where) {
    Simulation simulation(subject.library, *subject.session, *account, subject.settings);
    const Repeater repeater(simulation, rows, promising);
    const Run run = simulation.run(op, rows);
    repeated += repeater.repeated();
    if (repeater.repeated() == 0 || !repeater.decided_by_list()) return;
    for (std::uint32_t row = 0; row < run.fates.size() && run.ok(); ++row) {
      const bool resent = std::find(run.resent.begin(), run.resent.end(), row) != run.resent.end();
      if (!resent && !claims_missing(run.fates[row].result)) continue;
      problems.push_back(op_name(op) + ": the vendor's list shows its first page again and again, and row " + std::to_string(row) + where + " is called " +
                         result_name(resent ? static_cast<std::uint32_t>(SWB_RESEND) : run.fates[row].result) + ": what a list did not show to its end may be there");
      return;
    }
  };
  const std::string held = ", which the account holds,";
  for (const std::uint32_t op : {SWB_RECONCILE, SWB_IMPORT}) {
    if (!subject.library.offers(op) || entries.empty()) continue;
    for (const Contacts& batch : asked) {
      if (!problems.empty()) break;
      const bool all_held = entry_of(entries, batch, 0) != nullptr && entry_of(entries, batch, batch.size() - 1) != nullptr;
      if (all_held) ask(op, batch, false, held);
    }
  }
  // Lists that are shorter than a page here may be longer elsewhere.
  if (repeated == 0 && subject.library.offers(SWB_RECONCILE))
    ask(SWB_RECONCILE, sample_contacts(subject.library.manifest(), std::min<std::uint32_t>(limit, 12), 9500), true, "");
  results.judge("repeated_pages", problems, counted(repeated, "page") + " shown again in place of the next one; none of them proves that a contact is not there",
                {.tried = repeated, .untried = "no list is read that has a second page"});
}

}  // namespace switchboard::conformance
