#include "connector.h"

#include <initializer_list>
#include <string>
#include <string_view>

// POST /spaces/{spaceId}/contacts/bulk (importContacts)
// MARK 3: Does the vendor recognise a request that comes twice (an idempotency key, an upsert by id)? The document
//   has no header for a key, so the request is Unsafe: it is never sent twice blindly.

namespace kartei {

namespace {

// Absent cells are left out. Cells of int, number, boolean and list fields are JSON already.
void write_contact(kit::JsonWriter& json, const kit::Batch& batch, std::uint32_t row) {
  const auto text = [&](std::string_view name, std::string_view field) { json.member_if(name, batch.value(row, field)); };
  json.object();
  text("email", "email");
  text("firstName", "firstName");
  text("lastName", "lastName");
  text("phone", "phone");
  json.end();
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
  // After a lost answer: which contacts has the account?
  if (step.is(kit::Operation::Reconcile)) {
    Search search;
    kit::read_state(step, batch, search);
    kit::Query query;
    query.add("limit", "30");
    if (!search.cursor.empty()) query.add("cursor", search.cursor);
    return requests.put(kit::Request::get(std::string("/spaces/") + kit::url_encode(space_id_) + "/contacts" + query.text()).rows(0, batch.rows()));
  }
  if (!step.is(kit::Operation::Import)) throw kit::Unsupported("Kartei is not asked for that");
  kit::JsonWriter json;
  json.object();
  json.key("contacts");
  json.array();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) write_contact(json, batch, row);
  json.end().end();
  kit::Request request = kit::Request::post_json(std::string("/spaces/") + kit::url_encode(space_id_) + "/contacts/bulk", json.take());
  // Replay::Unsafe is the default: sent twice, it might be stored twice.
  requests.put(request.rows(0, batch.rows()));
}

}  // namespace kartei
