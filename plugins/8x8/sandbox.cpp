// 8x8 Connect's emulator: an account with contacts, groups and batch jobs, in memory. Switches: README.md.
#include "sandbox_account.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>

namespace eight_x_eight {
namespace {

using kit::array, kit::format_iso8601, kit::Json, kit::JsonObject, kit::object, kit::SandboxRequest, kit::SandboxResponse;

constexpr std::size_t kMaxFileBytes = 30'000'000;
constexpr std::size_t kGroupsAtMost = 10;

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  void begin(const SandboxRequest&) { account_.work(now_ms_, queue_ms_ + work_ms_); }

  SandboxResponse answer(const SandboxRequest& request) {
    if (kit::is_route("/files/*", request.segments())) return invalid_file(request);
    if (request.bearer() != api_key_) return error(401, 1200, "Unauthorized");
    if (!rate_.pass(now_ms_)) return error(429, 1429, "Too many requests").with("Retry-After", "1");
    const auto& path = request.segments();
    const bool of_account = path.size() > 4 && path[0] == "api" && path[1] == "v1" && path[2] == "accounts";
    if (of_account && !kit::is_uuid(path[3])) return invalid("Invalid accountId");
    return route(request,
                 {{"GET", "/api/v1/accounts/*/batches", &Sandbox::list_jobs},
                  {"GET", "/api/v1/accounts/*/batches/*", &Sandbox::show_job},
                  {"POST", "/api/v1/accounts/*/contacts/batches/createContacts", &Sandbox::upload},
                  {"POST", "/api/v1/accounts/*/contacts/batches/deleteContacts", &Sandbox::delete_contacts},
                  {"GET", "/api/v1/accounts/*/contacts", &Sandbox::list_contacts},
                  {"POST", "/api/v1/accounts/*/contacts", &Sandbox::create_contact},
                  {"", "/api/v1/accounts/*/contacts/*", &Sandbox::one_contact},
                  {"GET", "/api/v1/accounts/*/groups", &Sandbox::list_groups},
                  {"POST", "/api/v1/accounts/*/groups", &Sandbox::create_group},
                  {"", "/api/v1/accounts/*/groups/*", &Sandbox::one_group}},
                 [this](bool) { return not_found(); });
  }

  SandboxResponse fault(int status) const {
    if (status == 401) return error(401, 1200, "Unauthorized");
    if (status == 403) return error(403, 1201, "Forbidden");
    if (status == 404) return not_found();
    if (status == 426) return error(426, 1014, "TLS 1.3 or higher is required").with("Upgrade", "TLS/1.3");
    if (status == 429) return error(429, 1429, "Too many requests").with("Retry-After", "2");
    return status >= 500 ? error(status, 2000, "Internal error") : error(status, 1000, "Invalid parameter");
  }

  std::string dump() const {
    const auto batches = array(account_.jobs, [this](const Job& job) { return shown(job); });
    return object({{"contacts", array(account_.contacts)}, {"groups", array(account_.groups)}, {"batches", batches},
                   {"uploads", uploads_.requests()}}).text();
  }

 private:
  // ---- Answers ----

  SandboxResponse error(int status, int code, std::string_view message) const {
    return SandboxResponse::of(status, object({{"code", code}, {"message", message}, {"errorId", kit::uuid_id("error", requests_)},
                                               {"timestamp", format_iso8601(now_ms_)}}));
  }
  SandboxResponse not_found() const { return error(404, 1300, "Not found"); }
  SandboxResponse invalid(std::string_view message) const { return error(400, 1000, message); }

  // A page of what `matches` lets through, in the shape of the contacts' search.
  template <class Entries, class Matches, class Make>
  SandboxResponse page(const SandboxRequest& request, const Entries& entries, Matches matches, Make make) const {
    const auto limit = request.query_int("limit", 20, 1, 500), offset = request.query_int("offset", 0, 0);
    if (!limit) return error(400, 1010, "limit is out of range");
    if (!offset) return error(400, 1010, "offset is out of range");
    const std::int64_t first = item_offset_ ? *offset : *offset * *limit;
    const auto [items, found] = kit::page_of(entries, first, *limit, matches, make);
    return SandboxResponse::of(200, object({{"items", items}, {"page", first / *limit}, {"totalPages", (found + *limit - 1) / *limit},
                                            {"totalCount", entries.size()}, {"totalFiltered", found},
                                            {"hasPreviousPage", first > 0}, {"hasNextPage", first + *limit < found}}));
  }

  // ---- Batches ----

  SandboxResponse upload(const SandboxRequest& request) {
    const auto form = kit::SandboxForm::of(request);
    if (!form) return invalid("The body is not multipart/form-data");
    const kit::MultipartPart* file = form->part("file");
    if (file == nullptr || !file->file_name) return invalid("file is required");
    if (file->content.size() > kMaxFileBytes) return invalid("The file size exceeds 30 Mb");

    Job job;
    const std::string group_ids = form->text("groups");
    for (const std::string_view text : kit::split(group_ids, ',')) {
      const auto id = kit::parse_int(kit::trim(text));
      if (!id) return invalid("groups must be integers");
      if (find_group(*id) == nullptr) return invalid("Group does not exist");
      job.groups.push_back(*id);
    }
    if (job.groups.size() > kGroupsAtMost) return invalid("groups has more than 10 items");

    const std::string has_header = form->text("fileHasHeader", "true");
    if (has_header != "true" && has_header != "false") return invalid("fileHasHeader must be true or false");
    auto rows = form->csv("file");
    if (!rows) return invalid("The file is not a CSV file");
    if (has_header == "false") {
      const kit::MultipartPart* columns = form->part("fileColumns");
      if (columns == nullptr) return invalid("fileColumns is required when fileHasHeader is false");
      rows->rows.insert(rows->rows.begin(), std::move(rows->header));
      rows->header.clear();
      for (const std::string_view name : kit::split(columns->content, ',')) rows->header.emplace_back(kit::trim(name));
    }
    if (!rows->has("msisdn")) return invalid("The file has no column msisdn");

    const std::string kind(uploads_.next());
    if (kind == "lost_request") return error(502, 2000, "Bad gateway");
    if (kind == "failed" || kind == "stopped" || kind == "timeout") job.final_status = kind;
    job.bad_counts = kind == "bad_counts";
    job.lost_row = kind == "lost_row";
    job.id = kit::uuid_id("batch", static_cast<std::uint64_t>(uploads_.requests()));
    job.file_name = *file->file_name;
    job.created_ms = now_ms_;
    job.table = *std::move(rows);
    account_.jobs.push_back(std::move(job));
    if (kind == "lost_reply") return error(502, 2000, "Bad gateway");
    return SandboxResponse::of(202, head(account_.jobs.back()));
  }

  std::string status_of(const Job& job) const {
    if (now_ms_ < job.created_ms + queue_ms_) return "queued";
    return now_ms_ < job.created_ms + queue_ms_ + work_ms_ ? "inProgress" : job.final_status;
  }

  JsonObject summary(const Job& job) const {
    return object({{"id", job.id}, {"type", "createContacts"}, {"status", status_of(job)}, {"createdAt", format_iso8601(job.created_ms)}});
  }

  JsonObject head(const Job& job) const {
    return object({{"fileName", job.file_name}, {"fileType", "csv"}, {"fileLocation", base_url_ + "/files/" + job.id + "-source.csv"}})
        .add_all(summary(job));
  }

  JsonObject shown(const Job& job) const {
    JsonObject out = head(job);
    const std::string host = other_file_host_ ? "https://8x8.com" : base_url_;
    if (!job.invalid_csv.empty()) out.add("invalidFileLocation", host + "/files/" + job.id + ".csv");
    if (job.done)
      out.add({{"totalRows", job.total}, {"errorRows", job.errors}, {"duplicatedRows", job.duplicated}, {"insertedRows", job.inserted}});
    return out.add("contactGroups", array(job.groups));
  }

  SandboxResponse show_job(const SandboxRequest& request) {
    const Job& job = kit::known(account_.jobs, request.segments().back(), [this] { return error(404, 4018, "Invalid job id"); });
    return SandboxResponse::of(200, rich_by_id_ ? shown(job) : summary(job));
  }

  SandboxResponse list_jobs(const SandboxRequest& request) {
    const auto type = request.query("type");
    return page(request, account_.jobs, [&](const Job&) { return !type || *type == "createContacts"; },
                [this](const Job& job) { return shown(job); });
  }

  // Served to everybody on a host of its own, to the key's owner on the API's.
  SandboxResponse invalid_file(const SandboxRequest& request) const {
    if (!other_file_host_ && request.bearer() != api_key_) return error(401, 1200, "Unauthorized");
    const std::string& name = request.segments().back();
    const Job* job = kit::find_entry(account_.jobs, [&](const Job& one) { return name == one.id + ".csv" && !one.invalid_csv.empty(); });
    return job != nullptr ? SandboxResponse::text(200, job->invalid_csv, "text/csv") : not_found();
  }

  // ---- Contacts ----

  SandboxResponse list_contacts(const SandboxRequest& request) {
    const auto query = request.query("query"), group = request.query("groupId"), country = request.query("country");
    if (query && query->size() > 320) return error(400, 1010, "query is too long");
    const auto group_id = group ? kit::parse_int(*group) : std::nullopt;
    if (group && !group_id) return invalid("groupId must be an integer");
    const auto matches = [&](const Contact& contact) {
      if (group_id && !contact.groups.contains(group_id.value_or(0))) return false;
      const auto at = contact.fields.find("country");
      if (country && (at == contact.fields.end() || at->second != *country)) return false;
      if (!query || query->empty() || contact.msisdn.find(*query) != std::string::npos) return true;
      const std::string wanted = kit::lower(*query);
      return std::ranges::any_of(contact.fields, [&](const auto& field) { return kit::contains_ignoring_case(field.second, wanted); });
    };
    return page(request, account_.contacts, matches, [](const Contact& contact) { return contact.json(); });
  }

  // Merges into the contact that has the number: 200; 201 where it made one.
  SandboxResponse create_contact(const SandboxRequest& request) {
    const Json json = request.json();
    const std::string msisdn = json["addresses"]["msisdn"].string_or("");
    if (!kit::is_international(msisdn)) return error(400, 1002, "Invalid MSISDN");
    const std::string digits = kit::digits_of(msisdn);
    Contact* known = account_.contacts.find(digits);
    Contact& contact = known != nullptr ? *known : account_.add(digits, now_ms_);
    for (const char* name : {"firstName", "lastName", "externalId", "country"})
      if (const auto value = json[name].text()) contact.fields[name] = *value;
    contact.updated_ms = now_ms_;
    return SandboxResponse::of(known != nullptr ? 200 : 201, contact);
  }

  // PATCH takes a JSON Patch array; of it, replace and add of plain members.
  SandboxResponse one_contact(const SandboxRequest& request) {
    const std::string& id = request.segments().back();
    Contact& contact = kit::known(account_.contacts, id, [this] { return not_found(); });
    if (request.method() == "GET") return SandboxResponse::of(200, contact);
    if (request.method() == "DELETE") {
      account_.contacts.erase([&](const Contact& one) { return one.id == id; });
      return SandboxResponse::empty();
    }
    const Json json = request.json();
    if (request.method() != "PATCH" || !json.is_array()) return invalid("Invalid JSON patch");
    for (const Json& change : json.items()) {
      const std::string path = change["path"].string_or("");
      if (path.size() > 1) contact.fields[path.substr(1)] = change["value"].string_or("");
    }
    contact.updated_ms = now_ms_;
    return SandboxResponse::of(200, contact);
  }

  SandboxResponse delete_contacts(const SandboxRequest& request) {
    const auto json = Json::parse(request.body());
    if (!json) return invalid("Invalid JSON");
    std::set<std::string> ids, numbers;
    for (const Json& id : (*json)["ids"].items()) ids.insert(id.string_or(""));
    for (const Json& msisdn : (*json)["msisdns"].items()) numbers.insert(kit::digits_of(msisdn.string_or("")));
    const bool all = (*json)["all"].bool_or(false);
    account_.contacts.erase([&](const Contact& c) { return all || ids.contains(c.id) || numbers.contains(c.msisdn); });
    return SandboxResponse::of(202, object({{"id", kit::uuid_id("delete", requests_)}, {"type", "deleteContacts"}, {"status", "queued"},
                                            {"createdAt", format_iso8601(now_ms_)}}));
  }

  // ---- Groups ----

  const Group* find_group(std::int64_t id) const { return kit::find_id(account_.groups, id); }

  SandboxResponse list_groups(const SandboxRequest& request) {
    return page(request, account_.groups, [](const Group&) { return true; }, [](const Group& group) { return group.json(); });
  }

  SandboxResponse create_group(const SandboxRequest& request) {
    const Json json = request.json();
    const std::string name = json["name"].string_or("");
    if (name.empty() || name.size() > 100) return invalid("name must have 1 to 100 characters");
    if (kit::find_entry(account_.groups, [&](const Group& group) { return group.name == name; }) != nullptr)
      return error(409, 5003, "A group with this name exists already");
    const std::int64_t id = 1001 + std::ssize(account_.groups);
    account_.groups.push_back({id, name, json["description"].string_or(""), json["isBlacklist"].bool_or(false)});
    return SandboxResponse::of(201, account_.groups.back());
  }

  SandboxResponse one_group(const SandboxRequest& request) {
    const auto id = kit::parse_int(request.segments().back());
    const Group* group = id ? find_group(*id) : nullptr;
    if (group == nullptr) return not_found();
    return request.method() == "GET" ? SandboxResponse::of(200, *group) : invalid("The sandbox only shows groups");
  }

  std::string api_key_ = options_.secret("api_key"), base_url_ = options_.json()["base_url"].string_or("https://contacts.8x8.com");
  std::int64_t queue_ms_ = options_.number("queue_ms", 1000), work_ms_ = options_.number("work_ms", 2000);
  bool rich_by_id_ = options_.flag("rich_by_id", false), item_offset_ = options_.text("offset_unit", "page") == "item";
  kit::SandboxRate rate_{options_.number("requests_per_second", 0), 1000};
  bool other_file_host_ = options_.text("invalid_file_host", "api") == "other";
  kit::SandboxFault uploads_{options_};

  Account account_;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace eight_x_eight
