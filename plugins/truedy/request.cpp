// Records → vendor request.
#include "connector.h"

namespace truedy {
namespace {

// Not safe to repeat: the match by phone is documented for updates only, and an older backend stored every
// row.
kit::Request upload(const Connector& connector, const kit::Batch& batch, const kit::Step& step) {
  kit::MultipartWriter form(step.chain_id());
  // Whether an empty cell would clear the old value when overwrite_existing is on is not documented.
  form.file("file", "contacts.csv", "text/csv", kit::batch_csv(batch, kit::filled_columns(batch, "phone", true), "\n"));
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
         (connector.folder_id && chain.list.look.begun && step.is(kit::Operation::Reconcile));
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
  switch (step.operation()) {
    case kit::Operation::Import:
    case kit::Operation::Reconcile: {
      const Chain chain = Chain::of(*this, batch, step);
      return out.put(chain.phase == Chain::Phase::Send
                         ? upload(*this, batch, step)
                         : contacts_page(*this, lists_folder(*this, step, chain), kPageSize, chain.list.paging.offset).rows(0, batch.rows()));
    }
    case kit::Operation::Probe:
      return out.put(contacts_page(*this, match_in_folder, 1, 0));
    case kit::Operation::Discover:
      return out.put(kit::Request::get("/contacts/folders"));
  }
  throw kit::Unsupported("Truedy is not asked for that");
}

}  // namespace truedy
