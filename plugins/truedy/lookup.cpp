// What Truedy has: the list of contacts before an upload (the snapshot), after it (the check: which rows are new, and
// which were refused without being named), and instead of its answer (the reconciliation).
#include "connector.h"

#include <algorithm>
#include <span>
#include <utility>

namespace truedy {

using kit::Directive;
using kit::Json;
using kit::Outcome;

std::string phone_of(const Json& contact) {
  return contact["phone"].string_or(contact["phone_number"].string_or(""));
}

const Json* list_of(const Json& json, std::initializer_list<std::string_view> names) {
  const Json* list = kit::list_in(json["data"], names);
  return list != nullptr ? list : kit::list_in(json, names);
}

namespace {

// ---- Snapshot and reconciliation ----

bool has_more(const Json& json, std::int64_t seen, std::size_t items) {
  for (const Json* place : {&json, &json["data"], &json["meta"]}) {
    const Json& pagination = (*place)["pagination"].is_object() ? (*place)["pagination"] : *place;
    if (const auto more = pagination["has_more"].as_bool()) return *more;
    if (const auto total = pagination["total"].as_int()) return seen < *total;
  }
  return items >= static_cast<std::size_t>(kPageSize);
}

// Whether a contact has the values that were sent. What the answer does not show cannot differ.
bool shows(const Json& contact, const kit::Batch& batch, std::uint32_t row) {
  for (std::uint32_t column = 0; column < batch.columns(); ++column) {
    const std::string_view sent = batch.cell(row, column).value_or("");
    const std::string_view name = batch.column_name(column);
    if (sent.empty() || name == "phone") continue;
    const bool standard = name == "name" || name == "email";
    const Json* value = standard ? contact.get(name) : contact.get("custom_fields", name);
    if (!standard && !contact["custom_fields"].is_object()) continue;
    if (standard && value == nullptr) continue;
    if (value == nullptr || kit::plain(value->string_or("")) != kit::plain(sent)) return false;
  }
  return true;
}

// Whether Truedy takes one number once in the organisation or once in a folder is not documented: what another folder has
// is sent again, which the one ignores and the other needs.
bool in_other_folder(const Connector& connector, const Json& contact) {
  const auto folder = contact["folder_id"].as_string();
  return connector.folder_id && folder && *folder != *connector.folder_id;
}

// Of a row whose upload was not answered.
Outcome listed(const Connector& connector, std::optional<bool> of_this_job, const Json& contact) {
  const auto id = contact["id"].text();
  if (of_this_job.value_or(false)) return Outcome::created(id);
  return of_this_job && !connector.overwrite_existing ? Outcome::unchanged(id) : Outcome::accepted().with_id(id);
}

// Marks the rows that the page shows. In a reconciliation they get their outcome: with overwrite_existing a
// contact that was there before counts only once it shows what was sent.
void find_rows(const Connector& connector, const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
               std::span<const Json> contacts, Chain& chain, kit::Answer& answer) {
  const bool reconcile = step.is(kit::Operation::Reconcile);
  const auto by_phone = kit::RowIndex::by_phone(batch, "phone");
  for (const Json& contact : contacts) {
    for (const std::uint32_t row : by_phone.rows(kit::digits_of(phone_of(contact)))) {
      if (chain.list.found[row]) continue;
      if (reconcile && connector.overwrite_existing && !shows(contact, batch, row)) continue;
      if (reconcile && in_other_folder(connector, contact)) continue;
      chain.list.found[row] = true;
      if (!reconcile) continue;
      answer.row(row, listed(connector, kit::made_since_job(response, step, contact["created_at"].string_or("")), contact));
    }
  }
}

// ---- Check ----

// So much is a row's class worth: the contacts of a large organisation are not read for it.
constexpr std::int64_t kMaxPages = 20;

// Refused rows that the answer did not name.
std::int64_t unnamed(const Chain& chain) { return std::max<std::int64_t>(0, chain.counts.errors - kit::count_rows(chain.decided)); }

// Rows that the list has still to show.
std::int64_t open_rows(const Chain& chain) {
  return static_cast<std::int64_t>(chain.list.found.size()) - kit::count_rows(chain.decided) - kit::count_rows(chain.fresh) -
         kit::count_rows(chain.list.found);
}

void find_fresh(const kit::Batch& batch, std::span<const Json> contacts, Chain& chain) {
  const auto by_phone = kit::RowIndex::by_phone(batch, "phone");
  for (const Json& contact : contacts) {
    const auto rows = by_phone.rows(kit::digits_of(phone_of(contact)));
    if (rows.empty()) continue;
    const std::string text = contact["created_at"].string_or("");
    const bool dated = kit::parse_iso8601(text).has_value();
    chain.undated = chain.undated || !dated;
    const bool made_since = dated && kit::made_since(text, chain.since_ms).value_or(true);
    for (const std::uint32_t row : rows) {
      if (chain.decided[row] || chain.fresh[row]) continue;
      chain.fresh[row] = made_since;
      chain.list.found[row] = !made_since;
    }
  }
}

// Whether the counts say what the rows are that were not seen.
bool rest_is_clear(const Chain& chain) {
  if (chain.undated || unnamed(chain) > 0) return false;
  return open_rows(chain) == 0 || kit::count_rows(chain.fresh) == chain.counts.imported ||
         kit::count_rows(chain.list.found) == chain.counts.updated + chain.counts.skipped;
}

// Of a row that is stored, where the refused ones are known.
Outcome stored(const Chain& chain, std::uint32_t row) {
  const Counts& counts = chain.counts;
  if (counts.imported == counts.stored()) return Outcome::created();
  if (counts.updated == counts.stored()) return Outcome::updated();
  if (counts.skipped == counts.stored()) return Outcome::unchanged();
  const std::int64_t before = counts.updated + counts.skipped;
  // Rows that were not seen are of the kind that was not seen to its end.
  const bool rest_is_old = kit::count_rows(chain.fresh) == counts.imported;
  const bool rest_is_fresh = kit::count_rows(chain.list.found) == before;
  if (chain.undated || (!rest_is_old && !rest_is_fresh)) return Outcome::accepted();
  const bool seen = chain.fresh[row] || chain.list.found[row];
  if (seen ? chain.fresh[row] : rest_is_fresh) return Outcome::created();
  if (counts.skipped == 0) return Outcome::updated();
  return counts.updated == 0 ? Outcome::unchanged() : Outcome::accepted();
}

// Of a row that the list shows, while some of the rows that it shows were refused and not named. Of a refused update
// nothing can be seen; without updates, the contact is as it was, refused or not.
Outcome refused_or_stored(const Connector& connector, const Chain& chain, std::uint32_t row) {
  if (chain.undated || kit::count_rows(chain.fresh) > chain.counts.imported) {
    if (!connector.overwrite_existing) return Outcome::accepted();
  } else {
    if (chain.fresh[row]) return Outcome::created();
    if (!connector.overwrite_existing) return Outcome::unchanged();
    if (chain.counts.updated + chain.counts.skipped == 0) return refusal(chain.reason);
  }
  return Outcome::unknown("refused_unnamed", "Truedy refused some rows without naming them; whether this contact was updated "
                                             "cannot be told");
}

void decode_check(const Connector& connector, const kit::Batch& batch, Chain chain, std::span<const Json> contacts,
                  bool more, bool complete, kit::Answer& answer) {
  find_fresh(batch, contacts, chain);
  const bool enough = open_rows(chain) == 0 || rest_is_clear(chain) || (++chain.pages >= kMaxPages && unnamed(chain) == 0);
  if (more && !enough) return kit::go_on(chain, answer);
  // More are missing than were refused: the list may lag behind the upload.
  if (complete && unnamed(chain) > 0 && open_rows(chain) > unnamed(chain) && chain.list.look.due(connector.settle_ms)) {
    chain.list.paging = {};
    return kit::go_on(chain, answer, connector.settle_ms);
  }
  finish_check(connector, chain, complete && !more, answer);
}

}  // namespace

void start_check(const kit::Step& step, const kit::Response& response, Chain chain, kit::Answer& answer) {
  chain.phase = Chain::Phase::Check;
  chain.list.found.assign(chain.list.found.size(), false);
  chain.since_ms = kit::began_ms(response, step.now_ms());
  kit::go_on(chain, answer);
}

void decode_page(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                 const kit::Response& response, Chain chain, const Json& json, kit::Answer& answer) {
  const bool reconcile = step.is(kit::Operation::Reconcile), check = chain.phase == Chain::Phase::Check;
  const Json* contacts = list_of(json, {"contacts", "items", "results"});
  if (contacts == nullptr && check) return finish_check(connector, chain, false, answer);
  if (contacts == nullptr)
    return answer.finish(Directive::retry("bad_answer", "Truedy's list of contacts cannot be read"));
  if (!check) find_rows(connector, batch, step, response, contacts->items(), chain, answer);

  kit::Page page{.items = contacts->size(), .mark = contacts->at(0)["id"].string_or("")};
  page.more = has_more(json, chain.list.paging.offset + static_cast<std::int64_t>(page.items), page.items);
  if (check) {
    const auto turn = chain.list.paging.turn(page);
    return decode_check(connector, batch, std::move(chain), contacts->items(), turn == kit::Paging::Turn::More,
                        turn != kit::Paging::Turn::Broken, answer);
  }
  // The upload may still be at work where its answer was lost.
  const auto next = chain.list.turn(page, reconcile ? connector.settle_ms : 0);
  if (next == kit::ListSearch::Next::Page) return kit::go_on(chain, answer);
  if (next == kit::ListSearch::Next::Again) return kit::go_on(chain, answer, connector.settle_ms);
  const bool complete = next == kit::ListSearch::Next::Complete;
  if (reconcile) {
    const Outcome unknown = Outcome::unknown("list_incomplete", "Truedy's list of contacts could not be read to its end");
    return answer.done_with(chain.list.found, complete ? Outcome::absent() : unknown);
  }
  chain.phase = Chain::Phase::Send;
  chain.list.paging = {};
  chain.has_snapshot = complete;
  kit::go_on(chain, answer);
}

void finish_check(const Connector& connector, const Chain& chain, bool complete, kit::Answer& answer) {
  const bool missing_is_refused = complete && open_rows(chain) <= unnamed(chain);
  const bool all_refused_known = unnamed(chain) == 0 || (complete && open_rows(chain) == unnamed(chain));
  answer.rest(chain.decided, [&](std::uint32_t row) {
    const bool shown = chain.fresh[row] || chain.list.found[row];
    if (shown || unnamed(chain) == 0) return all_refused_known ? stored(chain, row) : refused_or_stored(connector, chain, row);
    if (missing_is_refused) return refusal(chain.reason);
    return Outcome::unknown("not_listed",
                            "Truedy refused some rows without naming them, and its list of contacts does not show this one");
  });
  answer.done();
}

}  // namespace truedy
