// GeeLark's emulator: tasks that run on the emulated clock, and the cloud phones' address books.
#include "connector.h"

#include <algorithm>
#include <map>
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

  bool is_open() const { return status == kWaiting || status == kRunning; }
};

/// Of one address.
struct Limits {
  kit::SandboxRate minute, hour;
  std::int64_t locked_until_ms = 0;
};

std::string_view fail_text(std::int64_t code) {
  switch (code) {
    case 20002: return "The phone is busy with another task";
    case 20003: return "The task timed out";
    case 20129: return "The phone is offline";
    case 29997: return "Insufficient balance";
    case 29998: return "The phone was deleted";
    default: return "The task failed";
  }
}

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  void begin(const SandboxRequest& request) {
    trace_id_ = std::string(request.header("traceId").value_or(""));
    advance();
  }

  SandboxResponse answer(const SandboxRequest& request) {
    return route(request,
                 {{"POST", "/open/v1/rpa/task/importContacts", &Sandbox::checked<&Sandbox::import_contacts>},
                  {"POST", "/open/v1/task/query", &Sandbox::checked<&Sandbox::query>},
                  {"POST", "/open/v1/task/detail", &Sandbox::checked<&Sandbox::detail>},
                  {"POST", "/open/v1/task/historyRecords", &Sandbox::checked<&Sandbox::history>},
                  {"POST", "/open/v1/task/cancel", &Sandbox::checked<&Sandbox::cancel>},
                  {"POST", "/open/v1/task/restart", &Sandbox::checked<&Sandbox::restart>},
                  {"POST", "/open/v1/phone/status", &Sandbox::checked<&Sandbox::phone_status>},
                  {"POST", "/open/v1/auth/status", &Sandbox::checked<&Sandbox::auth_status>},
                  {"POST", "/open/v1/callback/set", &Sandbox::checked<&Sandbox::set_callback>}},
                 [](bool other_method) {
                   return SandboxResponse::text(other_method ? 405 : 404, other_method ? "405 method not allowed" : "404 page not found");
                 });
  }

  SandboxResponse fault(int status) const {
    if (status >= 500) return page(status);
    const std::int64_t code = status == 401 || status == 403 ? 40003 : status == 429 ? 40007 : 40004;
    return SandboxResponse::json(status, refuse(code, "The request failed with status " + std::to_string(status)).body);
  }

  std::string dump() const {
    const auto contacts = array(contacts_, [](const auto& entry) { return object({{"phone", entry.first}, {"contact", entry.second}}); });
    const auto tasks = array(tasks_, [this](const Task& task) {
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
  SandboxResponse invalid(std::string_view message) const { return refuse(40004, message); }
  static SandboxResponse page(int status) { return SandboxResponse::page(status, "<body><h1>" + std::to_string(status) + "</h1></body>"); }

  // ---- Credential and rate ----

  // What every address asks of a request before it is served.
  template <SandboxResponse (Sandbox::*serve)(const Json&)>
  SandboxResponse checked(const SandboxRequest& request) {
    if (trace_id_.empty()) return refuse(40002, "traceId is empty");
    if (!authorized(request)) return refuse(40003, "Signature verification failed");
    if (const int code = over_limit(request.path()); code != 0) return refuse(code, "Too many requests");
    const Json json = request.json();
    return json.is_object() ? (this->*serve)(json) : refuse(40001, "The body cannot be read");
  }

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
    const auto due = [](const Task& task) {
      return task.is_open() ? std::optional(task.status == kWaiting ? task.scheduled_ms : task.ends_ms) : std::nullopt;
    };
    kit::work_until(now_ms_, tasks_, due, [this](Task& task, std::int64_t) { task.status == kWaiting ? start(task) : finish(task); });
  }

  void start(Task& task) {
    const auto runs_there = [&](const Task& other) { return other.status == kRunning && other.phone_id == task.phone_id; };
    const bool cancelled = task.cancel == "waiting", busy = kit::find_entry(tasks_, runs_there) != nullptr;
    task.status = cancelled ? kCancelled : busy ? kFailed : kRunning;
    if (task.status == kFailed) task.fail_code = 20002;
    if (task.status == kRunning) task.ends_ms = task.scheduled_ms + run_ms_;
  }

  void finish(Task& task) {
    const bool cancelled = task.cancel == "running";
    task.status = cancelled ? kCancelled : task.fail_code != 0 ? kFailed : kCompleted;
    std::size_t stored = task.contacts.size();
    if (task.status != kCompleted) stored = ran_nothing(task.fail_code) ? 0 : stored / 2;
    for (std::size_t i = 0; i < stored; ++i) contacts_.emplace_back(task.phone_id, task.contacts[i]);
  }

  SandboxResponse import_contacts(const Json& json) {
    const std::string phone_id = json["id"].is_string() ? json["id"].string_or("") : "";
    const std::string name = json["name"].string_or(""), remark = json["remark"].string_or("");
    const Json &contacts = json["contacts"], &time = json["scheduleAt"];
    if (phone_id.empty()) return invalid("id is required");
    if (!time.is_number() || !time.as_int()) return invalid("scheduleAt is required");
    if (!contacts.is_array() || contacts.size() == 0) return invalid("contacts is required");
    if (kit::characters(name) > 128) return invalid("name is too long");
    if (kit::characters(remark) > 200) return invalid("remark is too long");
    for (const Json& contact : contacts.items()) {
      if (!any_of(contact, {"firstName", "lastName"})) return invalid("firstName or lastName is required");
      if (!any_of(contact, {"mobile", "work", "fax"})) return invalid("mobile, work or fax is required");
    }
    if (const int code = phone_trouble(phone_id); code != 0) return refuse(code, phone_text(code));

    const std::string kind(creations_.next());
    if (kind == "47002" || kind == "50000") return refuse(*kit::parse_int(kind), "Please try again later");
    Task task{.id = kit::decimal_id(tasks_.size() + 1), .name = name, .remark = remark, .phone_id = phone_id,
              .created_ms = now_ms_, .scheduled_ms = time.int_or(0) * 1000};
    if (fail_at_ == 0 || fail_at_ == static_cast<std::int64_t>(tasks_.size()) + 1) {
      task.fail_code = fail_code_;
      task.cancel = cancel_;
    }
    task.contacts.assign(contacts.items().begin(), contacts.items().end());
    tasks_.push_back(std::move(task));
    if (kind == "lost_reply") return page(502);
    if (kind == "50000_stored") return refuse(50000, "Please try again later");
    return success(object({{"taskId", kind != "no_task_id" ? std::optional(tasks_.back().id) : std::nullopt}}));
  }

  static bool any_of(const Json& contact, std::initializer_list<const char*> names) {
    const auto filled = [&](const char* name) { return contact[name].is_string() && !kit::trim(contact[name].string_or("")).empty(); };
    return std::ranges::any_of(names, filled);
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
    if (ids.empty() || ids.size() > 100) throw invalid("ids must hold 1 to 100 ids");
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

  SandboxResponse cancel(const Json& json) {
    return each(json, [](Task& task) {
      if (!task.is_open()) return 48001;
      task.status = kCancelled;
      return 0;
    });
  }

  SandboxResponse restart(const Json& json) {
    SandboxResponse response = each(json, [this](Task& task) {
      if (task.status != kFailed && task.status != kCancelled) return 48001;
      if (task.restarts >= 5) return 48000;
      ++task.restarts;
      task.status = kWaiting;
      task.scheduled_ms = now_ms_;
      task.fail_code = fail_at_ == 0 ? fail_code_ : 0;
      task.cancel = "none";
      return 0;
    });
    advance();
    return response;
  }

  // `work(task)`: 0 where it worked, else the code of the refusal, shown as a text, as the vendor's examples have it.
  template <class Work>
  SandboxResponse each(const Json& json, Work work) {
    const auto ids = ids_of(json);
    std::vector<JsonObject> failures;
    for (const std::string& id : ids) {
      Task* task = kit::find_id(tasks_, id);
      const int code = task == nullptr ? 48002 : work(*task);
      if (code != 0) failures.push_back(object({{"id", id}, {"code", std::to_string(code)}, {"msg", "The task cannot be changed"}}));
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

  int phone_trouble(std::string_view id) const {
    if (std::ranges::count(expired_phones_, id) != 0) return 43004;
    return phones_.empty() || std::ranges::count(phones_, id) != 0 ? 0 : 42001;
  }

  static std::string_view phone_text(int code) { return code == 43004 ? "The cloud phone has expired" : "The cloud phone does not exist"; }

  SandboxResponse phone_status(const Json& json) {
    const auto ids = ids_of(json);
    std::vector<JsonObject> failures, successes;
    for (const std::string& id : ids) {
      const int code = phone_trouble(id);
      if (code == 42001) failures.push_back(object({{"id", id}, {"code", code}, {"msg", phone_text(code)}}));
      else successes.push_back(object({{"id", id}, {"serialName", "phone " + id}, {"status", code == 43004 ? 3 : 0}}));
    }
    return counted(ids.size(), failures, array(successes));
  }

  SandboxResponse auth_status(const Json&) { return success(object({{"valid", true}})); }
  SandboxResponse set_callback(const Json&) { return success(nullptr); }

  std::string token_ = options_.secret("token"), app_id_ = options_.secret("app_id"), api_key_ = options_.secret("api_key");
  std::vector<std::string> phones_ = options_.list("phones", ""), expired_phones_ = options_.list("expired_phones", "");
  std::int64_t run_ms_ = options_.number("run_ms", 5000);
  std::int64_t fail_code_ = options_.number("fail_code", 0), fail_at_ = options_.number("fail_at", 1);
  std::string cancel_ = options_.text("cancel", "none");
  kit::SandboxFault creations_{options_};
  bool echo_name_ = options_.flag("echo_name", true);
  std::int64_t clock_window_s_ = options_.number("clock_window_s", 0);
  std::int64_t requests_per_minute_ = options_.number("requests_per_minute", 200);
  std::int64_t requests_per_hour_ = options_.number("requests_per_hour", 24'000);

  std::vector<Task> tasks_;
  std::vector<std::pair<std::string, Json>> contacts_;  // phone and contact, never merged
  std::map<std::string, Limits> limits_;
  std::string trace_id_;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace geelark
