// A connector that breaks one rule at a time, chosen by the setting "rogue": the conformance kit must notice.
#include <switchboard/kit/kit.h>

#include <atomic>
#include <clocale>
#include <stdexcept>
#include <string>

namespace rogue {

namespace kit = switchboard::kit;

struct Connector {
  explicit Connector(const kit::Settings& settings) : kind(settings.text("rogue", "none")) {
    if (kind == "refuses") throw kit::SettingError("rogue", "is not liked");
  }

  bool is(std::string_view name) const { return kind == name; }

  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
    static std::atomic<int> calls = 0;
    static const swb_str* kept = nullptr;
    if (!step.is(kit::Operation::Import) && !is("offers_more")) throw kit::Unsupported("import only");
    kit::JsonWriter items;
    items.object().member("n", batch.rows()).key("phones").array();
    for (std::uint32_t row = 0; row < batch.rows(); ++row) items.value(batch.value(row, "phone").value_or(""));
    kit::Request request = kit::Request::post_json("/items", items.end().end().take()).rows(0, batch.rows());
    if (is("impure")) request.header("X-Call", std::to_string(++calls));
    if (is("locale")) request.header("X-Locale", std::setlocale(LC_ALL, nullptr));
    if (is("authorization")) request.header("Authorization", "Bearer x");
    if (is("newline")) request.header("X-Name", "a\r\nX-Evil: 1");
    if (is("expect")) request.header("Expect", "100-continue");
    if (is("trace")) request.method = "TRACE";
    if (is("foreign_host")) request.path = "https://evil.example/items";
    if (is("drops_rows") && batch.rows() > 1) request.count = batch.rows() - 1;
    if (is("too_large")) request.body.assign(100'000, 'x');
    if (is("throws_int")) throw 7;
    if (is("keeps_pointer")) {
      if (kept != nullptr) request.body += std::string(kept->data, 1);
      static swb_str cell;
      const auto text = batch.value(0, "phone").value_or("");
      cell = {text.data(), text.size()};
      kept = &cell;
    }
    if (is("null_write")) *reinterpret_cast<volatile int*>(step.now_ms() == 0 ? 1 : 0) = 1;
    while (is("hangs")) ++calls;
    requests.put(request);
    if (is("two_requests_later")) requests.put(request);
  }

  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
              kit::Answer& answer) const {
    if (is("always_done")) {
      answer.rest(kit::Outcome::created());
      return answer.done();
    }
    if (is("retries_unsafe") && response.status() == 0)
      return answer.finish(kit::Directive::retry("again", "again"));
    if (is("echoes_locale"))
      return answer.finish(kit::Directive::in_doubt("x", std::setlocale(LC_ALL, nullptr)));
    if (is("repeats") && !response.ok()) {  // the kit blanks messages; what is kept is the connector's own affair
      kit::Directive directive = kit::Directive::in_doubt("x", "x");
      directive.state = std::string(response.body());
      return answer.finish(directive);
    }
    if (is("bad_code")) return answer.finish(kit::Directive::in_doubt("Not A Code", "x"));
    if (const auto fault = kit::http_fault(response, kit::Purpose::Send, step.now_ms())) return answer.finish(*fault);
    if (is("silent_rows")) return answer.done();
    const auto json = kit::Json::parse(response.body());
    if (!json || (*json)["stored"].as_int() != batch.rows()) {
      return answer.finish(kit::Directive::in_doubt("no_proof", "the answer proves nothing"));
    }
    answer.rest(is("rejects_all") ? kit::Outcome::rejected("no", "no") : kit::Outcome::created());
    answer.done();
  }

  std::string kind;
};

struct Sandbox {
  explicit Sandbox(const kit::Json& options)
      : key(kit::sandbox_secret(options, "api_key")),
        kind(kit::sandbox_option(options, "rogue").string_or("none")) {}

  kit::SandboxResponse serve(const kit::SandboxRequest& request, std::int64_t) {
    if (const auto status = request.fault_status(); status && kind != "ignores_faults") {
      if (kind == "stores_on_fault") ++stored;
      return kit::SandboxResponse::json(*status, "{}");
    }
    if (request.bearer() != key && kind != "open_house") return kit::SandboxResponse::json(401, "{}");
    const auto body = kit::Json::parse(request.body()).value_or(kit::Json());
    const auto n = body["n"].int_or(0);
    if (kind == "picky" && n > 3) return kit::SandboxResponse::json(201, R"({"stored":-1})");
    stored += n;
    return kit::SandboxResponse::json(201, "{\"stored\":" + std::to_string(n) + "}");
  }
  std::string dump() const {
    return kind == "bad_dump" ? "nothing" : "{\"stored\":" + std::to_string(stored) + "}";
  }

  std::string key, kind;
  std::int64_t stored = 0;
};

}  // namespace rogue

SWB_CONNECTOR(rogue::Connector)
SWB_SANDBOX(rogue::Sandbox)
