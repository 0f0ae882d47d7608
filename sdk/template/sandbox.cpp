// The vendor's emulator: an account in memory. Pure: the same requests give the same answers.
#include <switchboard/kit/kit.h>

#include <map>
#include <string>

namespace @NAMESPACE@ {

namespace kit = switchboard::kit;

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  kit::SandboxResponse fault(int status) const { return error(status, "a fault was asked for"); }

  kit::SandboxResponse answer(const kit::SandboxRequest& request) {
    if (request.bearer() != api_key_) return error(401, "the API key is not known");
    if (!rate_.pass(now_ms_)) return error(429, "too many requests").with("retry-after", "60");
    return route(request,
                 {{"GET", "/v1/account", &Sandbox::account},
                  {"POST", "/v1/lists/*/contacts", &Sandbox::store},
                  {"POST", "/v1/lists/*/lookup", &Sandbox::look_up}},
                 [](bool other_method) { return other_method ? error(405, "method not allowed") : error(404, "no such resource"); });
  }

  std::string dump() const {
    return kit::object({{"contacts", kit::array(contacts_, [](const auto& stored) { return stored.second; })}}).text();
  }

 private:
  static kit::SandboxResponse error(int status, std::string_view message) {
    return kit::SandboxResponse::of(status, kit::object({{"message", message}}));
  }

  kit::SandboxResponse account(const kit::SandboxRequest&) { return kit::SandboxResponse::of(200, kit::object({{"account", "sandbox"}})); }

  kit::SandboxResponse store(const kit::SandboxRequest& request) {
    const kit::Json body = request.json();
    if (!body["contacts"].is_array()) return error(400, "contacts is missing");
    const auto results = kit::array(body["contacts"].items(), [this](const kit::Json& contact) {
      const std::string phone = contact["phone"].string_or("");
      if (phone.empty()) return kit::object({{"status", "invalid"}, {"message", "phone is required"}});
      const bool created = contacts_.emplace(phone, contact).second;
      return kit::object({{"status", created ? "created" : "exists"}, {"id", id_of(phone)}});
    });
    if (imports_.next() == "lost_reply") return error(502, "bad gateway");  // stored, and nobody hears of it
    return kit::SandboxResponse::of(201, kit::object({{"results", results}}));
  }

  kit::SandboxResponse look_up(const kit::SandboxRequest& request) {
    const kit::Json body = request.json();
    return kit::SandboxResponse::of(200, kit::object({{"results", kit::array(body["phones"].items(), [this](const kit::Json& phone) {
      const bool known = contacts_.contains(phone.string_or(""));
      return known ? kit::object({{"status", "exists"}, {"id", id_of(phone.string_or(""))}}) : kit::object({{"status", "absent"}});
    })}}));
  }

  static std::string id_of(const std::string& phone) { return kit::hex_id("contact" + phone, 0); }

  std::string api_key_ = options_.secret("api_key");
  kit::SandboxRate rate_{options_.number("requests_per_minute", 0), 60'000};
  kit::SandboxFault imports_{options_};
  std::map<std::string, kit::Json> contacts_;  // by phone
};

}  // namespace @NAMESPACE@

SWB_SANDBOX(@NAMESPACE@::Sandbox)
