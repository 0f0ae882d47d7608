#include "connector.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// MARK 1: Is the place of the first contact, "index", 0? The document does not quite say.
// MARK 4: What does silence mean? A row that the answer does not name, or names with a word that is not known, ends
//   as unknown.

namespace postern {

namespace {

// In the vendor's words without the contacts that they quote; the field that they name is to blame.
kit::Outcome refused(const kit::Json& result, kit::Answer& answer) {
  return kit::refusal(answer.words(result["error"]["message"].string_or("refused")), "invalid", {"givenName", "familyName", "email", "mobile", "birthday", "language", "score", "vip", "tags", "address.street", "address.city", "address.postcode"});
}

kit::Outcome fate_of(const kit::Json& result, kit::Answer& answer) {
  const std::string status = result["status"].string_or("");
  if (status == "created") return kit::Outcome::created(result["person"]["id"].text());
  if (status == "updated") return kit::Outcome::updated(result["person"]["id"].text());
  if (status == "failed") return refused(result, answer);
  return kit::Outcome::unknown("no_result", "the answer does not say what became of this contact");
}

void read_results(const kit::Json& json, const kit::Batch& batch, kit::Answer& answer) {
  const kit::Json& results = json["results"];
  if (!results.is_array()) return answer.in_doubt("bad_answer", "the answer holds no results");
  std::vector<const kit::Json*> of_row(batch.rows(), nullptr);
  std::vector<bool> twice(batch.rows(), false);
  for (const kit::Json& result : results.items()) {
    const std::int64_t index = result["index"].int_or(-1);
    if (index < 0 || index >= static_cast<std::int64_t>(batch.rows())) continue;
    const auto row = static_cast<std::uint32_t>(index);
    twice[row] = twice[row] || of_row[row] != nullptr;
    of_row[row] = &result;
  }
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    const bool known = of_row[row] != nullptr && !twice[row];
    answer.row(row, known ? fate_of(*of_row[row], answer) : kit::Outcome::unknown("no_result", "the answer does not say what became of this contact"));
  }
  answer.done();
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
  // Everything but 2xx, 429 with its Retry-After among it: see the table in switchboard/kit/fault.h. Look at
  // response.status() before this line for what your vendor does differently.
  if (const auto fault = kit::http_fault(response, step)) return answer.finish(*fault);
  const auto body = kit::json_of(response, kit::purpose_of(step), "Postern Audience API", answer);
  if (!body) return;  // a send is in doubt then; a question is asked again
  const kit::Json& json = *body;
  if (step.is(kit::Operation::Probe)) return kit::finish_probe(!json["name"].is_null(), "Postern Audience API", answer);
  if (response.status() == 202) return answer.in_doubt("accepted", "the vendor began, and does not say that it ended");
  read_results(json, batch, answer);
}

}  // namespace postern
