#include "connector.h"

#include <initializer_list>
#include <string>
#include <string_view>

// POST /v1/imports (startImport)
// MARK 2: What became of an import is asked with GET /v1/imports/{importId} (getImport). Where its results come in
//   pages, only the first is read.
// MARK 4: Does the vendor recognise a request that comes twice (an idempotency key, an upsert by id)? The document
//   has no header for a key, so the request is Unsafe: it is never sent twice blindly.
// MARK 5: How is the vendor asked which contacts it has, after an answer was lost? Without that operation (reconcile)
//   such rows end as unknown.

namespace rundruf {

namespace {

// Absent cells are left out. Cells of int, number, boolean and list fields are JSON already.
void write_contact(kit::JsonWriter& json, const kit::Batch& batch, std::uint32_t row) {
  const auto text = [&](std::string_view name, std::string_view field) { json.member_if(name, batch.value(row, field)); };
  json.object();
  text("number", "number");
  text("e-mail", "e-mail");
  text("full name", "full_name");
  text("class", "class");
  text("externalId", "externalId");
  for (std::uint32_t column = batch.fields(); column < batch.columns(); ++column) {
    json.member_if(batch.column_name(column), batch.cell(row, column));
  }
  json.end();
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
  if (!step.is(kit::Operation::Import)) throw kit::Unsupported("Rundruf is not asked for that");
  Chain chain;
  if (kit::read_state(step, batch, chain)) return requests.put(kit::Request::get(std::string("/v1/imports/") + kit::url_encode(chain.job)).rows(0, batch.rows()));
  kit::JsonWriter json;
  json.object();
  json.member("campaign", campaign_);
  if (overwrite_) json.member("overwrite", *overwrite_);
  if (priority_) json.member("priority", *priority_);
  json.key("recipients");
  json.array();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) write_contact(json, batch, row);
  json.end().end();
  kit::Request request = kit::Request::post_json(std::string("/v1/imports"), json.take());
  // Replay::Unsafe is the default: sent twice, it might be stored twice.
  requests.put(request.rows(0, batch.rows()));
}

}  // namespace rundruf
