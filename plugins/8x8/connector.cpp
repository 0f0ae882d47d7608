#include "connector.h"

#include <algorithm>
#include <array>

SWB_CONNECTOR(eight_x_eight::Connector)

namespace eight_x_eight {

using kit::Json;

namespace {

constexpr std::size_t kMaxGroups = 10;

bool is_hex(char c) { return kit::is_digit(c) || (kit::lower(c) >= 'a' && kit::lower(c) <= 'f'); }

// 32 hexadecimal digits, with dashes at the places of a UUID or not.
bool is_account_id(std::string_view id) {
  std::size_t digits = 0;
  for (const char c : id) {
    const bool dash_place = digits == 8 || digits == 12 || digits == 16 || digits == 20;
    if (c == '-' ? !dash_place : !is_hex(c)) return false;
    if (c != '-') ++digits;
  }
  return digits == 32 && id.size() <= 36;
}

constexpr std::array<std::string_view, 7> kPhases = {"upload", "poll", "counts", "invalid", "find", "verify", "discover"};
constexpr std::array<std::string_view, 3> kScopes = {"group", "all", "each"};

}  // namespace

Connector::Connector(const kit::Settings& settings)
    : account_id(settings.required_text("account_id")),
      groups(settings.list("groups")),
      allow_blacklist_groups(settings.boolean("allow_blacklist_groups", false)),
      msisdn_plus(settings.boolean("msisdn_plus", false)),
      verify(settings.boolean("verify", true)) {
  if (settings.boolean("check_account_id", true) && !is_account_id(account_id))
    throw kit::SettingError(
        "account_id",
        "must be a UUID, its dashes optional; if your account really has another kind of id, "
        "give --set check_account_id=false");
  if (groups.size() > kMaxGroups)
    throw kit::SettingError("groups", "8x8 takes at most 10 groups for an upload");

  const std::string unit = settings.text("offset_unit", "auto");
  if (unit != "auto" && unit != "page" && unit != "item")
    throw kit::SettingError("offset_unit", "must be auto, page or item");
  offset_unit = unit == "auto" ? OffsetUnit::Auto : unit == "page" ? OffsetUnit::Page : OffsetUnit::Item;

  settle_ms = static_cast<std::uint64_t>(settings.integer("settle_ms", 3000, 0, 600'000));
}

// ---- The chain ----

Chain Chain::of(const Connector& connector, const kit::Batch& batch, const kit::Step& step) {
  Chain chain;
  chain.decided.assign(batch.rows(), false);
  chain.missing.assign(batch.rows(), false);
  chain.between.assign(batch.rows(), false);
  chain.item_offset = connector.offset_unit == Connector::OffsetUnit::Item;
  if (step.state().empty()) {
    chain.phase = step.is(kit::Operation::Discover)    ? Phase::Discover
                  : step.is(kit::Operation::Reconcile) ? Phase::Find
                                                       : Phase::Upload;
    return chain;
  }
  const kit::SavedState saved(step);
  chain.phase = saved.phase<Phase>(kPhases);
  const std::string scope = saved.text("scope");
  chain.scope = scope.empty() ? Scope::All : saved.phase<Scope>(kScopes, "scope");
  if (connector.groups.empty() && chain.scope == Scope::Group) chain.scope = Scope::All;
  chain.batch_id = saved.text("batch");
  chain.status = saved.text("status");
  chain.uploaded_ms = saved.number("uploaded");
  chain.since_ms = saved.number("since");
  chain.batch_ms = saved.number("batch_made");
  if (const Json& counts = saved["counts"]; counts.is_array())
    chain.counts = Counts{counts.at(0).int_or(0), counts.at(1).int_or(0), counts.at(2).int_or(0)};
  chain.invalid_file = saved.text("invalid_file");
  chain.refused = saved.number("refused");
  chain.offset = saved.count("offset");
  chain.item_offset = saved.flag("item_offset", chain.item_offset);
  chain.first_id = saved.text("first_id");
  chain.second_id = saved.text("second_id");
  chain.second_look = saved.flag("second_look");
  chain.nameless = saved.flag("nameless");
  chain.decided = saved.rows("decided", batch);
  chain.missing = saved.rows("missing", batch);
  chain.between = saved.rows("between", batch);
  chain.created = saved.number("created");
  return chain;
}

std::string Chain::to_text() const {
  kit::StateWriter out(kPhases[static_cast<std::size_t>(phase)]);
  out.text("batch", batch_id).text("status", status);
  out.number("uploaded", uploaded_ms).number("since", since_ms).number("batch_made", batch_ms);
  if (counts)
    out.json().key("counts").array().value(counts->inserted).value(counts->duplicated).value(counts->errors).end();
  out.text("invalid_file", invalid_file).number("refused", refused);
  out.number("offset", offset).flag("item_offset", item_offset).text("first_id", first_id).text("second_id", second_id);
  out.flag("second_look", second_look).flag("nameless", nameless);
  if (phase == Phase::Verify) out.text("scope", std::string(kScopes[static_cast<std::size_t>(scope)]));
  out.rows("decided", decided).rows("missing", missing).rows("between", between).number("created", created);
  return out.take();
}

void Chain::start_list(Phase next_phase) {
  phase = next_phase;
  offset = 0;
  first_id.clear();
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
  return static_cast<std::uint32_t>(std::count(decided.begin(), decided.end(), false));
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

const Json* items_of(const Json& json) {
  if (json.is_array()) return &json;
  for (const char* name : {"items", "data", "results", "contacts", "groups", "batches"}) {
    if (json[name].is_array()) return &json[name];
  }
  return nullptr;
}

// The offset is documented as a "page offset" that is "incremented". Where it counts items after all, the
// second item of a page comes first on the next one.
Paging turn_page(const Connector& connector, Chain& chain, const Json& json, std::size_t items,
                 std::int64_t limit) {
  const Json* list = items_of(json);
  const auto id = [&](std::size_t index) {
    return list != nullptr ? list->at(index)["id"].string_or("") : "";
  };
  bool more = items >= static_cast<std::size_t>(limit);
  if (const auto next = json["hasNextPage"].as_bool()) more = *next;
  if (!more) return Paging::End;
  constexpr std::int64_t kMaxOffset = 10'000'000;
  const bool repeated = !chain.first_id.empty() && id(0) == chain.first_id;
  if (items == 0 || repeated || chain.offset > kMaxOffset) return Paging::Broken;
  const bool counts_items = !chain.second_id.empty() && id(0) == chain.second_id;
  if (counts_items && connector.offset_unit == Connector::OffsetUnit::Auto) chain.item_offset = true;
  chain.first_id = id(0);
  chain.second_id = items > 1 ? id(1) : "";
  chain.offset += chain.item_offset ? static_cast<std::int64_t>(items) : 1;
  return Paging::More;
}

}  // namespace eight_x_eight
