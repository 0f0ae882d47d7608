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
  if (!json) return {"", kit::fault_message(body)};
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

bool says_duplicate(std::string_view message) {
  return kit::contains_ignoring_case(message, "duplicate") || kit::contains_ignoring_case(message, "already exist");
}

// nullopt for a 2xx answer.
std::optional<Directive> fault_of(const kit::Response& response, Purpose purpose, std::int64_t now_ms) {
  constexpr std::uint64_t kWindowMs = 60'000;
  if (says_rate_limit(response) || response.status() == 429)
    return Directive::throttle(kit::retry_after_ms(response, now_ms).value_or(kWindowMs), "rate_limit",
                               "Kore.ai's rate limit for the account is reached");
  auto directive = kit::http_fault(response, purpose, now_ms);
  if (!directive || response.status() == 0) return directive;
  const VendorError error = read_error(response.body());
  std::string message = "Kore.ai answered HTTP " + std::to_string(response.status());
  if (!error.message.empty()) message += ": " + error.message;
  // 4002: wrong client id, client secret or claim.
  const bool credential = error.code == "401" || error.code == "4002";
  if (credential && response.status() < 500) return Directive::reauth("credential_refused", message);
  if (response.status() == 403)
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

// When the upload began, by the vendor's clock: only a difference of more than some seconds is the clock's, the rest
// is the Date header's whole seconds.
std::int64_t began_ms(const kit::Response& response, std::int64_t now_ms) {
  constexpr std::int64_t kTolerance = 5000;
  const auto date = response.header("date");
  const auto vendor_ms = date ? kit::parse_http_date(*date) : std::nullopt;
  const std::int64_t skew = vendor_ms ? *vendor_ms - now_ms : 0;
  return now_ms - response.elapsed_ms() + (skew > kTolerance || skew < -kTolerance ? skew : 0);
}

void decode_upload(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                   const kit::Response& response, Chain chain, const Json& json, kit::Answer& answer) {
  const Json* contacts = list_of(json, {"contacts", "results", "data"});
  if (contacts == nullptr)
    return answer.finish(Directive::in_doubt("bad_answer", "Kore.ai's answer to the upload is no list of contacts"));
  const RowsByNumber rows = rows_by_number(batch);
  for (const Json& contact : contacts->items()) {
    const auto* named = rows_of(contact, rows);
    if (named == nullptr) continue;
    for (const std::uint32_t row : *named) {
      if (chain.decided[row]) continue;
      chain.decided[row] = true;
      answer.row(row, Outcome::created(id_of(contact)));
      break;  // one contact of an answer is one row
    }
  }
  if (chain.all_decided()) return answer.done();
  if (!connector.verify) {
    answer.rest(Outcome::unknown("not_named", "Kore.ai's answer does not name this contact, and verify is off"));
    return answer.done();
  }
  chain.phase = Chain::Phase::List;
  chain.sent_ms = began_ms(response, step.now_ms());
  answer.finish(Directive::next(chain.to_text()));
}

// ---- The list ----

// After an upload that was answered, a contact that the answer does not name was there before, unless the list says
// that it is of this run. After one whose answer was lost, nobody can say.
Outcome listed(const Chain& chain, const Json& contact) {
  if (chain.sent_ms == 0) return Outcome::accepted().with_id(id_of(contact));
  const auto created_ms = kit::parse_iso8601(contact["createdAt"].string_or(""));
  if (created_ms && *created_ms >= chain.sent_ms) return Outcome::created(id_of(contact));
  return Outcome::unchanged().with_id(id_of(contact));
}

void finish_list(const Connector& connector, const kit::Batch& batch, Chain chain, bool complete, kit::Answer& answer) {
  if (chain.all_decided()) return answer.done();
  const bool reconcile = chain.sent_ms == 0;
  if (complete && reconcile && !chain.second_look && connector.settle_ms > 0) {
    // The upload may still be at work: only what is missing twice is missing.
    chain.skip = 0;
    chain.second_look = true;
    return answer.finish(Directive::next(chain.to_text(), connector.settle_ms));
  }
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (chain.decided[row]) continue;
    if (!complete)
      answer.row(row, Outcome::unknown("list_incomplete", "Kore.ai's list of contacts could not be read to its end"));
    else if (reconcile)
      answer.row(row, Outcome::absent());
    else
      answer.row(row, Outcome::rejected("not_imported",
                                        "Kore.ai took the file but did not import this contact, and gives no reason"));
  }
  answer.done();
}

void decode_page(const Connector& connector, const kit::Batch& batch, Chain chain, const Json& json,
                 kit::Answer& answer) {
  const Json* contacts = list_of(json, {"results", "contacts", "data"});
  if (contacts == nullptr)
    return answer.finish(Directive::retry("bad_answer", "Kore.ai's list of contacts cannot be read"));
  // The names of the paging parameters are a guess: an answer for another page would count contacts twice and miss others.
  const auto skip = json["skip"].as_int();
  const bool other_page = skip && *skip != chain.skip;
  const RowsByNumber rows = rows_by_number(batch);
  for (const Json& contact : contacts->items()) {
    const std::string status = contact["status"].string_or("ACTIVE");
    if (!kit::equals_ignoring_case(status, "ACTIVE")) continue;  // deletes are soft
    const auto* named = rows_of(contact, rows);
    if (named == nullptr) continue;
    for (const std::uint32_t row : *named) {
      if (chain.decided[row]) continue;
      chain.decided[row] = true;
      answer.row(row, listed(chain, contact));
    }
  }
  constexpr std::int64_t kMaxListed = 1'000'000;
  const std::int64_t seen = chain.skip + static_cast<std::int64_t>(contacts->size());
  const auto total = json["totalResults"].as_int();
  const auto has_more = json["hasMore"].as_bool();
  const bool more = has_more ? *has_more : total ? seen < *total : contacts->size() >= kPageSize;
  const bool endless = more && (contacts->size() == 0 || other_page || seen > kMaxListed);
  if (more && !endless && !chain.all_decided()) {
    chain.skip = seen;
    return answer.finish(Directive::next(chain.to_text()));
  }
  finish_list(connector, batch, std::move(chain), !endless && !other_page, answer);
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  const bool rows = step.is(kit::Operation::Import) || step.is(kit::Operation::Reconcile);
  Chain chain = rows ? Chain::of(batch, step) : Chain{Chain::Phase::List};
  const bool upload = rows && chain.phase == Chain::Phase::Send;
  const Purpose purpose = upload ? Purpose::Send : rows ? Purpose::Follow : Purpose::Ask;
  if (const auto fault = fault_of(response, purpose, step.now_ms())) {
    // A single row that the vendor says it has already is no bad row; which of several it is, only halves can tell.
    const bool duplicate = upload && fault->kind == SWB_SPLIT && batch.rows() == 1 &&
                           says_duplicate(read_error(response.body()).message);
    if (!duplicate) return answer.finish(*fault);
    answer.row(0, Outcome::unchanged());
    return answer.done();
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
