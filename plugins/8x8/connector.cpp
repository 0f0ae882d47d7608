#include "connector.h"

SWB_CONNECTOR(eight_x_eight::Connector)

namespace eight_x_eight {

Connector::Connector(const kit::Settings& given) : Configured(given) {
  if (settings.boolean("check_account_id", true) && !kit::is_uuid(account_id))
    throw kit::SettingError("account_id", "must be a UUID, its dashes optional; if your account really has another kind of id, "
                                          "give --set check_account_id=false");
  if (groups.size() > 10) throw kit::SettingError("groups", "8x8 takes at most 10 groups for an upload");

  offset_unit = static_cast<OffsetUnit>(settings.choice("offset_unit", {"auto", "page", "item"}));
  settle_ms = kit::settle_ms_of(settings, 3000);
}

// ---- The chain ----

void Chain::begin(const Connector& connector, const Batch& batch, const Step& step) {
  item_offset = connector.offset_unit == Connector::OffsetUnit::Item;
  Chain import;
  if (step.is(Operation::Reconcile) && kit::read_state_of_import(step, batch, import) && !import.batch_id.empty()) {
    phase = Phase::Poll;  // no need to find the batch
    batch_id = import.batch_id;
    uploaded_ms = import.uploaded_ms;
    since_ms = import.since_ms;
    batch_ms = import.batch_ms;
  } else {
    phase = step.is(Operation::Discover) ? Phase::Discover : step.is(Operation::Reconcile) ? Phase::Find : Phase::Upload;
  }
}

void Chain::check(const Connector& connector) {
  item_offset = item_offset || connector.offset_unit == Connector::OffsetUnit::Item;
  if (connector.groups.empty() && scope == Scope::Group) scope = Scope::All;
}

std::optional<Outcome> Chain::rest_by_counts() const {
  const bool agree = status == "completed" && counts && counts->refused == refused && counts->stored() == undecided();
  return agree && undecided() > 0 ? counts->of_all() : std::nullopt;
}

void Chain::start_list(Phase next_phase) {
  phase = next_phase;
  paging = {};
  second_id.clear();
}

void Chain::made_at(std::int64_t time_ms) {
  if (since_ms == 0 || time_ms < since_ms) since_ms = time_ms;
}

void Chain::read_made_at(const Json& job) {
  const auto time_ms = kit::parse_iso8601(job["createdAt"].string_or(""));
  batch_ms = time_ms.value_or(batch_ms);
  if (time_ms) made_at(*time_ms);
}

// ---- Lists ----

const Json* items_of(const Json& json) { return kit::list_in(json, {"items", "data", "results", "contacts", "groups", "batches"}); }

// The offset is documented as a "page offset" that is "incremented". Where it counts items after all, the
// second item of a page comes first on the next one.
kit::Paging::Turn turn_page(Reading& reading, const Json& json, const Json& items) {
  Chain& chain = reading.chain;
  const auto id = [&](std::size_t index) { return items.at(index)["id"].string_or(""); };
  const bool counts_items = !chain.second_id.empty() && id(0) == chain.second_id;
  if (counts_items && reading.connector.offset_unit == Connector::OffsetUnit::Auto) chain.item_offset = true;
  chain.second_id = items.size() > 1 ? id(1) : "";
  const bool more = json["hasNextPage"].as_bool().value_or(items.size() >= static_cast<std::size_t>(kPageSize));
  return chain.paging.turn({.items = items.size(), .mark = id(0), .more = more, .step = chain.item_offset ? items.size() : 1});
}

}  // namespace eight_x_eight
