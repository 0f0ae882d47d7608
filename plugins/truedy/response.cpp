// Vendor answer → outcomes and directive. Errors are read in fault.cpp, refused rows in refused.cpp; the contacts that
// Truedy has are listed in lookup.cpp.
#include "connector.h"

namespace truedy {
namespace {

struct Answered : Reading {
  void read() {
    const bool rows = step.carries_rows(), sent = chain.phase == Phase::Send, check = rows && chain.phase == Phase::Check;
    const bool before = step.is(Operation::Import) && chain.phase == Phase::List;  // nothing was sent yet
    const Purpose purpose = before ? Purpose::Ask : kit::purpose_of(step, sent);
    if (const auto fault = fault_of(connector, response, purpose, step.now_ms())) {
      // The upload itself was answered: what a list would add is not worth the job.
      constexpr std::uint32_t kAttempts = 2;
      const bool patient = fault->kind == SWB_THROTTLE || fault->kind == SWB_REAUTH ||
                           (fault->kind == SWB_RETRY && step.attempt() < kAttempts);
      return check && !patient ? finish_check(*this, false) : answer.finish(*fault);
    }
    if (check && !Json::parse(response.body())) return finish_check(*this, false);
    const auto json = kit::json_of(response, purpose, "Truedy", answer);
    if (!json) return;
    if (rows) return sent ? upload((*json)["data"].is_object() ? (*json)["data"] : *json) : read_page(*this, *json);
    const Json* list = step.is(Operation::Discover) ? folders_of(*json) : contacts_of(*json);
    if (list != nullptr && step.is(Operation::Discover)) kit::put_items(answer, *list, "folder");
    kit::finish_probe(list != nullptr, "Truedy", answer);
  }

  void upload(const Json& data) {
    const auto counts = kit::counts_in(data, {"imported", "updated", "skipped", "errors"}, 0);
    if (!counts) return answer.in_doubt("bad_answer", "Truedy's answer to the upload holds no counts");

    const auto refused = refused_rows(connector, batch, data["error_details"].items());
    for (const auto& [row, reason] : refused.rows) {
      answer.row(row, refusal(answer.words(reason)));
      chain.decided[row] = true;
    }
    const std::int64_t rows = batch.rows();
    const auto refused_count = static_cast<std::int64_t>(refused.rows.size());
    if (refused_count == rows) return answer.done();
    if (counts->stored() == 0 && counts->refused >= rows) return answer.done_with(refusal(answer.words(refused.reason)));
    if (counts->refused < refused_count || counts->stored() + counts->refused != rows)
      return answer.in_doubt("counts_do_not_match", "Truedy's counts do not match the rows that were sent and the errors that it names");

    chain.counts = *counts;
    chain.reason = answer.words(refused.reason);
    if (counts->refused > refused_count || (!counts->of_all() && !chain.has_snapshot && connector.verify)) return start_check(*this);

    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      chain.list.found[row] = chain.list.found[row] && !chain.decided[row];
      chain.fresh[row] = chain.has_snapshot && !chain.list.found[row] && !chain.decided[row];
    }
    answer.done_with(chain.decided, [&](std::uint32_t row) { return stored(*this, row); });
  }
};

}  // namespace

void Connector::decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const {
  Answered{{*this, batch, step, response, answer}}.read();
}

}  // namespace truedy
