#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <set>
#include <string>

#include "account.h"
#include "counted.h"
#include "json_tree.h"
#include "operations.h"
#include "samples.h"
#include "subject.h"

namespace switchboard::conformance {

namespace {

bool known_host(const kit::Json& manifest, const std::string& url) {
  if (url.rfind(Simulation::kOrigin, 0) == 0) return true;
  const auto start = url.find("://") + 3;
  const std::string host = url.substr(start, url.find('/', start) - start);
  for (const kit::Json& entry : manifest["hosts"].items()) {
    if (entry.as_string() == host) return true;
  }
  for (const kit::Json& entry : manifest["base_urls"].items()) {
    if (entry["url"].string_or("").find("://" + host) != std::string::npos) return true;
  }
  return false;
}

/// What the host would refuse in a request beyond what the recorder already looks at.
void judge_request(const kit::Json& manifest, const Request& request, std::vector<std::string>& problems) {
  const std::string name = request.method + ' ' + kit::clean_text(request.path, 60);
  if (request.path.rfind("http", 0) == 0 && !known_host(manifest, request.path))
    problems.push_back(name + " goes to a host that the manifest does not declare");
  if (!request.auth.empty() && request.auth != "none") {
    const auto entries = manifest["auth"].items();
    if (std::none_of(entries.begin(), entries.end(),
                     [&](const kit::Json& e) { return e["id"].as_string() == request.auth; })) {
      problems.push_back(name + " names auth \"" + request.auth + "\", which the manifest does not have");
    }
  }
  if (!request.bucket.empty()) {
    const auto rates = manifest["limits"]["rates"].items();
    if (std::none_of(rates.begin(), rates.end(),
                     [&](const kit::Json& r) { return r["bucket"].as_string() == request.bucket; })) {
      problems.push_back(name + " names bucket \"" + request.bucket +
                         "\", for which the manifest has no rate");
    }
  }
  if (!request.body.empty() && request.header("content-type") == nullptr) problems.push_back(name + " carries a body without a Content-Type");
  for (const auto& [header, value] : request.headers) {
    for (const char* word : {"api-key", "apikey", "auth", "token", "secret", "sign"}) {
      if (kit::lower(header) == word || kit::lower(header) == "x-" + std::string(word))
        problems.push_back(name + " sends header " + header + ": credentials are the host's");
    }
  }
}

}  // namespace

Run Subject::import(const Contacts& contacts, Account* into, std::int64_t shift_ms) const {
  const auto fresh = into == nullptr ? account() : nullptr;
  Simulation simulation(library, *session, into == nullptr ? *fresh : *into, settings);
  simulation.now_ms += shift_ms;
  return simulation.run(SWB_IMPORT, contacts);
}

std::string account_options_with(const std::string& switches_json) {
  return kit::JsonWriter().object().member("base_url", Simulation::kOrigin).key("secrets").object().end().member_raw("options", switches_json).end().take();
}

std::unique_ptr<Account> Subject::account() const {
  Emitted emitted;
  return library.open_account(account_options, emitted);
}

namespace {

/// Settings that the manifest cannot require (one of two; a shape that may be switched off) are found by what
/// open() complains about. `made_up` takes their names.
std::unique_ptr<Session> open_somehow(Subject& subject, std::vector<std::string>& made_up, Emitted& emitted) {
  auto session = subject.library.open(subject.settings, emitted);
  for (int missing = 0; missing < 4 && !session; ++missing) {
    const std::string blamed = emitted.subject;
    const kit::Json given = kit::Json::parse(subject.options.settings_json).value_or(kit::Json());
    if (emitted.status != SWB_E_CONFIG || blamed.empty() || given.get(blamed) != nullptr) return nullptr;
    for (const std::string& guess : setting_guesses()) {
      const std::string changed = with_setting(subject.settings, blamed, guess);
      Emitted answer;
      session = subject.library.open(changed, answer);
      if (!session && answer.subject == blamed) continue;
      subject.settings = changed;
      made_up.push_back(blamed);
      emitted = answer;
      break;
    }
    if (!session && emitted.subject == blamed) return nullptr;
  }
  return session;
}

/// A made-up name of a folder or book does not exist in the emulator's account; one that is discovered there
/// does.
void adopt_discovered(Subject& subject, const std::vector<std::string>& made_up) {
  const auto account = subject.account();
  if (!account || !subject.library.offers(SWB_DISCOVER)) return;
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  const Run found = simulation.run(SWB_DISCOVER, Contacts::none(subject.library.manifest()));
  for (const kit::Json& setting : subject.library.manifest()["settings"].items()) {
    const std::string name = setting["name"].string_or("");
    const auto item = std::find_if(found.items.begin(), found.items.end(), [&](const Item& i) {
      return i.kind == setting["discover"].string_or("");
    });
    if (std::find(made_up.begin(), made_up.end(), name) == made_up.end() || item == found.items.end())
      continue;
    for (const std::string& value : {item->id, item->label}) {
      Emitted emitted;
      const std::string changed = with_setting(subject.settings, name, value);
      auto session = subject.library.open(changed, emitted);
      if (!session) continue;
      const auto fresh = subject.account();
      Simulation trial(subject.library, *session, *fresh, changed);
      if (!trial.run(SWB_IMPORT, subject.sample.slice(0, 1)).ok()) continue;
      subject.settings = changed;
      subject.session = std::move(session);
      break;
    }
  }
}

}  // namespace

bool check_settings(Subject& subject, Results& results) {
  results.begin("settings");
  Emitted emitted;
  std::vector<std::string> problems;
  std::vector<std::string> made_up;
  subject.session = open_somehow(subject, made_up, emitted);
  if (!subject.session) {
    results.fail("settings",
                 "open() refuses the sample settings " + subject.settings + ": " + emitted.subject + ": " +
                     emitted.reason +
                     " (give others with --settings, or put them into the manifest's sandbox.settings)");
    return false;
  }
  if (!made_up.empty()) adopt_discovered(subject, made_up);
  for (const char* odd : {"", "{", "[]", "7", "null", "{\"unknown_setting\":1}"}) {
    Emitted answer;
    (void)subject.library.open(odd, answer);  // refused or not: it must answer
    if (answer.status > 0) problems.push_back("open() returned " + std::to_string(answer.status));
  }
  std::string wrong = "{";
  for (const kit::Json& setting : subject.library.manifest()["settings"].items()) {
    wrong +=
        (wrong.size() > 1 ? "," : "") + kit::json_string(setting["name"].string_or("")) + ":{\"odd\":[1]}";
  }
  Emitted answer;
  if (!subject.library.open(wrong + "}", answer) && answer.status == SWB_E_CONFIG && answer.subject.empty() &&
      wrong.size() > 1) {
    problems.push_back("a wrong setting is refused without naming it");
  }
  if (answer.status == SWB_E_INTERNAL)
    problems.push_back("a wrong setting is an internal error: " + answer.reason);
  results.judge("settings", problems, "accepted: " + subject.settings);
  return true;
}

void check_encode(Subject& subject, Results& results) {
  const kit::Json& manifest = subject.library.manifest();
  std::vector<std::string> problems;
  std::size_t requests = 0;
  for (const auto& [op, name, carries_rows, changes, question] : kOperations) {
    const Contacts contacts = carries_rows ? subject.sample : Contacts::none(manifest);
    for (const std::uint32_t rows : {contacts.size(), contacts.size() > 0 ? 1u : 0u}) {
      Where where;
      where.op = op;
      where.chain_id = rows == 1 ? long_chain_id() : where.chain_id;
      const Emitted emitted = subject.session->encode(contacts.slice(0, rows), where);
      if (!subject.library.offers(op)) {
        if (emitted.status == SWB_OK)
          problems.push_back(op_name(op) + " is encoded although the manifest's operations do not name it");
        continue;
      }
      if (!emitted.ok()) problems.push_back(op_name(op) + ": " + emitted.trouble());
      for (const Request& request : emitted.requests) judge_request(manifest, request, problems);
      requests += emitted.requests.size();
    }
  }
  Where future;
  future.op = 99;
  if (subject.session->encode(subject.sample, future).status == SWB_OK)
    problems.push_back("an operation of a future host (99) is encoded");
  results.judge("encode", problems, counted(requests, "request"));

}

/// What is seldom meant: told as something to look at.
void check_request_shape(Subject& subject, Results& results) {
  std::set<std::string> odd;
  const auto fields = subject.library.manifest()["fields"].items();
  for (const Exchange& at : subject.positions) {
    if (at.where.op != SWB_IMPORT || at.where.step != 0) continue;
    const auto body = JsonTree::read(at.request.body);
    if (!body || body->is_scalar()) continue;
    const std::string* type = at.request.header("content-type");
    if (type != nullptr && !kit::contains_ignoring_case(*type, "json")) odd.insert("a JSON body is sent as " + *type);
    const auto entries = entries_of(at.request.body);
    std::set<std::string> texts;
    body->each([&](const JsonTree& value, const std::string&) {
      if (value.is_string()) texts.insert(value.text);
      std::set<std::string> members;
      for (const JsonMember& member : value.children) {
        if (!value.is_array() && !members.insert(member.name).second) odd.insert("\"" + member.name + "\" stands twice in one object: which of them counts, nobody says");
        const bool field = std::any_of(fields.begin(), fields.end(), [&](const kit::Json& known) { return known["name"].as_string() == member.name; });
        if (field && member.value.kind == kit::Json::Kind::Null) odd.insert("field " + member.name + " is sent as null where a contact has no value: it may clear what the vendor has");
      }
    });
    for (std::size_t row = 0; row < at.contacts.rows.size(); ++row) {
      const Entry* entry = entry_of(entries, at.contacts, row);
      for (std::size_t c = 0; c < fields.size(); ++c) {
        const auto& cell = at.contacts.rows[row][c];
        const std::string field_type = fields[c]["type"].string_or("text"), name = fields[c]["name"].string_or("");
        const bool literal = field_type == "int" || field_type == "number" || field_type == "boolean" || field_type == "list";
        if (cell && literal && texts.count(*cell) > 0) odd.insert("field " + name + " is of type " + field_type + ", but sent as a text");
        const auto empty = [&](const auto& member) { return kit::equals_ignoring_case(member.first, name) && member.second.empty(); };
        if (!cell && entry != nullptr && std::any_of(entry->values.begin(), entry->values.end(), empty))
          odd.insert("field " + name + " is sent as \"\" where a contact has no value: it may clear what the vendor has");
      }
    }
  }
  if (odd.empty()) return results.pass("request_shape", "literals as literals, nothing where there is no value");
  std::string told;
  for (const std::string& line : odd) told += (told.empty() ? "" : "; ") + line;
  results.warn("request_shape", told);
}

void check_limits(Subject& subject, Results& results) {
  const kit::Json& manifest = subject.library.manifest();
  std::vector<std::string> problems;
  const auto records = static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(count_of(manifest["limits"]["records_per_request"], 100), 1, 50'000));
  const auto body_bytes = static_cast<std::uint64_t>(count_of(manifest["limits"]["body_bytes"], 1 << 20));
  const Emitted full = subject.session->encode(sample_contacts(manifest, records), Where{});
  std::size_t largest = 0;
  if (!full.ok()) problems.push_back(counted(records, "row") + ": " + full.trouble());
  for (const Request& request : full.requests) {
    largest = std::max(largest, request.body.size());
    if (request.count > records)
      problems.push_back("a request carries " + counted(request.count, "row") +
                         ", records_per_request is " + std::to_string(records));
  }
  if (largest > body_bytes) {
    problems.push_back(std::to_string(records) + " ordinary rows make a body of " + std::to_string(largest) +
                       " bytes, body_bytes is " + std::to_string(body_bytes));
  }
  results.judge("limits", problems,
                counted(records, "row") + ", " + std::to_string(largest) + " bytes in the largest body");
}

}  // namespace switchboard::conformance
