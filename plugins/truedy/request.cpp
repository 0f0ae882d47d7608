// Records → vendor request.
#include "connector.h"

namespace truedy {
namespace {

struct Asking : kit::Asking<Connector, Chain> {
  Request request() const {
    if (step.is(Operation::Discover)) return Request::get("/contacts/folders");
    if (step.is(Operation::Probe)) return contacts_page(connector.match_in_folder, 1, 0);
    return (chain.phase == Phase::Send ? upload() : contacts_page(lists_folder(), kPageSize, chain.list.paging.offset))
        .rows(0, batch.rows());
  }

  // Not safe to repeat: the match by phone is documented for updates only, and an older backend stored every row.
  Request upload() const {
    kit::MultipartWriter form(step.chain_id());
    // Whether an empty cell would clear the old value when overwrite_existing is on is not documented.
    form.file("file", "contacts.csv", "text/csv", kit::batch_csv(batch, kit::filled_columns(batch, "phone", true), "\n"));
    if (connector.folder_id) form.field("folder_id", *connector.folder_id);
    form.field("overwrite_existing", connector.overwrite_existing ? "true" : "false");
    return Request::post("/contacts/import", form.content_type(), form.body());
  }

  Request contacts_page(bool in_folder, std::int64_t limit, std::int64_t offset) const {
    kit::Query query;
    if (in_folder) query.add("folder_id", *connector.folder_id);
    return Request::get("/contacts" + query.add("limit", limit).add("offset", offset).text());
  }

  // Before a row counts as absent, the folder is listed by itself: a list without a folder may be of one folder only.
  bool lists_folder() const {
    return connector.match_in_folder || (connector.folder_id && chain.list.look.begun && step.is(Operation::Reconcile));
  }
};

}  // namespace

void Connector::encode(const Batch& batch, const Step& step, kit::Requests& out) const { out.put(Asking{{*this, batch, step}}.request()); }

}  // namespace truedy
