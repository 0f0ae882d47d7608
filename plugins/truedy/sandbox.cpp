// Truedy's emulator: an organisation with folders and contacts, in memory. Switches: README.md.
#include <switchboard/kit/kit.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace truedy {
namespace {

namespace kit = switchboard::kit;
using kit::array, kit::format_iso8601, kit::Json, kit::JsonText, kit::object, kit::SandboxRequest, kit::SandboxResponse;

constexpr std::size_t kMaxRows = 1000;
constexpr std::size_t kMaxBytes = 5'000'000;

struct Contact {
  std::string id, folder_id, phone, name, email;
  std::map<std::string, std::string> custom_fields;
  std::int64_t created_ms = 0, updated_ms = 0;

  kit::JsonObject json() const {
    return object({{"id", id}, {"name", name}, {"phone", phone}, {"email", email}, {"folder_id", folder_id},
                   {"custom_fields", object({}).add_all(custom_fields)}, {"call_count", 0}, {"last_called_at", nullptr},
                   {"created_at", format_iso8601(created_ms)}, {"updated_at", format_iso8601(updated_ms)}});
  }
};

struct Folder {
  std::string id, name, description;
  std::int64_t created_ms = 0;
};

/// What one upload did.
struct ImportResult {
  std::int64_t imported = 0, updated = 0, skipped = 0;
  std::vector<JsonText> refusals;
};

// `^\+[1-9]\d{1,14}$`
bool is_e164(std::string_view phone) { return phone.starts_with('+') && kit::is_international(phone, 2); }

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  SandboxResponse answer(const SandboxRequest& request) {
    if (request.bearer() != api_key_)
      return error(401, "unauthorized", "Invalid or missing API key", object({{"reason", "invalid_api_key"}}));
    if (!rate_.pass(now_ms_)) return limit_reached();
    return route(request,
                 {{"POST", "/api/public/v1/contacts/import", &Sandbox::import},
                  {"GET", "/api/public/v1/contacts/folders", &Sandbox::list_folders},
                  {"POST", "/api/public/v1/contacts/folders", &Sandbox::create_folder},
                  {"DELETE", "/api/public/v1/contacts/folders/*", &Sandbox::delete_folder},
                  {"GET", "/api/public/v1/contacts", &Sandbox::list_contacts},
                  {"POST", "/api/public/v1/contacts", &Sandbox::create_contact},
                  {"PATCH", "/api/public/v1/contacts/*", &Sandbox::update_contact},
                  {"GET", "/api/public/v1/openapi.json", &Sandbox::describe}},
                 [this](bool other_method) {
                   return other_method ? error(405, "method_not_allowed", "Method not allowed") : error(404, "not_found", "Not found");
                 });
  }

  SandboxResponse fault(int status) const {
    if (status == 400) return error(status, "bad_request", "The request cannot be read");
    if (status == 401) return error(status, "unauthorized", "Invalid or missing API key");
    if (status == 402) return error(status, "subscription_required", "The trial has ended");
    if (status == 403) return error(status, "forbidden", "IP address not allowed");
    if (status == 404) return error(status, "not_found", "Not found");
    if (status == 422) return missing_field("body", "file");
    if (status == 429) return limit_reached();
    return error(status, status >= 500 ? "internal_error" : "error", "The request failed");
  }

  std::string dump() const {
    return object({{"contacts", array(contacts_)}, {"folders", shown_folders()}, {"uploads", uploads_.requests()}}).text();
  }

 private:
  // ---- Answers ----

  JsonText meta() const {
    return object({{"request_id", "req_" + kit::hex_id("request", requests_, 12)}, {"ts", format_iso8601(now_ms_)}});
  }

  SandboxResponse success(int status, const JsonText& data, const std::optional<JsonText>& pagination = {}) const {
    return SandboxResponse::of(status, object({{"data", data}, {"pagination", pagination}, {"meta", meta()}}));
  }

  // Shape A.
  SandboxResponse error(int status, std::string_view code, std::string_view message, const std::optional<JsonText>& details = {}) const {
    const JsonText body = object({{"error", object({{"code", code}, {"message", message}, {"details", details}})}, {"meta", meta()}});
    return SandboxResponse::of(status, nest_errors_ ? object({{"detail", body}}) : body);
  }

  // Shape B, as FastAPI writes it.
  static SandboxResponse missing_field(std::string_view where, std::string_view field) {
    const JsonText problem = object({{"loc", array({where, field})}, {"msg", "Field required"}, {"type", "missing"}});
    return SandboxResponse::of(422, object({{"detail", array({problem})}}));
  }

  SandboxResponse unknown_folder() const { return error(404, "not_found", "Folder not found"); }
  SandboxResponse invalid(std::string_view message) const { return error(422, "validation_error", message); }

  SandboxResponse limit_reached() const {
    return error(429, "rate_limit_exceeded", "Rate limit exceeded",
                 object({{"limit", rate_.requests()}, {"reset_at", format_iso8601(rate_.ends_ms())}}));
  }

  // ---- Import ----

  SandboxResponse import(const SandboxRequest& request) {
    const auto form = kit::SandboxForm::of(request);
    const kit::MultipartPart* file = form ? form->part("file") : nullptr;
    if (file == nullptr || !file->file_name) return missing_field("body", "file");
    if (file->content.size() > kMaxBytes) return error(413, "file_too_large", "The file is too large");

    const std::string folder_id = known_folder(form->text("folder_id", folders_.front().id));
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
    return success(201, object({{"imported", result.imported}, {"updated", result.updated}, {"skipped", result.skipped},
                                {"errors", result.refusals.size()}, {"folder_id", folder_id},
                                {"error_details", details_ == "none" ? array({}) : array(result.refusals)}}));
  }

  void import_row(const kit::CsvTable& table, std::size_t row, const std::string& folder_id, bool overwrite, ImportResult& result) {
    Contact contact{.folder_id = folder_id};
    table.each_filled(table.rows[row], [&](const std::string& name, const std::string& value) {
      const std::map<std::string_view, std::string*> own = {{"phone", &contact.phone}, {"name", &contact.name}, {"email", &contact.email}};
      const auto place = own.find(name);
      (place == own.end() ? contact.custom_fields[name] : *place->second) = value;
    });
    if (add_plus_one_ && !contact.phone.starts_with('+')) contact.phone = "+1" + kit::digits_of(contact.phone);
    if (!is_e164(contact.phone)) {
      const auto phone = details_ == "no_phone" ? std::nullopt : std::optional(contact.phone);
      const char* reason = contact.phone.empty() ? "Missing phone number" : "Invalid phone number format";
      result.refusals.push_back(object({{"row", static_cast<std::int64_t>(row) + first_row_}, {"phone", phone}, {"reason", reason}}));
      return;
    }
    Contact* existing = match_ == "none" ? nullptr : contacts_.find(contact.phone, [&](const Contact& one) {
      return match_ != "folder" || one.folder_id == folder_id;
    });
    if (existing == nullptr) {
      ++result.imported;
      add(std::move(contact));
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

  Contact& add(Contact contact) {
    contact.id = "cnt_" + kit::hex_id("contact", contacts_.made() + 1, 16);
    contact.created_ms = contact.updated_ms = now_ms_;
    return contacts_.add(std::move(contact));
  }

  // ---- Contacts ----

  SandboxResponse list_contacts(const SandboxRequest& request) {
    const auto limit = request.query_int("limit", 50, 1, 100), offset = request.query_int("offset", 0, 0);
    if (!limit) return invalid("limit must be between 1 and 100");
    if (!offset) return invalid("offset must be 0 or more");
    const auto folder_id = request.query("folder_id");
    if (folder_id) known_folder(*folder_id);
    const auto in_folder = [&](const Contact& one) { return !folder_id || one.folder_id == *folder_id; };
    const auto [contacts, total] = kit::page_of(contacts_, *offset, *limit, in_folder);
    const bool has_more = *offset + *limit < total;
    return success(200, contacts, object({{"total", total}, {"limit", *limit}, {"offset", *offset}, {"has_more", has_more}}));
  }

  SandboxResponse create_contact(const SandboxRequest& request) {
    const Json json = request.json();
    if (!json.is_object()) return missing_field("body", "phone_number");
    const std::string phone = json["phone_number"].string_or("");
    if (!is_e164(phone)) return invalid("phone_number must be in E.164 format");
    return success(201, apply(json, add({.folder_id = known_folder(json["folder_id"].string_or(folders_.front().id)), .phone = phone})));
  }

  SandboxResponse update_contact(const SandboxRequest& request) {
    const Json json = request.json();
    if (!json.is_object()) return missing_field("body", "body");
    const auto not_found = [this] { return error(404, "not_found", "Contact not found"); };
    return success(200, apply(json, kit::known(contacts_, request.segments().back(), not_found)));
  }

  Contact& apply(const Json& json, Contact& contact) const {
    const std::string first = json["first_name"].string_or(""), last = json["last_name"].string_or("");
    if (!first.empty() || !last.empty()) contact.name = first + (first.empty() || last.empty() ? "" : " ") + last;
    contact.name = json["name"].string_or(contact.name);
    contact.email = json["email"].string_or(contact.email);
    const Json& custom = json["custom_fields"];
    for (std::size_t i = 0; i < custom.keys().size(); ++i) contact.custom_fields[custom.keys()[i]] = custom.values()[i].string_or("");
    contact.updated_ms = now_ms_;
    return contact;
  }

  // ---- Folders ----

  const std::string& known_folder(const std::string& id) const {
    return kit::known(folders_, id, [this] { return unknown_folder(); }).id;
  }

  JsonText shown(const Folder& folder) const {
    const auto count = std::count_if(contacts_.begin(), contacts_.end(), [&](const Contact& one) { return one.folder_id == folder.id; });
    return object({{"id", folder.id}, {"name", folder.name}, {"description", folder.description}, {"contact_count", count},
                   {"created_at", format_iso8601(folder.created_ms)}});
  }
  JsonText shown_folders() const {
    return array(folders_, [this](const Folder& folder) { return shown(folder); });
  }

  SandboxResponse list_folders(const SandboxRequest&) { return success(200, shown_folders()); }

  SandboxResponse create_folder(const SandboxRequest& request) {
    const Json json = request.json();
    const std::string name = json["name"].string_or("");
    if (name.empty()) return missing_field("body", "name");
    folders_.push_back({"folder_" + kit::hex_id("folder", ++folders_made_, 12), name, json["description"].string_or(""), now_ms_});
    return success(201, shown(folders_.back()));
  }

  // With everything in it, as the vendor warns.
  SandboxResponse delete_folder(const SandboxRequest& request) {
    const std::string id = known_folder(request.segments().back());
    if (id == folders_.front().id) return unknown_folder();
    std::erase_if(folders_, [&](const Folder& folder) { return folder.id == id; });
    contacts_.erase([&](const Contact& contact) { return contact.folder_id == id; });
    return SandboxResponse::empty();
  }

  SandboxResponse describe(const SandboxRequest&) {
    return SandboxResponse::json(200, R"({"openapi":"3.1.0","info":{"title":"Truedy sandbox","version":"1"}})");
  }

  std::string api_key_ = options_.secret("api_key");
  std::int64_t first_row_ = options_.number("row_base", 2);
  std::string details_ = options_.text("details", "full"), match_ = options_.text("match", "organisation");
  bool nest_errors_ = options_.flag("nest_errors", false), add_plus_one_ = options_.flag("add_plus_one", false);
  kit::SandboxRate rate_{options_.number("requests_per_minute", 100), 60'000};
  kit::SandboxFault uploads_{options_};

  std::vector<Folder> folders_ = {{"folder_default", "Default", "", 0}};
  kit::SandboxBook<Contact, &Contact::phone> contacts_;
  std::uint64_t folders_made_ = 0;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace truedy
