#include <switchboard/conformance/simulation.h>

#include <switchboard/kit/text.h>

#include <algorithm>

#include "counted.h"
#include "operations.h"

namespace switchboard::conformance {

namespace {

constexpr std::size_t kMaxExchanges = 20'000;
constexpr std::uint32_t kMaxSteps = 500;  // of one chain, polls included
constexpr std::uint32_t kMaxAttempts = 6;
constexpr std::uint32_t kMaxRounds = 8;  // of rows that go out again; what the host leaves open after three, `resume` sends
constexpr std::int64_t kDefaultDelayMs = 1'000;
constexpr std::int64_t kThrottleMs = 60'000;

/// "/api/v1" of "https://host/api/v1", settings filled in.
std::string path_prefix(const kit::Json& manifest, const kit::Json& settings) {
  std::string url = manifest["base_urls"].at(0)["url"].string_or("");
  for (auto open = url.find('{'); open != std::string::npos; open = url.find('{', open)) {
    const auto close = url.find('}', open);
    if (close == std::string::npos) break;
    const std::string value = settings[url.substr(open + 1, close - open - 1)].string_or("");
    url.replace(open, close - open + 1, value);
    open += value.size();
  }
  const auto authority = url.find("://");
  const auto slash = url.find('/', authority == std::string::npos ? 0 : authority + 3);
  std::string path = slash == std::string::npos ? std::string() : url.substr(slash);
  while (!path.empty() && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

struct Simulation::Chain {
  Contacts contacts;
  std::vector<std::uint32_t> rows;  ///< in the run
  Where where;
  std::uint32_t steps = 0, round = 0;
  bool started = false;  ///< step 0 of an import was split into chains already
};

Simulation::Simulation(const Library& library, const Session& session, Account& account,
                       const std::string& settings_json)
    : library_(library), session_(session), account_(account) {
  settings_ = kit::Json::parse(settings_json).value_or(kit::Json());
  prefix_ = path_prefix(library.manifest(), settings_);
}

Response Simulation::ask(Run& run, const Request& request) {
  Request sent = request;
  bool credential = true;
  if (request.path.rfind(kOrigin, 0) == 0) {
    sent.path = request.path.substr(std::string_view(kOrigin).size());
  } else if (request.path.rfind("http", 0) == 0) {
    const auto slash = request.path.find('/', request.path.find("://") + 3);
    sent.path = slash == std::string::npos ? "/" : request.path.substr(slash);
    credential = false;  // another host than the base URL's
  } else {
    sent.path = prefix_ + request.path;
  }
  if (credential) sent = with_credential(library_.manifest(), settings_, secrets, sent, now_ms, ++serial_);
  if (on_request) on_request(sent);
  Emitted served = account_.serve(sent, now_ms);
  if (!served.ok())
    run.errors.push_back("the sandbox failed on " + request.method + ' ' + request.path + ": " +
                         served.trouble());
  Response response =
      served.responses.empty() ? Response{500, SWB_TRANSPORT_OK, {}, "", 0, 5} : served.responses.front();
  response.tag = request.tag;
  if (on_answer) on_answer(request, response);
  return response;
}

void Simulation::settle(Run& run, const Chain& chain, std::uint32_t row, const Outcome& outcome) {
  if (row >= chain.rows.size()) return;
  Outcome& fate = run.fates[chain.rows[row]];
  // As the host does: what a row was found to be stays, and a question settles doubt alone.
  if (fate.result != 0 && !(fate.result == SWB_UNKNOWN && !changes(chain.where.op))) return;
  fate = outcome;
  fate.row = chain.rows[row];
  if (outcome.result == SWB_RESEND && changes(chain.where.op)) run.resent.push_back(fate.row);
}

void Simulation::step(Run& run, Chain& chain, std::vector<Chain>& queue) {
  if (++chain.steps > kMaxSteps) {
    run.errors.push_back("a chain did not end after " + std::to_string(kMaxSteps) + " steps");
    return;
  }
  chain.where.now_ms = now_ms;
  Emitted encoded = session_.encode(chain.contacts, chain.where);
  if (!encoded.ok()) {
    run.errors.push_back("encode() of " + op_name(chain.where.op) + " step " +
                         std::to_string(chain.where.step) + ": " + encoded.trouble());
    return;
  }
  if (!chain.started && changes(chain.where.op) && chain.where.step == 0 &&
      encoded.requests.size() > 1) {
    std::uint32_t covered = 0;
    for (const Request& request : encoded.requests) {
      if (request.first != covered)
        run.errors.push_back("the requests of one encode() do not cover the rows one after the other");
      covered = request.first + request.count;
      if (covered > chain.contacts.size()) return;
      Chain part;
      part.contacts = chain.contacts.slice(request.first, request.count);
      part.rows.assign(chain.rows.begin() + request.first, chain.rows.begin() + covered);
      part.where = chain.where;
      part.where.chain_id = chain.where.chain_id + "-" + std::to_string(request.first);
      part.started = true;
      part.round = chain.round;
      queue.push_back(std::move(part));
    }
    if (covered != chain.contacts.size()) run.errors.push_back("the requests of one encode() leave rows out");
    return;
  }
  if (encoded.requests.size() != 1) {
    run.errors.push_back("a chain of its own rows put " + counted(encoded.requests.size(), "request"));
    return;
  }
  const Request& request = encoded.requests.front();
  if (chain.where.op == SWB_IMPORT && chain.where.step == 0 && request.count != 0 &&
      request.count != chain.contacts.size()) {
    run.errors.push_back("a single request of an import carries " + std::to_string(request.count) + " of " +
                         counted(chain.contacts.size(), "row") + ": the others would be lost");
  }
  const Response response = ask(run, request);
  Emitted decoded = session_.decode(chain.contacts, chain.where, response);
  if (!decoded.ok()) {
    run.errors.push_back("decode() of " + op_name(chain.where.op) + " step " +
                         std::to_string(chain.where.step) + ": " + decoded.trouble());
  }
  std::vector<bool> settled;
  for (const std::uint32_t row : chain.rows) settled.push_back(run.fates[row].result != 0);
  run.exchanges.push_back({chain.contacts, settled, chain.where, request, response, decoded, chain.round});
  for (const Outcome& outcome : decoded.outcomes) settle(run, chain, outcome.row, outcome);
  run.items.insert(run.items.end(), decoded.items.begin(), decoded.items.end());
  if (decoded.directives.empty()) return;

  const Directive& directive = decoded.directives.front();
  const std::string words = directive_name(directive.kind) + " " + directive.code.value_or("") + " " +
                            directive.message.value_or("");
  if (directive.state) chain.where.state = *directive.state;
  const auto again = [&](std::int64_t fallback_ms) {
    const std::int64_t wait_ms = directive.delay_ms != 0 ? static_cast<std::int64_t>(directive.delay_ms) : fallback_ms;
    now_ms += longest_wait_ms > 0 ? std::min(wait_ms, longest_wait_ms) : wait_ms;
    chain.started = true;
    queue.push_back(std::move(chain));
  };
  const auto fate_of_rest = [&](std::uint32_t result) {
    for (std::uint32_t r = 0; r < chain.rows.size(); ++r) {
      if (run.fates[chain.rows[r]].result == 0)
        settle(run, chain, r, Outcome{r, result, {}, directive.code, {}, directive.message});
    }
  };
  // As the host does: rows that have their outcome go nowhere any more.
  const auto halves = [&] {
    std::vector<std::uint32_t> open;
    for (std::uint32_t r = 0; r < chain.rows.size(); ++r)
      if (run.fates[chain.rows[r]].result == 0) open.push_back(r);
    const auto half = static_cast<std::uint32_t>(open.size() / 2);
    for (const auto& [first, last] : {std::pair(0u, half), std::pair(half, static_cast<std::uint32_t>(open.size()))}) {
      if (first == last) continue;
      Chain part;
      part.contacts = chain.contacts.slice(0, 0);
      for (std::uint32_t i = first; i < last; ++i) {
        part.contacts.rows.push_back(chain.contacts.rows[open[i]]);
        part.contacts.row_ids.push_back(chain.contacts.row_ids[open[i]]);
        part.rows.push_back(chain.rows[open[i]]);
      }
      part.where.op = chain.where.op;
      part.round = chain.round;
      part.where.chain_id = chain.where.chain_id + (first == 0 ? "a" : "b");
      queue.push_back(std::move(part));
    }
  };
  switch (directive.kind) {
    case SWB_DONE:
      return;
    case SWB_NEXT:
      ++chain.where.step;
      chain.where.attempt = 0;
      return again(0);
    case SWB_POLL:
      return again(kDefaultDelayMs);
    case SWB_RETRY:
      if (++chain.where.attempt < kMaxAttempts) return again(kDefaultDelayMs);
      break;
    case SWB_THROTTLE:
      if (++chain.where.attempt < kMaxAttempts) {
        --chain.where.attempt;  // a throttle is no attempt; the count above only ends a loop
        return again(kThrottleMs);
      }
      break;
    case SWB_SPLIT:
    case SWB_SHRINK:
      if (chain.contacts.size() > 1) return halves();
      if (directive.kind == SWB_SPLIT) return fate_of_rest(SWB_REJECTED);
      break;
    case SWB_IN_DOUBT:
      if (!changes(chain.where.op)) return fate_of_rest(SWB_UNKNOWN);
      if (request.replay != SWB_UNSAFE && ++chain.where.attempt < kMaxAttempts) return again(kDefaultDelayMs);
      if (const auto asks = question_about(chain.where.op); library_.offers(asks)) {
        Chain question;
        question.contacts = chain.contacts;
        question.rows = chain.rows;
        question.round = chain.round;
        question.where.op = asks;
        question.where.chain_id = chain.where.chain_id;
        question.where.import_state = chain.where.state;
        queue.push_back(std::move(question));
        return;
      }
      return fate_of_rest(SWB_UNKNOWN);
    default:
      break;
  }
  // Nothing hangs on it any more, unless it ends the job.
  const bool ends_the_job = directive.kind == SWB_ABORT || directive.kind == SWB_REAUTH;
  const auto has_its_fate = [&](std::uint32_t row) { return run.fates[row].result != 0; };
  if (!ends_the_job && changes(chain.where.op) && !chain.rows.empty() && std::all_of(chain.rows.begin(), chain.rows.end(), has_its_fate)) return;
  run.errors.push_back(op_name(chain.where.op) + " step " + std::to_string(chain.where.step) +
                       " ended with " + words);
}

void Simulation::drain(Run& run, std::vector<Chain>& queue) {
  while (!queue.empty() && run.exchanges.size() < kMaxExchanges) {
    Chain chain = std::move(queue.front());
    queue.erase(queue.begin());
    step(run, chain, queue);
  }
  if (!queue.empty()) run.errors.push_back("the run did not end after " + std::to_string(kMaxExchanges) + " requests");
}

/// As the host does: rows that certainly were not stored go out again, in a chain of their own. False: there are none.
bool Simulation::send_again(Run& run, const Contacts& contacts, std::uint32_t round, std::vector<Chain>& queue) const {
  Chain chain;
  chain.round = round;
  chain.contacts = contacts.slice(0, 0);
  for (const std::uint32_t row : run.resent) {
    if (run.fates[row].result != SWB_RESEND) continue;
    run.fates[row] = Outcome{};
    chain.contacts.rows.push_back(contacts.rows[row]);
    chain.contacts.row_ids.push_back(contacts.row_ids[row]);
    chain.rows.push_back(row);
  }
  if (chain.rows.empty()) return false;
  chain.where.chain_id = run.exchanges.front().where.chain_id + "r" + std::to_string(round);
  queue.push_back(std::move(chain));
  return true;
}

Run Simulation::run(std::uint32_t op, const Contacts& contacts) {
  Run run;
  run.fates.resize(contacts.size());
  std::vector<Chain> queue(1);
  queue[0].contacts = contacts;
  queue[0].where.op = op;
  if (op == SWB_RECONCILE) queue[0].where.import_state = import_state;
  // Two imports into an account are two chains, and what is keyed by a chain is not the same twice.
  if (const std::uint64_t number = account_.begin_run(); number > 1) queue[0].where.chain_id = "job-1-chain-" + std::to_string(number);
  for (std::uint32_t r = 0; r < contacts.size(); ++r) queue[0].rows.push_back(r);
  drain(run, queue);
  for (std::uint32_t round = 1; round <= kMaxRounds && run.errors.empty() && send_again(run, contacts, round, queue); ++round) drain(run, queue);
  if (!run.errors.empty()) return run;
  for (std::uint32_t r = 0; r < contacts.size(); ++r) {
    if (run.fates[r].result == 0)
      run.errors.push_back("row " + std::to_string(r) + " has no outcome although its chain said DONE");
  }
  return run;
}

}  // namespace switchboard::conformance
