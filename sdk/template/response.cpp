#include "connector.h"

namespace @NAME@ {

namespace {

// [{"status": "created" | "exists" | "absent" | "invalid", "id": …, "message": …}, …], one for each row, in
// order.
void read_results(const kit::Json& results, const kit::Batch& batch, bool reconciling, kit::Answer& answer) {
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    const kit::Json& result = results.at(row);
    const std::string status = result["status"].string_or("");
    std::optional<std::string> id;
    if (const auto text = result["id"].as_string()) id = std::string(*text);
    if (status == "created") {
      answer.row(row, kit::Outcome::created(id));
    } else if (status == "exists") {
      answer.row(row, kit::Outcome::unchanged(id));
    } else if (status == "absent" && reconciling) {
      answer.row(row, kit::Outcome::absent());
    } else if (status == "invalid") {
      answer.row(row, kit::Outcome::rejected("invalid", result["message"].string_or("refused")));
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

  const auto json = kit::Json::parse(response.body());
  if (step.is(kit::Operation::Probe)) {
    if (!json || (*json)["account"].is_null()) {
      return answer.finish(
          kit::Directive::abort(kit::Reason::Unavailable, "bad_answer", "this is not the vendor's API"));
    }
    return answer.done();
  }
  if (!json || (*json)["results"].items().size() != batch.rows()) {
    return answer.finish(kit::Directive::in_doubt("bad_answer", "the answer does not list every contact"));
  }
  read_results((*json)["results"], batch, step.is(kit::Operation::Reconcile), answer);
  answer.done();
}

}  // namespace @NAME@
