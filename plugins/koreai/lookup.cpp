// What the bot has: which contact of an answer is which row, and what the list of contacts says of rows.
#include "connector.h"

#include <algorithm>

namespace koreai {

using kit::Directive;
using kit::Json;
using kit::Outcome;

kit::RowIndex rows_by_number(const kit::Batch& batch) {
  const kit::Column country = batch.column("cellPhoneCountryCode"), number = batch.column("cellPhoneNumber");
  return kit::RowIndex(batch.rows(), [&](std::uint32_t row, std::string& key) {
    for (const kit::Column part : {country, number}) kit::RowIndex::append_digits(key, batch.cell(row, part).value_or(""));
  });
}

std::vector<std::uint32_t> rows_of(const Json& contact, const kit::RowIndex& by_number) {
  const Json& phone = contact["cellPhone"].is_object() ? contact["cellPhone"] : contact;
  const Json& number = phone["phoneNumber"].as_string() ? phone["phoneNumber"] : phone["cellPhoneNumber"];
  const Json& country = phone["countryCode"].as_string() ? phone["countryCode"] : phone["cellPhoneCountryCode"];
  const std::string digits = kit::digits_of(number.string_or(""));
  if (digits.empty()) return {};
  auto whole = by_number.rows(digits);
  return whole.empty() ? by_number.rows(kit::digits_of(country.string_or("")) + digits) : whole;
}

const Json* list_of(const Json& json, std::initializer_list<std::string_view> names) {
  if (json.is_array()) return &json;
  for (const auto name : names)
    if (json[name].is_array()) return &json[name];
  return nullptr;
}

std::optional<std::string> id_of(const Json& contact) {
  const auto id = contact["id"].as_string() ? contact["id"].as_string() : contact["_id"].as_string();
  return id ? std::optional<std::string>(*id) : std::nullopt;
}

namespace {

// Whether it was made by this job, the time tells: by this upload, by one whose answer was lost, or by one that was refused
// for some of its rows after others had been stored. Where the job's beginning is not known, the upload's own is.
Outcome listed(const kit::Step& step, const kit::Response& response, const Chain& chain, const Json& contact) {
  const std::string created = contact["createdAt"].string_or("");
  const auto of_this_job = kit::made_since_job(response, step, created);
  if (of_this_job.value_or(false)) return Outcome::created(id_of(contact));
  if (!chain.refusal.empty()) return Outcome::unchanged(id_of(contact));
  if (chain.sent_ms == 0 && of_this_job) return Outcome::unchanged(id_of(contact));
  if (chain.sent_ms == 0) return Outcome::accepted().with_id(id_of(contact));
  const auto created_ms = kit::parse_iso8601(created);
  if (created_ms && *created_ms >= chain.sent_ms) return Outcome::created(id_of(contact));
  return Outcome::unchanged().with_id(id_of(contact));
}

Outcome not_listed(const Chain& chain, bool complete, bool reconcile) {
  if (!complete) return Outcome::unknown("list_incomplete", "Kore.ai's list of contacts could not be read to its end");
  if (!chain.refusal.empty()) return Outcome::rejected("refused", chain.refusal);
  if (reconcile) return Outcome::absent();
  if (chain.strangers)
    return Outcome::unknown("not_matched", "Kore.ai's answer names contacts with numbers that are not those that were sent; "
                                           "look whether this contact is there");
  return Outcome::rejected("not_imported",
                           "Kore.ai took the file but did not import this contact, and gives no reason; look at its values");
}

void without_known(const kit::Batch& batch, const Chain& chain, kit::Answer& answer) {
  if (std::count(chain.decided.begin(), chain.decided.end(), true) == 0)
    return answer.finish(Directive::split("refused", chain.refusal));
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (!chain.decided[row]) answer.row(row, Outcome::resend("refused", chain.refusal));
  }
  answer.done();
}

void finish_list(const Connector& connector, const kit::Batch& batch, Chain chain, bool complete, kit::Answer& answer) {
  if (chain.all_decided()) return answer.done();
  const bool reconcile = chain.sent_ms == 0 && chain.refusal.empty();
  if (complete && reconcile && !chain.second_look && connector.settle_ms > 0) {
    // The upload may still be at work: only what is missing twice is missing.
    chain.start_list();
    chain.second_look = true;
    return answer.finish(Directive::next(chain.to_text(), connector.settle_ms));
  }
  // Of a refused file, the rows that the bot does not have were not the reason: they go out again without the others.
  if (complete && !chain.refusal.empty() && batch.rows() > 1) return without_known(batch, chain, answer);
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (!chain.decided[row]) answer.row(row, not_listed(chain, complete, reconcile));
  }
  answer.done();
}

bool is_active(const Json& contact) { return kit::equals_ignoring_case(contact["status"].string_or("ACTIVE"), "ACTIVE"); }

// Deletes are soft. A deleted contact that keeps its number is no contact, but the reason for a refusal.
void read_contact(const kit::Step& step, const kit::Response& response, const Json& contact, const kit::RowIndex& by_number,
                  Chain& chain, kit::Answer& answer) {
  const auto named = rows_of(contact, by_number);
  if (named.empty()) return;
  const bool active = is_active(contact);
  const bool refused = chain.sent_ms != 0 || !chain.refusal.empty();
  for (const std::uint32_t row : named) {
    if (chain.decided[row] || (!active && !refused)) continue;
    chain.decided[row] = true;
    // One contact is one row: further rows with its number found it there.
    answer.row(row, active ? (row == named.front() ? listed(step, response, chain, contact) : Outcome::unchanged(id_of(contact)))
                           : Outcome::rejected("number_of_deleted_contact",
                                               "a deleted contact of the bot keeps this number, and Kore.ai did not take it again"));
  }
}

}  // namespace

void decode_page(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                 const kit::Response& response, Chain chain, const Json& json, kit::Answer& answer) {
  const Json* contacts = list_of(json, {"results", "contacts", "data"});
  if (contacts == nullptr)
    return answer.finish(Directive::retry("bad_answer", "Kore.ai's list of contacts cannot be read"));
  const kit::RowIndex by_number = rows_by_number(batch);
  // Active contacts first: a number may have been deleted and made anew.
  for (const bool active : {true, false}) {
    for (const Json& contact : contacts->items())
      if (is_active(contact) == active) read_contact(step, response, contact, by_number, chain, answer);
  }

  // The names of the paging parameters are a guess, and so is the size of a page: a page that is not the one asked for,
  // or the one before once more, shows that they are not understood.
  constexpr std::int64_t kMaxListed = 1'000'000;
  const auto skip = json["skip"].as_int();
  const std::string first = contacts->size() > 0 ? id_of(contacts->at(0)).value_or("") : "";
  const bool other_page = (skip && *skip != chain.skip) || (!first.empty() && first == chain.mark);
  const std::int64_t seen = chain.skip + static_cast<std::int64_t>(contacts->size());
  const auto total = json["totalResults"].as_int();
  const auto has_more = json["hasMore"].as_bool();
  const bool says_nothing = !has_more && !total;
  const bool more = has_more.value_or(false) || (total && seen < *total) || (says_nothing && contacts->size() > 0);
  const bool endless = (more && contacts->size() == 0) || other_page || seen > kMaxListed;
  if (more && !endless && !chain.all_decided()) {
    chain.skip = seen;
    chain.mark = first;
    if (chain.limit == 0) chain.limit = json["limit"].int_or(static_cast<std::int64_t>(contacts->size()));
    return answer.finish(Directive::next(chain.to_text()));
  }
  finish_list(connector, batch, std::move(chain), !endless, answer);
}

}  // namespace koreai
