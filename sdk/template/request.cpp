#include "connector.h"

namespace @NAMESPACE@ {

namespace {

std::string contacts_json(const kit::Batch& batch) {
  kit::JsonWriter json;
  json.object().key("contacts").array();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    json.object();
    for (std::uint32_t column = 0; column < batch.columns(); ++column) {
      // Absent cells are left out. A cell of an int, number, boolean or list field would be pasted with
      // member_raw().
      json.member_if(batch.column_name(column), batch.cell(row, column));
    }
    json.end();
  }
  return json.end().end().take();
}

std::string phones_json(const kit::Batch& batch) {
  kit::JsonWriter json;
  json.object().key("phones").array();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) json.value(batch.value(row, "phone").value_or(""));
  return json.end().end().take();
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
  const std::string list = "/lists/" + kit::url_encode(list_id);
  switch (step.operation()) {
    case kit::Operation::Import:  // Replay::Unsafe is the default: sent twice, it might be stored twice
      return requests.put(
          kit::Request::post_json(list + "/contacts", contacts_json(batch)).rows(0, batch.rows()));
    case kit::Operation::Reconcile: {
      kit::Request lookup =
          kit::Request::post_json(list + "/lookup", phones_json(batch)).rows(0, batch.rows());
      lookup.replay = kit::Replay::Safe;
      return requests.put(lookup);
    }
    case kit::Operation::Probe:
      return requests.put(kit::Request::get("/account"));
    case kit::Operation::Discover:
      break;
  }
  throw kit::Unsupported("@NAME@ does not offer this operation");
}

}  // namespace @NAMESPACE@
