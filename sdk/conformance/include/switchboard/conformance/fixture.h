// For a connector's own tests: the library, a session and its sandbox in one object, recorded answers and
// golden requests. Works with any test framework; trouble is a std::runtime_error.
#pragma once

#include <switchboard/conformance/simulation.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::conformance {

class Fixture {
 public:
  /// The settings as the host would hand them in, with the manifest's defaults (which it fills in; here nobody does); sandbox
  /// switches are {"switch": "value"}.
  explicit Fixture(const std::string& library_path, const std::string& settings_json = "{}",
                   const std::string& switches_json = "{}")
      : library_(load(library_path)) {
    Emitted emitted;
    session_ = library_.open(settings_json, emitted);
    if (session_ == nullptr) throw std::runtime_error(emitted.subject + ": " + emitted.reason);
    if (library_.sandbox()) {
      const std::string options = std::string("{\"base_url\":\"") + Simulation::kOrigin +
                                  "\",\"secrets\":{},\"options\":" + switches_json + "}";
      account_ = library_.open_account(options, emitted);
      if (account_ == nullptr) throw std::runtime_error("the sandbox: " + emitted.trouble());
      simulation_ = std::make_unique<Simulation>(library_, *session_, *account_, settings_json);
    }
  }

  const Session& session() const { return *session_; }
  Account& account() { return *account_; }
  Simulation& simulation() { return *simulation_; }
  const kit::Json& manifest() const { return library_.manifest(); }

  Contacts contacts(const std::vector<std::map<std::string, std::string>>& rows) const {
    return Contacts::of(manifest(), rows);
  }

  /// The one request of an encode().
  Request encode(const Contacts& contacts, const Where& where = {}) const {
    const Emitted emitted = session_->encode(contacts, where);
    if (!emitted.ok() || emitted.requests.size() != 1)
      throw std::runtime_error("encode(): " + emitted.trouble());
    return emitted.requests.front();
  }
  Emitted decode(const Contacts& contacts, const Response& response, const Where& where = {}) const {
    const Emitted emitted = session_->decode(contacts, where, response);
    if (!emitted.ok() || emitted.directives.size() != 1)
      throw std::runtime_error("decode(): " + emitted.trouble());
    return emitted;
  }

  Run import(const Contacts& contacts) { return simulation_->run(SWB_IMPORT, contacts); }
  Run reconcile(const Contacts& contacts) { return simulation_->run(SWB_RECONCILE, contacts); }
  Run ask(std::uint32_t op) { return simulation_->run(op, Contacts::none(manifest())); }
  /// What the sandbox's account holds.
  kit::Json dump() { return kit::Json::parse(account_->dump().text).value_or(kit::Json()); }

 private:
  // Once for all fixtures: a sanitized library takes a second to read.
  static const Library& load(const std::string& path) {
    static std::map<std::string, std::unique_ptr<Library>> libraries;
    std::unique_ptr<Library>& library = libraries[path];
    std::string error;
    if (library == nullptr) library = Library::load(path, error);
    if (library == nullptr) throw std::runtime_error(error);
    return *library;
  }

  const Library& library_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Account> account_;
  std::unique_ptr<Simulation> simulation_;
};

/// "created created rejected": the fates of a run or the outcomes of a decode(), in the order of rows.
template <class Outcomes>
std::string results(const Outcomes& outcomes) {
  std::map<std::uint32_t, std::string> by_row;
  for (const Outcome& outcome : outcomes) by_row[outcome.row] = result_name(outcome.result);
  std::string text;
  for (const auto& [row, name] : by_row) text += (text.empty() ? "" : " ") + name;
  return text;
}

/// "created created created": what results() says where all are alike.
inline std::string all(std::size_t count, const std::string& fate) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (text.empty() ? "" : " ") + fate;
  return text;
}

/// The one directive of a decode().
inline const Directive& directive(const Emitted& emitted) { return emitted.directives.at(0); }

/// "0 created 501, 1 rejected contact_refused at email; NEXT 5000": what an answer was understood as.
inline std::string meaning(const Emitted& emitted) {
  std::string text;
  for (const Outcome& outcome : emitted.outcomes) {
    text += (text.empty() ? "" : ", ") + std::to_string(outcome.row) + " " + result_name(outcome.result);
    for (const auto& part : {outcome.vendor_id, outcome.code}) text += part ? " " + *part : "";
    if (outcome.field) text += " at " + *outcome.field;
  }
  const Directive& next = directive(emitted);
  text += (text.empty() ? "" : "; ") + directive_name(next.kind);
  if (next.code) text += " " + *next.code;
  if (next.delay_ms != 0) text += " " + std::to_string(next.delay_ms);
  return text;
}

/// How many requests of this method a run took.
inline std::size_t requests_of(const Run& run, std::string_view method) {
  std::size_t count = 0;
  for (const Exchange& exchange : run.exchanges) count += exchange.request.method == method;
  return count;
}

/// The setting that these settings are refused for; "accepted" where they are not.
inline std::string refused_setting(const std::string& library_path, const std::string& settings_json) {
  Emitted emitted;
  std::string error;
  const auto library = Library::load(library_path, error);
  if (library == nullptr) throw std::runtime_error(error);
  return library->open(settings_json, emitted) == nullptr ? emitted.subject : "accepted";
}

/// An answer that was made up.
inline Response answer_of(std::string body, std::uint32_t status = 200) {
  Response response;
  response.http_status = status;
  response.body = std::move(body);
  return response;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " cannot be read");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// An answer as it went over the wire: status line, headers, an empty line, the body (one newline at its end
/// is the editor's, not the vendor's).
inline Response recorded_answer(const std::string& path) {
  std::istringstream text(read_file(path));
  std::string line, version;
  Response response;
  std::getline(text, line);
  if (!(std::istringstream(line) >> version >> response.http_status))
    throw std::runtime_error(path + " does not begin with a status line");
  while (std::getline(text, line) && !line.empty()) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) throw std::runtime_error(path + ": not a header: " + line);
    response.headers.emplace_back(kit::lower(line.substr(0, colon)), kit::trim(line.substr(colon + 1)));
  }
  std::ostringstream body;
  body << text.rdbuf();
  response.body = body.str();
  if (response.body.ends_with('\n')) response.body.pop_back();
  return response;
}

/// A request as text, byte for byte: what a golden file holds.
inline std::string as_text(const Request& request) {
  std::string text = request.method + ' ' + request.path + '\n';
  for (const auto& [name, value] : request.headers) text += name + ": " + value + '\n';
  return text + '\n' + request.body;
}

/// The content of a golden file; with SWITCHBOARD_UPDATE_GOLDEN set in the environment the file is written
/// first.
inline std::string golden(const std::string& path, const std::string& actual) {
  if (std::getenv("SWITCHBOARD_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << actual;
  return read_file(path);
}

}  // namespace switchboard::conformance
