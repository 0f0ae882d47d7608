// Kore.ai's emulator: the contacts of one bot, in memory. Switches: README.md.
#include <switchboard/kit/kit.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace koreai {
namespace {

namespace kit = switchboard::kit;
using kit::Json;
using kit::JsonWriter;
using kit::SandboxRequest;
using kit::SandboxResponse;

constexpr std::string_view kColumnsOfImport[] = {"firstName",       "lastName",             "salutation",
                                         "cellPhoneNumber", "cellPhoneCountryCode", "cellPhoneExtension"};

struct Contact {
  std::string id, first_name, last_name, salutation, number, country_code, extension;
  bool active = true;
  std::int64_t created_ms = 0;

  void write(JsonWriter& json, std::string_view account_id) const {
    json.object().member("status", active ? "ACTIVE" : "INACTIVE");
    json.member("firstName", first_name).member("lastName", last_name).member("salutation", salutation);
    json.member("accountId", account_id).member("orgId", "o-sandbox").member("createdBy", "u-sandbox");
    json.key("cellPhone").object().member("phoneNumber", country_code + number);
    json.member("countryCode", country_code).member("extension", extension).end();
    json.member("fullName", first_name + " " + last_name).key("address").array().end();
    json.key("twitterDetails").array().end();
    json.member("createdAt", kit::format_iso8601(created_ms)).member("updatedAt", kit::format_iso8601(created_ms));
    json.member("id", id).end();
  }
};

class Sandbox {
 public:
  explicit Sandbox(const Json& options)
      : client_id_(kit::sandbox_secret(options, "client_id")),
        client_secret_(kit::sandbox_secret(options, "client_secret")),
        duplicates_(kit::sandbox_option(options, "duplicates").string_or("skip")),
        bad_rows_(kit::sandbox_option(options, "bad_rows").string_or("skip")),
        accepts_curl_shape_(kit::sandbox_option(options, "curl_shape").string_or("refuse") == "accept"),
        require_account_id_(kit::sandbox_option(options, "require_account_id").bool_or(true)),
        require_jti_(kit::sandbox_option(options, "require_jti").bool_or(false)),
        rate_(kit::sandbox_option(options, "requests_per_minute").int_or(60), 60'000),
        rate_limit_status_(kit::sandbox_option(options, "rate_limit_status").int_or(429)),
        page_size_(kit::sandbox_option(options, "page_size").int_or(10)) {}

  SandboxResponse serve(const SandboxRequest& request, std::int64_t now_ms) {
    now_ms_ = now_ms;
    if (const auto status = request.fault_status()) return fault(*status);
    if (auto refused = check_token(request.header("auth").value_or(""))) return *std::move(refused);
    if (require_account_id_ && request.header("accountid").value_or("").empty())
      return error(400, "accountId header is missing");
    if (!rate_.pass(now_ms)) return limit_reached();
    // agentassist api v1 public BOT contacts …
    const auto& path = request.segments();
    constexpr std::size_t kContacts = 5;
    const bool known = path.size() > kContacts && path[0] == "agentassist" && path[1] == "api" && path[2] == "v1" &&
                       path[3] == "public" && path[kContacts] == "contacts";
    if (!known) return error(404, "Not found");
    account_id_ = std::string(request.header("accountid").value_or(""));
    if (path.size() == kContacts + 1) {
      if (request.method() == "GET") return list(request);
      if (request.method() == "POST") return create(request);
    } else if (path.size() == kContacts + 2) {
      if (path.back() == "import-contacts" && request.method() == "POST") return import(request);
      if (request.method() == "DELETE") return remove(path.back());
    }
    return error(405, "Method not allowed");
  }

  std::string dump() const {
    JsonWriter json;
    json.object().key("contacts").array();
    for (const Contact& contact : contacts_) contact.write(json, account_id_);
    return json.end().member("uploads", uploads_).end().take();
  }

 private:
  // ---- Answers ----

  static SandboxResponse error(int status, std::string_view message, int code = 0) {
    JsonWriter json;
    json.object().key("errors").array().object().member("msg", message).member("code", code != 0 ? code : status);
    return SandboxResponse::json(status, json.end().end().end().take());
  }

  SandboxResponse limit_reached() const {
    return error(static_cast<int>(rate_limit_status_),
                 "You've exceeded the per-minute rate limit. Please wait for sometime before retrying.");
  }

  SandboxResponse fault(int status) const {
    if (status == 429) return limit_reached();
    if (status == 401) return error(401, "Invalid SDK credentials", 4002);
    if (status == 403) return error(403, "The app lacks the required API scope");
    return error(status, status >= 500 ? "Internal server error" : "The request is not valid");
  }

  // ---- Token ----

  std::optional<SandboxResponse> check_token(std::string_view token) {
    const auto refuse = [](std::string_view message, int code = 401) { return error(401, message, code); };
    const auto parts = kit::split(token, '.');
    if (parts.size() != 3) return refuse("Invalid token");
    const auto header_text = kit::base64_decode(parts[0]), claims_text = kit::base64_decode(parts[1]);
    const auto header = header_text ? Json::parse(*header_text) : std::nullopt;
    const auto claims = claims_text ? Json::parse(*claims_text) : std::nullopt;
    if (!header || !claims) return refuse("Invalid token");
    const std::string algorithm = (*header)["alg"].string_or("");
    const std::string_view text = token.substr(0, parts[0].size() + 1 + parts[1].size());
    const std::string signature = algorithm == "HS256"   ? kit::hmac_sha256(client_secret_, text)
                                  : algorithm == "HS512" ? kit::hmac_sha512(client_secret_, text)
                                                         : std::string();
    const bool genuine = !signature.empty() && kit::base64url_encode(signature) == parts[2];
    if (!genuine || (*claims)["appId"].string_or("") != client_id_) return refuse("Invalid SDK credentials", 4002);
    const std::int64_t now_s = now_ms_ / 1000;
    const auto expires_s = (*claims)["exp"].as_int();
    if (expires_s && *expires_s <= now_s) return refuse("jwt expired");
    if (!require_jti_) return std::nullopt;
    const std::string jti = (*claims)["jti"].string_or("");
    constexpr std::int64_t kLongestS = 3600;
    if (jti.empty() || !expires_s || *expires_s > now_s + kLongestS)
      return refuse("jti needs an expiry within one hour");
    if (!jtis_.insert(jti).second) return refuse("Token was used before, possibly a replay");
    return std::nullopt;
  }

  // ---- Import ----

  SandboxResponse import(const SandboxRequest& request) {
    const bool curl_shape = accepts_curl_shape_ && request.media_type() == "application/json";
    if (request.media_type() != "multipart/form-data" && !curl_shape) return error(415, "Unsupported content type");
    const auto form = kit::SandboxForm::of(request, curl_shape);
    if (!form || form->part("result_file") == nullptr) return error(400, "result_file is missing");
    const auto rows = form->csv("result_file");
    if (!rows) return error(400, "result_file is not a CSV file");
    std::vector<std::size_t> at;
    for (const auto name : kColumnsOfImport) {
      const auto column = kit::csv_column(rows->front(), name);
      if (!column) return error(400, "Column " + std::string(name) + " is missing");
      at.push_back(*column);
    }
    std::vector<Contact> created;
    for (std::size_t i = 1; i < rows->size(); ++i) {
      const auto cell = [&](std::size_t column) {
        return at[column] < (*rows)[i].size() ? (*rows)[i][at[column]] : std::string();
      };
      Contact contact{"", cell(0), cell(1), cell(2), cell(3), cell(4), cell(5)};
      if (!is_good(contact)) {
        if (bad_rows_ == "refuse") return error(400, "Row " + std::to_string(i) + " is not valid");
        continue;
      }
      const bool duplicate = holds(contact, contacts_) || holds(contact, created);
      if (duplicate && duplicates_ == "refuse") return error(400, "Duplicate phone number in row " + std::to_string(i));
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
    return std::any_of(contacts.begin(), contacts.end(), [&](const Contact& contact) {
      return contact.active && contact.country_code == wanted.country_code && contact.number == wanted.number;
    });
  }

  SandboxResponse store(std::vector<Contact> created) {
    JsonWriter json;
    json.array();
    for (Contact& contact : created) {
      contact.id = kit::hex_id("contact", ++contacts_made_);
      contact.created_ms = now_ms_;
      contact.write(json, account_id_);
      contacts_.push_back(std::move(contact));
    }
    return SandboxResponse::json(200, json.end().take());
  }

  // ---- Contacts ----

  SandboxResponse list(const SandboxRequest& request) const {
    const auto skip = request.query_int("skip", 0, 0), asked = request.query_int("limit", 10, 1);
    if (!skip || !asked) return error(400, "skip or limit is not valid");
    const std::int64_t limit = std::min(*asked, page_size_);
    JsonWriter json;
    json.object().key("results");
    const auto write = [&](const Contact& contact) { contact.write(json, account_id_); };
    const std::int64_t total = kit::write_page(json, contacts_, *skip, limit, [](const Contact&) { return true; }, write);
    json.member("skip", *skip).member("limit", limit).member("hasMore", *skip + limit < total);
    json.member("totalPages", (total + limit - 1) / limit).member("totalResults", total);
    return SandboxResponse::json(200, json.end().take());
  }

  // A JSON array of contacts, in the shape of the list.
  SandboxResponse create(const SandboxRequest& request) {
    const auto json = Json::parse(request.body());
    if (!json || !json->is_array()) return error(400, "A JSON array of contacts is needed");
    std::vector<Contact> created;
    for (const Json& item : json->items()) {
      const Json& phone = item["cellPhone"];
      Contact contact{"", item["firstName"].string_or(""), item["lastName"].string_or(""), item["salutation"].string_or(""),
                      phone["phoneNumber"].string_or(""), phone["countryCode"].string_or(""), phone["extension"].string_or("+")};
      if (!is_good(contact)) return error(400, "A contact is not valid");
      if (holds(contact, contacts_)) return error(400, "Duplicate phone number");
      created.push_back(std::move(contact));
    }
    return store(std::move(created));
  }

  SandboxResponse remove(std::string_view id) {
    for (Contact& contact : contacts_) {
      if (contact.id != id) continue;
      contact.active = false;
      JsonWriter json;
      contact.write(json, account_id_);
      return SandboxResponse::json(200, json.take());
    }
    return error(404, "Contact not found");
  }

  std::string client_id_, client_secret_, duplicates_, bad_rows_;
  bool accepts_curl_shape_, require_account_id_, require_jti_;
  kit::SandboxRate rate_;
  std::int64_t rate_limit_status_, page_size_;
  std::string account_id_;
  std::vector<Contact> contacts_;
  std::set<std::string> jtis_;
  std::uint64_t contacts_made_ = 0, uploads_ = 0;
  std::int64_t now_ms_ = 0;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace koreai
