#include "connector.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// MARK 2: The document does not say that results come in the order of the contacts; it is assumed, where there are as
//   many.
// MARK 4: Rows whose answer was lost are looked for with GET /spaces/{spaceId}/contacts (listContacts), page by page,
//   and sent again where two looks do not find them. Does it list every contact of the account, and how soon after an
//   import? Where the vendor takes a phone or an address as a filter, ask with that instead.
// MARK 5: What does silence mean? A row that the answer does not name, or names with a word that is not known, ends
//   as unknown.

namespace kartei {

namespace {

constexpr std::uint64_t kSettleMs = 10'000;  // between the two looks: the list may lag behind an import

// A page of the account's contacts. That one is not there is said only by a list that came whole, twice.
void read_page(const kit::Json& json, const kit::Batch& batch, const kit::Step& step, kit::Answer& answer) {
  if (!json["data"].is_array()) return answer.in_doubt("bad_answer", "the list of contacts cannot be read");
  Search search;
  kit::read_state(step, batch, search);
  const auto rows = kit::RowIndex::by_email(batch, "email");
  kit::Page page;
  for (const kit::Json& contact : json["data"].items()) {
    ++page.items;
    for (const std::uint32_t row : rows.rows(kit::lower(contact["email"].string_or("")))) {
      if (!search.list.found[row]) answer.row(row, kit::Outcome::unchanged(contact["id"].text()));
      search.list.found[row] = true;
    }
  }
  constexpr std::size_t kLongestCursor = 1000;
  const std::string next = json["paging"]["nextCursor"].string_or("");
  page.mark = next;
  page.other = next.size() > kLongestCursor;
  page.more = !next.empty();
  const kit::ListSearch::Next turn = search.list.turn(page, kSettleMs);
  if (turn == kit::ListSearch::Next::Page || turn == kit::ListSearch::Next::Again) {
    const bool again = turn == kit::ListSearch::Next::Again;
    search.cursor = again ? "" : next;
    return kit::go_on(search, answer, again ? kSettleMs : 0);
  }
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (search.list.found[row]) continue;
    answer.row(row, turn == kit::ListSearch::Next::Complete ? kit::Outcome::absent() : kit::Outcome::unknown("list_incomplete", "the list of contacts cannot be relied on"));
  }
  answer.done();
}

// In the vendor's words without the contacts that they quote; the field that they name is to blame.
kit::Outcome refused(const kit::Json& result, kit::Answer& answer) {
  return kit::refusal(answer.words(result["message"].string_or("refused")), "invalid", {"email", "firstName", "lastName", "phone"});
}

kit::Outcome fate_of(const kit::Json& result, kit::Answer& answer) {
  const std::string status = result["status"].string_or("");
  if (status == "created") return kit::Outcome::created(result["id"].text());
  if (status == "updated") return kit::Outcome::updated(result["id"].text());
  if (status == "rejected") return refused(result, answer);
  return kit::Outcome::unknown("no_result", "the answer does not say what became of this contact");
}

void read_results(const kit::Json& json, const kit::Batch& batch, kit::Answer& answer) {
  const kit::Json& results = json["results"];
  if (!results.is_array() || results.items().size() != batch.rows()) {
    return answer.in_doubt("bad_answer", "the answer does not list every contact");
  }
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    answer.row(row, fate_of(results.at(row), answer));
  }
  answer.done();
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
  // Everything but 2xx, 429 with its Retry-After among it: see the table in switchboard/kit/fault.h. Look at
  // response.status() before this line for what your vendor does differently.
  if (const auto fault = kit::http_fault(response, step)) return answer.finish(*fault);
  const auto body = kit::json_of(response, kit::purpose_of(step), "Kartei", answer);
  if (!body) return;  // a send is in doubt then; a question is asked again
  const kit::Json& json = *body;
  if (step.is(kit::Operation::Reconcile)) return read_page(json, batch, step, answer);
  if (response.status() == 202) return answer.in_doubt("accepted", "the vendor began, and does not say that it ended");
  read_results(json, batch, answer);
}

}  // namespace kartei
