// The vendor's emulator: an account in memory, as far as the document describes it. Pure: the same requests give the same
// answers.
#include <switchboard/kit/kit.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace formwerk {

namespace kit = switchboard::kit;

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  kit::SandboxResponse fault(int status) const { return error(status, "a fault was asked for"); }

  kit::SandboxResponse answer(const kit::SandboxRequest& request) {
    const bool known = (request.basic() == std::pair(options_.secret("user"), options_.secret("password")));
    if (!known) return error(401, "the credential is not known");
    if (!rate_.pass(now_ms_)) return error(429, "too many requests").with("retry-after", "60");
    if (request.method() != "POST" || !kit::is_route("/2010-04-01/Accounts/*/Contacts.json", request.segments())) return error(404, "no such resource");
    if (request.media_type() != "application/x-www-form-urlencoded") return error(400, "the body is no form");
    const std::optional<kit::Json> body = request.form();
    return import(*body);
  }

  std::string dump() const {
    const auto shown = [](const auto& stored) { return kit::object({{"id", stored.first}, {"contact", stored.second}}); };
    return kit::object({{"contacts", kit::array(contacts_, shown)}}).text();
  }

 private:
  static kit::SandboxResponse error(int status, std::string_view message) {
    return kit::SandboxResponse::of(status, kit::object({{"message", message}}));
  }

  // What is wrong with a contact; empty: nothing.
  static std::string wrong_with(const kit::Json& contact) {
    if (!contact.is_object()) return "a contact is an object";
    if (contact["PhoneNumber"].is_null() || contact["PhoneNumber"].as_string() == "") return "PhoneNumber is required";
    if (!contact["PhoneNumber"].is_null() && kit::digits_of(contact["PhoneNumber"].string_or("")).size() < 5) return "PhoneNumber is no phone number";
    if (!contact["Email"].is_null() && !is_address(contact["Email"].string_or(""))) return "Email is no e-mail address";
    return "";
  }

  static bool is_address(std::string_view text) {
    const auto sign = text.find('@');
    return sign != text.npos && sign > 0 && text.find('.', sign) != text.npos;
  }

  // By what the vendor tells contacts apart.
  static std::string key_of(const kit::Json& contact) {
    const std::string key = kit::digits_of(contact["PhoneNumber"].string_or(""));
    if (!key.empty()) return key;
    return contact.to_text();
  }

  struct Taken {
    std::string id, wrong;
    bool was_there = false;
  };

  // Stores a contact, or says what is wrong with it.
  Taken take(const kit::Json& contact) {
    Taken taken;
    taken.wrong = wrong_with(contact);
    if (!taken.wrong.empty()) return taken;
    const auto known = by_key_.find(key_of(contact));
    taken.was_there = known != by_key_.end();
    if (taken.was_there) taken.id = contacts_[known->second].first;
    // Nothing says that the vendor knows a contact again: it is stored once more.
    taken.id = kit::hex_id("contact", contacts_.size() + 1);
    by_key_[key_of(contact)] = contacts_.size();
    contacts_.emplace_back(taken.id, contact);
    return taken;
  }

  kit::SandboxResponse import(const kit::Json& body) {
    const Taken taken = take(body);
    if (!taken.wrong.empty()) return error(422, taken.wrong);
    if (imports_.next() == "lost_reply") return error(502, "bad gateway");  // stored, and nobody hears of it
    kit::JsonWriter out;
    out.object();
    out.key("sid").value(taken.id);
    out.end();
    return kit::SandboxResponse::json(201, out.take());
  }

  kit::SandboxRate rate_{options_.number("requests_per_minute", 0), 60'000};
  kit::SandboxFault imports_{options_};
  std::vector<std::pair<std::string, kit::Json>> contacts_;  // id, and what was sent
  std::map<std::string, std::size_t> by_key_;
};

}  // namespace formwerk

SWB_SANDBOX(formwerk::Sandbox)
