// The connector of J3 and of the latency law (tests/bench/run): no shipped vendor takes sixteen requests of a hundred contacts at a
// time, as the peers send. JSON out; an answer of 2xx took them all.
#include <switchboard/kit/kit.h>

namespace instant {

namespace kit = switchboard::kit;

struct Connector {
  explicit Connector(const kit::Settings&) {}

  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
    kit::JsonWriter json;
    json.object().key("contacts").array();
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      json.object();
      for (std::uint32_t column = 0; column < batch.columns(); ++column) json.member_if(batch.column_name(column), batch.cell(row, column));
      json.end();
    }
    auto request = kit::Request::post_json("/contacts", json.end().end().take()).rows(0, batch.rows());
    request.replay = kit::Replay::Keyed;
    request.header("idempotency-key", std::string(step.chain_id()));
    requests.put(request);
  }

  void decode(const kit::Batch&, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
    if (const auto fault = kit::http_fault(response, step)) return answer.finish(*fault);
    const auto json = kit::json_of(response, kit::purpose_of(step), "Instant", answer);
    if (!json) return;
    if ((*json)["status"].string_or("") != "accepted") return answer.finish(kit::Directive::in_doubt("bad_answer", "the answer says nothing of them"));
    answer.rest(kit::Outcome::accepted());
    answer.done();
  }

};

}  // namespace instant

SWB_CONNECTOR(instant::Connector)
