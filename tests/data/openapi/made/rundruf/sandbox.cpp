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

namespace rundruf {

namespace kit = switchboard::kit;

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  kit::SandboxResponse fault(int status) const { return error(status, "a fault was asked for"); }

  kit::SandboxResponse answer(const kit::SandboxRequest& request) {
    const bool known = (request.bearer() == options_.secret("access_token"));
    if (!known) return error(401, "the credential is not known");
    if (!rate_.pass(now_ms_)) return error(429, "too many requests").with("retry-after", "60");
    if (request.method() == "GET" && kit::is_route("/v1/imports/*", request.segments())) return show(request.segments());
    if (request.method() != "POST" || !kit::is_route("/v1/imports", request.segments())) return error(404, "no such resource");
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
    if (!contact["number"].is_null() && kit::digits_of(contact["number"].string_or("")).size() < 5) return "number is no phone number";
    if (!contact["e-mail"].is_null() && !is_address(contact["e-mail"].string_or(""))) return "e-mail is no e-mail address";
    return "";
  }

  static bool is_address(std::string_view text) {
    const auto sign = text.find('@');
    return sign != text.npos && sign > 0 && text.find('.', sign) != text.npos;
  }

  // By what the vendor tells contacts apart.
  static std::string key_of(const kit::Json& contact) {
    const std::string key = kit::digits_of(contact["number"].string_or(""));
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
    const kit::Json& list = body["recipients"];
    if (!list.is_array()) return error(400, "there is no list of contacts");
    std::int64_t stored = 0, refused = 0;
    std::int64_t index = 0;
    kit::JsonWriter json;
    json.array();
    for (const kit::Json& contact : list.items()) {
      const Taken taken = take(contact);
      taken.wrong.empty() ? ++stored : ++refused;
      if (!taken.wrong.empty()) {
        json.object();
        json.key("row").value(index + 1);
        json.key("reason").value(taken.wrong);
        json.end();
      }
      ++index;
    }
    const std::string results = json.end().take();
    if (imports_.next() == "lost_reply") return error(502, "bad gateway");  // stored, and nobody hears of it
    kit::JsonWriter out;
    out.object();
    out.key("state").value("DONE");
    out.key("errors").raw(results);
    out.key("importedCount").value(stored);
    out.key("failedCount").value(refused);
    out.end();
    jobs_.push_back({out.take(), 0});
    kit::JsonWriter begun;
    begun.object();
    begun.key("import").object();
    begun.key("id").value("job-" + std::to_string(jobs_.size()));
    begun.end();
    begun.end();
    return kit::SandboxResponse::json(202, begun.take());
  }

  // A job runs until it was looked at once.
  kit::SandboxResponse show(const std::vector<std::string>& segments) {
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      const std::string id = "job-" + std::to_string(i + 1);
      if (std::find(segments.begin(), segments.end(), id) == segments.end()) continue;
      if (++jobs_[i].second > 1) return kit::SandboxResponse::json(200, jobs_[i].first);
      kit::JsonWriter running;
      running.object();
      running.key("state").value("QUEUED");
      running.end();
      return kit::SandboxResponse::json(200, running.take());
    }
    return error(404, "no such import");
  }

  kit::SandboxRate rate_{options_.number("requests_per_minute", 0), 60'000};
  kit::SandboxFault imports_{options_};
  std::vector<std::pair<std::string, kit::Json>> contacts_;  // id, and what was sent
  std::map<std::string, std::size_t> by_key_;
  std::vector<std::pair<std::string, int>> jobs_;  // what they tell at last, and how often they were looked at
};

}  // namespace rundruf

SWB_SANDBOX(rundruf::Sandbox)
