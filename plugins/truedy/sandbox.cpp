// Truedy's emulator: an organisation with folders and contacts, in memory. Switches: README.md.
#include <switchboard/kit/kit.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace truedy {
namespace {

namespace kit = switchboard::kit;
using kit::Json;
using kit::JsonWriter;
using kit::SandboxRequest;
using kit::SandboxResponse;

constexpr std::size_t kMaxRows = 1000;
constexpr std::size_t kMaxBytes = 5'000'000;

struct Contact {
  std::string id, folder_id, phone, name, email;
  std::map<std::string, std::string> custom_fields;
  std::int64_t created_ms = 0, updated_ms = 0;

  void write(JsonWriter& json) const {
    json.object().member("id", id).member("name", name).member("phone", phone).member("email", email);
    json.member("folder_id", folder_id).key("custom_fields").object();
    for (const auto& [key, value] : custom_fields) json.member(key, value);
    json.end().member("call_count", 0).key("last_called_at").null();
    json.member("created_at", kit::format_iso8601(created_ms));
    json.member("updated_at", kit::format_iso8601(updated_ms)).end();
  }
};

struct Folder {
  std::string id, name, description;
  std::int64_t created_ms = 0;
};

/// What one upload did.
struct ImportResult {
  std::int64_t imported = 0, updated = 0, skipped = 0;
  struct Refusal {
    std::size_t row;
    std::string phone, reason;
  };
  std::vector<Refusal> refusals;
};

// `^\+[1-9]\d{1,14}$`
bool is_e164(std::string_view phone) { return phone.starts_with('+') && kit::is_international(phone, 2); }

class Sandbox {
 public:
  explicit Sandbox(const Json& options) : options_(options), uploads_(options) {}

  SandboxResponse serve(const SandboxRequest& request, std::int64_t now_ms) {
    now_ms_ = now_ms;
    ++requests_;
    if (const auto status = request.fault_status()) return fault(*status);
    if (request.bearer() != api_key_)
      return error(401, "unauthorized", "Invalid or missing API key", R"({"reason":"invalid_api_key"})");
    if (!rate_.pass(now_ms)) return limit_reached();
    static constexpr kit::SandboxRoute<Sandbox> kRoutes[] = {
        {"POST", "/api/public/v1/contacts/import", &Sandbox::import},
        {"GET", "/api/public/v1/contacts/folders", &Sandbox::list_folders},
        {"POST", "/api/public/v1/contacts/folders", &Sandbox::create_folder},
        {"DELETE", "/api/public/v1/contacts/folders/*", &Sandbox::delete_folder},
        {"GET", "/api/public/v1/contacts", &Sandbox::list_contacts},
        {"POST", "/api/public/v1/contacts", &Sandbox::create_contact},
        {"PATCH", "/api/public/v1/contacts/*", &Sandbox::update_contact},
        {"GET", "/api/public/v1/openapi.json", &Sandbox::describe}};
    return kit::route(*this, kRoutes, request, [&](bool other_method) {
      return other_method ? error(405, "method_not_allowed", "Method not allowed") : error(404, "not_found", "Not found");
    });
  }

  std::string dump() const {
    JsonWriter json;
    kit::write_all(json.object(), "contacts", contacts_);
    json.key("folders").array();
    for (const Folder& folder : folders_) write(folder, json);
    return json.end().member("uploads", uploads_.requests()).end().take();
  }

 private:
  // ---- Answers ----

  std::string meta() const {
    return JsonWriter().object().member("request_id", "req_" + kit::hex_id("request", requests_, 12)).member("ts", kit::format_iso8601(now_ms_)).end().take();
  }

  SandboxResponse answer(int status, std::string_view data, std::string_view pagination = {}) const {
    JsonWriter json;
    json.object().member_raw("data", data);
    if (!pagination.empty()) json.member_raw("pagination", pagination);
    return SandboxResponse::json(status, json.member_raw("meta", meta()).end());
  }

  // Shape A.
  SandboxResponse error(int status, std::string_view code, std::string_view message,
                        std::string_view details = {}) const {
    JsonWriter json;
    json.object();
    if (nest_errors_) json.key("detail").object();
    json.key("error").object().member("code", code).member("message", message);
    if (!details.empty()) json.member_raw("details", details);
    json.end().member_raw("meta", meta());
    if (nest_errors_) json.end();
    return SandboxResponse::json(status, json.end());
  }

  // Shape B, as FastAPI writes it.
  static SandboxResponse missing_field(std::string_view where, std::string_view field) {
    JsonWriter json;
    json.object().key("detail").array().object().key("loc").array().value(where).value(field).end();
    json.member("msg", "Field required").member("type", "missing");
    return SandboxResponse::json(422, json.end().end().end());
  }

  SandboxResponse unknown_folder() const { return error(404, "not_found", "Folder not found"); }
  SandboxResponse invalid(std::string_view message) const { return error(422, "validation_error", message); }

  SandboxResponse fault(int status) const {
    if (status == 429) return limit_reached();
    if (status == 422) return missing_field("body", "file");
    static const std::map<int, std::pair<std::string, std::string>> kFaults = {
        {400, {"bad_request", "The request cannot be read"}},
        {401, {"unauthorized", "Invalid or missing API key"}},
        {402, {"subscription_required", "The trial has ended"}},
        {403, {"forbidden", "IP address not allowed"}},
        {404, {"not_found", "Not found"}}};
    const auto known = kFaults.find(status);
    if (known != kFaults.end()) return error(status, known->second.first, known->second.second);
    return error(status, status >= 500 ? "internal_error" : "error", "The request failed");
  }

  // ---- Rate ----

  SandboxResponse limit_reached() const {
    JsonWriter details;
    details.object().member("limit", rate_.requests()).member("reset_at", kit::format_iso8601(rate_.ends_ms())).end();
    return error(429, "rate_limit_exceeded", "Rate limit exceeded", details.text());
  }

  // ---- Import ----

  SandboxResponse import(const SandboxRequest& request) {
    const auto form = kit::SandboxForm::of(request);
    const kit::MultipartPart* file = form ? form->part("file") : nullptr;
    if (file == nullptr || !file->file_name) return missing_field("body", "file");
    if (file->content.size() > kMaxBytes) return error(413, "file_too_large", "The file is too large");

    const std::string folder_id = form->text("folder_id", folders_.front().id);
    if (!has_folder(folder_id)) return unknown_folder();
    const std::string overwrite = form->text("overwrite_existing", "false");
    if (overwrite != "true" && overwrite != "false") return invalid("overwrite_existing must be true or false");

    const auto rows = form->csv("file");
    if (!rows) return error(400, "bad_request", "The file is not a CSV file");
    if (!rows->has("phone")) return error(400, "bad_request", "CSV must contain a 'phone' column");
    if (rows->rows.size() > kMaxRows) return error(413, "file_too_large", "The file has too many rows");

    const std::string_view fault = uploads_.next();
    const std::size_t end = kit::SandboxFault::stored(fault, rows->rows.size());
    ImportResult result;
    for (std::size_t row = 0; row < end; ++row) import_row(*rows, row, folder_id, overwrite == "true", result);
    if (fault == "half") return error(500, "internal_error", "The import failed");
    if (fault == "lost_reply") return error(502, "bad_gateway", "Bad gateway");
    if (fault == "bad_counts") result.imported += 1;
    return answer(201, report(result, folder_id));
  }

  void import_row(const kit::CsvTable& table, std::size_t row, const std::string& folder_id, bool overwrite, ImportResult& result) {
    Contact contact;
    table.each_filled(table.rows[row], [&](const std::string& name, const std::string& value) {
      const std::map<std::string_view, std::string*> own = {{"phone", &contact.phone}, {"name", &contact.name}, {"email", &contact.email}};
      const auto place = own.find(name);
      (place == own.end() ? contact.custom_fields[name] : *place->second) = value;
    });
    if (add_plus_one_ && !contact.phone.starts_with('+'))
      contact.phone = "+1" + kit::digits_of(contact.phone);
    const std::size_t number = row + static_cast<std::size_t>(first_row_);
    if (contact.phone.empty()) return result.refusals.push_back({number, "", "Missing phone number"});
    if (!is_e164(contact.phone))
      return result.refusals.push_back({number, contact.phone, "Invalid phone number format"});

    Contact* existing = match(contact.phone, folder_id);
    if (existing == nullptr) {
      ++result.imported;
      add(std::move(contact), folder_id);
    } else if (overwrite) {
      ++result.updated;
      if (!contact.name.empty()) existing->name = contact.name;
      if (!contact.email.empty()) existing->email = contact.email;
      for (const auto& [key, value] : contact.custom_fields) existing->custom_fields[key] = value;
      existing->updated_ms = now_ms_;
    } else {
      ++result.skipped;
    }
  }

  std::string report(const ImportResult& result, const std::string& folder_id) const {
    JsonWriter json;
    json.object().member("imported", result.imported).member("updated", result.updated);
    json.member("skipped", result.skipped).member("errors", result.refusals.size());
    json.member("folder_id", folder_id).key("error_details").array();
    for (const auto& refusal : result.refusals) {
      if (details_ == "none") break;
      json.object().member("row", refusal.row);
      if (details_ != "no_phone") json.member("phone", refusal.phone);
      json.member("reason", refusal.reason).end();
    }
    return json.end().end().take();
  }

  Contact* match(const std::string& phone, const std::string& folder_id) {
    if (match_ == "none") return nullptr;
    const auto [first, last] = by_phone_.equal_range(phone);
    for (auto at = first; at != last; ++at) {
      Contact& contact = contacts_[at->second];
      if (match_ != "folder" || contact.folder_id == folder_id) return &contact;
    }
    return nullptr;
  }

  Contact& add(Contact contact, const std::string& folder_id) {
    contact.id = "cnt_" + kit::hex_id("contact", ++contacts_made_, 16);
    contact.folder_id = folder_id;
    contact.created_ms = contact.updated_ms = now_ms_;
    by_phone_.emplace(contact.phone, contacts_.size());
    return contacts_.emplace_back(std::move(contact));
  }

  // ---- Contacts ----

  SandboxResponse list_contacts(const SandboxRequest& request) {
    const auto limit = request.query_int("limit", 50, 1, 100), offset = request.query_int("offset", 0, 0);
    if (!limit) return invalid("limit must be between 1 and 100");
    if (!offset) return invalid("offset must be 0 or more");
    const auto folder_id = request.query("folder_id");
    if (folder_id && !has_folder(*folder_id)) return unknown_folder();
    JsonWriter json, pagination;
    const auto matches = [&](const Contact& contact) { return !folder_id || contact.folder_id == *folder_id; };
    const auto write = [&](const Contact& contact) { contact.write(json); };
    const std::int64_t total = kit::write_page(json, contacts_, *offset, *limit, matches, write);
    pagination.object().member("total", total).member("limit", *limit).member("offset", *offset);
    pagination.member("has_more", *offset + *limit < total).end();
    return answer(200, json.text(), pagination.text());
  }

  SandboxResponse create_contact(const SandboxRequest& request) {
    const Json json = request.json();
    if (!json.is_object()) return missing_field("body", "phone_number");
    const std::string phone = json["phone_number"].string_or("");
    if (!is_e164(phone)) return invalid("phone_number must be in E.164 format");
    const std::string folder_id = json["folder_id"].string_or(folders_.front().id);
    if (!has_folder(folder_id)) return unknown_folder();
    Contact contact;
    contact.phone = phone;
    return answer(201, SandboxResponse::of(201, apply(json, add(std::move(contact), folder_id))).body);
  }

  SandboxResponse update_contact(const SandboxRequest& request) {
    const Json json = request.json();
    if (!json.is_object()) return missing_field("body", "body");
    Contact* contact = kit::find_entry(contacts_, [&](const Contact& one) { return one.id == request.segments().back(); });
    return contact != nullptr ? answer(200, SandboxResponse::of(200, apply(json, *contact)).body) : error(404, "not_found", "Contact not found");
  }

  Contact& apply(const Json& json, Contact& contact) const {
    const std::string first = json["first_name"].string_or(""), last = json["last_name"].string_or("");
    if (!first.empty() || !last.empty())
      contact.name = first + (first.empty() || last.empty() ? "" : " ") + last;
    contact.name = json["name"].string_or(contact.name);
    contact.email = json["email"].string_or(contact.email);
    const Json& custom = json["custom_fields"];
    for (std::size_t i = 0; i < custom.keys().size(); ++i)
      contact.custom_fields[custom.keys()[i]] = custom.values()[i].string_or("");
    contact.updated_ms = now_ms_;
    return contact;
  }

  // ---- Folders ----

  bool has_folder(std::string_view id) const {
    return kit::find_entry(folders_, [&](const Folder& folder) { return folder.id == id; }) != nullptr;
  }

  void write(const Folder& folder, JsonWriter& json) const {
    const auto count = std::count_if(contacts_.begin(), contacts_.end(),
                                     [&](const Contact& contact) { return contact.folder_id == folder.id; });
    json.object().member("id", folder.id).member("name", folder.name).member("description", folder.description);
    json.member("contact_count", count).member("created_at", kit::format_iso8601(folder.created_ms)).end();
  }

  SandboxResponse list_folders(const SandboxRequest&) {
    JsonWriter json;
    json.array();
    for (const Folder& folder : folders_) write(folder, json);
    return answer(200, json.end().text());
  }

  SandboxResponse create_folder(const SandboxRequest& request) {
    const Json json = request.json();
    const std::string name = json["name"].string_or("");
    if (name.empty()) return missing_field("body", "name");
    folders_.push_back({"folder_" + kit::hex_id("folder", ++folders_made_, 12), name, json["description"].string_or(""), now_ms_});
    JsonWriter out;
    write(folders_.back(), out);
    return answer(201, out.text());
  }

  // With everything in it, as the vendor warns.
  SandboxResponse delete_folder(const SandboxRequest& request) {
    const std::string& id = request.segments().back();
    if (!has_folder(id) || id == folders_.front().id) return unknown_folder();
    std::erase_if(folders_, [&](const Folder& folder) { return folder.id == id; });
    std::erase_if(contacts_, [&](const Contact& contact) { return contact.folder_id == id; });
    by_phone_.clear();
    for (std::size_t i = 0; i < contacts_.size(); ++i) by_phone_.emplace(contacts_[i].phone, i);
    return SandboxResponse::empty();
  }

  SandboxResponse describe(const SandboxRequest&) {
    return SandboxResponse::json(200, R"({"openapi":"3.1.0","info":{"title":"Truedy sandbox","version":"1"}})");
  }

  kit::SandboxOptions options_;
  std::string api_key_ = options_.secret("api_key");
  std::int64_t first_row_ = options_.number("row_base", 2);
  std::string details_ = options_.text("details", "full"), match_ = options_.text("match", "organisation");
  bool nest_errors_ = options_.flag("nest_errors", false), add_plus_one_ = options_.flag("add_plus_one", false);
  kit::SandboxRate rate_{options_.number("requests_per_minute", 100), 60'000};
  kit::SandboxFault uploads_;

  std::vector<Folder> folders_ = {{"folder_default", "Default", "", 0}};
  std::vector<Contact> contacts_;
  std::multimap<std::string, std::size_t> by_phone_;
  std::int64_t now_ms_ = 0;
  std::uint64_t requests_ = 0, contacts_made_ = 0, folders_made_ = 0;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace truedy
