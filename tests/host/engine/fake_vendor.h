#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "host/connectors/connector.h"
#include "host/engine/engine.h"
#include "host/transport/http.h"
#include "tests/host/engine/fake_ledger.h"

namespace switchboard::engine::test {

/// How the connector of the tests talks to its vendor.
struct Protocol {
  std::uint32_t replay = 0;    ///< of the request that sends rows: SWB_UNSAFE …
  bool asynchronous = false;   ///< upload, then poll
  bool one_a_request = false;  ///< encode() puts one request a row
  bool reconcile = false;
  std::uint32_t later_replay = 1;  ///< of the requests after an upload: SWB_SAFE
  bool dated = false;              ///< what sends rows says when it was made
  std::uint32_t repeats_from = UINT32_MAX;  ///< further steps from this one on send the rows again
  bool listed = false;             ///< what an upload came to is seen in a list of the account, page by page
};

/// The connector of the tests: rows as lines "row id <tab> first value", answers as lines too.
class FakeSession : public connectors::Session {
 public:
  explicit FakeSession(const Protocol& protocol) : protocol_(protocol) {}
  Result<std::vector<connectors::Request>> encode(const connectors::BatchView& batch,
                                                  const connectors::Step& step) const override;
  Result<connectors::Decoded> decode(const connectors::BatchView& batch, const connectors::Step& step,
                                     const connectors::Response& response) const override;
  /// Replaces decode() or encode() where it returns something.
  std::function<std::optional<Result<connectors::Decoded>>(
      const connectors::BatchView&, const connectors::Step&, const connectors::Response&)>
      on_decode;
  std::function<std::optional<Error>(const connectors::Step&)> on_encode;

 private:
  const Protocol& protocol_;
};

/// The vendor, behind the interface of the HTTP client: an account that stores one contact a line, and
/// faults. It outlives the process that talks to it.
class FakeVendor : public transport::HttpClient {
 public:
  enum class Fault {
    None,
    Refused,  ///< no connection
    Tls,
    CutBefore,      ///< nothing was carried out, no answer
    CutAfter,       ///< carried out, no answer
    Error503,       ///< "not carried out, try again"
    Error500,       ///< "who knows"; was not carried out
    Error500After,  ///< the same; was carried out
    Throttle,       ///< 429
    Unauthorized,
    Forbidden,
    Die,       ///< the process dies while the request is out; it was not carried out
    DieAfter,  ///< the same; it was carried out
  };

  FakeVendor(Clock& clock, FakeLedger& ledger) : clock_(clock), ledger_(ledger) {}

  /// Which fault meets the n-th request, from 0.
  std::function<Fault(std::uint64_t n, const transport::HttpRequest&)> faults;
  /// Called in the middle of each request.
  std::function<void(const transport::HttpRequest&)> during;
  std::size_t max_rows = SIZE_MAX;  ///< more: 413
  std::set<std::string> bad;        ///< values for which the vendor refuses a whole request (400)
  std::set<std::string> bad_rows;   ///< values that the vendor refuses row by row
  bool refuses_everything = false;  ///< 400 for whatever it is
  std::string refusal = "bad_row";  ///< code of the 400s
  std::int64_t throttle_ms = 0;     ///< what a 429 asks for
  std::uint32_t polls = 2;          ///< how often a job is not ready
  std::size_t page_rows = 4;        ///< of the list
  std::int64_t latency_ms = 0;

  transport::HttpResponse send(const transport::HttpRequest& request) override;
  void abort() override;

  std::map<std::string, int> stored() const;  ///< value → how often
  std::vector<std::int64_t> times() const;    ///< when requests came
  std::vector<transport::HttpRequest> requests() const;
  std::size_t most_at_once() const { return most_; }
  bool aborted() const;

 private:
  transport::HttpResponse carry_out(const transport::HttpRequest& request);
  transport::HttpResponse upload(const transport::HttpRequest& request);
  std::string store(const std::string& body);

  Clock& clock_;
  FakeLedger& ledger_;
  mutable std::mutex mutex_;
  std::map<std::string, int> contacts_;
  std::map<std::string, std::string> by_row_;  ///< row id → value, of what was stored
  std::vector<std::string> rows_;              ///< their ids, as the list shows them
  std::map<std::string, transport::HttpResponse> keys_;
  std::map<std::string, std::pair<std::string, std::uint32_t>> jobs_;  ///< id → answer, polls left
  std::vector<std::int64_t> times_;
  std::vector<transport::HttpRequest> requests_;
  std::size_t now_ = 0, most_ = 0;
  bool aborted_ = false;
};

}  // namespace switchboard::engine::test
