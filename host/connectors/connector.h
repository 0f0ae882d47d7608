#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"
#include "host/connectors/isolation.h"
#include "host/connectors/row_result.h"

namespace switchboard::connectors {

/// What a session made of a chain's contacts for its library, where the chain keeps it for the next call about the same: encode() and
/// decode() each made a table of thousands of cells. Whoever keeps it lets go of it when the contacts change.
using KeptTable = std::shared_ptr<const void>;

/// The contacts of one chain, as the ABI's dense table wants them. Borrowed for the call.
struct BatchView {
  std::span<const std::string> columns;  ///< manifest fields, then custom columns
  std::size_t n_fields = 0;
  std::span<const std::span<const std::optional<std::string>>> rows;
  std::span<const std::string_view> row_ids;
  KeptTable* kept = nullptr;  ///< nullptr: nothing is kept
};

struct Step {
  std::uint32_t op = 0;  ///< SWB_IMPORT …
  std::uint32_t step = 0, attempt = 0;
  std::int64_t now_ms = 0;
  std::int64_t job_ms = 0;
  std::string_view state;
  std::string_view chain_id;
  std::string_view import_state;  ///< RECONCILE: of the import that it asks about; empty: none
};

/// A request as the connector put it, checked: method, path, headers and rows are in order.
struct Request {
  std::uint32_t replay = 0;  ///< SWB_UNSAFE …
  std::uint32_t first = 0, count = 0;
  std::string method, path, auth, bucket;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::uint64_t tag = 0;
};

struct Response {
  std::uint32_t http_status = 0;                             ///< 0: none, see transport
  std::uint32_t transport = 0;                               ///< SWB_TRANSPORT_*
  std::vector<std::pair<std::string, std::string>> headers;  ///< lower-case names
  std::string body;
  std::uint64_t tag = 0;
  std::int64_t elapsed_ms = 0;
};

struct Directive {
  std::uint32_t kind = 0, reason = 0;
  std::uint64_t delay_ms = 0;
  std::optional<std::string> state;  ///< nullopt: unchanged
  std::string code, message;
};

struct Item {
  std::string kind, id, label;
};

struct Decoded {
  std::vector<RowResult> rows;
  Directive directive;
  std::vector<Item> items;
};

/// A connector with its settings parsed. encode() and decode() may be called from several threads at once.
/// Everything the library emits is checked here; what breaks the contract comes back as ErrorKind::Internal
/// whose message begins "connector NAME: ", and nothing of it is used.
class Session {
 public:
  virtual ~Session() = default;
  virtual Result<std::vector<Request>> encode(const BatchView& batch, const Step& step) const = 0;
  virtual Result<Decoded> decode(const BatchView& batch, const Step& step,
                                 const Response& response) const = 0;
};

/// The vendor's emulator with one account. Not thread-safe.
class Sandbox {
 public:
  virtual ~Sandbox() = default;
  virtual Result<Response> serve(const Request& request, std::int64_t now_ms) = 0;
  virtual Result<std::string> dump() = 0;
};

/// Where connectors' log lines go (no contact data, no secret: theirs to keep). Unset: nowhere. [any thread]
void set_log(
    std::function<void(std::uint32_t level, const std::string& connector, const std::string& line)> log);

/// What swb_host.cancelled() tells every call from now on. [any thread, not a signal handler]
void set_cancelled(bool cancelled);

/// A loaded connector library. Never unloaded before the process ends.
class Connector {
 public:
  virtual ~Connector() = default;
  virtual const mapping::Manifest& manifest() const = 0;
  virtual const std::string& library_path() const = 0;
  /// `settings_json`: one JSON object of all settings, defaults applied. Errors (Usage) name the setting.
  virtual Result<std::unique_ptr<Session>> open(const std::string& settings_json) const = 0;
  /// nullptr inside the result: the library brings no sandbox.
  virtual Result<std::unique_ptr<Sandbox>> open_sandbox(const std::string& options_json) const = 0;

  /// Loads a library with Boost.DLL after reading its ELF header and note; refuses a truncated, foreign,
  /// symbol-less, too-new or lying one with a message that names file, reason and remedy.
  static Result<std::unique_ptr<Connector>> load(const std::string& library_path);
  /// The same in this process or in workers, as `loading` says. In workers nothing of it runs before open(), where the file
  /// shows its manifest; so what is wrong with its table shows there. Error (Usage) also: it is not on the list of those that may run.
  static Result<std::unique_ptr<Connector>> load(const std::string& library_path, const Loading& loading);
};

}  // namespace switchboard::connectors
