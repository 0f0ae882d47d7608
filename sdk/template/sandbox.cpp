// The vendor's emulator: an account in memory. Pure: the same requests give the same answers.
#include <switchboard/kit/kit.h>

#include <map>
#include <string>

namespace @NAMESPACE@ {

namespace kit = switchboard::kit;

class Sandbox {
 public:
  explicit Sandbox(const kit::Json& options)
      : api_key_(kit::sandbox_secret(options, "api_key")),
        rate_(kit::sandbox_option(options, "requests_per_minute").int_or(0), 60'000),
        imports_(options) {}

  kit::SandboxResponse serve(const kit::SandboxRequest& request, std::int64_t now_ms) {
    if (const auto status = request.fault_status()) return error(*status, "a fault was asked for");
    if (request.bearer() != api_key_) return error(401, "the API key is not known");
    if (!rate_.pass(now_ms)) return error(429, "too many requests").with("retry-after", "60");
    if (request.is("GET", "/v1/account")) return kit::SandboxResponse::json(200, R"({"account":"sandbox"})");
    const auto& parts = request.segments();  // v1, lists, LIST, contacts | lookup
    if (request.method() != "POST" || parts.size() != 4 || parts[1] != "lists")
      return error(404, "no such resource");
    const auto body = kit::Json::parse(request.body());
    if (!body) return error(400, "the body is not JSON");
    if (parts[3] == "contacts") return store((*body)["contacts"]);
    if (parts[3] == "lookup") return look_up((*body)["phones"]);
    return error(404, "no such resource");
  }

  std::string dump() const {
    kit::JsonWriter json;
    json.object().key("contacts").array();
    for (const auto& [phone, contact] : contacts_) json.raw(contact);
    return json.end().end().take();
  }

 private:
  static kit::SandboxResponse error(int status, std::string_view message) {
    return kit::SandboxResponse::json(status,
                                      kit::JsonWriter().object().member("message", message).end().take());
  }

  kit::SandboxResponse store(const kit::Json& contacts) {
    kit::JsonWriter json;
    json.object().key("results").array();
    for (const kit::Json& contact : contacts.items()) {
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
    return kit::SandboxResponse::json(201, json.end().end().take());
  }

  kit::SandboxResponse look_up(const kit::Json& phones) const {
    kit::JsonWriter json;
    json.object().key("results").array();
    for (const kit::Json& phone : phones.items()) {
      const std::string number = phone.string_or("");
      json.object().member("status", contacts_.count(number) > 0 ? "exists" : "absent");
      if (contacts_.count(number) > 0) json.member("id", kit::hex_id("contact" + number, 0));
      json.end();
    }
    return kit::SandboxResponse::json(200, json.end().end().take());
  }

  std::string api_key_;
  kit::SandboxRate rate_;
  kit::SandboxFault imports_;
  std::map<std::string, std::string> contacts_;  // phone → JSON
};

}  // namespace @NAMESPACE@

SWB_SANDBOX(@NAMESPACE@::Sandbox)
