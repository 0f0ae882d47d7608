#include "connector.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// MARK 2: Rows whose answer was lost are looked for with GET /v2/subscribers (listSubscribers), page by page, and
//   sent again where two looks do not find them. Does it list every contact of the account, and how soon after an
//   import? Where the vendor takes a phone or an address as a filter, ask with that instead.
// MARK 3: What does silence mean? A row that the answer does not name, or names with a word that is not known, ends
//   as unknown.

namespace rufnetz {

namespace {

constexpr std::uint64_t kSettleMs = 10'000;  // between the two looks: the list may lag behind an import

// A page of the account's contacts. That one is not there is said only by a list that came whole, twice.
void read_page(const kit::Json& json, const kit::Batch& batch, const kit::Step& step, kit::Answer& answer) {
  const auto total = json["meta"]["total"].as_int();
  if (!json["subscribers"].is_array() || !total) return answer.in_doubt("bad_answer", "the list of contacts cannot be read");
  Search search;
  kit::read_state(step, batch, search);
  const auto rows = kit::RowIndex::by_phone(batch, "phone");
  kit::Page page;
  for (const kit::Json& contact : json["subscribers"].items()) {
    ++page.items;
    for (const std::uint32_t row : rows.rows(kit::digits_of(contact["phone"].string_or("")))) {
      if (!search.list.found[row]) answer.row(row, kit::Outcome::unchanged(contact["id"].text()));
      search.list.found[row] = true;
    }
  }
  page.mark = json["subscribers"].at(0)["id"].text().value_or("");
  page.more = search.list.paging.offset + static_cast<std::int64_t>(page.items) < *total;
  const kit::ListSearch::Next turn = search.list.turn(page, kSettleMs);
  if (turn == kit::ListSearch::Next::Page || turn == kit::ListSearch::Next::Again) {
    const bool again = turn == kit::ListSearch::Next::Again;
    search.page = again ? 1 : search.page + 1;
    return kit::go_on(search, answer, again ? kSettleMs : 0);
  }
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (search.list.found[row]) continue;
    answer.row(row, turn == kit::ListSearch::Next::Complete ? kit::Outcome::absent() : kit::Outcome::unknown("list_incomplete", "the list of contacts cannot be relied on"));
  }
  answer.done();
}

void read_results(const kit::Json& json, const kit::Response& response, kit::Answer& answer) {
  const auto id = json["id"].text();
  if (!id || id->empty()) return answer.in_doubt("bad_answer", "the answer names no contact");
  (void)response;
  answer.row(0, kit::Outcome::created(id));
  answer.done();
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
  // Everything but 2xx, 429 with its Retry-After among it: see the table in switchboard/kit/fault.h. Look at
  // response.status() before this line for what your vendor does differently.
  if (const auto fault = kit::http_fault(response, step)) return answer.finish(*fault);
  const auto body = kit::json_of(response, kit::purpose_of(step), "Rufnetz", answer);
  if (!body) return;  // a send is in doubt then; a question is asked again
  const kit::Json& json = *body;
  if (step.is(kit::Operation::Probe)) return kit::finish_probe(json["subscribers"].is_array(), "Rufnetz", answer);
  if (step.is(kit::Operation::Reconcile)) return read_page(json, batch, step, answer);
  if (response.status() == 202) return answer.in_doubt("accepted", "the vendor began, and does not say that it ended");
  read_results(json, response, answer);
}

}  // namespace rufnetz
