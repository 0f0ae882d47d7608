#include "connector.h"

SWB_CONNECTOR(eight_x_eight::Connector)

namespace eight_x_eight {

using kit::Json;

Connector::Connector(const kit::Settings& settings)
    : account_id(settings.required_text("account_id")),
      groups(settings.list("groups")),
      allow_blacklist_groups(settings.boolean("allow_blacklist_groups", false)),
      msisdn_plus(settings.boolean("msisdn_plus", false)),
      verify(settings.boolean("verify", true)) {
  if (settings.boolean("check_account_id", true) && !kit::is_uuid(account_id))
    throw kit::SettingError(
        "account_id",
        "must be a UUID, its dashes optional; if your account really has another kind of id, "
        "give --set check_account_id=false");
  if (groups.size() > 10)
    throw kit::SettingError("groups", "8x8 takes at most 10 groups for an upload");

  offset_unit = static_cast<OffsetUnit>(settings.choice("offset_unit", {"auto", "page", "item"}));
  settle_ms = kit::settle_ms_of(settings, 3000);
}

// ---- The chain ----

Chain Chain::of(const Connector& connector, const kit::Batch& batch, const kit::Step& step) {
  Chain chain;
  chain.item_offset = connector.offset_unit == Connector::OffsetUnit::Item;
  if (!kit::read_state(step, batch, chain) && !chain.take_batch_of_import(batch, step))
    chain.phase = step.is(kit::Operation::Discover)    ? Phase::Discover
                  : step.is(kit::Operation::Reconcile) ? Phase::Find
                                                       : Phase::Upload;
  if (connector.groups.empty() && chain.scope == Scope::Group) chain.scope = Scope::All;
  return chain;
}

bool Chain::take_batch_of_import(const kit::Batch& batch, const kit::Step& step) {
  Chain import;
  if (!step.is(kit::Operation::Reconcile) || !kit::read_state_of_import(step, batch, import) || import.batch_id.empty()) return false;
  phase = Phase::Poll;
  batch_id = import.batch_id;
  uploaded_ms = import.uploaded_ms;
  since_ms = import.since_ms;
  batch_ms = import.batch_ms;
  return true;
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
  if (!time_ms) return;
  batch_ms = *time_ms;
  made_at(*time_ms);
}

std::uint32_t Chain::undecided() const {
  return static_cast<std::uint32_t>(decided.size()) - static_cast<std::uint32_t>(kit::count_rows(decided));
}

std::uint32_t Chain::open() const {
  std::uint32_t count = 0;
  for (std::size_t row = 0; row < decided.size(); ++row) count += !decided[row] && !missing[row];
  return count;
}

std::uint32_t Chain::next_row() const {
  std::uint32_t row = 0;
  while (row < decided.size() && (decided[row] || missing[row])) ++row;
  return row;
}

// ---- Lists ----

const Json* items_of(const Json& json) { return kit::list_in(json, {"items", "data", "results", "contacts", "groups", "batches"}); }

// The offset is documented as a "page offset" that is "incremented". Where it counts items after all, the
// second item of a page comes first on the next one.
kit::Paging::Turn turn_page(const Connector& connector, Chain& chain, const Json& json, const Json& items) {
  const auto id = [&](std::size_t index) { return items.at(index)["id"].string_or(""); };
  const bool counts_items = !chain.second_id.empty() && id(0) == chain.second_id;
  if (counts_items && connector.offset_unit == Connector::OffsetUnit::Auto) chain.item_offset = true;
  chain.second_id = items.size() > 1 ? id(1) : "";
  const bool more = json["hasNextPage"].as_bool().value_or(items.size() >= static_cast<std::size_t>(kPageSize));
  return chain.paging.turn({.items = items.size(), .mark = id(0), .more = more, .step = chain.item_offset ? items.size() : 1});
}

}  // namespace eight_x_eight
