// Records → vendor request.
#include "connector.h"

namespace apptoto {
namespace {

struct Asking : kit::Asking<Connector, Chain> {
  Request request() const {
    if (!step.carries_rows()) return Request::get("/v1/address_books");
    return (chain.phase == Phase::Send ? send() : look_up()).rows(0, batch.rows());
  }

  Request look_up() const {
    return Request::get("/v1/contact" + kit::Query().add("external_id", external_id_of(batch, chain.rows[chain.at])).text());
  }

  // A PUT finds its contacts by external_id, so it may be repeated; a POST creates what it carries once more.
  Request send() const {
    if (!connector.address_book_id && !connector.address_book)
      throw kit::SettingError("address_book", "say which address book the contacts go to: --set address_book=NAME or "
                                              "--set address_book_id=NUMBER");
    Request request = Request::post_json("/v1/contacts", contacts_json());
    if (connector.upsert) {
      request.method = "PUT";
      request.replay = kit::Replay::Keyed;
    }
    return request;
  }

  // Lists that are empty stay out: a PUT would clear what the vendor has.
  std::string contacts_json() const {
    kit::JsonWriter json;
    json.object().key("contacts").array();
    for (const std::uint32_t row : chain.to_send(batch)) {
      json.object();
      if (connector.address_book_id) {
        json.member_raw("address_book_id", *connector.address_book_id);
      } else {
        json.member("address_book", *connector.address_book);
      }
      json.member_if("name", batch.filled(row, "name"));
      json.member_if("first_name", batch.filled(row, "first_name"));
      json.member_if("last_name", batch.filled(row, "last_name"));
      write_phones(json, kit::list_entries(batch.value(row, "phone_numbers")));
      write_emails(json, kit::list_entries(batch.value(row, "email_addresses")));
      json.member("external_id", external_id_of(batch, row)).end();
    }
    return json.end().end().take();
  }

  // is_mobile decides whether Apptoto texts a number, so it is not claimed of a phone whose kind nobody stated.
  void write_phones(kit::JsonWriter& json, const std::vector<kit::ListEntry>& phones) const {
    if (phones.empty()) return;
    json.key("phone_numbers").array();
    for (const kit::ListEntry& phone : phones) {
      json.object().member("number", phone.value);
      if (!phone.kind.empty() && phone.kind != "other") json.member("is_mobile", phone.kind == "mobile");
      json.member_if("type", type_of(phone, connector.phone_types)).member("is_primary", phone.primary).end();
    }
    json.end();
  }

  void write_emails(kit::JsonWriter& json, const std::vector<kit::ListEntry>& emails) const {
    if (emails.empty()) return;
    json.key("email_addresses").array();
    for (const kit::ListEntry& email : emails) {
      json.object().member("address", email.value);
      json.member_if("type", type_of(email, connector.email_types)).member("is_primary", email.primary).end();
    }
    json.end();
  }

  static std::optional<std::string> type_of(const kit::ListEntry& entry, const std::map<std::string, std::string>& types) {
    for (const std::string& name : {entry.kind, entry.label})
      if (const auto type = types.find(name); type != types.end()) return type->second;
    return std::nullopt;
  }
};

}  // namespace

void Connector::encode(const Batch& batch, const Step& step, kit::Requests& out) const {
  out.put(Asking{{*this, batch, step}}.request().header("Accept", "application/json"));
}

}  // namespace apptoto
