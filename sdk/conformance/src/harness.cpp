#include <switchboard/conformance/harness.h>

#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <iterator>

#include "operations.h"
#include "recorder.h"

namespace switchboard::conformance {

namespace {

const swb_header* copy_headers(Arena& arena, const Headers& headers) {
  auto* out = arena.array<swb_header>(headers.size());
  for (std::size_t i = 0; i < headers.size(); ++i)
    out[i] = {arena.text(headers[i].first), arena.text(headers[i].second)};
  return out;
}

const swb_batch* copy_batch(Arena& arena, const Contacts& contacts) {
  auto* columns = arena.array<swb_str>(contacts.columns.size());
  for (std::size_t c = 0; c < contacts.columns.size(); ++c) columns[c] = arena.text(contacts.columns[c]);
  auto* cells = arena.array<swb_str>(contacts.rows.size() * contacts.columns.size());
  auto* ids = arena.array<swb_str>(contacts.rows.size());
  std::size_t at = 0;
  for (std::size_t r = 0; r < contacts.rows.size(); ++r) {
    ids[r] = arena.text(contacts.row_ids[r]);
    for (const auto& cell : contacts.rows[r]) cells[at++] = cell ? arena.text(*cell) : swb_str{nullptr, 0};
  }
  swb_batch batch{};
  batch.struct_size = sizeof batch;
  batch.n_rows = contacts.size();
  batch.n_columns = static_cast<std::uint32_t>(contacts.columns.size());
  batch.n_fields = contacts.n_fields;
  batch.columns = columns;
  batch.cells = cells;
  batch.row_ids = ids;
  return arena.copy(batch);
}

const swb_step* copy_step(Arena& arena, const Where& where) {
  swb_step step{};
  step.struct_size = sizeof step;
  step.op = where.op;
  step.step = where.step;
  step.attempt = where.attempt;
  step.now_ms = where.now_ms;
  step.state = arena.text(where.state);
  step.chain_id = arena.text(where.chain_id);
  step.job_ms = where.job_ms;
  if (!where.import_state.empty()) step.import_state = arena.text(where.import_state);
  return arena.copy(step);
}

void append(std::string& out, const std::string& text) { out += std::to_string(text.size()) + ':' + text; }
void append(std::string& out, const std::optional<std::string>& text) {
  text ? append(out, *text) : void(out += '-');
}
void append(std::string& out, std::uint64_t number) { out += std::to_string(number) + ';'; }

}  // namespace

std::string op_name(std::uint32_t op) {
  for (const auto& operation : kOperations)
    if (operation.number == op) return operation.name;
  return "operation " + std::to_string(op);
}

std::string directive_name(std::uint32_t kind) {
  static const char* const kNames[] = {"none",  "DONE",   "NEXT",   "POLL",     "RETRY", "THROTTLE",
                                       "SPLIT", "SHRINK", "REAUTH", "IN_DOUBT", "ABORT"};
  return kind < 11 ? kNames[kind] : "directive " + std::to_string(kind);
}

std::string result_name(std::uint32_t result) {
  static constexpr const char* kNames[] = {"none",     "accepted", "created", "updated", "unchanged",
                                           "rejected", "unknown",  "absent",  "resend"};
  static_assert(std::size(kNames) == kLastResult + 1, "a result of a row has no word");
  return result <= kLastResult ? kNames[result] : "result " + std::to_string(result);
}

Contacts Contacts::none(const kit::Json& manifest) {
  Contacts out;
  for (const kit::Json& field : manifest["fields"].items())
    out.columns.push_back(field["name"].string_or(""));
  out.n_fields = static_cast<std::uint32_t>(out.columns.size());
  return out;
}

Contacts Contacts::of(const kit::Json& manifest,
                      const std::vector<std::map<std::string, std::string>>& rows) {
  Contacts out = none(manifest);
  const auto index = [&out](const std::string& name) {
    return std::find(out.columns.begin(), out.columns.end(), name);
  };
  for (const auto& row : rows) {
    for (const auto& [name, value] : row) {
      if (index(name) == out.columns.end()) out.columns.push_back(name);
    }
  }
  for (const auto& row : rows) {
    auto& cells = out.rows.emplace_back(out.columns.size());
    for (const auto& [name, value] : row)
      cells[static_cast<std::size_t>(index(name) - out.columns.begin())] = value;
    out.row_ids.push_back("row-" + std::to_string(out.rows.size()));
  }
  return out;
}

Contacts Contacts::slice(std::uint32_t first, std::uint32_t count) const {
  Contacts out;
  out.columns = columns;
  out.n_fields = n_fields;
  out.rows.assign(rows.begin() + first, rows.begin() + first + count);
  out.row_ids.assign(row_ids.begin() + first, row_ids.begin() + first + count);
  return out;
}

const std::string* Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (kit::equals_ignoring_case(key, name)) return &value;
  }
  return nullptr;
}

std::string Emitted::fingerprint() const {
  std::string out;
  append(out, static_cast<std::uint64_t>(static_cast<std::uint32_t>(status)));
  append(out, subject), append(out, reason), append(out, text);
  for (const Request& r : requests) {
    append(out, r.method), append(out, r.path), append(out, r.auth), append(out, r.bucket),
        append(out, r.body);
    for (const auto& [name, value] : r.headers) append(out, name), append(out, value);
    append(out, r.replay), append(out, r.first), append(out, r.count), append(out, r.tag);
  }
  for (const Outcome& o : outcomes) {
    append(out, o.row), append(out, o.result), append(out, o.vendor_id), append(out, o.code),
        append(out, o.field), append(out, o.message);
  }
  for (const Directive& d : directives) {
    append(out, d.kind), append(out, d.reason), append(out, d.delay_ms), append(out, d.state),
        append(out, d.code), append(out, d.message);
  }
  for (const Item& i : items) append(out, i.kind), append(out, i.id), append(out, i.label);
  for (const Response& r : responses) {
    append(out, r.http_status), append(out, r.body);
    for (const auto& [name, value] : r.headers) append(out, name), append(out, value);
  }
  return out;
}

std::string Emitted::trouble() const {
  std::string out;
  if (status != SWB_OK)
    out = "status " + std::to_string(status) + (reason.empty() ? "" : " (" + reason + ")");
  for (const std::string& violation : violations) out += (out.empty() ? "" : "; ") + violation;
  return out;
}

Session::~Session() { plugin_.close(session_); }

Emitted Session::encode(const Contacts& contacts, const Where& where, swb_status sink_status) const {
  Recorder recorder(Expect::Requests, contacts.size(), sink_status);
  return encode_with(recorder, contacts, where);
}

Emitted Session::encode_interrupted(const Contacts& contacts, const Where& where, const std::function<void()>& meanwhile) const {
  Recorder recorder(Expect::Requests, contacts.size(), SWB_OK);
  recorder.meanwhile = meanwhile;
  return encode_with(recorder, contacts, where);
}

Emitted Session::encode_with(Recorder& recorder, const Contacts& contacts, const Where& where) const {
  const auto* batch = copy_batch(recorder.arena, contacts);
  const auto* step = copy_step(recorder.arena, where);
  recorder.emitted.status = plugin_.encode(recorder.handle(), session_, batch, step);
  if (recorder.emitted.status == SWB_OK && recorder.emitted.requests.empty())
    recorder.emitted.violations.push_back("encode() put no request");
  if (recorder.emitted.requests.size() > 1 && (!changes(where.op) || where.step != 0)) {
    recorder.emitted.violations.push_back("several requests outside step 0 of an import");
  }
  return std::move(recorder.emitted);
}

Emitted Session::decode(const Contacts& contacts, const Where& where, const Response& response,
                        swb_status sink_status) const {
  Recorder recorder(Expect::Answer, contacts.size(), sink_status);
  return decode_with(recorder, contacts, where, response);
}

Emitted Session::decode_interrupted(const Contacts& contacts, const Where& where, const Response& response, const std::function<void()>& meanwhile) const {
  Recorder recorder(Expect::Answer, contacts.size(), SWB_OK);
  recorder.meanwhile = meanwhile;
  return decode_with(recorder, contacts, where, response);
}

Emitted Session::decode_with(Recorder& recorder, const Contacts& contacts, const Where& where, const Response& response) const {
  const auto* batch = copy_batch(recorder.arena, contacts);
  const auto* step = copy_step(recorder.arena, where);
  swb_response answer{};
  answer.struct_size = sizeof answer;
  answer.http_status = response.http_status;
  answer.transport = response.transport;
  answer.headers = copy_headers(recorder.arena, response.headers);
  answer.n_headers = static_cast<std::uint32_t>(response.headers.size());
  answer.body = recorder.arena.text(response.body);
  answer.tag = response.tag;
  answer.elapsed_ms = response.elapsed_ms;
  recorder.emitted.status =
      plugin_.decode(recorder.handle(), session_, batch, step, recorder.arena.copy(answer));
  if (recorder.emitted.status == SWB_OK && recorder.emitted.directives.empty())
    recorder.emitted.violations.push_back("decode() put no directive");
  for (const Outcome& outcome : recorder.emitted.outcomes) {
    if (outcome.field && std::find(contacts.columns.begin(), contacts.columns.end(), *outcome.field) == contacts.columns.end())
      recorder.emitted.violations.push_back("an outcome blames " + *outcome.field + ", which is no field");
  }
  return std::move(recorder.emitted);
}

Account::~Account() { sandbox_.close(account_); }

Emitted Account::serve(const Request& request, std::int64_t now_ms) {
  Recorder recorder(Expect::Response, 0, SWB_OK);
  Arena& arena = recorder.arena;
  swb_request asked{};
  asked.struct_size = sizeof asked;
  asked.replay = request.replay;
  asked.method = arena.text(request.method);
  asked.path = arena.text(request.path);
  asked.auth = arena.text(request.auth);
  asked.bucket = arena.text(request.bucket);
  asked.headers = copy_headers(arena, request.headers);
  asked.n_headers = static_cast<std::uint32_t>(request.headers.size());
  asked.body = arena.text(request.body);
  asked.tag = request.tag;
  recorder.emitted.status = sandbox_.serve(recorder.handle(), account_, arena.copy(asked), now_ms);
  if (recorder.emitted.status == SWB_OK && recorder.emitted.responses.empty())
    recorder.emitted.violations.push_back("serve() put no response");
  return std::move(recorder.emitted);
}

Emitted Account::dump() {
  Recorder recorder(Expect::Text, 0, SWB_OK);
  recorder.emitted.status = sandbox_.dump(recorder.handle(), account_);
  return std::move(recorder.emitted);
}

std::unique_ptr<Session> Library::open(const std::string& settings_json, Emitted& emitted) const {
  Recorder recorder(Expect::Nothing, 0, SWB_OK);
  swb_session* session = nullptr;
  recorder.emitted.status = plugin_.open(recorder.handle(), recorder.arena.text(settings_json), &session);
  emitted = std::move(recorder.emitted);
  if (emitted.status != SWB_OK) return nullptr;
  return std::make_unique<Session>(plugin_, session);
}

std::unique_ptr<Account> Library::open_account(const std::string& options_json, Emitted& emitted) const {
  if (!sandbox_) {
    emitted.status = SWB_E_UNSUPPORTED;
    return nullptr;
  }
  Recorder recorder(Expect::Nothing, 0, SWB_OK);
  swb_account* account = nullptr;
  recorder.emitted.status = sandbox_->open(recorder.handle(), recorder.arena.text(options_json), &account);
  emitted = std::move(recorder.emitted);
  if (emitted.status != SWB_OK) return nullptr;
  return std::make_unique<Account>(*sandbox_, account);
}

bool Library::offers(std::uint32_t op) const {
  for (const kit::Json& name : manifest_["operations"].items()) {
    if (name.as_string() == op_name(op)) return true;
  }
  return false;
}

}  // namespace switchboard::conformance
