#include "connector.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// MARK 4: What does silence mean? A row that the answer does not name, or names with a word that is not known, ends
//   as unknown.

namespace formwerk {

namespace {

void read_results(const kit::Json& json, const kit::Response& response, kit::Answer& answer) {
  const auto id = json["sid"].text();
  if (!id || id->empty()) return answer.in_doubt("bad_answer", "the answer names no contact");
  (void)response;
  answer.row(0, kit::Outcome::created(id));
  answer.done();
}

}  // namespace

void Connector::decode(const kit::Batch&, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
  // Everything but 2xx, 429 with its Retry-After among it: see the table in switchboard/kit/fault.h. Look at
  // response.status() before this line for what your vendor does differently.
  if (const auto fault = kit::http_fault(response, step)) return answer.finish(*fault);
  const auto body = kit::json_of(response, kit::purpose_of(step), "Formwerk", answer);
  if (!body) return;  // a send is in doubt then; a question is asked again
  const kit::Json& json = *body;
  if (response.status() == 202) return answer.in_doubt("accepted", "the vendor began, and does not say that it ended");
  read_results(json, response, answer);
}

}  // namespace formwerk
