#include "connector.h"

#include <initializer_list>
#include <string>
#include <string_view>

// POST /contacts (createContact)
// MARK 1: The document has a header "Idempotency-Key": each request bears a key of its own, and may be sent again
//   with it (KEYED). Read how long the vendor remembers a key; where it does not store a repetition only for a while,
//   call the request Unsafe.
// MARK 3: How is the vendor asked which contacts it has, after an answer was lost? Without that operation (reconcile)
//   such rows end as unknown.

namespace kontor {

namespace {

// Absent cells are left out. Cells of int, number, boolean and list fields are JSON already.
void write_contact(kit::JsonWriter& json, const kit::Batch& batch, std::uint32_t row) {
  const auto text = [&](std::string_view name, std::string_view field) { json.member_if(name, batch.value(row, field)); };
  const auto any = [&](std::initializer_list<std::string_view> fields) {
    for (const std::string_view field : fields) {
      if (batch.value(row, field)) return true;
    }
    return false;
  };
  json.object();
  json.member_raw("kind", "\"person\"");
  if (any({"name.first", "name.last"})) {
    json.key("name").object();
    text("first", "name.first");
    text("last", "name.last");
    json.end();
  }
  if (any({"emails.type", "emails.address"})) {
    json.key("emails").array().object();
    text("type", "emails.type");
    text("address", "emails.address");
    json.end().end();
  }
  text("phone", "phone");
  text("company", "company");
  if (const auto cell = batch.value(row, "lastSeen")) {
    json.member("lastSeen", std::string(*cell) + "T00:00:00Z");
  }
  json.end();
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
  if (!step.is(kit::Operation::Import)) throw kit::Unsupported("Kontor CRM is not asked for that");
  for (std::uint32_t row = 0; row < batch.rows() && (row == 0 || step.number() == 0); ++row) {
    kit::JsonWriter json;
    write_contact(json, batch, row);
    kit::Request request = kit::Request::post_json(std::string("/contacts"), json.take());
    request.header("X-Workspace", x_workspace_);
    request.header("Idempotency-Key", kit::uuid_id(step.chain_id(), row));  // the same at every attempt
    request.replay = kit::Replay::Keyed;
    requests.put(request.rows(row, 1));
  }
}

}  // namespace kontor
