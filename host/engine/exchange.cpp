#include "host/engine/exchange.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "host/engine/chain.h"

namespace switchboard::engine {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_secretive(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "set-cookie",          "set-cookie2",         "cookie",
      "authorization",       "www-authenticate",    "proxy-authenticate",
      "authentication-info", "proxy-authorization", "proxy-authentication-info"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

Result<Prepared> prepare(const connectors::Request& request, const transport::Egress& egress) {
  auto target = egress.resolve(request.path);
  if (!target) return target.error();
  Prepared prepared;
  prepared.http.method = request.method;
  prepared.http.url = target->url;
  prepared.http.headers = request.headers;
  prepared.http.body = request.body;
  prepared.with_credential = target->with_credential;
  return prepared;
}

Result<void> authorise(Prepared& prepared, const connectors::Request& request,
                       transport::Authenticator& auth) {
  if (!prepared.with_credential || request.auth == "none") return {};
  return auth.apply(request.auth, prepared.http);
}

connectors::Response to_response(transport::HttpResponse&& http, std::uint64_t tag) {
  connectors::Response response;
  response.http_status = http.status;
  response.transport = http.transport;
  response.body = std::move(http.body);
  response.tag = tag;
  response.elapsed_ms = http.elapsed_ms;
  for (auto& [name, value] : http.headers) {
    std::transform(name.begin(), name.end(), name.begin(), lower);
    if (!is_secretive(name)) response.headers.emplace_back(std::move(name), std::move(value));
  }
  return response;
}

connectors::Step step_of(const Cursor& cursor, const std::string& chain_id, std::int64_t now_ms, std::int64_t job_ms) {
  connectors::Step step;
  step.op = cursor.op;
  step.step = cursor.step;
  step.attempt = cursor.attempt;
  step.now_ms = now_ms;
  step.job_ms = job_ms;
  step.state = cursor.state;
  step.chain_id = chain_id;
  return step;
}

}  // namespace switchboard::engine
