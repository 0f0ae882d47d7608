// What 8x8 has: searching the contacts for what a batch's counts do not say.
#include "connector.h"

#include <utility>

namespace eight_x_eight {
namespace {

using kit::Directive;
using kit::Json;
using kit::Outcome;

// So few rows are asked for one by one, which tells a number's contact exactly.
constexpr std::uint32_t kFewRows = 20;

// The digits of every number that a contact shows; the vendor writes none with +.
std::string digits_of_contact(const Json& contact) {
  const Json& addresses = contact["addresses"];
  for (const Json* place : {&addresses["msisdn"], &contact["msisdn"], &addresses.at(0)["msisdn"]}) {
    if (place->as_string()) return kit::digits_of(*place->as_string());
  }
  return {};
}

bool batch_broke_off(const Chain& chain) { return !chain.status.empty() && chain.status != "completed"; }

// When a contact was made, as seen from the batch. Clocks differ, and a time that is written to the second only may lie
// anywhere in it.
enum class Made { Before, About, Since, Unknown };

Made made(const Chain& chain, const Json& contact) {
  const std::string text = contact["createdAt"].string_or("");
  if (chain.since_ms == 0 || !kit::parse_iso8601(text)) return Made::Unknown;
  if (kit::made_since(text, chain.batch_ms != 0 ? chain.batch_ms : chain.since_ms).value_or(false)) return Made::Since;
  return kit::made_since(text, chain.since_ms).value_or(true) ? Made::About : Made::Before;
}

// A contact that is there; nullopt: the counts tell, once all have been seen.
std::optional<Outcome> present_row(Chain& chain, const Json& contact, bool first_of_number) {
  const auto id = contact["id"].text();
  const Made when = made(chain, contact);
  if (chain.batch_id.empty() || when == Made::Unknown) return Outcome::accepted().with_id(id);
  if (when == Made::Before || !first_of_number) return Outcome::unchanged(id);
  if (when == Made::About && chain.counts) return std::nullopt;
  ++chain.created;
  return Outcome::created(id);
}

// Ends a chain all of whose rows are decided; only here is the number of new ones known.
void finish(const Chain& chain, kit::Answer& answer) {
  const std::int64_t about = kit::count_rows(chain.between);
  for (std::uint32_t row = 0; row < chain.between.size() && about > 0; ++row) {
    if (!chain.between[row]) continue;
    answer.row(row, chain.counts->inserted == chain.created + about ? Outcome::created()
                    : chain.counts->inserted == chain.created       ? Outcome::unchanged()
                                                                    : Outcome::accepted());
  }
  answer.done();
}

// Whether the batch's own counts say that it took all rows but the refused ones. Counts are informative only, so this is
// for rows that nobody looked for; and counts of more rows than were sent count something else.
bool counts_cover(const Chain& chain) {
  const auto rows = static_cast<std::int64_t>(chain.decided.size());
  return chain.status == "completed" && chain.counts && chain.counts->errors <= chain.refused &&
         chain.counts->inserted + chain.counts->duplicated + chain.refused == rows;
}

// A row that no search shows, whatever the counts say.
Outcome missing_row(const kit::Step& step, const Chain& chain) {
  if (chain.batch_id.empty()) return Outcome::absent();
  if (batch_broke_off(chain)) {
    return step.is(kit::Operation::Reconcile) ? Outcome::absent()
                                              : Outcome::resend("batch_" + kit::to_code(chain.status),
                                                                "8x8 ended the batch as " + chain.status + " before this row");
  }
  if (chain.status.empty())
    return Outcome::unknown("not_found", "8x8 does not know the batch any more and shows no contact with this number");
  std::string message = "8x8 completed the batch, and two searches show no contact with this number";
  if (chain.counts)
    message += " (it counted " + std::to_string(chain.counts->inserted) + " inserted, " +
               std::to_string(chain.counts->duplicated) + " duplicated and " + std::to_string(chain.counts->errors) +
               " refused of " + std::to_string(chain.decided.size()) + " rows)";
  return Outcome::rejected("not_found", message);
}

void find_rows(const kit::Batch& batch, const Json& contacts, Chain& chain, kit::Answer& answer) {
  const auto by_number = kit::RowIndex::by_phone(batch, "msisdn");
  for (const Json& contact : contacts.items()) {
    const auto rows = by_number.rows(digits_of_contact(contact));
    for (const std::uint32_t row : rows) {
      if (chain.decided[row]) continue;
      const auto outcome = present_row(chain, contact, row == rows.front());
      if (outcome) answer.row(row, *outcome);
      chain.between[row] = !outcome;
      chain.decided[row] = true;
    }
  }
}

void go_on(const Chain& chain, kit::Answer& answer, std::uint64_t delay_ms = 0) {
  if (chain.undecided() == 0) return finish(chain, answer);
  kit::go_on(chain, answer, delay_ms);
}

void start_scope(Chain& chain, Chain::Scope scope) {
  chain.start_list(Chain::Phase::Verify);
  chain.scope = scope;
}

// Few rows are looked for one by one, many in the list of their group, or of all contacts.
void start_look(const Connector& connector, Chain& chain) {
  chain.missing.assign(chain.missing.size(), false);
  start_scope(chain, chain.undecided() <= kFewRows ? Chain::Scope::Each
                     : !connector.groups.empty()   ? Chain::Scope::Group
                                                   : Chain::Scope::All);
}

// The end of a look that left rows missing.
void end_look(const Connector& connector, const kit::Step& step, Chain chain, kit::Answer& answer) {
  if (!chain.look.begun) {
    chain.look.begun = true;
    start_look(connector, chain);
    return go_on(chain, answer, connector.settle_ms);
  }
  answer.rest(chain.decided, missing_row(step, chain));
  finish(chain, answer);
}

// The answer to the search for one number.
void decode_one(const Connector& connector, const kit::Step& step, Chain chain, const Json& json, std::uint32_t row,
                kit::Answer& answer) {
  if (row < chain.decided.size() && !chain.decided[row]) {
    const bool complete = !json["hasNextPage"].bool_or(false);
    if (!complete) answer.row(row, Outcome::unknown("not_found", "8x8 finds too many contacts for this number"));
    (complete ? chain.missing : chain.decided)[row] = true;
  }
  if (chain.undecided() == 0 || chain.open() > 0) return go_on(chain, answer);
  end_look(connector, step, std::move(chain), answer);
}

}  // namespace

void start_verification(const Connector& connector, Chain chain, kit::Answer& answer) {
  if (chain.undecided() == 0) return answer.done();
  if (!connector.verify)
    return give_up_verification(chain, "8x8's counts do not say it, and the setting verify is off", answer);
  chain.look = {};
  start_look(connector, chain);
  kit::go_on(chain, answer);
}

void decode_search(const Connector& connector, const kit::Batch& batch, const kit::Step& step, Chain chain,
                   const Json& json, kit::Answer& answer) {
  const Json* contacts = items_of(json);
  if (contacts == nullptr)
    return answer.finish(Directive::retry("bad_answer", "8x8's list of contacts cannot be read"));
  const std::uint32_t asked = chain.next_row();
  find_rows(batch, *contacts, chain, answer);
  if (chain.undecided() == 0) return finish(chain, answer);
  if (chain.scope == Chain::Scope::Each)
    return decode_one(connector, step, std::move(chain), json, asked, answer);

  const auto turn = turn_page(connector, chain, json, *contacts);
  const std::int64_t total = json["totalFiltered"].int_or(json["totalCount"].int_or(0));
  const bool cheaper_one_by_one = total / kPageSize > static_cast<std::int64_t>(chain.undecided());
  if (turn == kit::Paging::Turn::More && !cheaper_one_by_one) return go_on(chain, answer);
  if (turn != kit::Paging::Turn::End || chain.undecided() <= kFewRows) {
    start_scope(chain, Chain::Scope::Each);
    return go_on(chain, answer);
  }
  if (chain.scope == Chain::Scope::Group) {
    start_scope(chain, Chain::Scope::All);
    return go_on(chain, answer);
  }
  end_look(connector, step, std::move(chain), answer);
}

void give_up_verification(const Chain& chain, const std::string& why, kit::Answer& answer) {
  for (std::uint32_t row = 0; row < chain.decided.size(); ++row) {
    if (chain.decided[row] || answer.answered(row)) continue;
    const bool looked_for = chain.look.begun || chain.missing[row];  // and not found
    answer.row(row, counts_cover(chain) && !looked_for ? Outcome::accepted() : Outcome::unknown("not_verified", why));
  }
  finish(chain, answer);
}

}  // namespace eight_x_eight
