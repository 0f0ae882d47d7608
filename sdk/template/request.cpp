#include "connector.h"

namespace @NAMESPACE@ {

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
  const std::string list = "/lists/" + kit::url_encode(list_id);
  switch (step.operation()) {
    case kit::Operation::Import:  // Replay::Unsafe is the default: sent twice, it might be stored twice
      return requests.put(kit::Request::post_json(list + "/contacts", kit::batch_json(batch, "contacts")).rows(0, batch.rows()));
    case kit::Operation::Reconcile:
      return requests.put(kit::Request::ask_json(list + "/lookup", kit::values_json(batch, "phones", "phone")).rows(0, batch.rows()));
    case kit::Operation::Probe:
      return requests.put(kit::Request::get("/account"));
    case kit::Operation::Discover:
      break;
  }
  throw kit::Unsupported("@NAME@ does not offer this operation");
}

}  // namespace @NAMESPACE@
