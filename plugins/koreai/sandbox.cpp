// Kore.ai's emulator: the contacts of one bot, in memory. Switches: README.md.
#include <switchboard/kit/kit.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace koreai {
namespace {

namespace kit = switchboard::kit;
using kit::array, kit::format_iso8601, kit::Json, kit::object, kit::SandboxRequest, kit::SandboxResponse;

constexpr std::string_view kColumnsOfImport[] = {"firstName",       "lastName",             "salutation",
                                         "cellPhoneNumber", "cellPhoneCountryCode", "cellPhoneExtension"};

struct Contact {
  std::string first_name, last_name, salutation, number, country_code, extension;
  std::string id, account_id;  ///< of the request that made it
  bool active = true;
  std::int64_t created_ms = 0;

  kit::JsonObject json() const {
    return object({{"status", active ? "ACTIVE" : "INACTIVE"}, {"firstName", first_name}, {"lastName", last_name},
                   {"salutation", salutation}, {"accountId", account_id}, {"orgId", "o-sandbox"}, {"createdBy", "u-sandbox"},
                   {"cellPhone", object({{"phoneNumber", country_code + number}, {"countryCode", country_code}, {"extension", extension}})},
                   {"fullName", first_name + " " + last_name}, {"address", array({})}, {"twitterDetails", array({})},
                   {"createdAt", format_iso8601(created_ms)}, {"updatedAt", format_iso8601(created_ms)}, {"id", id}});
  }
};

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  using SandboxServer::SandboxServer;

  SandboxResponse answer(const SandboxRequest& request) {
    check_token(request.header("auth").value_or(""));
    account_id_ = std::string(request.header("accountid").value_or(""));
    if (require_account_id_ && account_id_.empty()) return error(400, "accountId header is missing");
    if (!rate_.pass(now_ms_)) return limit_reached();
    return route(request,
                 {{"GET", "/agentassist/api/v1/public/*/contacts", &Sandbox::list},
                  {"POST", "/agentassist/api/v1/public/*/contacts", &Sandbox::create},
                  {"POST", "/agentassist/api/v1/public/*/contacts/import-contacts", &Sandbox::import},
                  {"DELETE", "/agentassist/api/v1/public/*/contacts/*", &Sandbox::remove}},
                 [](bool other_method) { return other_method ? error(405, "Method not allowed") : error(404, "Not found"); });
  }

  SandboxResponse fault(int status) const {
    if (status == 401) return error(401, "Invalid SDK credentials", 4002);
    if (status == 403) return error(403, "The app lacks the required API scope");
    if (status == 429) return limit_reached();
    return error(status, status >= 500 ? "Internal server error" : "The request is not valid");
  }

  std::string dump() const { return object({{"contacts", array(contacts_)}, {"uploads", uploads_}}).text(); }

 private:
  // ---- Answers ----

  static SandboxResponse error(int status, std::string_view message, int code = 0) {
    return SandboxResponse::of(status, object({{"errors", array({object({{"msg", message}, {"code", code != 0 ? code : status}})})}}));
  }

  SandboxResponse limit_reached() const {
    return error(static_cast<int>(rate_limit_status_),
                 "You've exceeded the per-minute rate limit. Please wait for sometime before retrying.");
  }

  // ---- Token ----

  void check_token(std::string_view token) {
    const auto jwt = kit::SandboxJwt::read(token, client_secret_);
    if (!jwt) throw error(401, "Invalid token");
    if (!jwt->genuine || jwt->claims["appId"].string_or("") != client_id_) throw error(401, "Invalid SDK credentials", 4002);
    const std::int64_t now_s = now_ms_ / 1000;
    const auto expires_s = jwt->claims["exp"].as_int();
    if (expires_s && *expires_s <= now_s) throw error(401, "jwt expired");
    if (!require_jti_) return;
    const std::string jti = jwt->claims["jti"].string_or("");
    constexpr std::int64_t kLongestS = 3600;
    if (jti.empty() || !expires_s || *expires_s > now_s + kLongestS) throw error(401, "jti needs an expiry within one hour");
    if (!jtis_.insert(jti).second) throw error(401, "Token was used before, possibly a replay");
  }

  // ---- Import ----

  SandboxResponse import(const SandboxRequest& request) {
    const bool curl_shape = accepts_curl_shape_ && request.media_type() == "application/json";
    if (request.media_type() != "multipart/form-data" && !curl_shape) return error(415, "Unsupported content type");
    const auto form = kit::SandboxForm::of(request, curl_shape);
    if (!form || form->part("result_file") == nullptr) return error(400, "result_file is missing");
    const auto rows = form->csv("result_file");
    if (!rows) return error(400, "result_file is not a CSV file");
    for (const auto name : kColumnsOfImport)
      if (!rows->has(name)) return error(400, "Column " + std::string(name) + " is missing");
    std::vector<Contact> created;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
      const auto cell = [&](std::size_t column) { return rows->cell(rows->rows[i], kColumnsOfImport[column]); };
      Contact contact{cell(0), cell(1), cell(2), cell(3), cell(4), cell(5)};
      if (!is_good(contact)) {
        if (bad_rows_ == "refuse") return error(400, "Row " + std::to_string(i + 1) + " is not valid");
        continue;
      }
      const bool duplicate = holds(contact, contacts_) || holds(contact, created);
      if (duplicate && duplicates_ == "refuse") return error(400, "Duplicate phone number in row " + std::to_string(i + 1));
      if (!duplicate) created.push_back(std::move(contact));
    }
    ++uploads_;
    return store(std::move(created));
  }

  static bool is_good(const Contact& contact) {
    const bool filled = !contact.first_name.empty() && !contact.last_name.empty() && !contact.salutation.empty() &&
                        !contact.extension.empty();
    return filled && kit::all_digits(contact.number) && contact.country_code.size() > 1 && contact.country_code[0] == '+' &&
           kit::all_digits(std::string_view(contact.country_code).substr(1));
  }

  static bool holds(const Contact& wanted, const std::vector<Contact>& contacts) {
    return kit::find_entry(contacts, [&](const Contact& contact) {
             return contact.active && contact.country_code == wanted.country_code && contact.number == wanted.number;
           }) != nullptr;
  }

  SandboxResponse store(std::vector<Contact> created) {
    for (Contact& contact : created) {
      contact.id = kit::hex_id("contact", ++contacts_made_);
      contact.account_id = account_id_;
      contact.created_ms = now_ms_;
    }
    contacts_.insert(contacts_.end(), created.begin(), created.end());
    return SandboxResponse::of(200, array(created));
  }

  // ---- Contacts ----

  SandboxResponse list(const SandboxRequest& request) {
    const auto skip = request.query_int("skip", 0, 0), asked = request.query_int("limit", 10, 1);
    if (!skip || !asked) return error(400, "skip or limit is not valid");
    const std::int64_t limit = std::min(*asked, page_size_);
    const auto [results, total] = kit::page_of(contacts_, *skip, limit);
    return SandboxResponse::of(200, object({{"results", results}, {"skip", *skip}, {"limit", limit}, {"hasMore", *skip + limit < total},
                                            {"totalPages", (total + limit - 1) / limit}, {"totalResults", total}}));
  }

  // A JSON array of contacts, in the shape of the list.
  SandboxResponse create(const SandboxRequest& request) {
    const Json json = request.json();
    if (!json.is_array()) return error(400, "A JSON array of contacts is needed");
    std::vector<Contact> created;
    for (const Json& item : json.items()) {
      const Json& phone = item["cellPhone"];
      Contact contact{item["firstName"].string_or(""), item["lastName"].string_or(""), item["salutation"].string_or(""),
                      phone["phoneNumber"].string_or(""), phone["countryCode"].string_or(""), phone["extension"].string_or("+")};
      if (!is_good(contact)) return error(400, "A contact is not valid");
      if (holds(contact, contacts_)) return error(400, "Duplicate phone number");
      created.push_back(std::move(contact));
    }
    return store(std::move(created));
  }

  SandboxResponse remove(const SandboxRequest& request) {
    Contact& contact = kit::known(contacts_, request.segments().back(), [] { return error(404, "Contact not found"); });
    contact.active = false;
    return SandboxResponse::of(200, contact);
  }

  std::string client_id_ = options_.secret("client_id"), client_secret_ = options_.secret("client_secret");
  std::string duplicates_ = options_.text("duplicates", "skip"), bad_rows_ = options_.text("bad_rows", "skip");
  bool accepts_curl_shape_ = options_.text("curl_shape", "refuse") == "accept";
  bool require_account_id_ = options_.flag("require_account_id", true), require_jti_ = options_.flag("require_jti", false);
  kit::SandboxRate rate_{options_.number("requests_per_minute", 60), 60'000};
  std::int64_t rate_limit_status_ = options_.number("rate_limit_status", 429), page_size_ = options_.number("page_size", 10);
  std::string account_id_;
  std::vector<Contact> contacts_;
  std::set<std::string> jtis_;
  std::uint64_t contacts_made_ = 0, uploads_ = 0;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace koreai
