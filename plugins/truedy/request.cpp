// Records → vendor request.
#include "connector.h"

namespace truedy {
namespace {

// A column that is empty in every row is left out: whether an empty cell would clear the old value when
// overwrite_existing is on is not documented.
std::string contacts_csv(const kit::Batch& batch) {
  std::vector<std::uint32_t> columns;
  for (std::uint32_t column = 0; column < batch.columns(); ++column) {
    const bool phone = !batch.is_custom(column) && batch.column_name(column) == "phone";
    if (phone || batch.has_values(column)) columns.push_back(column);
  }
  kit::CsvWriter csv("\n");
  for (const std::uint32_t column : columns) csv.cell(batch.column_name(column));
  csv.end_row();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    for (const std::uint32_t column : columns) csv.cell(batch.cell(row, column).value_or(""));
    csv.end_row();
  }
  return csv.take();
}

// Not safe to repeat: the match by phone is documented for updates only, and an older backend stored every
// row.
kit::Request upload(const Connector& connector, const kit::Batch& batch, const kit::Step& step) {
  kit::MultipartWriter form(step.chain_id());
  form.file("file", "contacts.csv", "text/csv", contacts_csv(batch));
  if (connector.folder_id) form.field("folder_id", *connector.folder_id);
  form.field("overwrite_existing", connector.overwrite_existing ? "true" : "false");
  return kit::Request::post("/contacts/import", form.content_type(), form.body()).rows(0, batch.rows());
}

kit::Request contacts_page(const Connector& connector, bool in_folder, std::int64_t limit, std::int64_t offset) {
  kit::Query query;
  if (in_folder) query.add("folder_id", *connector.folder_id);
  query.add("limit", std::to_string(limit)).add("offset", std::to_string(offset));
  return kit::Request::get("/contacts" + query.text());
}

// Before a row counts as absent, the folder is listed by itself: a list without a folder may be of one folder only.
bool lists_folder(const Connector& connector, const kit::Step& step, const Chain& chain) {
  return connector.match_in_folder ||
         (connector.folder_id && chain.second_look && step.is(kit::Operation::Reconcile));
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
  switch (step.operation()) {
    case kit::Operation::Import:
    case kit::Operation::Reconcile: {
      const Chain chain = Chain::of(*this, batch, step);
      return out.put(chain.phase == Chain::Phase::Send
                         ? upload(*this, batch, step)
                         : contacts_page(*this, lists_folder(*this, step, chain), kPageSize, chain.offset).rows(0, batch.rows()));
    }
    case kit::Operation::Probe:
      return out.put(contacts_page(*this, match_in_folder, 1, 0));
    case kit::Operation::Discover:
      return out.put(kit::Request::get("/contacts/folders"));
  }
  throw kit::Unsupported("Truedy is not asked for that");
}

}  // namespace truedy
