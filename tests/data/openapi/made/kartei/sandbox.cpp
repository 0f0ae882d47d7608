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

namespace kartei {

namespace kit = switchboard::kit;

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  kit::SandboxResponse fault(int status) const { return error(status, "a fault was asked for"); }

  kit::SandboxResponse answer(const kit::SandboxRequest& request) {
    const bool known = (request.bearer() == options_.secret("access_token"));
    if (!known) return error(401, "the credential is not known");
    if (!rate_.pass(now_ms_)) return error(429, "too many requests").with("retry-after", "60");
    if (request.method() == "GET" && kit::is_route("/v1/spaces/*/contacts", request.segments())) return list(request);
    if (request.method() != "POST" || !kit::is_route("/v1/spaces/*/contacts/bulk", request.segments())) return error(404, "no such resource");
    const auto body = kit::Json::parse(request.body());
    if (!body) return error(400, "the body is not JSON");
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
    if (contact["email"].is_null() || contact["email"].as_string() == "") return "email is required";
    if (!contact["email"].is_null() && !is_address(contact["email"].string_or(""))) return "email is no e-mail address";
    if (!contact["phone"].is_null() && kit::digits_of(contact["phone"].string_or("")).size() < 5) return "phone is no phone number";
    return "";
  }

  static bool is_address(std::string_view text) {
    const auto sign = text.find('@');
    return sign != text.npos && sign > 0 && text.find('.', sign) != text.npos;
  }

  // By what the vendor tells contacts apart.
  static std::string key_of(const kit::Json& contact) {
    const std::string key = kit::lower(contact["email"].string_or(""));
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
    if (taken.was_there) {
      contacts_[known->second].second = contact;
      return taken;
    }
    taken.id = kit::hex_id("contact", contacts_.size() + 1);
    by_key_[key_of(contact)] = contacts_.size();
    contacts_.emplace_back(taken.id, contact);
    return taken;
  }

  kit::SandboxResponse import(const kit::Json& body) {
    const kit::Json& list = body["contacts"];
    if (!list.is_array()) return error(400, "there is no list of contacts");
    kit::JsonWriter json;
    json.array();
    for (const kit::Json& contact : list.items()) {
      const Taken taken = take(contact);
      json.object();
      json.key("status").value(std::string_view(!taken.wrong.empty() ? "rejected" : taken.was_there ? "updated" : "created"));
      if (taken.wrong.empty()) {
        json.key("id").value(taken.id);
      }
      if (!taken.wrong.empty()) {
        json.key("message").value(taken.wrong);
      }
      json.end();
    }
    const std::string results = json.end().take();
    if (imports_.next() == "lost_reply") return error(502, "bad gateway");  // stored, and nobody hears of it
    kit::JsonWriter out;
    out.object();
    out.key("results").raw(results);
    out.end();
    return kit::SandboxResponse::json(200, out.take());
  }

  kit::SandboxResponse list(const kit::SandboxRequest& request) const {
    const auto size = static_cast<std::size_t>(request.query_int("limit", 20, 1, 30).value_or(20));
    const std::string cursor = request.query("cursor").value_or("c0");
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(0, kit::parse_int(std::string_view(cursor).substr(1)).value_or(0)));
    kit::JsonWriter json;
    json.array();
    std::size_t next = std::min(from, contacts_.size());
    for (const std::size_t last = std::min(next + size, contacts_.size()); next < last; ++next) {
      const auto& [id, contact] = contacts_[next];
      json.object();
      json.key("id").value(id);
      json.key("email").value(contact["email"]);
      json.end();
    }
    const std::string shown = json.end().take();
    kit::JsonWriter out;
    out.object();
    out.key("data").raw(shown);
    if (next < contacts_.size()) {
      out.key("paging").object();
      out.key("nextCursor").value("c" + std::to_string(next));
      out.end();
    }
    out.end();
    return kit::SandboxResponse::json(200, out.take());
  }

  kit::SandboxRate rate_{options_.number("requests_per_minute", 0), 60'000};
  kit::SandboxFault imports_{options_};
  std::vector<std::pair<std::string, kit::Json>> contacts_;  // id, and what was sent
  std::map<std::string, std::size_t> by_key_;
};

}  // namespace kartei

SWB_SANDBOX(kartei::Sandbox)
