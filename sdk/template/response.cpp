#include "connector.h"

namespace @NAMESPACE@ {

namespace {

// [{"status": "created" | "exists" | "absent" | "invalid", "id": …, "message": …}, …], one for each row, in
// order.
void read_results(const kit::Json& results, const kit::Batch& batch, bool reconciling, kit::Answer& answer) {
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    const kit::Json& result = results.at(row);
    const std::string status = result["status"].string_or("");
    if (status == "created") {
      answer.row(row, kit::Outcome::created(result["id"].text()));
    } else if (status == "exists") {
      answer.row(row, kit::Outcome::unchanged(result["id"].text()));
    } else if (status == "absent" && reconciling) {
      answer.row(row, kit::Outcome::absent());
    } else if (status == "invalid") {
      // In the vendor's words without the contacts that they quote; the field that they name is to blame.
      answer.row(row, kit::refusal(answer.words(result["message"].string_or("refused")), "invalid", {"phone", "email", "name"}));
    } else {
      // Silence is never success.
      answer.row(row, kit::Outcome::unknown("no_result", "the answer does not say what became of this row"));
    }
  }
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  // Everything but 2xx: see the table in switchboard/kit/fault.h. Look at response.status() before this line
  // for what your vendor does differently.
  if (const auto fault = kit::http_fault(response, step)) return answer.finish(*fault);

  const auto json = kit::json_of(response, kit::purpose_of(step), "@TITLE@", answer);
  if (!json) return;  // a send is in doubt then; a question is asked again
  // What only the vendor's good answer holds proves the key; any 200 does not.
  if (step.is(kit::Operation::Probe)) return kit::finish_probe(!(*json)["account"].is_null(), "@TITLE@", answer);
  if ((*json)["results"].items().size() != batch.rows()) {
    return answer.in_doubt("bad_answer", "the answer does not list every contact");
  }
  read_results((*json)["results"], batch, step.is(kit::Operation::Reconcile), answer);
  answer.done();
}

}  // namespace @NAMESPACE@
