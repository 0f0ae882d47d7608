// Vendor answer → outcomes and directive.
#include "connector.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <span>
#include <unordered_map>
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
  if (!error.message.empty()) message += ": " + error.message;
  if (!error.request_id.empty()) message += " (request " + error.request_id + ")";
  if (!error.code.empty()) directive->code = error.code;

  const bool folder_refused =
      connector.folder_id && purpose != Purpose::Follow &&
      (response.status() == 404 || (directive->kind == SWB_SPLIT && error.names_folder));
  if (folder_refused)
    return Directive::abort(kit::Reason::Setting, directive->code.value_or("folder_not_found"),
                            message + "; check the setting folder_id: it takes a folder's id, not its name");

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

using RowsByPhone = std::unordered_map<std::string, std::vector<std::uint32_t>>;

// Digits only: as sent, with or without +, with or without punctuation.
RowsByPhone rows_by_phone(const kit::Batch& batch) {
  RowsByPhone rows;
  const kit::Column phone = batch.column("phone");
  for (std::uint32_t row = 0; row < batch.rows(); ++row)
    rows[kit::digits_of(batch.cell(row, phone).value_or(""))].push_back(row);
  return rows;
}

// The rows that error_details are about. Phones decide; `row` only where a phone stands in the batch more
// than once or is not given. Whether the header counts as row 1 is not documented: what the phones prove goes
// first.
std::map<std::uint32_t, std::string> refused_rows(const Connector& connector, const kit::Batch& batch,
                                                  std::span<const Json> details) {
  const RowsByPhone by_phone = rows_by_phone(batch);
  std::map<std::uint32_t, std::string> refused;
  std::vector<std::int64_t> bases;
  if (connector.row_base) bases = {*connector.row_base};
  bool bases_agree = true;
  std::vector<std::pair<const Json*, std::vector<std::uint32_t>>> undecided;

  for (const Json& detail : details) {
    const auto phone =
        detail["phone"].as_string() ? detail["phone"].as_string() : detail["phone_number"].as_string();
    const std::string digits = kit::digits_of(phone.value_or(""));
    const auto rows = by_phone.find(digits);
    if (digits.empty()) {
      undecided.emplace_back(&detail, std::vector<std::uint32_t>());
    } else if (rows != by_phone.end() && rows->second.size() > 1) {
      undecided.emplace_back(&detail, rows->second);
    } else if (rows != by_phone.end()) {
      const std::uint32_t row = rows->second.front();
      refused.emplace(row, detail["reason"].string_or(""));
      const auto number = detail["row"].as_int();
      if (!number || connector.row_base) continue;
      if (bases.empty()) bases.push_back(*number - row);
      bases_agree = bases_agree && bases.front() == *number - row;
    }
  }

  const bool base_known = bases.size() == 1 && bases_agree;
  if (!base_known) bases = {2, 1};
  for (const auto& [detail, candidates] : undecided) {
    const auto number = (*detail)["row"].as_int();
    if (!number || (candidates.empty() && !base_known)) continue;
    for (const std::int64_t base : bases) {
      const std::int64_t at = *number - base;
      if (at < 0 || at >= batch.rows()) continue;
      const auto row = static_cast<std::uint32_t>(at);
      const bool possible =
          candidates.empty() || std::find(candidates.begin(), candidates.end(), row) != candidates.end();
      if (possible && refused.emplace(row, (*detail)["reason"].string_or("")).second) break;
    }
  }
  return refused;
}

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

struct Counts {
  std::int64_t imported = 0, updated = 0, skipped = 0, errors = 0;
  std::int64_t stored() const { return imported + updated + skipped; }
};

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

void decode_upload(const Connector& connector, const kit::Batch& batch, const Chain& chain, const Json& json,
                   kit::Answer& answer) {
  const Json& data = json["data"].is_object() ? json["data"] : json;
  const auto counts = read_counts(data);
  if (!counts)
    return answer.finish(Directive::in_doubt("bad_answer", "Truedy's answer to the upload holds no counts"));

  const kit::Column phone = batch.column("phone");
  const auto refused = refused_rows(connector, batch, data["error_details"].items());
  for (const auto& [row, reason] : refused)
    answer.row(row, refusal(reason, batch.cell(row, phone).value_or("")));

  const std::int64_t rows = batch.rows();
  const auto refused_count = static_cast<std::int64_t>(refused.size());
  if (counts->stored() == 0 && counts->errors >= rows) {
    answer.rest(refusal("", ""));
    return answer.done();
  }
  if (refused_count < rows && (counts->errors != refused_count || counts->stored() != rows - refused_count))
    return answer.finish(Directive::in_doubt(
        "counts_do_not_match",
        "Truedy's counts do not match the rows that were sent and the errors that it names"));

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
    const auto phone =
        contact["phone"].as_string() ? contact["phone"].as_string() : contact["phone_number"].as_string();
    const auto rows = by_phone.find(kit::digits_of(phone.value_or("")));
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
    chain.offset = 0;
    chain.mark.clear();
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
  const bool reconcile = step.is(kit::Operation::Reconcile);
  find_rows(connector, batch, contacts->items(), reconcile, chain, answer);

  constexpr std::int64_t kMaxListed = 10'000'000;
  const std::string mark = contacts->at(0)["id"].string_or("");
  const bool repeated = !mark.empty() && mark == chain.mark;  // the offset was ignored
  chain.offset += static_cast<std::int64_t>(contacts->size());
  const bool more = has_more(json, chain.offset, contacts->size());
  const bool endless = more && (contacts->size() == 0 || repeated || chain.offset > kMaxListed);
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

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  const bool rows = step.is(kit::Operation::Import) || step.is(kit::Operation::Reconcile);
  const Chain chain = rows ? Chain::of(*this, batch, step) : Chain{Chain::Phase::List};
  const bool upload = chain.phase == Chain::Phase::Send;
  const Purpose purpose = upload                               ? Purpose::Send
                          : step.is(kit::Operation::Reconcile) ? Purpose::Follow
                                                               : Purpose::Ask;
  if (const auto fault = fault_of(*this, response, purpose, step.now_ms())) return answer.finish(*fault);

  const auto json = Json::parse(response.body());
  if (!json) {
    const std::string message = "Truedy's answer is not JSON";
    return answer.finish(upload ? Directive::in_doubt("bad_answer", message)
                                : Directive::retry("bad_answer", message));
  }
  if (upload) return decode_upload(*this, batch, chain, *json, answer);
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
