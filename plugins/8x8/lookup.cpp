// What 8x8 has: searching the contacts for what a batch's counts do not say.
#include "connector.h"

namespace eight_x_eight {
namespace {

// So few rows are asked for one by one, which tells a number's contact exactly.
constexpr std::int64_t kFewRows = 20;

// The digits of every number that a contact shows; the vendor writes none with +.
std::string digits_of_contact(const Json& contact) {
  const Json& addresses = contact["addresses"];
  for (const Json* place : {&addresses["msisdn"], &contact["msisdn"], &addresses.at(0)["msisdn"]}) {
    if (place->as_string()) return kit::digits_of(*place->as_string());
  }
  return {};
}

struct Search : Reading {
  void start() {
    if (chain.undecided() == 0) return answer.done();
    if (!connector.verify) return give_up("8x8's counts do not say it, and the setting verify is off");
    chain.look = {};
    start_look();
    go_on();
  }

  // Few rows are looked for one by one, many in the list of their group, or of all contacts.
  void start_look() {
    chain.missing.assign(chain.missing.size(), false);
    start_scope(chain.undecided() <= kFewRows ? Chain::Scope::Each
                : !connector.groups.empty()   ? Chain::Scope::Group
                                              : Chain::Scope::All);
  }

  void start_scope(Chain::Scope scope) {
    chain.start_list(Phase::Verify);
    chain.scope = scope;
  }

  void read(const Json& json) {
    const Json* contacts = items_of(json);
    if (contacts == nullptr) return answer.retry("bad_answer", "8x8's list of contacts cannot be read");
    const std::uint32_t asked = chain.next_row();
    find_rows(*contacts);
    if (chain.undecided() == 0) return finish();
    if (chain.scope == Chain::Scope::Each) return read_one(json, asked);

    const auto turn = turn_page(*this, json, *contacts);
    const std::int64_t total = json["totalFiltered"].int_or(json["totalCount"].int_or(0));
    const bool cheaper_one_by_one = total / kPageSize > chain.undecided();
    if (turn == kit::Paging::Turn::More && !cheaper_one_by_one) return go_on();
    const bool one_by_one = turn != kit::Paging::Turn::End || chain.undecided() <= kFewRows;
    if (!one_by_one && chain.scope == Chain::Scope::All) return end_look();
    start_scope(one_by_one ? Chain::Scope::Each : Chain::Scope::All);
    go_on();
  }

  void find_rows(const Json& contacts) {
    const auto by_number = kit::RowIndex::by_phone(batch, "msisdn");
    const auto rows_of = [&](const Json& contact) { return by_number.rows(digits_of_contact(contact)); };
    settle(contacts.items(), chain.decided, rows_of, [this](const Json& contact, std::uint32_t row, bool first) {
      const auto outcome = present_row(contact, first);
      if (!outcome) chain.between[row] = chain.decided[row] = true;
      return outcome;
    });
  }

  // A contact that is there; nullopt: the counts tell, once all have been seen. Clocks differ, and a time that is written to the second
  // only may lie anywhere in it.
  std::optional<Outcome> present_row(const Json& contact, bool first_of_number) {
    const auto id = contact["id"].text();
    const std::string made = contact["createdAt"].string_or("");
    if (chain.batch_id.empty() || chain.since_ms == 0 || !kit::parse_iso8601(made)) return Outcome::accepted().with_id(id);
    const bool before = !kit::made_since(made, chain.since_ms).value_or(true);
    if (before || !first_of_number) return Outcome::unchanged(id);
    const bool since = kit::made_since(made, chain.batch_ms != 0 ? chain.batch_ms : chain.since_ms).value_or(false);
    if (!since && chain.counts) return std::nullopt;
    ++chain.created;
    return Outcome::created(id);
  }

  // The answer to the search for one number.
  void read_one(const Json& json, std::uint32_t row) {
    if (row < chain.decided.size() && !chain.decided[row]) {
      const bool complete = !json["hasNextPage"].bool_or(false);
      if (!complete) answer.row(row, Outcome::unknown("not_found", "8x8 finds too many contacts for this number"));
      (complete ? chain.missing : chain.decided)[row] = true;
    }
    if (chain.undecided() == 0) return finish();
    kit::open_rows(chain.decided, chain.missing) > 0 ? go_on() : end_look();
  }

  // The end of a look that left rows missing.
  void end_look() {
    if (!chain.look.begun) {
      chain.look.begun = true;
      start_look();
      return go_on(connector.settle_ms);
    }
    answer.rest(chain.decided, missing_row());
    finish();
  }

  // A row that no search shows, whatever the counts say.
  Outcome missing_row() const {
    if (chain.batch_id.empty()) return Outcome::absent();
    if (chain.status.empty())
      return Outcome::unknown("not_found", "8x8 does not know the batch any more and shows no contact with this number");
    if (chain.status != "completed" && reconciling()) return Outcome::absent();
    if (chain.status != "completed")  // it broke off
      return Outcome::resend("batch_" + kit::to_code(chain.status), "8x8 ended the batch as " + chain.status + " before this row");
    std::string message = "8x8 completed the batch, and two searches show no contact with this number";
    if (chain.counts)
      message += " (it counted " + std::to_string(chain.counts->created) + " inserted, " + std::to_string(chain.counts->unchanged) +
                 " duplicated and " + std::to_string(chain.counts->refused) + " refused of " +
                 std::to_string(chain.decided.size()) + " rows)";
    return Outcome::rejected("not_found", message);
  }

  void give_up(const std::string& why) {
    answer.rest(chain.decided, [&](std::uint32_t row) {
      const bool looked_for = chain.look.begun || chain.missing[row];  // and not found
      return counts_cover() && !looked_for ? Outcome::accepted() : Outcome::unknown("not_verified", why);
    });
    finish();
  }

  // Whether the batch's own counts say that it took all rows but the refused ones. Counts are informative only, so this is
  // for rows that nobody looked for; and counts of more rows than were sent count something else.
  bool counts_cover() const {
    const auto rows = static_cast<std::int64_t>(chain.decided.size());
    return chain.status == "completed" && chain.counts && chain.counts->refused <= chain.refused &&
           chain.counts->stored() + chain.refused == rows;
  }

  // Ends a chain all of whose rows are decided; only here is the number of new ones known.
  void finish() {
    const std::int64_t about = kit::count_rows(chain.between);
    for (std::uint32_t row = 0; row < chain.between.size() && about > 0; ++row) {
      if (!chain.between[row]) continue;
      answer.row(row, chain.counts->created == chain.created + about ? Outcome::created()
                      : chain.counts->created == chain.created       ? Outcome::unchanged()
                                                                     : Outcome::accepted());
    }
    answer.done();
  }
};

}  // namespace

void start_verification(const Reading& reading) { Search{reading}.start(); }

void read_search(const Reading& reading, const Json& json) { Search{reading}.read(json); }

void give_up_verification(const Reading& reading, const std::string& why) { Search{reading}.give_up(why); }

}  // namespace eight_x_eight
