// What Truedy has: the list of contacts before an upload (the snapshot), after it (the check: which rows are new, and
// which were refused without being named), and instead of its answer (the reconciliation).
#include "connector.h"

#include <algorithm>
#include <initializer_list>
#include <span>

namespace truedy {

std::string phone_of(const Json& contact) { return contact["phone"].string_or(contact["phone_number"].string_or("")); }

static const Json* list_of(const Json& json, std::initializer_list<std::string_view> names) {
  const Json* list = kit::list_in(json["data"], names);
  return list != nullptr ? list : kit::list_in(json, names);
}
const Json* contacts_of(const Json& json) { return list_of(json, {"contacts", "items", "results"}); }
const Json* folders_of(const Json& json) { return list_of(json, {"folders", "items"}); }

Outcome stored(const Reading& reading, std::uint32_t row) {
  const Chain& chain = reading.chain;
  const kit::ImportCounts& counts = chain.counts;
  if (const auto all = counts.of_all()) return *all;
  // Rows that were not seen are of the kind that was not seen to its end.
  const bool rest_is_old = kit::count_rows(chain.fresh) == counts.created;
  const bool rest_is_fresh = kit::count_rows(chain.list.found) == counts.updated + counts.unchanged;
  if (chain.undated || (!rest_is_old && !rest_is_fresh)) return Outcome::accepted();
  const bool seen = chain.fresh[row] || chain.list.found[row];
  return (seen ? chain.fresh[row] : rest_is_fresh) ? Outcome::created() : counts.of_known();
}

namespace {

struct Listed : Reading {
  const bool reconcile = reconciling(), checking = chain.phase == Phase::Check;
  const kit::RowIndex by_phone = kit::RowIndex::by_phone(batch, "phone");

  std::vector<std::uint32_t> rows_of(const Json& contact) const { return by_phone.rows(kit::digits_of(phone_of(contact))); }

  void read(const Json& json) {
    const Json* contacts = contacts_of(json);
    if (contacts == nullptr && checking) return finish(false);
    if (contacts == nullptr) return answer.retry("bad_answer", "Truedy's list of contacts cannot be read");
    if (!checking) find_rows(contacts->items());

    kit::Page page{.items = contacts->size(), .mark = contacts->at(0)["id"].string_or("")};
    page.more = has_more(json, chain.list.paging.offset + static_cast<std::int64_t>(page.items), page.items);
    if (checking) return check(contacts->items(), chain.list.paging.turn(page));
    // The upload may still be at work where its answer was lost.
    const auto complete = list_turn(chain.list, page, reconcile ? connector.settle_ms : 0);
    if (!complete) return;
    if (reconcile) {
      const Outcome unknown = Outcome::unknown("list_incomplete", "Truedy's list of contacts could not be read to its end");
      return answer.done_with(chain.list.found, *complete ? Outcome::absent() : unknown);
    }
    chain.phase = Phase::Send;
    chain.list.paging = {};
    chain.has_snapshot = *complete;
    go_on();
  }

  // ---- Snapshot and reconciliation ----

  static bool has_more(const Json& json, std::int64_t seen, std::size_t items) {
    for (const Json* place : {&json, &json["data"], &json["meta"]}) {
      const Json& pagination = (*place)["pagination"].is_object() ? (*place)["pagination"] : *place;
      if (const auto more = pagination["has_more"].as_bool()) return *more;
      if (const auto total = pagination["total"].as_int()) return seen < *total;
    }
    return items >= static_cast<std::size_t>(kPageSize);
  }

  // Marks the rows that the page shows. In a reconciliation they get their outcome: with overwrite_existing a
  // contact that was there before counts only once it shows what was sent.
  void find_rows(std::span<const Json> contacts) {
    const auto named = [this](const Json& contact) { return rows_of(contact); };
    settle(contacts, chain.list.found, named, [this](const Json& contact, std::uint32_t row, bool) -> std::optional<Outcome> {
      if (!reconcile) chain.list.found[row] = true;
      const bool outdated = connector.overwrite_existing && !shows(contact, row);
      return reconcile && !outdated && !in_other_folder(contact) ? std::optional(listed(contact)) : std::nullopt;
    });
  }

  // Whether a contact has the values that were sent. What the answer does not show cannot differ.
  bool shows(const Json& contact, std::uint32_t row) const {
    for (std::uint32_t column = 0; column < batch.columns(); ++column) {
      const std::string_view sent = batch.cell(row, column).value_or("");
      const std::string_view name = batch.column_name(column);
      if (sent.empty() || name == "phone") continue;
      const bool standard = name == "name" || name == "email";
      const Json& place = standard ? contact : contact["custom_fields"];
      const Json* value = place.get(name);
      if (standard ? value == nullptr : !place.is_object()) continue;
      if (value == nullptr || !kit::same_text(value->string_or(""), sent)) return false;
    }
    return true;
  }

  // Whether Truedy takes one number once in the organisation or once in a folder is not documented: what another folder has
  // is sent again, which the one ignores and the other needs.
  bool in_other_folder(const Json& contact) const {
    const auto folder = contact["folder_id"].as_string();
    return connector.folder_id && folder && *folder != *connector.folder_id;
  }

  // Of a row whose upload was not answered.
  Outcome listed(const Json& contact) const {
    const auto of_this_job = kit::made_since_job(response, step, contact["created_at"].string_or(""));
    const bool perhaps_updated = of_this_job == false && connector.overwrite_existing;
    return kit::outcome_by_time(perhaps_updated ? std::nullopt : of_this_job, contact["id"].text());
  }

  // ---- Check ----

  void check(std::span<const Json> contacts, kit::Paging::Turn turn) {
    // So much is a row's class worth: the contacts of a large organisation are not read for it.
    constexpr std::int64_t kMaxPages = 20;
    const bool more = turn == kit::Paging::Turn::More, complete = turn != kit::Paging::Turn::Broken;
    find_fresh(contacts);
    const bool enough = open_rows() == 0 || rest_is_clear() || (++chain.pages >= kMaxPages && unnamed() == 0);
    if (more && !enough) return go_on();
    // More are missing than were refused: the list may lag behind the upload.
    if (complete && unnamed() > 0 && open_rows() > unnamed() && chain.list.look.due(connector.settle_ms)) {
      chain.list.paging = {};
      return go_on(connector.settle_ms);
    }
    finish(complete && !more);
  }

  // Refused rows that the answer did not name.
  std::int64_t unnamed() const { return std::max<std::int64_t>(0, chain.counts.refused - kit::count_rows(chain.decided)); }

  // Rows that the list has still to show.
  std::int64_t open_rows() const { return kit::open_rows(chain.decided, chain.fresh, chain.list.found); }

  void find_fresh(std::span<const Json> contacts) {
    for (const Json& contact : contacts) {
      const auto rows = rows_of(contact);
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
  bool rest_is_clear() const {
    if (chain.undated || unnamed() > 0) return false;
    return open_rows() == 0 || kit::count_rows(chain.fresh) == chain.counts.created ||
           kit::count_rows(chain.list.found) == chain.counts.updated + chain.counts.unchanged;
  }

  void finish(bool complete) {
    const bool missing_is_refused = complete && open_rows() <= unnamed();
    const bool all_refused_known = unnamed() == 0 || (complete && open_rows() == unnamed());
    answer.done_with(chain.decided, [&](std::uint32_t row) {
      const bool shown = chain.fresh[row] || chain.list.found[row];
      if (shown || unnamed() == 0) return all_refused_known ? stored(*this, row) : refused_or_stored(row);
      if (missing_is_refused) return refusal(chain.reason);
      return Outcome::unknown("not_listed",
                              "Truedy refused some rows without naming them, and its list of contacts does not show this one");
    });
  }

  // Of a row that the list shows, while some of the rows that it shows were refused and not named. Of a refused update
  // nothing can be seen; without updates, the contact is as it was, refused or not.
  Outcome refused_or_stored(std::uint32_t row) const {
    if (chain.undated || kit::count_rows(chain.fresh) > chain.counts.created) {
      if (!connector.overwrite_existing) return Outcome::accepted();
    } else {
      if (chain.fresh[row]) return Outcome::created();
      if (!connector.overwrite_existing) return Outcome::unchanged();
      if (chain.counts.updated + chain.counts.unchanged == 0) return refusal(chain.reason);
    }
    return Outcome::unknown("refused_unnamed", "Truedy refused some rows without naming them; whether this contact was updated "
                                               "cannot be told");
  }
};

}  // namespace

void start_check(Reading reading) {
  reading.chain.phase = Chain::Phase::Check;
  reading.chain.list.found.assign(reading.batch.rows(), false);
  reading.chain.since_ms = kit::began_ms(reading.response, reading.step.now_ms());
  reading.go_on();
}

void read_page(const Reading& reading, const Json& json) { Listed{reading}.read(json); }

void finish_check(const Reading& reading, bool complete) { Listed{reading}.finish(complete); }

}  // namespace truedy
