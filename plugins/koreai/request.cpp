// Records → vendor request.
#include "connector.h"

namespace koreai {
namespace {

struct Asking : kit::Asking<Connector, Chain> {
  Request request() const {
    if (step.is(Operation::Probe)) return contacts_page(0, 1);
    if (!step.carries_rows()) throw kit::Unsupported("Kore.ai has nothing to discover");
    return (chain.phase == Phase::Send ? upload() : contacts_page(chain.list.paging.offset, chain.limit)).rows(0, batch.rows());
  }

  // The vendor's table says application/json, its sample uploads a file: only a real multipart body can be meant.
  // Not safe to repeat: the answer to the second upload would not name what the first one created.
  Request upload() const {
    kit::MultipartWriter form(step.chain_id());
    form.file("result_file", "contacts.csv", "text/csv", kit::batch_csv(batch, kit::field_columns(batch), "\r\n"));
    return Request::post("/contacts/import-contacts", form.content_type(), form.body());
  }

  static Request contacts_page(std::int64_t skip, std::int64_t limit) {
    kit::Query query;
    if (skip > 0 || limit > 0) query.add("skip", skip);
    if (limit > 0) query.add("limit", limit);
    return Request::get("/contacts" + query.text());
  }
};

}  // namespace

void Connector::encode(const Batch& batch, const Step& step, kit::Requests& out) const {
  out.put(Asking{{*this, batch, step}}.request().header("accountId", account_id).header("Accept", "application/json"));
}

}  // namespace koreai
