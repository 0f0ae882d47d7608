// Records → vendor request.
#include "connector.h"

namespace apptoto {
namespace {

using kit::array, kit::JsonText, kit::object;

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
    const auto contacts = array(chain.to_send(batch), [this](std::uint32_t row) { return contact(row); });
    const std::string body = object({{"contacts", contacts}}).text();
    return connector.upsert ? Request::put_json("/v1/contacts", body) : Request::post_json("/v1/contacts", body);
  }

  kit::JsonObject contact(std::uint32_t row) const {
    const auto& book_id = connector.address_book_id;
    return object({{"address_book_id", book_id ? std::optional(JsonText::raw(*book_id)) : std::nullopt},
                   {"address_book", book_id ? std::nullopt : connector.address_book},
                   {"name", batch.filled(row, "name")},
                   {"first_name", batch.filled(row, "first_name")},
                   {"last_name", batch.filled(row, "last_name")},
                   {"phone_numbers", entries(row, "phone_numbers", "number", connector.phone_types)},
                   {"email_addresses", entries(row, "email_addresses", "address", connector.email_types)},
                   {"external_id", external_id_of(batch, row)}});
  }

  // A list that is empty stays out: a PUT would clear what the vendor has. is_mobile decides whether Apptoto texts a number, so it is
  // not claimed of a phone whose kind nobody stated.
  std::optional<JsonText> entries(std::uint32_t row, std::string_view field, std::string_view value,
                                  const std::map<std::string, std::string>& types) const {
    const auto entries = kit::list_entries(batch.value(row, field));
    if (entries.empty()) return std::nullopt;
    return array(entries, [&](const kit::ListEntry& entry) {
      const bool stated = field == "phone_numbers" && !entry.kind.empty() && entry.kind != "other";
      return object({{value, entry.value}, {"is_mobile", stated ? std::optional(entry.kind == "mobile") : std::nullopt},
                     {"type", type_of(entry, types)}, {"is_primary", entry.primary}});
    });
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
