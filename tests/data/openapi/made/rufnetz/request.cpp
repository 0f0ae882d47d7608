#include "connector.h"

#include <initializer_list>
#include <string>
#include <string_view>

// POST /v2/subscribers (addSubscriber)
// MARK 1: Does the vendor recognise a request that comes twice (an idempotency key, an upsert by id)? The document
//   has no header for a key, so the request is Unsafe: it is never sent twice blindly.

namespace rufnetz {

namespace {

// Absent cells are left out. Cells of int, number, boolean and list fields are JSON already.
void write_contact(kit::JsonWriter& json, const kit::Batch& batch, std::uint32_t row) {
  const auto text = [&](std::string_view name, std::string_view field) { json.member_if(name, batch.value(row, field)); };
  json.object();
  text("phone", "phone");
  text("name", "name");
  text("city", "city");
  json.end();
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
  if (step.is(kit::Operation::Probe)) return requests.put(kit::Request::get(std::string("/v2/subscribers")));
  // After a lost answer: which contacts has the account?
  if (step.is(kit::Operation::Reconcile)) {
    Search search;
    kit::read_state(step, batch, search);
    kit::Query query;
    query.add("per_page", "25");
    query.add("page", std::to_string(search.page));
    return requests.put(kit::Request::get(std::string("/v2/subscribers") + query.text()).rows(0, batch.rows()));
  }
  if (!step.is(kit::Operation::Import)) throw kit::Unsupported("Rufnetz is not asked for that");
  for (std::uint32_t row = 0; row < batch.rows() && (row == 0 || step.number() == 0); ++row) {
    kit::JsonWriter json;
    write_contact(json, batch, row);
    kit::Request request = kit::Request::post_json(std::string("/v2/subscribers"), json.take());
    // Replay::Unsafe is the default: sent twice, it might be stored twice.
    requests.put(request.rows(row, 1));
  }
}

}  // namespace rufnetz
