#include "connector.h"

#include <algorithm>

SWB_CONNECTOR(apptoto::Connector)

namespace apptoto {

Connector::Connector(const kit::Settings& given) : Configured(given) {
  if (address_book_id && kit::parse_int(*address_book_id).value_or(0) <= 0)
    throw kit::SettingError("address_book_id", "must be a positive number; give a name with --set address_book=NAME");

  upsert = settings.choice("mode", {"create", "upsert"}) == 1;
  settle_ms = kit::settle_ms_of(settings, 5000);
}

void Chain::begin(const Connector& connector, const Batch& batch, const Step& step) {
  if (!step.is(Operation::Reconcile) && !connector.precheck) return;
  phase = step.is(Operation::Reconcile) ? Phase::Confirm : Phase::Precheck;
  rows = to_send(batch);
}

void Chain::check(const Connector&) {
  if (phase != Phase::Send && at >= rows.size()) throw kit::Error(SWB_E_INPUT, "the chain's saved state looks for no row");
}

std::vector<std::uint32_t> Chain::to_send(const Batch& batch) const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t row = 0; row < batch.rows(); ++row)
    if (std::ranges::find(settled, row) == settled.end()) out.push_back(row);
  return out;
}

void Chain::confirm(std::vector<std::uint32_t> rows_to_look_up) {
  phase = Phase::Confirm;
  rows = std::move(rows_to_look_up);
  at = 0;
}

// The host derives one for every contact; the row's own id serves where a caller did not.
std::string external_id_of(const Batch& batch, std::uint32_t row) {
  return std::string(batch.filled(row, "external_id").value_or(batch.row_id(row)));
}

}  // namespace apptoto
