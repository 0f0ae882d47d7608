// Records → vendor request.
#include "connector.h"

namespace apptoto {
namespace {

void write_type(kit::JsonWriter& json, const std::map<std::string, std::string>& types, const kit::ListEntry& entry) {
  for (const std::string& name : {entry.kind, entry.label}) {
    const auto type = types.find(name);
    if (type == types.end()) continue;
    json.member("type", type->second);
    return;
  }
}

// is_mobile decides whether Apptoto texts a number, so it is not claimed of a phone whose kind nobody stated.
void write_phones(kit::JsonWriter& json, const Connector& connector, const std::vector<kit::ListEntry>& phones) {
  if (phones.empty()) return;
  json.key("phone_numbers").array();
  for (const kit::ListEntry& phone : phones) {
    json.object().member("number", phone.value);
    if (!phone.kind.empty() && phone.kind != "other") json.member("is_mobile", phone.kind == "mobile");
    write_type(json, connector.phone_types, phone);
    json.member("is_primary", phone.primary).end();
  }
  json.end();
}

void write_emails(kit::JsonWriter& json, const Connector& connector, const std::vector<kit::ListEntry>& emails) {
  if (emails.empty()) return;
  json.key("email_addresses").array();
  for (const kit::ListEntry& email : emails) {
    json.object().member("address", email.value);
    write_type(json, connector.email_types, email);
    json.member("is_primary", email.primary).end();
  }
  json.end();
}

// Lists that are empty stay out: a PUT would clear what the vendor has.
std::string contacts_json(const Connector& connector, const kit::Batch& batch, const std::vector<std::uint32_t>& rows) {
  kit::JsonWriter json;
  json.object().key("contacts").array();
  for (const std::uint32_t row : rows) {
    json.object();
    if (connector.address_book_id) {
      json.member_raw("address_book_id", *connector.address_book_id);
    } else {
      json.member("address_book", *connector.address_book);
    }
    json.member_if("name", batch.filled(row, "name"));
    json.member_if("first_name", batch.filled(row, "first_name"));
    json.member_if("last_name", batch.filled(row, "last_name"));
    write_phones(json, connector, kit::list_entries(batch.value(row, "phone_numbers")));
    write_emails(json, connector, kit::list_entries(batch.value(row, "email_addresses")));
    json.member("external_id", external_id_of(batch, row)).end();
  }
  return json.end().end().take();
}

// A PUT finds its contacts by external_id, so it may be repeated; a POST creates what it carries once more.
kit::Request send(const Connector& connector, const kit::Batch& batch, const Chain& chain) {
  if (!connector.address_book_id && !connector.address_book)
    throw kit::SettingError("address_book", "say which address book the contacts go to: --set address_book=NAME or "
                                            "--set address_book_id=NUMBER");
  kit::Request request =
      kit::Request::post_json("/v1/contacts", contacts_json(connector, batch, chain.to_send(batch)));
  if (connector.upsert) {
    request.method = "PUT";
    request.replay = kit::Replay::Keyed;
  }
  return request;
}

kit::Request look_up(const kit::Batch& batch, const Chain& chain) {
  kit::Query query;
  query.add("external_id", external_id_of(batch, chain.rows[chain.at]));
  return kit::Request::get("/v1/contact" + query.text());
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
  kit::Request request;
  switch (step.operation()) {
    case kit::Operation::Import:
    case kit::Operation::Reconcile: {
      const Chain chain = Chain::of(*this, batch, step);
      request = chain.phase == Chain::Phase::Send ? send(*this, batch, chain) : look_up(batch, chain);
      request.rows(0, batch.rows());
      break;
    }
    case kit::Operation::Probe:
    case kit::Operation::Discover:
      request = kit::Request::get("/v1/address_books");
      break;
  }
  out.put(request.header("Accept", "application/json"));
}

}  // namespace apptoto
