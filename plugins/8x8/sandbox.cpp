// 8x8 Connect's emulator: an account with contacts, groups and batch jobs, in memory. Switches: README.md.
#include "sandbox_account.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace eight_x_eight {
namespace {

using kit::Json;
using kit::JsonWriter;
using kit::SandboxRequest;
using kit::SandboxResponse;

constexpr std::size_t kMaxFileBytes = 30'000'000;
constexpr std::size_t kGroupsAtMost = 10;

// 32 hexadecimal digits with dashes or without.
bool has_form_of_account(const std::string& id) {
  std::string digits = id;
  std::erase(digits, '-');
  return kit::is_hex_of(digits, 32) && id.size() <= 36;
}

std::string trimmed(std::string_view text) { return std::string(kit::trim(text)); }

class Sandbox {
 public:
  explicit Sandbox(const Json& options)
      : api_key_(kit::sandbox_secret(options, "api_key")),
        base_url_(options["base_url"].string_or("https://contacts.8x8.com")),
        queue_ms_(kit::sandbox_option(options, "queue_ms").int_or(1000)),
        work_ms_(kit::sandbox_option(options, "work_ms").int_or(2000)),
        rich_by_id_(kit::sandbox_option(options, "rich_by_id").bool_or(false)),
        item_offset_(kit::sandbox_option(options, "offset_unit").string_or("page") == "item"),
        rate_(kit::sandbox_option(options, "requests_per_second").int_or(0), 1000),
        other_file_host_(kit::sandbox_option(options, "invalid_file_host").string_or("api") == "other"),
        uploads_(options) {}

  SandboxResponse serve(const SandboxRequest& request, std::int64_t now_ms) {
    now_ms_ = now_ms;
    ++requests_;
    account_.work(now_ms, queue_ms_ + work_ms_);
    if (const auto status = request.fault_status()) return fault(*status);
    const auto& path = request.segments();
    if (path.size() == 2 && path[0] == "files") return invalid_file(request, path[1]);
    if (request.bearer() != api_key_) return error(401, 1200, "Unauthorized");
    if (!rate_.pass(now_ms))
      return error(429, 1429, "Too many requests").with("Retry-After", "1");
    if (path.size() < 5 || path[0] != "api" || path[1] != "v1" || path[2] != "accounts") return not_found();
    if (!has_form_of_account(path[3])) return error(400, 1000, "Invalid accountId");
    return route(request, {path.begin() + 4, path.end()});
  }

  std::string dump() const {
    JsonWriter json;
    json.object().key("contacts").array();
    for (const Contact& contact : account_.contacts) contact.write(json);
    json.end().key("groups").array();
    for (const Group& group : account_.groups) group.write(json);
    json.end().key("batches").array();
    for (const Job& job : account_.jobs) write(job, true, json);
    return json.end().member("uploads", uploads_.requests()).end().take();
  }

 private:
  using Path = std::vector<std::string>;

  SandboxResponse route(const SandboxRequest& request, const Path& path) {
    const std::string_view method = request.method();
    const bool get = method == "GET", post = method == "POST";
    if (path[0] == "batches" && get) return path.size() == 1 ? list_jobs(request) : show_job(path[1]);
    if (path[0] == "contacts") {
      if (path.size() == 3 && path[1] == "batches" && post) {
        if (path[2] == "createContacts") return upload(request);
        if (path[2] == "deleteContacts") return delete_contacts(request);
      }
      if (path.size() == 1 && get) return list_contacts(request);
      if (path.size() == 1 && post) return create_contact(request);
      if (path.size() == 2) return one_contact(request, path[1]);
    }
    if (path[0] == "groups") {
      if (path.size() == 1 && get) return list_groups(request);
      if (path.size() == 1 && post) return create_group(request);
      if (path.size() == 2) return one_group(request, path[1]);
    }
    return not_found();
  }

  // ---- Answers ----

  SandboxResponse error(int status, int code, std::string_view message) const {
    JsonWriter json;
    json.object().member("code", code).member("message", message).member("errorId", kit::uuid_id("error", requests_));
    return SandboxResponse::json(status, json.member("timestamp", kit::format_iso8601(now_ms_)).end().take());
  }
  SandboxResponse not_found() const { return error(404, 1300, "Not found"); }
  SandboxResponse invalid(std::string_view message) const { return error(400, 1000, message); }

  SandboxResponse fault(int status) const {
    switch (status) {
      case 401:
        return error(401, 1200, "Unauthorized");
      case 403:
        return error(403, 1201, "Forbidden");
      case 404:
        return not_found();
      case 426:
        return error(426, 1014, "TLS 1.3 or higher is required").with("Upgrade", "TLS/1.3");
      case 429:
        return error(429, 1429, "Too many requests").with("Retry-After", "2");
      default:
        return error(status, status >= 500 ? 2000 : 1000,
                     status >= 500 ? "Internal error" : "Invalid parameter");
    }
  }

  // A page of what `matches` lets through, in the shape of the contacts' search.
  template <class Entry, class Matches, class Write>
  SandboxResponse page(const SandboxRequest& request, const std::vector<Entry>& entries, Matches matches,
                       Write write) const {
    const auto limit = request.query_int("limit", 20, 1, 500), offset = request.query_int("offset", 0, 0);
    if (!limit) return error(400, 1010, "limit is out of range");
    if (!offset) return error(400, 1010, "offset is out of range");
    const std::int64_t first = item_offset_ ? *offset : *offset * *limit;
    JsonWriter json;
    json.object().key("items");
    const std::int64_t found = kit::write_page(json, entries, first, *limit, matches, [&](const Entry& entry) { write(entry, json); });
    json.member("page", first / *limit);
    json.member("totalPages", (found + *limit - 1) / *limit).member("totalCount", entries.size());
    json.member("totalFiltered", found).member("hasPreviousPage", first > 0);
    return SandboxResponse::json(200, json.member("hasNextPage", first + *limit < found).end().take());
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
      kit::CsvRow header;
      for (const std::string_view name : kit::split(columns->content, ',')) header.push_back(trimmed(name));
      rows->insert(rows->begin(), header);
    }
    if (!kit::csv_column(rows->front(), "msisdn")) return invalid("The file has no column msisdn");

    const std::string kind(uploads_.next());
    if (kind == "lost_request") return error(502, 2000, "Bad gateway");
    if (kind == "failed" || kind == "stopped" || kind == "timeout") job.final_status = kind;
    job.bad_counts = kind == "bad_counts";
    job.lost_row = kind == "lost_row";
    job.id = kit::uuid_id("batch", static_cast<std::uint64_t>(uploads_.requests()));
    job.file_name = *file->file_name;
    job.created_ms = now_ms_;
    job.rows = *std::move(rows);
    account_.jobs.push_back(std::move(job));
    if (kind == "lost_reply") return error(502, 2000, "Bad gateway");
    JsonWriter json;
    write_head(account_.jobs.back(), json);
    return SandboxResponse::json(202, json.end().take());
  }

  std::string status_of(const Job& job) const {
    if (now_ms_ < job.created_ms + queue_ms_) return "queued";
    return now_ms_ < job.created_ms + queue_ms_ + work_ms_ ? "inProgress" : job.final_status;
  }

  void write_head(const Job& job, JsonWriter& json) const {
    json.object().member("fileName", job.file_name).member("fileType", "csv");
    json.member("fileLocation", base_url_ + "/files/" + job.id + "-source.csv");
    json.member("id", job.id).member("type", "createContacts").member("status", status_of(job));
    json.member("createdAt", kit::format_iso8601(job.created_ms));
  }

  void write(const Job& job, bool rich, JsonWriter& json) const {
    if (!rich) {
      json.object().member("id", job.id).member("type", "createContacts").member("status", status_of(job));
      json.member("createdAt", kit::format_iso8601(job.created_ms)).end();
      return;
    }
    write_head(job, json);
    if (job.done) {
      const std::string host = other_file_host_ ? "https://8x8.com" : base_url_;
      if (!job.invalid_csv.empty()) json.member("invalidFileLocation", host + "/files/" + job.id + ".csv");
      json.member("totalRows", job.total).member("errorRows", job.errors);
      json.member("duplicatedRows", job.duplicated).member("insertedRows", job.inserted);
    }
    json.key("contactGroups").array();
    for (const std::int64_t group : job.groups) json.value(group);
    json.end().end();
  }

  SandboxResponse show_job(const std::string& id) const {
    for (const Job& job : account_.jobs) {
      if (job.id != id) continue;
      JsonWriter json;
      write(job, rich_by_id_, json);
      return SandboxResponse::json(200, json.take());
    }
    return error(404, 4018, "Invalid job id");
  }

  SandboxResponse list_jobs(const SandboxRequest& request) const {
    const auto type = request.query("type");
    return page(
        request, account_.jobs, [&](const Job&) { return !type || *type == "createContacts"; },
        [&](const Job& job, JsonWriter& json) { write(job, true, json); });
  }

  // Served to everybody on a host of its own, to the key's owner on the API's.
  SandboxResponse invalid_file(const SandboxRequest& request, const std::string& name) const {
    if (!other_file_host_ && request.bearer() != api_key_) return error(401, 1200, "Unauthorized");
    for (const Job& job : account_.jobs) {
      if (name == job.id + ".csv" && !job.invalid_csv.empty())
        return SandboxResponse::text(200, job.invalid_csv, "text/csv");
    }
    return not_found();
  }

  // ---- Contacts ----

  SandboxResponse list_contacts(const SandboxRequest& request) const {
    const auto query = request.query("query"), group = request.query("groupId"),
               country = request.query("country");
    if (query && query->size() > 320) return error(400, 1010, "query is too long");
    const auto group_id = group ? kit::parse_int(*group) : std::nullopt;
    if (group && !group_id) return invalid("groupId must be an integer");
    const auto matches = [&](const Contact& contact) {
      if (group_id && !contact.groups.contains(group_id.value_or(0))) return false;
      const auto at = contact.fields.find("country");
      if (country && (at == contact.fields.end() || at->second != *country)) return false;
      if (!query || query->empty() || contact.msisdn.find(*query) != std::string::npos) return true;
      return std::any_of(contact.fields.begin(), contact.fields.end(), [&](const auto& field) {
        return kit::contains_ignoring_case(field.second, kit::lower(*query));
      });
    };
    return page(request, account_.contacts, matches,
                [](const Contact& contact, JsonWriter& json) { contact.write(json); });
  }

  SandboxResponse show(const Contact& contact, int status) const {
    JsonWriter json;
    contact.write(json);
    return SandboxResponse::json(status, json.take());
  }

  // Merges into the contact that has the number: 200; 201 where it made one.
  SandboxResponse create_contact(const SandboxRequest& request) {
    const auto json = Json::parse(request.body());
    const std::string msisdn = json ? (*json)["addresses"]["msisdn"].string_or("") : "";
    if (!kit::is_international(msisdn)) return error(400, 1002, "Invalid MSISDN");
    const std::string digits = kit::digits_of(msisdn);
    const bool known = account_.by_msisdn.contains(digits);
    Contact& contact = known ? account_.contacts[account_.by_msisdn[digits]] : account_.add(digits, now_ms_);
    for (const char* name : {"firstName", "lastName", "externalId", "country"}) {
      if ((*json)[name].as_string()) contact.fields[name] = (*json)[name].string_or("");
    }
    contact.updated_ms = now_ms_;
    return show(contact, known ? 200 : 201);
  }

  // PATCH takes a JSON Patch array; of it, replace and add of plain members.
  SandboxResponse one_contact(const SandboxRequest& request, const std::string& id) {
    const auto contact = std::find_if(account_.contacts.begin(), account_.contacts.end(),
                                      [&](const Contact& c) { return c.id == id; });
    if (contact == account_.contacts.end()) return not_found();
    if (request.method() == "GET") return show(*contact, 200);
    if (request.method() == "DELETE") return erase([&](const Contact& c) { return c.id == id; });
    const auto json = Json::parse(request.body());
    if (request.method() != "PATCH" || !json || !json->is_array()) return invalid("Invalid JSON patch");
    for (const Json& change : json->items()) {
      const std::string path = change["path"].string_or("");
      if (path.size() > 1) contact->fields[path.substr(1)] = change["value"].string_or("");
    }
    contact->updated_ms = now_ms_;
    return show(*contact, 200);
  }

  template <class Matches>
  SandboxResponse erase(Matches matches) {
    account_.erase(matches);
    return SandboxResponse{204, {}, {}};
  }

  SandboxResponse delete_contacts(const SandboxRequest& request) {
    const auto json = Json::parse(request.body());
    if (!json) return invalid("Invalid JSON");
    std::set<std::string> ids, numbers;
    for (const Json& id : (*json)["ids"].items()) ids.insert(id.string_or(""));
    for (const Json& msisdn : (*json)["msisdns"].items())
      numbers.insert(kit::digits_of(msisdn.string_or("")));
    const bool all = (*json)["all"].bool_or(false);
    erase([&](const Contact& c) { return all || ids.contains(c.id) || numbers.contains(c.msisdn); });
    JsonWriter out;
    out.object().member("id", kit::uuid_id("delete", requests_)).member("type", "deleteContacts").member("status", "queued");
    return SandboxResponse::json(202, out.member("createdAt", kit::format_iso8601(now_ms_)).end().take());
  }

  // ---- Groups ----

  const Group* find_group(std::int64_t id) const {
    const auto at = std::find_if(account_.groups.begin(), account_.groups.end(),
                                 [&](const Group& group) { return group.id == id; });
    return at != account_.groups.end() ? &*at : nullptr;
  }

  SandboxResponse list_groups(const SandboxRequest& request) const {
    return page(
        request, account_.groups, [](const Group&) { return true; },
        [](const Group& group, JsonWriter& json) { group.write(json); });
  }

  SandboxResponse create_group(const SandboxRequest& request) {
    const auto json = Json::parse(request.body());
    const std::string name = json ? (*json)["name"].string_or("") : "";
    if (name.empty() || name.size() > 100) return invalid("name must have 1 to 100 characters");
    for (const Group& group : account_.groups) {
      if (group.name == name) return error(409, 5003, "A group with this name exists already");
    }
    account_.groups.push_back({1001 + static_cast<std::int64_t>(account_.groups.size()), name,
                               (*json)["description"].string_or(""), (*json)["isBlacklist"].bool_or(false)});
    JsonWriter out;
    account_.groups.back().write(out);
    return SandboxResponse::json(201, out.take());
  }

  SandboxResponse one_group(const SandboxRequest& request, const std::string& text) {
    const auto id = kit::parse_int(text);
    const Group* group = id ? find_group(*id) : nullptr;
    if (group == nullptr) return not_found();
    if (request.method() != "GET") return invalid("The sandbox only shows groups");
    JsonWriter json;
    group->write(json);
    return SandboxResponse::json(200, json.take());
  }

  std::string api_key_, base_url_;
  std::int64_t queue_ms_, work_ms_;
  bool rich_by_id_, item_offset_;
  kit::SandboxRate rate_;
  bool other_file_host_;
  kit::SandboxFault uploads_;

  Account account_;
  std::int64_t now_ms_ = 0;
  std::uint64_t requests_ = 0;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace eight_x_eight
