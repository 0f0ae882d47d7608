// Apptoto's emulator: address books, contacts (POST, PUT, list) and the look-up of one contact.
#include "connector.h"

#include <algorithm>
#include <utility>

namespace apptoto {
namespace {

using kit::array, kit::format_iso8601, kit::Json, kit::JsonObject, kit::JsonText, kit::object, kit::SandboxRequest, kit::SandboxResponse;

struct Contact {
  std::int64_t id = 0, address_book_id = 0;
  std::string name, first_name, last_name;
  std::optional<std::string> external_id;
  std::vector<Json> phone_numbers, email_addresses;
  std::optional<Json> custom_data;
  std::int64_t created_ms = 0, updated_ms = 0;
};

struct AddressBook {
  std::int64_t id = 0;
  std::string name;

  JsonObject json() const { return object({{"id", id}, {"name", name}}); }
};

class Sandbox : public kit::SandboxServer<Sandbox> {
 public:
  explicit Sandbox(const Json& options) : SandboxServer(options) {
    for (const std::string& name : options_.list("address_books", "Contacts")) add_book(name);
  }

  SandboxResponse answer(const SandboxRequest& request) {
    if (request.basic() != std::pair(user_, api_key_))
      return error(401, "HTTP Basic: Access denied.").with("www-authenticate", "Basic realm=\"Apptoto\"");
    if (!rate_.pass(now_ms_)) return limit_reached();
    return route(request,
                 {{"GET", "/v1/contacts", &Sandbox::list_contacts},
                  {"POST", "/v1/contacts", &Sandbox::write_contacts},
                  {"PUT", "/v1/contacts", &Sandbox::write_contacts},
                  {"GET", "/v1/contact", &Sandbox::one_contact},
                  {"GET", "/v1/address_books", &Sandbox::list_books}},
                 [](bool other_method) { return other_method ? error(405, "Method not allowed") : error(404, "Not found"); });
  }

  SandboxResponse fault(int status) const {
    if (status >= 502 && status <= 504) return gateway_error(status);
    if (status == 401) return error(401, "HTTP Basic: Access denied.").with("www-authenticate", "Basic");
    if (status == 429) return limit_reached();
    return error(status, "The request failed with status " + std::to_string(status));
  }

  std::string dump() const {
    const auto contacts = array(contacts_, [this](const Contact& contact) { return shown(contact); });
    return object({{"contacts", contacts}, {"address_books", array(books_)}, {"writes", writes_.requests()}}).text();
  }

 private:
  // ---- Answers ----

  static SandboxResponse error(int status, std::string_view message) { return SandboxResponse::of(status, object({{"error", message}})); }

  // From the gateway, not from the application.
  static SandboxResponse gateway_error(int status) {
    const char* words = status == 502 ? " Bad Gateway" : status == 503 ? " Service Unavailable" : " Gateway Time-out";
    return SandboxResponse::page(status, "<head><title>" + std::to_string(status) + words + "</title></head>");
  }

  SandboxResponse limit_reached() const {
    const std::int64_t left_ms = 60'000 - now_ms_ % 60'000;
    return error(429, "Too many requests").with("retry-after", std::to_string((left_ms + 999) / 1000));
  }

  // ---- Writing contacts ----

  SandboxResponse write_contacts(const SandboxRequest& request) {
    const bool update = request.method() == "PUT";
    if (request.media_type() != "application/json") return error(415, "Content-Type must be application/json");
    const auto json = Json::parse(request.body());
    if (!json) return error(400, "The request body is not valid JSON");
    const Json& items = (*json)["contacts"];
    if (!items.is_array()) return error(400, "contacts must be an array");

    const std::string_view kind = writes_.next();
    for (const Json& item : items.items()) {
      const auto [status, reason] = bad_item_ == "refuse" ? check(item, update) : std::pair(0, std::string());
      if (status != 0) return error(status, reason);
    }
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(0, max_contacts_));
    const bool too_many = most > 0 && items.size() > most;
    const std::size_t stored = kit::SandboxFault::stored(kind, too_many && kind != "half" ? most : items.size());
    const JsonText written = array(items.items().first(stored), [&](const Json& item) { return write_contact(item, update); });
    if (too_many && too_many_status_ == 413) return error(413, "The request is too large");
    if (kind == "half" || too_many) return gateway_error(502);
    if (kind == "lost_reply") return gateway_error(504);
    return SandboxResponse::of(200, object({{"contacts", written}}));
  }

  // Status and reason of a refusal; 0: the contact is fine.
  std::pair<int, std::string> check(const Json& item, bool update) {
    if (!item.is_object()) return {422, "A contact must be an object"};
    const Json& id = item["address_book_id"];
    const bool has_book = !item["address_book"].string_or("").empty() || id.is_number();
    const Contact* existing = update ? find(item) : nullptr;
    if (update && item.get("id") != nullptr && existing == nullptr) return {404, "Contact not found"};
    if (id.is_number() && find_book(id.int_or(0)) == nullptr) return {unknown_book_, "Address book not found"};
    if (!has_book && existing == nullptr) return {422, "address_book or address_book_id is required"};
    const bool both = !item["first_name"].string_or("").empty() && !item["last_name"].string_or("").empty();
    if (item["name"].string_or("").empty() && !both && existing == nullptr)
      return {422, "name, or first_name and last_name, is required"};
    if (item.get("phone") && item.get("phone_numbers")) return {422, "phone and phone_numbers exclude each other"};
    if (item.get("email") && item.get("email_addresses")) return {422, "email and email_addresses exclude each other"};
    for (const auto& [list, value] : {std::pair{"phone_numbers", "number"}, {"email_addresses", "address"}}) {
      int primaries = 0;
      for (const Json& entry : item[list].items()) {
        if (entry[value].string_or("").empty()) return {422, std::string(list) + " must have a " + value};
        primaries += entry["is_primary"].bool_or(false) ? 1 : 0;
      }
      if (primaries > 1) return {422, std::string(list) + " may have one primary entry"};
    }
    if (!update && duplicate_ == "refuse" && find(item) != nullptr) return {422, "external_id has already been taken"};
    return {0, ""};
  }

  // Nothing where the answer leaves a refused contact out.
  std::optional<JsonText> write_contact(const Json& item, bool update) {
    const auto [status, reason] = check(item, update);
    if (status != 0 && bad_item_ == "omit") return std::nullopt;
    if (status != 0)
      return object({{"external_id", item["external_id"].as_string()}, {"name", item["name"].as_string()}, {"errors", array({reason})}});
    Contact* contact = update || duplicate_ == "update" ? find(item) : nullptr;
    if (contact == nullptr) {
      contact = &contacts_.emplace_back();
      contact->id = 50'000 + static_cast<std::int64_t>(contacts_.size());
      contact->address_book_id = book_for(item);  // a contact never moves to another one
      contact->created_ms = now_ms_;
    }
    apply(item, update, *contact);
    return shown(*contact, update || echo_external_id_);
  }

  // Scalars that are absent stay as they are; lists are replaced as a whole.
  void apply(const Json& item, bool update, Contact& contact) const {
    contact.first_name = item["first_name"].string_or(contact.first_name);
    contact.last_name = item["last_name"].string_or(contact.last_name);
    if (item.get("first_name") || item.get("last_name")) contact.name = kit::trim(contact.first_name + " " + contact.last_name);
    contact.name = item["name"].string_or(contact.name);
    if (const auto external_id = item["external_id"].as_string()) contact.external_id = *external_id;
    if (const Json* data = item.get("custom_data")) contact.custom_data = *data;
    apply_list(item, update, "phone", "number", contact.phone_numbers);
    apply_list(item, update, "email", "address", contact.email_addresses);
    contact.updated_ms = now_ms_;
  }

  void apply_list(const Json& item, bool update, const std::string& one, std::string_view member, std::vector<Json>& list) const {
    const Json& all = item[one == "phone" ? "phone_numbers" : "email_addresses"];
    if (all.is_array()) list.assign(all.items().begin(), all.items().end());
    const auto entry = [&](std::string_view value, bool primary) {
      return *Json::parse(object({{member, value}, {"is_primary", primary}}).text());
    };
    if (const auto value = item[one].as_string()) list = {entry(*value, true)};
    if (const auto value = item["add_" + one].as_string(); update && value) list.push_back(entry(*value, list.empty()));
  }

  std::int64_t book_for(const Json& item) {
    if (item["address_book_id"].is_number()) return item["address_book_id"].int_or(0);
    const std::string name = item["address_book"].string_or("");
    const AddressBook* known = kit::find_entry(books_, [&](const AddressBook& book) { return book.name == name; });
    return known != nullptr ? known->id : add_book(name);  // as the vendor does: a typing error makes a new one
  }

  // ---- Reading ----

  SandboxResponse one_contact(const SandboxRequest& request) {
    const auto id = request.query("id"), external_id = request.query("external_id");
    if (!id && !external_id) return error(400, "id or external_id is required");
    const auto wanted = [&](const Contact& contact) { return id ? std::to_string(contact.id) == *id : contact.external_id == external_id; };
    if (const Contact* contact = kit::find_entry(contacts_, wanted)) return SandboxResponse::of(200, shown(*contact));
    if (not_found_ == "null") return SandboxResponse::json(200, "null");
    return not_found_ == "empty" ? SandboxResponse::json(200, "") : error(404, "Contact not found");
  }

  SandboxResponse list_contacts(const SandboxRequest& request) {
    const auto page = request.query_int("page", 1, 1), size = request.query_int("page_size", 30, 1);
    if (!page || !size) return error(400, "page and page_size must be positive numbers");
    const auto all = [](const Contact&) { return true; };
    const auto found = kit::page_of(contacts_, (*page - 1) * *size, *size, all, [this](const Contact& contact) { return shown(contact); });
    return SandboxResponse::of(200, object({{"contacts", found.items}}));
  }

  SandboxResponse list_books(const SandboxRequest&) {
    const JsonText phones = array({"Mobile", "Work", "Home"}), emails = array({"Work", "Home"});
    const auto shown = [&](const AddressBook& book) { return book.json().add({{"phone_types", phones}, {"email_types", emails}}); };
    return SandboxResponse::of(200, object({{"address_books", array(books_, shown)}}));
  }

  JsonText shown(const Contact& contact, bool with_external_id = true) const {
    const auto text = [](const std::string& value) { return value.empty() ? std::nullopt : std::optional(value); };
    const auto phones = array(contact.phone_numbers, [this](const Json& phone) {
      return object({}).add_all(phone).add("normalized", normalized(phone["number"].string_or("")));
    });
    return object({{"id", contact.id}, {"address_book_id", contact.address_book_id}, {"name", contact.name},
                   {"first_name", text(contact.first_name)}, {"last_name", text(contact.last_name)}, {"phone_numbers", phones},
                   {"email_addresses", array(contact.email_addresses)},
                   {"external_id", with_external_id ? contact.external_id : std::nullopt}, {"custom_data", contact.custom_data},
                   {"created_at", format_iso8601(contact.created_ms)}, {"updated_at", format_iso8601(contact.updated_ms)}});
  }

  std::string normalized(std::string_view number) const {
    const std::string digits = kit::digits_of(number);
    return "+" + (number.starts_with('+') ? digits : calling_code_ + digits);
  }

  // By id, else by external_id; an address_book_id narrows the search by external_id.
  Contact* find(const Json& item) {
    const auto id = item["id"].as_int();
    const auto external_id = item["external_id"].as_string();
    const auto book = item["address_book_id"].as_int();
    return kit::find_entry(contacts_, [&](const Contact& contact) {
      const bool there = !book || contact.address_book_id == *book;
      return id ? contact.id == *id : external_id && contact.external_id == *external_id && there;
    });
  }

  const AddressBook* find_book(std::int64_t id) const { return kit::find_id(books_, id); }

  std::int64_t add_book(std::string_view name) {
    books_.push_back({123 + static_cast<std::int64_t>(books_.size()), std::string(name)});
    return books_.back().id;
  }

  std::string user_ = options_.secret("user"), api_key_ = options_.secret("api_key");
  std::string calling_code_ = options_.text("calling_code", "1");
  std::int64_t max_contacts_ = options_.number("max_contacts", 20);
  int too_many_status_ = static_cast<int>(options_.number("too_many_status", 502));
  int unknown_book_ = static_cast<int>(options_.number("unknown_address_book_id", 404));
  std::string bad_item_ = options_.text("bad_item", "refuse"), duplicate_ = options_.text("duplicate_external_id", "second");
  std::string not_found_ = options_.text("not_found", "404");
  bool echo_external_id_ = options_.flag("echo_external_id", true);
  kit::SandboxRate rate_{options_.number("requests_per_minute", 100), 60'000, kit::SandboxRate::Window::ByClock};
  kit::SandboxFault writes_{options_};

  std::vector<AddressBook> books_;
  std::vector<Contact> contacts_;
};

}  // namespace

SWB_SANDBOX(Sandbox)

}  // namespace apptoto
