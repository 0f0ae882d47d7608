#include "connector.h"

#include <initializer_list>
#include <string>
#include <string_view>

// POST /lists/{listId}/people (bulkAddPeople)
// MARK 2: Does the vendor recognise a request that comes twice (an idempotency key, an upsert by id)? The document
//   has no header for a key, so the request is Unsafe: it is never sent twice blindly.
// MARK 3: How is the vendor asked which contacts it has, after an answer was lost? Without that operation (reconcile)
//   such rows end as unknown. These look like it: GET /lists/{listId}/people (findPeople).

namespace postern {

namespace {

bool has_custom(const kit::Batch& batch, std::uint32_t row) {
  for (std::uint32_t column = batch.fields(); column < batch.columns(); ++column) {
    if (batch.cell(row, column)) return true;
  }
  return false;
}

// Absent cells are left out. Cells of int, number, boolean and list fields are JSON already.
void write_contact(kit::JsonWriter& json, const kit::Batch& batch, std::uint32_t row) {
  const auto text = [&](std::string_view name, std::string_view field) { json.member_if(name, batch.value(row, field)); };
  const auto literal = [&](std::string_view name, std::string_view field) {
    if (const auto cell = batch.value(row, field)) json.member_raw(name, *cell);
  };
  const auto any = [&](std::initializer_list<std::string_view> fields) {
    for (const std::string_view field : fields) {
      if (batch.value(row, field)) return true;
    }
    return false;
  };
  json.object();
  text("givenName", "givenName");
  text("familyName", "familyName");
  text("email", "email");
  text("mobile", "mobile");
  text("birthday", "birthday");
  text("language", "language");
  literal("score", "score");
  literal("vip", "vip");
  literal("tags", "tags");
  if (any({"address.street", "address.city", "address.postcode", "address.country"})) {
    json.key("address").object();
    text("street", "address.street");
    text("city", "address.city");
    text("postcode", "address.postcode");
    text("country", "address.country");
    json.end();
  }
  if (has_custom(batch, row)) {
    json.key("attributes").object();
    for (std::uint32_t column = batch.fields(); column < batch.columns(); ++column) {
      json.member_if(batch.column_name(column), batch.cell(row, column));
    }
    json.end();
  }
  json.end();
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
  if (step.is(kit::Operation::Probe)) return requests.put(kit::Request::get(std::string("/account")));
  if (!step.is(kit::Operation::Import)) throw kit::Unsupported("Postern Audience API is not asked for that");
  kit::JsonWriter json;
  json.array();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) write_contact(json, batch, row);
  json.end();
  kit::Request request = kit::Request::post_json(std::string("/lists/") + kit::url_encode(list_id_) + "/people", json.take());
  // Replay::Unsafe is the default: sent twice, it might be stored twice.
  requests.put(request.rows(0, batch.rows()));
}

}  // namespace postern
