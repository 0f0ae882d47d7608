// What the bot has: which contact of an answer is which row, and what the list of contacts says of rows.
#include "connector.h"

namespace koreai {

std::vector<std::uint32_t> rows_of(const Json& contact, const kit::RowIndex& by_number) {
  const Json& phone = contact["cellPhone"].is_object() ? contact["cellPhone"] : contact;
  const Json& number = phone["phoneNumber"].as_string() ? phone["phoneNumber"] : phone["cellPhoneNumber"];
  const Json& country = phone["countryCode"].as_string() ? phone["countryCode"] : phone["cellPhoneCountryCode"];
  const std::string digits = kit::digits_of(number.string_or(""));
  if (digits.empty()) return {};
  auto whole = by_number.rows(digits);
  return whole.empty() ? by_number.rows(kit::digits_of(country.string_or("")) + digits) : whole;
}

std::optional<std::string> id_of(const Json& contact) {
  const auto id = contact["id"].text();
  return id ? id : contact["_id"].text();
}

namespace {

struct Listed : Reading {
  const kit::RowIndex by_number = rows_by_number(batch);

  void read(const Json& json) {
    const Json* contacts = kit::list_in(json, {"results", "contacts", "data"});
    if (contacts == nullptr) return answer.retry("bad_answer", "Kore.ai's list of contacts cannot be read");
    // Active contacts first: a number may have been deleted and made anew.
    for (const bool active : {true, false})
      settle(contacts->items(), chain.list.found,
             [&](const Json& contact) { return is_active(contact) == active ? rows_of(contact, by_number) : std::vector<std::uint32_t>(); },
             [&](const Json& contact, std::uint32_t, bool first) { return active ? listed(contact, first) : deleted(); });

    // The names of the paging parameters are a guess, and so is the size of a page: a page that is not the one asked for shows
    // that they are not understood.
    constexpr std::int64_t kMaxListed = 1'000'000;
    const auto items = static_cast<std::int64_t>(contacts->size());
    const auto skip = json["skip"].as_int(), total = json["totalResults"].as_int();
    const auto has_more = json["hasMore"].as_bool();
    const bool says_nothing = !has_more && !total;
    const std::int64_t asked = chain.list.paging.offset;
    kit::Page page{.items = contacts->size(), .mark = id_of(contacts->at(0)).value_or("")};
    page.more = has_more.value_or(false) || (total && asked + items < *total) || (says_nothing && items > 0);
    page.other = skip && *skip != asked;
    // The first page had Kore.ai's own size: so have the further ones.
    if (page.more && chain.limit == 0) chain.limit = json["limit"].int_or(items);
    // The upload may still be at work where its answer was lost.
    const bool reconcile = chain.sent_ms == 0 && chain.refusal.empty();
    const auto complete = list_turn(chain.list, page, reconcile ? connector.settle_ms : 0, kMaxListed);
    if (!complete) return;
    if (*complete && !kit::all_rows(chain.list.found) && !chain.refusal.empty() && batch.rows() > 1) return without_known();
    answer.done_with(chain.list.found, not_listed(*complete, reconcile));
  }

  static bool is_active(const Json& contact) { return kit::equals_ignoring_case(contact["status"].string_or("ACTIVE"), "ACTIVE"); }

  // Deletes are soft. A deleted contact that keeps its number is no contact, but the reason for a refusal.
  std::optional<Outcome> deleted() const {
    if (chain.sent_ms == 0 && chain.refusal.empty()) return std::nullopt;
    return Outcome::rejected("number_of_deleted_contact",
                             "a deleted contact of the bot keeps this number, and Kore.ai did not take it again");
  }

  // Whether it was made by this job, the time tells: by this upload, by one whose answer was lost, or by one that was refused
  // for some of its rows after others had been stored. Where the job's beginning is not known, the upload's own is.
  std::optional<Outcome> listed(const Json& contact, bool first) const {
    if (!first) return Outcome::unchanged(id_of(contact));
    const std::string text = contact["createdAt"].string_or("");
    auto created = kit::made_since_job(response, step, text);
    if (created != true && (chain.sent_ms != 0 || !chain.refusal.empty()))
      created = chain.refusal.empty() && kit::parse_iso8601(text).value_or(INT64_MIN) >= chain.sent_ms;
    return kit::outcome_by_time(created, id_of(contact));
  }

  Outcome not_listed(bool complete, bool reconcile) const {
    if (!complete) return Outcome::unknown("list_incomplete", "Kore.ai's list of contacts could not be read to its end");
    if (!chain.refusal.empty()) return Outcome::rejected("refused", chain.refusal);
    if (reconcile) return Outcome::absent();
    if (chain.strangers)
      return Outcome::unknown("not_matched", "Kore.ai's answer names contacts with numbers that are not those that were sent; "
                                             "look whether this contact is there");
    return Outcome::rejected("not_imported",
                             "Kore.ai took the file but did not import this contact, and gives no reason; look at its values");
  }

  // Of a refused file, the rows that the bot does not have were not the reason: they go out again without the others.
  void without_known() {
    if (kit::count_rows(chain.list.found) == 0) return answer.split("refused", chain.refusal);
    answer.done_with(chain.list.found, Outcome::resend("refused", chain.refusal));
  }
};

}  // namespace

void read_page(const Reading& reading, const Json& json) { Listed{reading}.read(json); }

}  // namespace koreai
