// The vendor's emulator: an account in memory. Pure: the same requests give the same answers.
#include <switchboard/kit/kit.h>

#include <map>
#include <string>

namespace @NAMESPACE@ {

namespace kit = switchboard::kit;

class Sandbox {
 public:
  explicit Sandbox(const kit::Json& options) : options_(options), imports_(options) {}

  kit::SandboxResponse serve(const kit::SandboxRequest& request, std::int64_t now_ms) {
    if (const auto status = request.fault_status()) return error(*status, "a fault was asked for");
    if (request.bearer() != api_key_) return error(401, "the API key is not known");
    if (!rate_.pass(now_ms)) return error(429, "too many requests").with("retry-after", "60");
    static constexpr kit::SandboxRoute<Sandbox> kRoutes[] = {{"GET", "/v1/account", &Sandbox::account},
                                                             {"POST", "/v1/lists/*/contacts", &Sandbox::store},
                                                             {"POST", "/v1/lists/*/lookup", &Sandbox::look_up}};
    return kit::route(*this, kRoutes, request, [](bool other_method) { return other_method ? error(405, "method not allowed") : error(404, "no such resource"); });
  }

  std::string dump() const {
    kit::JsonWriter json;
    json.object().key("contacts").array();
    for (const auto& [phone, contact] : contacts_) json.raw(contact);
    return json.end().end().take();
  }

 private:
  static kit::SandboxResponse error(int status, std::string_view message) {
    return kit::SandboxResponse::json(status, kit::JsonWriter().object().member("message", message).end());
  }

  kit::SandboxResponse account(const kit::SandboxRequest&) { return kit::SandboxResponse::json(200, R"({"account":"sandbox"})"); }

  kit::SandboxResponse store(const kit::SandboxRequest& request) {
    const kit::Json body = request.json();
    if (!body["contacts"].is_array()) return error(400, "contacts is missing");
    kit::JsonWriter json;
    json.object().key("results").array();
    for (const kit::Json& contact : body["contacts"].items()) {
      const std::string phone = contact["phone"].string_or("");
      json.object();
      if (phone.empty()) {
        json.member("status", "invalid").member("message", "phone is required");
      } else if (contacts_.count(phone) > 0) {
        json.member("status", "exists").member("id", kit::hex_id("contact" + phone, 0));
      } else {
        contacts_.emplace(phone, contact.to_text());
        json.member("status", "created").member("id", kit::hex_id("contact" + phone, 0));
      }
      json.end();
    }
    if (imports_.next() == "lost_reply") return error(502, "bad gateway");  // stored, and nobody hears of it
    return kit::SandboxResponse::json(201, json.end().end());
  }

  kit::SandboxResponse look_up(const kit::SandboxRequest& request) {
    const kit::Json body = request.json();
    kit::JsonWriter json;
    json.object().key("results").array();
    for (const kit::Json& phone : body["phones"].items()) {
      const std::string number = phone.string_or("");
      json.object().member("status", contacts_.count(number) > 0 ? "exists" : "absent");
      if (contacts_.count(number) > 0) json.member("id", kit::hex_id("contact" + number, 0));
      json.end();
    }
    return kit::SandboxResponse::json(200, json.end().end());
  }

  kit::SandboxOptions options_;
  std::string api_key_ = options_.secret("api_key");
  kit::SandboxRate rate_{options_.number("requests_per_minute", 0), 60'000};
  kit::SandboxFault imports_;
  std::map<std::string, std::string> contacts_;  // phone → JSON
};

}  // namespace @NAMESPACE@

SWB_SANDBOX(@NAMESPACE@::Sandbox)
