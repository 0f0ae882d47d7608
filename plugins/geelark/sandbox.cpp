// GeeLark's emulator: tasks that run on the emulated clock, and the cloud phones' address books.
#include "connector.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace geelark {
namespace {

using kit::array, kit::Json, kit::JsonObject, kit::JsonText, kit::object, kit::SandboxRequest, kit::SandboxResponse;

constexpr int kWaiting = 1, kRunning = 2, kCompleted = 3, kFailed = 4, kCancelled = 7;
constexpr std::int64_t kMinuteMs = 60'000, kHourMs = 3'600'000, kWeekMs = 7 * 24 * kHourMs;

struct Task {
  std::string id, name, remark, phone_id;
  std::int64_t created_ms = 0, scheduled_ms = 0, ends_ms = 0;
  int status = kWaiting;
  std::int64_t fail_code = 0;  ///< that it has, or will have
  std::string cancel = "none";
  int restarts = 0;
  std::vector<Json> contacts;
};

/// Of one address.
struct Limits {
  kit::SandboxRate minute, hour;
  std::int64_t locked_until_ms = 0;
};

std::string fail_text(std::int64_t code) {
  static const std::map<std::int64_t, std::string> kTexts = {{20002, "The phone is busy with another task"},
                                                             {20003, "The task timed out"},
                                                             {20129, "The phone is offline"},
                                                             {29997, "Insufficient balance"},
                                                             {29998, "The phone was deleted"}};
  const auto text = kTexts.find(code);
  return text == kTexts.end() ? "The task failed" : text->second;
}

// Codes that the connector takes for "nothing ran".
bool ran_nothing(std::int64_t code) {
  static const std::set<std::int64_t> kCodes = {20002, 20005, 20006, 20007, 20129, 29992, 29995, 29996, 29997, 29998};
  return kCodes.contains(code);
}

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  void begin(const SandboxRequest& request) {
    trace_id_ = std::string(request.header("traceId").value_or(""));
    advance();
  }

  SandboxResponse answer(const SandboxRequest& request) {
    static const std::map<std::string, SandboxResponse (Sandbox::*)(const Json&), std::less<>> kHandlers = {
        {"/open/v1/rpa/task/importContacts", &Sandbox::import_contacts},
        {"/open/v1/task/query", &Sandbox::query},
        {"/open/v1/task/detail", &Sandbox::detail},
        {"/open/v1/task/historyRecords", &Sandbox::history},
        {"/open/v1/task/cancel", &Sandbox::cancel},
        {"/open/v1/task/restart", &Sandbox::restart},
        {"/open/v1/phone/status", &Sandbox::phone_status},
        {"/open/v1/auth/status", &Sandbox::auth_status},
        {"/open/v1/callback/set", &Sandbox::set_callback}};
    const auto handler = kHandlers.find(request.path());
    if (handler == kHandlers.end()) return SandboxResponse::text(404, "404 page not found");
    if (request.method() != "POST") return SandboxResponse::text(405, "405 method not allowed");
    if (trace_id_.empty()) return refuse(40002, "traceId is empty");
    if (!authorized(request)) return refuse(40003, "Signature verification failed");
    if (const int code = over_limit(request.path()); code != 0) return refuse(code, "Too many requests");
    const Json json = request.json();
    return json.is_object() ? (this->*handler->second)(json) : refuse(40001, "The body cannot be read");
  }

  SandboxResponse fault(int status) const {
    if (status >= 500) return gateway_page(status);
    const std::int64_t code = status == 401 || status == 403 ? 40003 : status == 429 ? 40007 : 40004;
    SandboxResponse response = refuse(code, "The request failed with status " + std::to_string(status));
    response.status = status;
    return response;
  }

  std::string dump() const {
    const JsonText contacts = array(contacts_, [](const auto& stored) {
      return object({{"phone", stored.first}, {"contact", stored.second}});
    });
    const JsonText tasks = array(tasks_, [this](const Task& task) {
      return object({{"contacts", task.contacts.size()}, {"remark", task.remark}}).add_all(shown(task));
    });
    return object({{"contacts", contacts}, {"tasks", tasks}, {"creations", creations_.requests()}}).text();
  }

 private:
  // ---- Answers ----

  SandboxResponse envelope(std::int64_t code, std::string_view message, const JsonText& data) const {
    return SandboxResponse::of(200, object({{"traceId", trace_id_}, {"code", code}, {"msg", message}, {"data", data}}));
  }
  SandboxResponse success(const JsonText& data) const { return envelope(0, "success", data); }
  SandboxResponse refuse(std::int64_t code, std::string_view message) const { return envelope(code, message, nullptr); }

  static SandboxResponse gateway_page(int status) {
    return SandboxResponse::text(status, "<html><body><h1>" + std::to_string(status) + "</h1></body></html>",
                                 "text/html");
  }

  // ---- Credential and rate ----

  bool authorized(const SandboxRequest& request) const {
    if (const auto token = request.bearer()) return *token == token_;
    const auto header = [&](std::string_view name) { return std::string(request.header(name).value_or("")); };
    const std::string ts = header("ts"), nonce = header("nonce");
    const auto sent_ms = kit::parse_int(ts);
    if (header("appId") != app_id_ || !sent_ms || nonce != trace_id_.substr(0, 6)) return false;
    if (clock_window_s_ > 0 && std::abs(*sent_ms - now_ms_) > clock_window_s_ * 1000) return false;
    return header("sign") == kit::to_hex(kit::sha256(app_id_ + trace_id_ + ts + nonce + api_key_), true);
  }

  int over_limit(const std::string& path) {
    constexpr auto kByClock = kit::SandboxRate::Window::ByClock;
    const Limits unused{{requests_per_minute_, kMinuteMs, kByClock}, {requests_per_hour_, kHourMs, kByClock}};
    Limits& limits = limits_.try_emplace(path, unused).first->second;
    if (now_ms_ < limits.locked_until_ms) return 40014;
    if (limits.minute.full(now_ms_) && !limits.hour.full(now_ms_)) return 40007;
    if (!limits.hour.pass(now_ms_)) {
      limits.locked_until_ms = now_ms_ + 2 * kHourMs;
      return 40014;
    }
    limits.minute.pass(now_ms_);
    return 0;
  }

  // ---- Tasks on the clock ----

  void advance() {
    for (;;) {
      Task* next = nullptr;
      for (Task& task : tasks_) {
        if (task.status != kWaiting && task.status != kRunning) continue;
        if (next == nullptr || due(task) < due(*next)) next = &task;
      }
      if (next == nullptr || due(*next) > now_ms_) return;
      next->status == kWaiting ? start(*next) : finish(*next);
    }
  }

  static std::int64_t due(const Task& task) {
    return task.status == kWaiting ? task.scheduled_ms : task.ends_ms;
  }

  void start(Task& task) {
    if (task.cancel == "waiting") {
      task.status = kCancelled;
      return;
    }
    const auto runs_there = [&](const Task& other) { return other.status == kRunning && other.phone_id == task.phone_id; };
    if (kit::find_entry(tasks_, runs_there) != nullptr) {
      task.status = kFailed;
      task.fail_code = 20002;
    } else {
      task.status = kRunning;
      task.ends_ms = task.scheduled_ms + run_ms_;
    }
  }

  void finish(Task& task) {
    const bool cancelled = task.cancel == "running";
    task.status = cancelled ? kCancelled : task.fail_code != 0 ? kFailed : kCompleted;
    std::size_t stored = task.contacts.size();
    if (cancelled || task.fail_code != 0) stored = ran_nothing(task.fail_code) ? 0 : stored / 2;
    for (std::size_t i = 0; i < stored; ++i) contacts_.emplace_back(task.phone_id, task.contacts[i]);
  }

  SandboxResponse import_contacts(const Json& json) {
    const std::string phone_id = json["id"].is_string() ? json["id"].string_or("") : "";
    const Json& contacts = json["contacts"];
    if (phone_id.empty()) return refuse(40004, "id is required");
    if (!json["scheduleAt"].is_number() || !json["scheduleAt"].as_int())
      return refuse(40004, "scheduleAt is required");
    if (!contacts.is_array() || contacts.size() == 0) return refuse(40004, "contacts is required");
    if (kit::characters(json["name"].string_or("")) > 128) return refuse(40004, "name is too long");
    if (kit::characters(json["remark"].string_or("")) > 200) return refuse(40004, "remark is too long");
    for (const Json& contact : contacts.items()) {
      if (!any_of(contact, {"firstName", "lastName"}))
        return refuse(40004, "firstName or lastName is required");
      if (!any_of(contact, {"mobile", "work", "fax"}))
        return refuse(40004, "mobile, work or fax is required");
    }
    if (const int code = phone_trouble(phone_id); code != 0) return refuse(code, phone_text(code));

    const std::string kind(creations_.next());
    if (kind == "47002" || kind == "50000") return refuse(*kit::parse_int(kind), "Please try again later");
    Task task{.id = kit::decimal_id(tasks_.size() + 1), .name = json["name"].string_or(""), .remark = json["remark"].string_or(""),
              .phone_id = phone_id, .created_ms = now_ms_, .scheduled_ms = json["scheduleAt"].int_or(0) * 1000};
    if (fail_at_ == 0 || fail_at_ == static_cast<std::int64_t>(tasks_.size()) + 1) {
      task.fail_code = fail_code_;
      task.cancel = cancel_;
    }
    task.contacts.assign(contacts.items().begin(), contacts.items().end());
    tasks_.push_back(std::move(task));
    if (kind == "lost_reply") return gateway_page(502);
    if (kind == "50000_stored") return refuse(50000, "Please try again later");
    return success(object({{"taskId", kind != "no_task_id" ? std::optional(tasks_.back().id) : std::nullopt}}));
  }

  static bool any_of(const Json& contact, std::initializer_list<const char*> names) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) {
      return contact[name].is_string() && !kit::trim(contact[name].string_or("")).empty();
    });
  }

  // ---- What became of tasks ----

  JsonObject shown(const Task& task) const {
    JsonObject out = object({{"id", task.id}, {"planName", echo_name_ ? task.name : "RPA task"}, {"taskType", 42},
                             {"serialName", "phone " + task.phone_id}, {"envId", task.phone_id},
                             {"scheduleAt", task.scheduled_ms / 1000}, {"status", task.status}});
    if (task.status == kFailed) out.add({{"failCode", task.fail_code}, {"failDesc", fail_text(task.fail_code)}});
    return out.add("cost", task.status == kCompleted ? run_ms_ / 1000 : 0);
  }

  std::vector<std::string> ids_of(const Json& json) const {
    std::vector<std::string> ids;
    for (const Json& id : json["ids"].items()) ids.push_back(id.string_or(""));
    if (ids.empty() || ids.size() > 100) throw refuse(40004, "ids must hold 1 to 100 ids");
    return ids;
  }

  SandboxResponse query(const Json& json) {
    const auto ids = ids_of(json);
    const auto shown_if_known = [this](const std::string& id) {
      const Task* task = kit::find_id(tasks_, id);
      return task != nullptr ? std::optional(shown(*task)) : std::nullopt;
    };
    return success(object({{"total", ids.size()}, {"items", array(ids, shown_if_known)}}));
  }

  SandboxResponse detail(const Json& json) {
    const Task& task = kit::known(tasks_, json["id"].string_or(""), [this] { return refuse(40005, "The task does not exist"); });
    const bool ran = task.status == kCompleted || task.status == kFailed;
    return success(shown(task).add({{"logs", ran ? array({"import contacts", "end"}) : array({})}, {"resultImages", array({})},
                                     {"searchAfter", nullptr}, {"logContinue", false}}));
  }

  // The newest first.
  SandboxResponse history(const Json& json) {
    const std::int64_t size = json["size"].int_or(100);
    if (size < 1 || size > 100) return refuse(40008, "size must be between 1 and 100");
    const std::string last_id = json["lastId"].string_or("");
    bool past_last = last_id.empty();
    std::vector<JsonObject> items;
    for (auto task = tasks_.rbegin(); task != tasks_.rend() && static_cast<std::int64_t>(items.size()) < size; ++task) {
      if (past_last && now_ms_ - task->created_ms <= kWeekMs) items.push_back(shown(*task));
      past_last = past_last || task->id == last_id;
    }
    return success(object({{"total", tasks_.size()}, {"items", array(items)}}));
  }

  // 0 where it worked, else the code of the refusal.
  int cancel_one(Task& task) const {
    if (task.status != kWaiting && task.status != kRunning) return 48001;
    task.status = kCancelled;
    return 0;
  }

  int restart_one(Task& task) const {
    if (task.status != kFailed && task.status != kCancelled) return 48001;
    if (task.restarts >= 5) return 48000;
    ++task.restarts;
    task.status = kWaiting;
    task.scheduled_ms = now_ms_;
    task.fail_code = fail_at_ == 0 ? fail_code_ : 0;
    task.cancel = "none";
    return 0;
  }

  SandboxResponse cancel(const Json& json) { return each(json, &Sandbox::cancel_one); }
  SandboxResponse restart(const Json& json) {
    SandboxResponse response = each(json, &Sandbox::restart_one);
    advance();
    return response;
  }

  SandboxResponse each(const Json& json, int (Sandbox::*work)(Task&) const) {
    const auto ids = ids_of(json);
    std::vector<JsonObject> failures;
    for (const std::string& id : ids) {
      Task* task = kit::find_id(tasks_, id);
      const int code = task == nullptr ? 48002 : (this->*work)(*task);
      if (code == 0) continue;
      // The code as a text, as the vendor's examples have it.
      failures.push_back(object({{"id", id}, {"code", std::to_string(code)}, {"msg", "The task cannot be changed"}}));
    }
    return counted(ids.size(), failures);
  }

  SandboxResponse counted(std::size_t total, const std::vector<JsonObject>& failures, const std::optional<JsonText>& successes = {}) const {
    const std::size_t failed = failures.size();
    const std::int64_t code = failed == 0 ? 0 : failed < total ? 40006 : 40009;
    return envelope(code, code == 0 ? "success" : "Some or all failed",
                    object({{"totalAmount", total}, {"successAmount", total - failed}, {"failAmount", failed},
                            {"successDetails", successes}, {"failDetails", array(failures)}}));
  }

  // ---- Phones and the rest ----

  static bool lists(std::string_view ids, std::string_view id) {
    const auto parts = kit::split(ids, ',');
    return kit::find_entry(parts, [&](std::string_view part) { return kit::trim(part) == id; }) != nullptr;
  }

  int phone_trouble(std::string_view id) const {
    if (lists(expired_phones_, id)) return 43004;
    return !phones_.empty() && !lists(phones_, id) ? 42001 : 0;
  }

  static std::string_view phone_text(int code) {
    return code == 43004 ? "The cloud phone has expired" : "The cloud phone does not exist";
  }

  SandboxResponse phone_status(const Json& json) {
    const auto ids = ids_of(json);
    std::vector<JsonObject> failures, successes;
    for (const std::string& id : ids) {
      const int code = phone_trouble(id);
      if (code == 42001)
        failures.push_back(object({{"id", id}, {"code", code}, {"msg", phone_text(code)}}));
      else
        successes.push_back(object({{"id", id}, {"serialName", "phone " + id}, {"status", code == 43004 ? 3 : 0}}));
    }
    return counted(ids.size(), failures, array(successes));
  }

  SandboxResponse auth_status(const Json&) { return success(object({{"valid", true}})); }
  SandboxResponse set_callback(const Json&) { return success(nullptr); }

  std::string token_ = options_.secret("token"), app_id_ = options_.secret("app_id"), api_key_ = options_.secret("api_key");
  std::string phones_ = options_.text("phones", ""), expired_phones_ = options_.text("expired_phones", "");
  std::int64_t run_ms_ = options_.number("run_ms", 5000), fail_code_ = options_.number("fail_code", 0), fail_at_ = options_.number("fail_at", 1);
  std::string cancel_ = options_.text("cancel", "none");
  kit::SandboxFault creations_{options_};
  bool echo_name_ = options_.flag("echo_name", true);
  std::int64_t clock_window_s_ = options_.number("clock_window_s", 0);
  std::int64_t requests_per_minute_ = options_.number("requests_per_minute", 200), requests_per_hour_ = options_.number("requests_per_hour", 24'000);

  std::vector<Task> tasks_;
  std::vector<std::pair<std::string, Json>> contacts_;  // phone and contact, never merged
  std::map<std::string, Limits> limits_;
  std::string trace_id_;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace geelark
