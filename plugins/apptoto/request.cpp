// Records → vendor request.
#include "connector.h"

#include <set>
#include <span>

namespace apptoto {

std::vector<Entry> entries_of(std::optional<std::string_view> cell) {
  std::vector<Entry> entries;
  const auto json = cell ? kit::Json::parse(*cell) : std::nullopt;
  if (!json) return entries;
  const std::span<const kit::Json> items = json->is_array() ? json->items() : std::span(&*json, 1);
  std::set<std::string> seen;
  bool has_primary = false;
  for (const kit::Json& item : items) {
    Entry entry;
    entry.value = item.is_object() ? item["value"].string_or("") : item.string_or("");
    if (entry.value.empty() || !seen.insert(entry.value).second) continue;
    entry.kind = kit::lower(item["kind"].string_or(""));
    entry.label = kit::lower(item["label"].string_or(""));
    entry.primary = item["primary"].bool_or(false) && !has_primary;
    has_primary = has_primary || entry.primary;
    entries.push_back(std::move(entry));
  }
  if (!entries.empty() && !has_primary) entries.front().primary = true;
  return entries;
}

namespace {

void write_type(kit::JsonWriter& json, const std::map<std::string, std::string>& types, const Entry& entry) {
  for (const std::string& name : {entry.kind, entry.label}) {
    const auto type = types.find(name);
    if (type == types.end()) continue;
    json.member("type", type->second);
    return;
  }
}

// is_mobile decides whether Apptoto texts a number, so it is not claimed of a phone whose kind nobody stated.
void write_phones(kit::JsonWriter& json, const Connector& connector, const std::vector<Entry>& phones) {
  if (phones.empty()) return;
  json.key("phone_numbers").array();
  for (const Entry& phone : phones) {
    json.object().member("number", phone.value);
    if (!phone.kind.empty() && phone.kind != "other") json.member("is_mobile", phone.kind == "mobile");
    write_type(json, connector.phone_types, phone);
    json.member("is_primary", phone.primary).end();
  }
  json.end();
}

void write_emails(kit::JsonWriter& json, const Connector& connector, const std::vector<Entry>& emails) {
  if (emails.empty()) return;
  json.key("email_addresses").array();
  for (const Entry& email : emails) {
    json.object().member("address", email.value);
    write_type(json, connector.email_types, email);
    json.member("is_primary", email.primary).end();
  }
  json.end();
}

std::optional<std::string_view> filled(std::optional<std::string_view> cell) {
  return cell && !cell->empty() ? cell : std::nullopt;
}

// Lists that are empty stay out: a PUT would clear what the vendor has.
std::string contacts_json(const Connector& connector, const kit::Batch& batch,
                          const std::vector<std::uint32_t>& rows) {
  kit::JsonWriter json;
  json.object().key("contacts").array();
  for (const std::uint32_t row : rows) {
    json.object();
    if (connector.address_book_id) {
      json.member_raw("address_book_id", *connector.address_book_id);
    } else {
      json.member("address_book", *connector.address_book);
    }
    json.member_if("name", filled(batch.value(row, "name")));
    json.member_if("first_name", filled(batch.value(row, "first_name")));
    json.member_if("last_name", filled(batch.value(row, "last_name")));
    write_phones(json, connector, entries_of(batch.value(row, "phone_numbers")));
    write_emails(json, connector, entries_of(batch.value(row, "email_addresses")));
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
