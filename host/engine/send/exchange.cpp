#include "host/engine/send/exchange.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/base/ascii.h"
#include "fmt/format.h"
#include "host/connectors/failure.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

static_assert(static_cast<int>(Operation::Import) == SWB_IMPORT && static_cast<int>(Operation::Reconcile) == SWB_RECONCILE &&
              static_cast<int>(Operation::Probe) == SWB_PROBE && static_cast<int>(Operation::Discover) == SWB_DISCOVER && kOperations.size() == 4,
              "an operation has another number here than in abi.h, or none there");

bool is_secretive(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "set-cookie",          "set-cookie2",         "cookie",
      "authorization",       "www-authenticate",    "proxy-authenticate",
      "authentication-info", "proxy-authorization", "proxy-authentication-info"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// What the connector may see of an answer: names in lower case, no cookies, no credentials.
connectors::Response to_response(transport::HttpResponse&& http, std::uint64_t tag) {
  connectors::Response response;
  response.http_status = http.status;
  response.transport = http.transport;
  response.body = std::move(http.body);
  response.tag = tag;
  response.elapsed_ms = http.elapsed_ms;
  for (auto& [name, value] : http.headers) {
    std::transform(name.begin(), name.end(), name.begin(), ascii_lower);
    if (!is_secretive(name)) response.headers.emplace_back(std::move(name), std::move(value));
  }
  return response;
}

bool gets_around(const connectors::Directive& directive) {
  return directive.kind == SWB_NEXT || directive.kind == SWB_DONE || directive.kind == SWB_POLL;
}

/// A vendor may echo the credential; nothing of it may reach ledger, report or log.
void redact(Received& received, const transport::Authenticator& auth) {
  const auto clean = [&](std::string& text) {
    if (!text.empty()) text = auth.redact(std::move(text));
  };
  auto& answer = received.answer;
  for (auto* text : {&answer.directive.message, &answer.directive.code, &answer.detail}) clean(*text);
  for (auto& row : received.rows) {
    for (auto* text : connectors::texts_of(row)) clean(*text);
  }
}

}  // namespace

connectors::Step Exchange::step_of(const Shown& chain, std::int64_t later_ms) const {
  connectors::Step step;
  step.op = static_cast<std::uint32_t>(chain.at.op);
  step.step = chain.at.step;
  step.attempt = chain.at.attempt;
  step.now_ms = parts_.clock->now_ms() + later_ms;
  step.job_ms = job_ms_;
  step.state = chain.at.state;
  step.chain_id = chain.id;
  step.import_state = chain.at.import_state;
  return step;
}

Result<std::vector<connectors::Request>> Exchange::encode(const Shown& chain, std::int64_t later_ms) const {
  auto requests = parts_.session->encode(chain.batch, step_of(chain, later_ms));
  if (!requests) return requests;
  if (requests->empty() || (requests->size() > 1 && !sends_rows(chain.at))) {
    return Error{ErrorKind::Internal,
                 connectors::connector_failed(parts_.connector->manifest().id, fmt::format("{} requests for one step", requests->size())), ""};
  }
  return requests;
}

Result<Prepared> Exchange::prepare(const connectors::Request& request, std::string body) const {
  auto target = parts_.egress->resolve(request.path);
  if (!target) {
    return Error{ErrorKind::Internal, connectors::connector_failed(parts_.connector->manifest().id, target.error().message),
                 target.error().remedy};
  }
  Prepared prepared;
  prepared.http.method = request.method;
  prepared.http.url = std::move(target->url);
  prepared.http.headers = request.headers;
  prepared.http.body = std::move(body);
  prepared.with_credential = target->with_credential;
  prepared.auth = request.auth;
  prepared.replay = request.replay;
  prepared.tag = request.tag;
  return prepared;
}

Result<void> Exchange::authorise(Prepared& request) const {
  if (!request.with_credential || request.auth == "none") return {};
  return parts_.auth->apply(request.auth, request.http);
}

Received Exchange::receive(const Shown& chain, const Prepared& request, transport::HttpResponse http,
                           std::int64_t later_ms) const {
  Received received;
  auto& answer = received.answer;
  answer.http_status = http.status;
  answer.transport = http.transport;
  const bool silent = http.status == 0;
  if (silent) {
    answer.kind = Answer::Kind::Nothing;
    answer.detail = std::move(http.detail);
  }
  // A connector may get around a question that is not answered; the rows themselves it cannot speak of without one.
  const bool follow_up = request.replay == SWB_SAFE && chain.at.step > 0;
  if (!silent || follow_up) {
    const auto response = to_response(std::move(http), request.tag);
    auto decoded = parts_.session->decode(chain.batch, step_of(chain, later_ms), response);
    if (decoded && (!silent || gets_around(decoded->directive))) {
      answer.kind = Answer::Kind::Decoded;
      answer.detail.clear();
      answer.directive = std::move(decoded->directive);
      received.rows = std::move(decoded->rows);
      received.items = std::move(decoded->items);
    } else if (!silent) {
      answer.kind = Answer::Kind::Broken;
      answer.detail = decoded.error().message;
    }
  }
  redact(received, *parts_.auth);
  return received;
}

Received Exchange::unsent(const Error& error) const {
  Received received;
  received.answer.kind = Answer::Kind::Unsent;
  received.answer.detail = error.message;
  redact(received, *parts_.auth);
  return received;
}

}  // namespace switchboard::engine
