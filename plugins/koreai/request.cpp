// Records → vendor request.
#include "connector.h"

namespace koreai {
namespace {

kit::Request with_account(const Connector& connector, kit::Request request) {
  request.headers.emplace_back("accountId", connector.account_id);
  request.headers.emplace_back("Accept", "application/json");
  return request;
}

// The vendor's table says application/json, its sample uploads a file: only a real multipart body can be meant.
// Not safe to repeat: the answer to the second upload would not name what the first one created.
kit::Request upload(const kit::Batch& batch, const kit::Step& step) {
  kit::MultipartWriter form(step.chain_id());
  form.file("result_file", "contacts.csv", "text/csv", kit::batch_csv(batch, kit::field_columns(batch), "\r\n"));
  return kit::Request::post("/contacts/import-contacts", form.content_type(), form.body()).rows(0, batch.rows());
}

kit::Request contacts_page(std::int64_t skip, std::int64_t limit) {
  kit::Query query;
  if (skip > 0 || limit > 0) query.add("skip", std::to_string(skip));
  if (limit > 0) query.add("limit", std::to_string(limit));
  return kit::Request::get("/contacts" + query.text());
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
  switch (step.operation()) {
    case kit::Operation::Import:
    case kit::Operation::Reconcile: {
      const Chain chain = Chain::of(batch, step);
      return out.put(with_account(*this, chain.phase == Chain::Phase::Send
                                             ? upload(batch, step)
                                             : contacts_page(chain.list.paging.offset, chain.limit).rows(0, batch.rows())));
    }
    case kit::Operation::Probe:
      return out.put(with_account(*this, contacts_page(0, 1)));
    case kit::Operation::Discover:
      break;
  }
  throw kit::Unsupported("Kore.ai has nothing to discover");
}

}  // namespace koreai
