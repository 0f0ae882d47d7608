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

class Sandbox {
 public:
  explicit Sandbox(const kit::Json& options)
      : options_(options), rate_(kit::sandbox_option(options, "requests_per_minute").int_or(0), 60'000), imports_(options) {}

  kit::SandboxResponse serve(const kit::SandboxRequest& request, std::int64_t now_ms) {
    if (const auto status = request.fault_status()) return error(*status, "a fault was asked for");
    const bool known = (request.bearer() == secret("access_token"));
    if (!known) return error(401, "the credential is not known");
    if (!rate_.pass(now_ms)) return error(429, "too many requests").with("retry-after", "60");
    if (request.method() == "GET" && is_at(request, {"v1", "imports", "*"})) return show(request.segments());
    if (request.method() != "POST" || !is_at(request, {"v1", "imports"})) return error(404, "no such resource");
    const auto body = kit::Json::parse(request.body());
    if (!body) return error(400, "the body is not JSON");
    return import(*body);
  }

  std::string dump() const {
    kit::JsonWriter json;
    json.object().key("contacts").array();
    for (const auto& [id, contact] : contacts_) json.object().member("id", id).member_raw("contact", contact).end();
    return json.end().end().take();
  }

 private:
  static kit::SandboxResponse error(int status, std::string_view message) {
    return kit::SandboxResponse::json(status, kit::JsonWriter().object().member("message", message).end().take());
  }

  // "*" stands for any one segment.
  static bool is_at(const kit::SandboxRequest& request, const std::vector<std::string>& path) {
    const auto same = [](const std::string& part, const std::string& wanted) { return wanted == "*" || part == wanted; };
    const auto& parts = request.segments();
    return std::equal(parts.begin(), parts.end(), path.begin(), path.end(), same);
  }

  std::string secret(std::string_view name) const { return kit::sandbox_secret(options_, name); }

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
    contacts_.emplace_back(taken.id, contact.to_text());
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

  kit::Json options_;
  kit::SandboxRate rate_;
  kit::SandboxFault imports_;
  std::vector<std::pair<std::string, std::string>> contacts_;  // id, and what was sent
  std::map<std::string, std::size_t> by_key_;
  std::vector<std::pair<std::string, int>> jobs_;  // what they tell at last, and how often they were looked at
};

}  // namespace rundruf

SWB_SANDBOX(rundruf::Sandbox)
