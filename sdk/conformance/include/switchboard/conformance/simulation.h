// A small host in memory: encode → sandbox → decode until every row has its fate, on a simulated clock.
#pragma once

#include <switchboard/conformance/harness.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace switchboard::conformance {

/// One step of a chain, as it went.
struct Exchange {
  Contacts contacts;          ///< the chain's rows
  std::vector<bool> settled;  ///< rows that had an outcome before this step
  Where where;
  Request request;
  Response response;
  Emitted decoded;
  std::uint32_t round = 0;  ///< how often its rows had been called RESEND
};

/// What became of a run.
struct Run {
  std::vector<Outcome> fates;  ///< one a row, in order; result 0: none, which is an error
  std::vector<std::uint32_t> resent;  ///< rows that an import called RESEND: they went out again in a chain of their own
  std::vector<Exchange> exchanges;
  std::vector<Item> items;          ///< DISCOVER
  std::vector<std::string> errors;  ///< everything that was not as it should be

  bool ok() const { return errors.empty(); }
  std::string first_error() const { return errors.empty() ? std::string() : errors.front(); }
};

/// Adds what the host would add: the credential of the manifest's first auth entry, or of the one that the
/// request names. Secrets are the given ones, else "sandbox".
Request with_credential(const kit::Json& manifest, const kit::Json& settings,
                        const std::map<std::string, std::string>& secrets, const Request& request,
                        std::int64_t now_ms, std::uint64_t serial);

class Simulation {
 public:
  static constexpr const char* kOrigin = "http://127.0.0.1:1";

  /// `settings_json` is what the session was opened with.
  Simulation(const Library& library, const Session& session, Account& account,
             const std::string& settings_json);

  /// Runs one operation to its end; PROBE and DISCOVER with contacts of no rows.
  Run run(std::uint32_t op, const Contacts& contacts);

  std::int64_t now_ms = 1'750'000'000'000;
  std::int64_t longest_wait_ms = 0;  ///< the clock moves no further between two requests; 0: as far as was asked for
  std::map<std::string, std::string> secrets;
  std::string import_state;  ///< of the RECONCILE that run() begins with
  /// May change what the connector gets to see as the answer (a lost answer, a fault); called after the
  /// sandbox has served the request.
  std::function<void(const Request&, Response&)> on_answer;
  /// May change the request before the sandbox sees it; called after the credential was added.
  std::function<void(Request&)> on_request;

 private:
  struct Chain;
  void drain(Run& run, std::vector<Chain>& queue);
  bool send_again(Run& run, const Contacts& contacts, std::uint32_t round, std::vector<Chain>& queue) const;
  void step(Run& run, Chain& chain, std::vector<Chain>& queue);
  Response ask(Run& run, const Request& request);
  void settle(Run& run, const Chain& chain, std::uint32_t row, const Outcome& outcome);

  const Library& library_;
  const Session& session_;
  Account& account_;
  kit::Json settings_;
  std::string prefix_;
  std::uint64_t serial_ = 0;
};

}  // namespace switchboard::conformance
