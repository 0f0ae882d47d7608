// Calls a connector through the C ABI and writes down everything that it puts out. No network, no clock, no
// host.
//
// Every buffer that goes in lies on pages of its own, which become inaccessible when the call returns: a
// connector that keeps a borrowed pointer crashes at its next use.
#pragma once

#include <switchboard/abi.h>
#include <switchboard/kit/json.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::conformance {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Contacts as the host hands them in: a cell is nothing where the contact has no value.
struct Contacts {
  std::vector<std::string> columns;  ///< the manifest's fields, then custom columns
  std::uint32_t n_fields = 0;
  std::vector<std::vector<std::optional<std::string>>> rows;
  std::vector<std::string> row_ids;

  /// No rows, the manifest's fields as columns (what PROBE and DISCOVER get).
  static Contacts none(const kit::Json& manifest);
  /// One row for each map from column to value; names that are no field become custom columns.
  static Contacts of(const kit::Json& manifest, const std::vector<std::map<std::string, std::string>>& rows);

  std::uint32_t size() const { return static_cast<std::uint32_t>(rows.size()); }
  Contacts slice(std::uint32_t first, std::uint32_t count) const;
};

/// Where a chain stands (swb_step).
struct Where {
  std::uint32_t op = SWB_IMPORT;
  std::uint32_t step = 0;
  std::uint32_t attempt = 0;
  std::int64_t now_ms = 1'750'000'000'000;
  std::string state;
  std::string chain_id = "job-1-chain-1";
  std::int64_t job_ms = 0;
  std::string import_state;  ///< empty: absent
};

struct Request {
  std::string method = "GET", path, auth, bucket, body;
  Headers headers;
  std::uint32_t replay = SWB_UNSAFE, first = 0, count = 0;
  std::uint64_t tag = 0;

  const std::string* header(std::string_view name) const;
};

struct Response {
  std::uint32_t http_status = 200, transport = SWB_TRANSPORT_OK;
  Headers headers;
  std::string body;
  std::uint64_t tag = 0;
  std::int64_t elapsed_ms = 5;
};

struct Outcome {
  std::uint32_t row = 0, result = 0;
  std::optional<std::string> vendor_id, code, field, message;
};

struct Directive {
  std::uint32_t kind = 0, reason = 0;
  std::uint64_t delay_ms = 0;
  std::optional<std::string> state, code, message;
};

struct Item {
  std::string kind, id, label;
};

/// Everything that one call put out.
struct Emitted {
  swb_status status = SWB_OK;
  std::string subject, reason;  ///< fail()
  std::vector<Request> requests;
  std::vector<Outcome> outcomes;
  std::vector<Directive> directives;
  std::vector<Item> items;
  std::vector<Response> responses;
  std::vector<std::string> logs;  ///< message and values of each line
  std::string text;                     ///< put_body() of a dump
  std::vector<std::string> violations;  ///< what breaks the contract, in words

  bool ok() const { return status == SWB_OK && violations.empty(); }
  /// All of it as bytes, for comparing two calls.
  std::string fingerprint() const;
  /// "status -3 (reason); violations …" for messages.
  std::string trouble() const;
};

std::string op_name(std::uint32_t op);
std::string directive_name(std::uint32_t kind);
std::string result_name(std::uint32_t result);

struct Recorder;

class Session {
 public:
  Session(const swb_plugin& plugin, swb_session* session) : plugin_(plugin), session_(session) {}
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// [any thread]. `sink_status`: what every sink returns.
  Emitted encode(const Contacts& contacts, const Where& where, swb_status sink_status = SWB_OK) const;
  /// The same; `meanwhile` runs whenever the connector calls back, before what it hands over is looked at.
  Emitted encode_interrupted(const Contacts& contacts, const Where& where, const std::function<void()>& meanwhile) const;
  Emitted decode_interrupted(const Contacts& contacts, const Where& where, const Response& response, const std::function<void()>& meanwhile) const;
  Emitted decode(const Contacts& contacts, const Where& where, const Response& response,
                 swb_status sink_status = SWB_OK) const;

 private:
  Emitted encode_with(Recorder& recorder, const Contacts& contacts, const Where& where) const;
  Emitted decode_with(Recorder& recorder, const Contacts& contacts, const Where& where, const Response& response) const;

  swb_plugin plugin_;
  swb_session* session_;
};

/// The vendor's emulator with one account.
class Account {
 public:
  Account(const swb_sandbox& sandbox, swb_account* account) : sandbox_(sandbox), account_(account) {}
  ~Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  /// The request's path is what follows the origin.
  Emitted serve(const Request& request, std::int64_t now_ms);
  Emitted dump();
  /// How often it was begun with this account: 1 the first time. What a host gives to chains is unique, whatever job they are of.
  std::uint64_t begin_run() { return ++runs_; }

 private:
  swb_sandbox sandbox_;
  swb_account* account_;
  std::uint64_t runs_ = 0;
};

/// What a library's file says without any of its code being run.
struct LibraryFile {
  std::string path;
  bool has_note = false;
  std::uint32_t abi_major = 0, abi_minor = 0, min_host_minor = 0;
  std::string id, version;
  std::vector<std::string> exports;  ///< defined dynamic symbols
  std::vector<std::string> imports;  ///< undefined dynamic symbols
  std::vector<std::string> needed;   ///< DT_NEEDED

  /// 64-bit little-endian ELF only. nullopt with a reason where the file is damaged or something else.
  static std::optional<LibraryFile> read(const std::string& path, std::string& error);
};

/// A loaded library; stays loaded until the process ends.
class Library {
 public:
  static std::unique_ptr<Library> load(const std::string& path, std::string& error);

  const LibraryFile& file() const { return file_; }
  const swb_plugin& plugin() const { return plugin_; }
  const std::optional<swb_sandbox>& sandbox() const { return sandbox_; }
  /// Null where the manifest is no JSON object.
  const kit::Json& manifest() const { return manifest_; }
  std::string id() const { return manifest_["id"].string_or("?"); }
  bool offers(std::uint32_t op) const;
  swb_entry_fn entry() const { return entry_; }

  /// nullptr where the connector refuses; `emitted` then has status, subject and reason.
  std::unique_ptr<Session> open(const std::string& settings_json, Emitted& emitted) const;
  std::unique_ptr<Account> open_account(const std::string& options_json, Emitted& emitted) const;

 private:
  LibraryFile file_;
  swb_entry_fn entry_ = nullptr;
  swb_plugin plugin_{};
  std::optional<swb_sandbox> sandbox_;
  kit::Json manifest_;
};

/// The host table that connectors see here.
const swb_host* harness_host();

}  // namespace switchboard::conformance
