// Vendor answer → outcomes and directive.
#include "connector.h"

#include <algorithm>
#include <initializer_list>
#include <unordered_map>

namespace koreai {
namespace {

using kit::Directive;
using kit::Json;
using kit::Outcome;
using kit::Purpose;

// ---- Errors ----

struct VendorError {
  std::string code, message;
};

// {"errors": [{"msg", "code"}]}; a bare {"msg", "code"} is read too.
VendorError read_error(std::string_view body) {
  VendorError out;
  const auto json = Json::parse(body);
  if (!json || !json->is_object()) return {"", kit::fault_message(body)};
  const Json& first = (*json)["errors"].at(0).is_object() ? (*json)["errors"].at(0) : *json;
  out.code = first["code"].string_or("");
  out.message = first["msg"].string_or(first["message"].string_or(kit::fault_message(body)));
  return out;
}

// The status of a rate limit is not documented: its message is, so that decides whatever the status.
bool says_rate_limit(const kit::Response& response) {
  constexpr std::size_t kLongestMessage = 2048;
  return response.status() != 0 && response.body().size() < kLongestMessage &&
         kit::contains_ignoring_case(response.body(), "rate limit");
}

// 4002: wrong client id, client secret or claim. The status beside such a code is not documented.
bool says_credential(const VendorError& error) { return error.code == "401" || error.code == "4002"; }

// nullopt for a 2xx answer.
std::optional<Directive> fault_of(const kit::Response& response, Purpose purpose, std::int64_t now_ms) {
  constexpr std::uint64_t kWindowMs = 60'000;
  if (says_rate_limit(response) || response.status() == 429)
    return Directive::throttle(kit::retry_after_ms(response, now_ms).value_or(kWindowMs), "rate_limit",
                               "Kore.ai's rate limit for the account is reached");
  auto directive = kit::http_fault(response, purpose, now_ms);
  if (response.status() == 0) return directive;
  const VendorError error = read_error(response.body());
  std::string message = "Kore.ai answered HTTP " + std::to_string(response.status());
  if (const std::string words = kit::fault_words(response, error.message); !words.empty()) message += ": " + words;
  if (says_credential(error))
    return Directive::reauth("credential_refused", message + "; check client_id, client_secret and the setting jwt_algorithm");
  if (!directive) return std::nullopt;
  if (response.status() == 404 && purpose != Purpose::Follow)
    directive->message = message + "; check the settings bot_id and host";
  else if (response.status() == 403)
    directive->message = message + "; the app needs the API scope Configuration, and scopes work once it is published";
  else
    directive->message = message;
  if (!error.code.empty() && error.code != std::to_string(response.status()))
    directive->code = kit::to_code("koreai." + error.code);
  return directive;
}

// ---- Contacts in answers ----

using RowsByNumber = std::unordered_map<std::string, std::vector<std::uint32_t>>;

RowsByNumber rows_by_number(const kit::Batch& batch) {
  RowsByNumber rows;
  for (std::uint32_t row = 0; row < batch.rows(); ++row) rows[digits_of_row(batch, row)].push_back(row);
  return rows;
}

// The rows that a contact of an answer can be: replies carry the country code within the number, but older ones may
// keep them apart.
const std::vector<std::uint32_t>* rows_of(const Json& contact, const RowsByNumber& rows) {
  const Json& phone = contact["cellPhone"].is_object() ? contact["cellPhone"] : contact;
  const Json& number = phone["phoneNumber"].as_string() ? phone["phoneNumber"] : phone["cellPhoneNumber"];
  const Json& country = phone["countryCode"].as_string() ? phone["countryCode"] : phone["cellPhoneCountryCode"];
  const std::string digits = kit::digits_of(number.string_or(""));
  if (digits.empty()) return nullptr;
  const auto whole = rows.find(digits);
  if (whole != rows.end()) return &whole->second;
  const auto joined = rows.find(kit::digits_of(country.string_or("")) + digits);
  return joined == rows.end() ? nullptr : &joined->second;
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

// ---- The answer to an upload ----

void decode_upload(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                   const kit::Response& response, Chain chain, const Json& json, kit::Answer& answer) {
  const Json* contacts = list_of(json, {"contacts", "results", "data"});
  if (contacts == nullptr)
    return answer.finish(Directive::in_doubt("bad_answer", "Kore.ai's answer to the upload is no list of contacts"));
  const RowsByNumber rows = rows_by_number(batch);
  std::int64_t first_ms = INT64_MAX;
  for (const Json& contact : contacts->items()) {
    const auto* named = rows_of(contact, rows);
    if (named == nullptr) continue;
    if (const auto made_ms = kit::parse_iso8601(contact["createdAt"].string_or(""))) first_ms = std::min(first_ms, *made_ms);
    // One contact of an answer is one row. Further rows with its number found it there.
    for (const std::uint32_t row : *named) {
      if (chain.decided[row]) continue;
      chain.decided[row] = true;
      answer.row(row, row == named->front() ? Outcome::created(id_of(contact)) : Outcome::unchanged(id_of(contact)));
    }
  }
  if (chain.all_decided()) return answer.done();
  if (!connector.verify) {
    answer.rest(Outcome::unknown("not_named", "Kore.ai's answer does not name this contact, and verify is off"));
    return answer.done();
  }
  chain.phase = Chain::Phase::List;
  // What it named was made by this upload, so its own times are the best clock; the rest was made within the same request.
  chain.sent_ms = first_ms != INT64_MAX ? first_ms - static_cast<std::int64_t>(response.elapsed_ms())
                                        : kit::began_ms(response, step.now_ms());
  answer.finish(Directive::next(chain.to_text()));
}

// ---- The list ----

// After an upload that was answered, a contact that the answer does not name was there before, unless the list says
// that it is of this run. After one whose answer was lost, nobody can say.
Outcome listed(const Chain& chain, const Json& contact) {
  if (!chain.refusal.empty()) return Outcome::unchanged(id_of(contact));
  if (chain.sent_ms == 0) return Outcome::accepted().with_id(id_of(contact));
  const auto created_ms = kit::parse_iso8601(contact["createdAt"].string_or(""));
  if (created_ms && *created_ms >= chain.sent_ms) return Outcome::created(id_of(contact));
  return Outcome::unchanged().with_id(id_of(contact));
}

Outcome not_listed(const Chain& chain, bool complete, bool reconcile) {
  if (!complete) return Outcome::unknown("list_incomplete", "Kore.ai's list of contacts could not be read to its end");
  if (!chain.refusal.empty()) return Outcome::rejected("refused", chain.refusal);
  if (reconcile) return Outcome::absent();
  return Outcome::rejected("not_imported",
                           "Kore.ai took the file but did not import this contact, and gives no reason; look at its values");
}

void finish_list(const Connector& connector, const kit::Batch& batch, Chain chain, bool complete, kit::Answer& answer) {
  if (chain.all_decided()) return answer.done();
  const bool reconcile = chain.sent_ms == 0 && chain.refusal.empty();
  if (complete && reconcile && !chain.second_look && connector.settle_ms > 0) {
    // The upload may still be at work: only what is missing twice is missing.
    chain.skip = 0;
    chain.mark.clear();
    chain.second_look = true;
    return answer.finish(Directive::next(chain.to_text(), connector.settle_ms));
  }
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (!chain.decided[row]) answer.row(row, not_listed(chain, complete, reconcile));
  }
  answer.done();
}

// Deletes are soft. A deleted contact that keeps its number is no contact, but the reason for a refusal.
void read_contact(const Json& contact, const RowsByNumber& rows, Chain& chain, kit::Answer& answer) {
  const auto* named = rows_of(contact, rows);
  if (named == nullptr) return;
  const bool active = kit::equals_ignoring_case(contact["status"].string_or("ACTIVE"), "ACTIVE");
  const bool refused = chain.sent_ms != 0 || !chain.refusal.empty();
  for (const std::uint32_t row : *named) {
    if (chain.decided[row] || (!active && !refused)) continue;
    chain.decided[row] = true;
    answer.row(row, active ? listed(chain, contact)
                           : Outcome::rejected("number_of_deleted_contact",
                                               "a deleted contact of the bot keeps this number, and Kore.ai did not take it again"));
  }
}

void decode_page(const Connector& connector, const kit::Batch& batch, Chain chain, const Json& json,
                 kit::Answer& answer) {
  const Json* contacts = list_of(json, {"results", "contacts", "data"});
  if (contacts == nullptr)
    return answer.finish(Directive::retry("bad_answer", "Kore.ai's list of contacts cannot be read"));
  const RowsByNumber rows = rows_by_number(batch);
  // Active contacts first: a number may have been deleted and made anew.
  for (const Json& contact : contacts->items())
    if (kit::equals_ignoring_case(contact["status"].string_or("ACTIVE"), "ACTIVE")) read_contact(contact, rows, chain, answer);
  for (const Json& contact : contacts->items())
    if (!kit::equals_ignoring_case(contact["status"].string_or("ACTIVE"), "ACTIVE")) read_contact(contact, rows, chain, answer);

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
    return answer.finish(Directive::next(chain.to_text()));
  }
  finish_list(connector, batch, std::move(chain), !endless, answer);
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  const bool rows = step.is(kit::Operation::Import) || step.is(kit::Operation::Reconcile);
  Chain chain = rows ? Chain::of(batch, step) : Chain{Chain::Phase::List};
  const bool upload = rows && chain.phase == Chain::Phase::Send;
  const Purpose purpose = upload ? Purpose::Send : rows ? Purpose::Follow : Purpose::Ask;
  if (const auto fault = fault_of(response, purpose, step.now_ms())) {
    // Whether a single row was refused because it is there, the list says; which of several it is, only halves can tell.
    const VendorError error = read_error(response.body());
    const bool look = upload && fault->kind == SWB_SPLIT && batch.rows() == 1 && verify && kit::hints_at_duplicate(response.status(), error.message);
    if (!look) return answer.finish(*fault);
    chain.phase = Chain::Phase::List;
    chain.refusal = fault->message.value_or("refused");
    return answer.finish(Directive::next(chain.to_text()));
  }
  const auto json = Json::parse(response.body());
  if (!json) {
    const std::string message = "Kore.ai's answer is not JSON";
    return answer.finish(upload ? Directive::in_doubt("bad_answer", message) : Directive::retry("bad_answer", message));
  }
  if (upload) return decode_upload(*this, batch, step, response, std::move(chain), *json, answer);
  if (rows) return decode_page(*this, batch, std::move(chain), *json, answer);
  answer.done();
}

}  // namespace koreai
