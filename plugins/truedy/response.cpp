// Vendor answer → outcomes and directive. What counts leave open is looked up in check.cpp.
#include "connector.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <span>
#include <utility>

namespace truedy {
namespace {

using kit::Directive;
using kit::Json;
using kit::Outcome;
using kit::Purpose;

// ---- Errors ----

struct VendorError {
  std::string code, message, request_id;
  std::optional<std::int64_t> reset_at_ms;
  bool names_folder = false;
};

// {"error": {…}, "meta": {…}}, the same below "detail", or FastAPI's {"detail": [{"loc", "msg", "type"}]}.
VendorError read_error(std::string_view body) {
  VendorError out;
  const auto json = Json::parse(body);
  if (!json) return out;
  const Json& detail = (*json)["detail"];
  const Json& root = detail.is_object() ? detail : *json;
  const Json& error = root["error"].is_object() ? root["error"] : root;
  out.code = kit::to_code(error["code"].string_or(""));
  out.message = error["message"].string_or("");
  if (const auto reset_at = error["details"]["reset_at"].as_string())
    out.reset_at_ms = kit::parse_iso8601(*reset_at);
  for (const Json& problem : detail.items()) {
    std::string place;
    for (const Json& step : problem["loc"].items()) place += (place.empty() ? "" : ".") + step.string_or("");
    if (out.message.empty()) {
      out.code = kit::to_code(problem["type"].string_or(""));
      out.message = place + (place.empty() ? "" : ": ") + problem["msg"].string_or("");
    }
    out.names_folder = out.names_folder || place.find("folder_id") != std::string::npos;
  }
  if (out.message.empty()) out.message = kit::fault_message(body);
  out.names_folder = out.names_folder || kit::contains_ignoring_case(out.message, "folder") ||
                     error["details"].to_text().find("folder_id") != std::string::npos;
  const Json& meta = root["meta"].is_object() ? root["meta"] : (*json)["meta"];
  out.request_id = meta["request_id"].string_or("");
  return out;
}

// nullopt for a 2xx answer.
std::optional<Directive> fault_of(const Connector& connector, const kit::Response& response, Purpose purpose,
                                  std::int64_t now_ms) {
  auto directive = kit::http_fault(response, purpose, now_ms);
  if (!directive || response.status() == 0) return directive;
  const VendorError error = read_error(response.body());
  std::string message = "Truedy answered HTTP " + std::to_string(response.status());
  if (const std::string words = kit::fault_words(response, error.message); !words.empty()) message += ": " + words;
  if (!error.request_id.empty()) message += " (request " + error.request_id + ")";
  if (!error.code.empty()) directive->code = error.code;

  const bool folder_refused =
      connector.folder_id && purpose != Purpose::Follow &&
      (response.status() == 404 || (directive->kind == SWB_SPLIT && error.names_folder));
  if (folder_refused)
    return Directive::abort(kit::Reason::Setting, directive->code.value_or("folder_not_found"),
                            message + "; check the setting folder_id");
  if (response.status() == 404 && purpose != Purpose::Follow) message += "; check the address (--base-url)";

  // The guide says that no Retry-After is sent; the time at which the window ends stands in the body.
  if (response.status() == 429 && directive->delay_ms == 0) {
    constexpr std::uint64_t kWindowMs = 60'000;
    const std::int64_t wait_ms = error.reset_at_ms ? *error.reset_at_ms - now_ms : -1;
    directive->delay_ms = !error.reset_at_ms
                              ? kWindowMs
                              : static_cast<std::uint64_t>(std::max<std::int64_t>(wait_ms, 0)) + 1000;
  }
  directive->message = message;
  return directive;
}

// ---- The answer to an upload ----

struct Refused {
  std::map<std::uint32_t, std::string> rows;  ///< with their reasons
  std::string reason;                         ///< of the others, where they have one in common
};

// The number that `row` gives to the first contact, where only one of the two that are known fits all details.
std::vector<std::int64_t> possible_bases(std::span<const Json> details, std::uint32_t rows) {
  std::vector<std::int64_t> bases;
  for (const std::int64_t base : {2, 1}) {
    const bool fits = std::all_of(details.begin(), details.end(), [&](const Json& detail) {
      const auto number = detail["row"].as_int();
      return !number || (*number >= base && *number - base < rows);
    });
    if (fits) bases.push_back(base);
  }
  return bases;
}

// Rows whose number ends with these digits: some vendors show only the last ones.
std::vector<std::uint32_t> rows_ending_with(const RowsByPhone& by_phone, const std::string& digits) {
  constexpr std::size_t kTelling = 4;
  std::vector<std::uint32_t> rows;
  for (const auto& [number, its_rows] : by_phone)
    if (digits.size() >= kTelling && number.ends_with(digits)) rows.insert(rows.end(), its_rows.begin(), its_rows.end());
  return rows;
}

// The rows that error_details are about. Phones decide; `row` only where a phone stands in the batch more
// than once or is not given. Whether the header counts as row 1 is not documented: what the phones prove goes
// first.
Refused refused_rows(const Connector& connector, const kit::Batch& batch,
                                                  std::span<const Json> details) {
  const RowsByPhone by_phone = rows_by_phone(batch);
  std::map<std::uint32_t, std::string> refused;
  std::vector<std::int64_t> bases;
  if (connector.row_base) bases = {*connector.row_base};
  std::vector<std::string> reasons;  // of details that name no row
  bool bases_agree = true;
  std::vector<std::pair<const Json*, std::vector<std::uint32_t>>> undecided;

  for (const Json& detail : details) {
    const std::string digits = kit::digits_of(phone_of(detail));
    const auto rows = by_phone.find(digits);
    if (digits.empty()) {
      undecided.emplace_back(&detail, std::vector<std::uint32_t>());
    } else if (rows != by_phone.end() && rows->second.size() > 1) {
      undecided.emplace_back(&detail, rows->second);
    } else if (rows == by_phone.end()) {
      undecided.emplace_back(&detail, rows_ending_with(by_phone, digits));
    } else {
      const std::uint32_t row = rows->second.front();
      refused.emplace(row, detail["reason"].string_or(""));
      const auto number = detail["row"].as_int();
      if (!number || connector.row_base) continue;
      if (bases.empty()) bases.push_back(*number - row);
      bases_agree = bases_agree && bases.front() == *number - row;
    }
  }

  if (bases.empty()) bases = possible_bases(details, batch.rows());
  const bool base_known = bases.size() == 1 && bases_agree;
  if (!base_known) bases = {2, 1};
  for (const auto& [detail, candidates] : undecided) {
    const std::string reason = (*detail)["reason"].string_or("");
    if (candidates.size() == 1 && refused.emplace(candidates.front(), reason).second) continue;
    const auto number = (*detail)["row"].as_int();
    bool named = false;
    for (const std::int64_t base : bases) {
      if (named || !number || (candidates.empty() && !base_known)) break;
      const std::int64_t at = *number - base;
      if (at < 0 || at >= batch.rows()) continue;
      const auto row = static_cast<std::uint32_t>(at);
      const bool possible =
          candidates.empty() || std::find(candidates.begin(), candidates.end(), row) != candidates.end();
      named = possible && refused.emplace(row, reason).second;
    }
    if (!named) reasons.push_back(reason);
  }
  const bool common = !reasons.empty() && std::count(reasons.begin(), reasons.end(), reasons.front()) ==
                                              static_cast<std::ptrdiff_t>(reasons.size());
  return {refused, common ? reasons.front() : ""};
}

std::optional<Counts> read_counts(const Json& data) {
  bool any = false;
  const auto count = [&](std::string_view name) {
    const auto value = data[name].as_int();
    any = any || value;
    return std::max<std::int64_t>(0, value.value_or(0));
  };
  const Counts counts{count("imported"), count("updated"), count("skipped"), count("errors")};
  return any ? std::optional(counts) : std::nullopt;
}

// What became of a row that was not refused. Counts of one kind speak for all rows; mixed ones only together
// with a snapshot that they agree with.
Outcome stored_row(const Counts& counts, const Chain& chain, std::uint32_t row, std::int64_t new_rows) {
  if (counts.imported == counts.stored()) return Outcome::created();
  if (counts.updated == counts.stored()) return Outcome::updated();
  if (counts.skipped == counts.stored()) return Outcome::unchanged();
  if (!chain.has_snapshot || counts.imported != new_rows) return Outcome::accepted();
  if (!chain.found[row]) return Outcome::created();
  if (counts.skipped == 0) return Outcome::updated();
  if (counts.updated == 0) return Outcome::unchanged();
  return Outcome::accepted();
}

void decode_upload(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                   const kit::Response& response, Chain chain, const Json& json, kit::Answer& answer) {
  const Json& data = json["data"].is_object() ? json["data"] : json;
  const auto counts = read_counts(data);
  if (!counts)
    return answer.finish(Directive::in_doubt("bad_answer", "Truedy's answer to the upload holds no counts"));

  const kit::Column phone = batch.column("phone");
  const auto refused = refused_rows(connector, batch, data["error_details"].items());
  for (const auto& [row, reason] : refused.rows) {
    answer.row(row, refusal(reason, batch.cell(row, phone).value_or("")));
    chain.decided[row] = true;
  }
  const std::int64_t rows = batch.rows();
  const auto refused_count = static_cast<std::int64_t>(refused.rows.size());
  if (refused_count == rows) return answer.done();
  if (counts->stored() == 0 && counts->errors >= rows) {
    for (std::uint32_t row = 0; row < batch.rows(); ++row)
      if (!answer.answered(row)) answer.row(row, refusal(refused.reason, batch.cell(row, phone).value_or("")));
    return answer.done();
  }
  if (counts->errors < refused_count || counts->stored() + counts->errors != rows)
    return answer.finish(Directive::in_doubt(
        "counts_do_not_match",
        "Truedy's counts do not match the rows that were sent and the errors that it names"));

  chain.counts = *counts;
  chain.reason = refused.reason;
  const bool one_kind = std::max({counts->imported, counts->updated, counts->skipped}) == counts->stored();
  if (counts->errors > refused_count || (!one_kind && !chain.has_snapshot && connector.verify))
    return start_check(step, response, std::move(chain), answer);

  std::int64_t new_rows = 0;
  for (std::uint32_t row = 0; row < batch.rows(); ++row)
    new_rows += !answer.answered(row) && !chain.found[row];
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (!answer.answered(row)) answer.row(row, stored_row(*counts, chain, row, new_rows));
  }
  answer.done();
}

// ---- Lists ----

// The array of a list answer, wherever this generation of the API puts it.
const Json* list_of(const Json& json, std::initializer_list<std::string_view> names) {
  const Json& data = json["data"];
  if (data.is_array()) return &data;
  if (json.is_array()) return &json;
  for (const std::string_view name : names) {
    for (const Json* place : {&data, &json}) {
      if ((*place)[name].is_array()) return &(*place)[name];
    }
  }
  return nullptr;
}

bool has_more(const Json& json, std::int64_t seen, std::size_t items) {
  for (const Json* place : {&json, &json["data"], &json["meta"]}) {
    const Json& pagination = (*place)["pagination"].is_object() ? (*place)["pagination"] : *place;
    if (const auto more = pagination["has_more"].as_bool()) return *more;
    if (const auto total = pagination["total"].as_int()) return seen < *total;
  }
  return items >= static_cast<std::size_t>(kPageSize);
}

std::string plain(std::string_view text) { return kit::lower(kit::clean_text(text)); }

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
    if (value == nullptr || plain(value->string_or("")) != plain(sent)) return false;
  }
  return true;
}

// Marks the rows that the page shows. In a reconciliation they get their outcome: with overwrite_existing a
// contact that was there before counts only once it shows what was sent.
void find_rows(const Connector& connector, const kit::Batch& batch, std::span<const Json> contacts,
               bool reconcile, Chain& chain, kit::Answer& answer) {
  const RowsByPhone by_phone = rows_by_phone(batch);
  for (const Json& contact : contacts) {
    const auto rows = by_phone.find(kit::digits_of(phone_of(contact)));
    if (rows == by_phone.end()) continue;
    for (const std::uint32_t row : rows->second) {
      if (chain.found[row]) continue;
      if (reconcile && connector.overwrite_existing && !shows(contact, batch, row)) continue;
      chain.found[row] = true;
      if (!reconcile) continue;
      const auto id = contact["id"].as_string();
      answer.row(row, Outcome::accepted().with_id(id ? std::optional<std::string>(*id) : std::nullopt));
    }
  }
}

void finish_reconciliation(const Connector& connector, const kit::Batch& batch, Chain chain, bool complete,
                           kit::Answer& answer) {
  if (chain.all_found()) return answer.done();
  if (complete && !chain.second_look && connector.settle_ms > 0) {
    // The upload may still be at work: only what is missing twice is missing.
    chain.start_list(Chain::Phase::List);
    chain.second_look = true;
    return answer.finish(Directive::next(chain.to_text(), connector.settle_ms));
  }
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (chain.found[row]) continue;
    answer.row(row, complete ? Outcome::absent()
                             : Outcome::unknown("list_incomplete",
                                                "Truedy's list of contacts could not be read to its end"));
  }
  answer.done();
}

void decode_page(const Connector& connector, const kit::Batch& batch, const kit::Step& step, Chain chain,
                 const Json& json, kit::Answer& answer) {
  const Json* contacts = list_of(json, {"contacts", "items", "results"});
  if (contacts == nullptr)
    return answer.finish(Directive::retry("bad_answer", "Truedy's list of contacts cannot be read"));
  const bool reconcile = step.is(kit::Operation::Reconcile), check = chain.phase == Chain::Phase::Check;
  if (!check) find_rows(connector, batch, contacts->items(), reconcile, chain, answer);

  constexpr std::int64_t kMaxListed = 10'000'000;
  const std::string mark = contacts->at(0)["id"].string_or("");
  const bool repeated = !mark.empty() && mark == chain.mark;  // the offset was ignored
  chain.offset += static_cast<std::int64_t>(contacts->size());
  const bool more = has_more(json, chain.offset, contacts->size());
  const bool endless = more && (contacts->size() == 0 || repeated || chain.offset > kMaxListed);
  if (check) {
    chain.mark = mark;
    return decode_check(connector, batch, std::move(chain), contacts->items(), more && !endless, !endless && !repeated, answer);
  }
  if (more && !endless && !chain.all_found()) {
    chain.mark = mark;
    return answer.finish(Directive::next(chain.to_text()));
  }
  const bool complete = !endless && !repeated;
  if (reconcile) return finish_reconciliation(connector, batch, std::move(chain), complete, answer);
  chain.phase = Chain::Phase::Send;
  chain.has_snapshot = complete || chain.all_found();
  answer.finish(Directive::next(chain.to_text()));
}

}  // namespace

Outcome refusal(std::string reason, std::string_view phone) {
  if (reason.empty()) return Outcome::rejected("refused", "Truedy refused this row and gives no reason");
  // A reason may repeat the number; neither a code nor a report holds one.
  for (const std::string& text : {std::string(phone), kit::digits_of(phone)}) {
    for (auto at = reason.find(text); !text.empty() && at != std::string::npos; at = reason.find(text, at))
      reason.replace(at, text.size(), "…");
  }
  const std::string code = kit::to_code(reason);
  Outcome outcome = Outcome::rejected(code.empty() ? "refused" : code, reason);
  for (const char* field : {"phone", "email", "name"}) {
    if (kit::contains_ignoring_case(reason, field)) return std::move(outcome).blaming(field);
  }
  return outcome;
}

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  const bool rows = step.is(kit::Operation::Import) || step.is(kit::Operation::Reconcile);
  const Chain chain = rows ? Chain::of(*this, batch, step) : Chain{Chain::Phase::List};
  const bool upload = chain.phase == Chain::Phase::Send;
  const bool check = rows && chain.phase == Chain::Phase::Check;
  const Purpose purpose = upload                                        ? Purpose::Send
                          : check || step.is(kit::Operation::Reconcile) ? Purpose::Follow
                                                                        : Purpose::Ask;
  if (const auto fault = fault_of(*this, response, purpose, step.now_ms())) {
    // The upload itself was answered: what a list would add is not worth the job.
    constexpr std::uint32_t kAttempts = 2;
    const bool patient = fault->kind == SWB_THROTTLE || fault->kind == SWB_REAUTH || (fault->kind == SWB_RETRY && step.attempt() < kAttempts);
    if (check && !patient) return finish_check(batch, chain, false, answer);
    return answer.finish(*fault);
  }

  const auto json = Json::parse(response.body());
  if (!json) {
    const std::string message = "Truedy's answer is not JSON";
    return answer.finish(upload ? Directive::in_doubt("bad_answer", message)
                                : Directive::retry("bad_answer", message));
  }
  if (upload) return decode_upload(*this, batch, step, response, chain, *json, answer);
  if (rows) return decode_page(*this, batch, step, chain, *json, answer);
  if (step.is(kit::Operation::Discover)) {
    const Json* folders = list_of(*json, {"folders", "items"});
    for (const Json& folder : folders != nullptr ? folders->items() : std::span<const Json>()) {
      const std::string id = folder["id"].string_or("");
      if (!id.empty()) answer.item("folder", id, folder["name"].string_or(id));
    }
  }
  answer.done();
}

}  // namespace truedy
