#pragma once

#include <switchboard/abi.h>

#include <string_view>
#include <utility>
#include <vector>

#include "host/connectors/connector.h"

namespace switchboard::connectors {

// What the host has, as the ABI passes it. All of it borrows.

/// Present text, even where it is empty.
inline swb_str to_str(std::string_view text) {
  return {text.data() == nullptr ? "" : text.data(), text.size()};
}

/// Headers; `keep(name)` says which.
template <class Headers, class Keep>
std::vector<swb_header> to_headers(const Headers& headers, Keep keep) {
  std::vector<swb_header> result;
  result.reserve(headers.size());
  for (const auto& [name, value] : headers)
    if (keep(name)) result.push_back({to_str(name), to_str(value)});
  return result;
}

/// abi.h promises that a connector sees no credential and no cookie.
inline bool may_see(std::string_view header) {
  return header != "set-cookie" && header != "set-cookie2" && header != "cookie" &&
         header != "authorization" && header != "proxy-authorization";
}

inline swb_step to_step(const Step& all) {
  const auto& [op, step, attempt, now_ms, job_ms, state, chain_id, import_state] = all;  // all that there is, or it does not compile
  return {.struct_size = sizeof(swb_step),
          .op = op,
          .step = step,
          .attempt = attempt,
          .now_ms = now_ms,
          .state = to_str(state),
          .chain_id = to_str(chain_id),
          .job_ms = job_ms,
          .import_state = import_state.empty() ? swb_str{} : to_str(import_state)};
}

/// `shown`: those of its headers that are.
inline swb_response to_response(const Response& response, const std::vector<swb_header>& shown) {
  const auto& [http_status, transport, headers, body, tag, elapsed_ms] = response;
  return {.struct_size = sizeof(swb_response),
          .http_status = http_status,
          .transport = transport,
          .n_headers = static_cast<std::uint32_t>(shown.size()),
          .headers = shown.data(),
          .body = to_str(body),
          .tag = tag,
          .elapsed_ms = elapsed_ms};
}

inline swb_request to_request(const Request& request, const std::vector<swb_header>& shown) {
  const auto& [replay, first, count, method, path, auth, bucket, headers, body, tag] = request;
  return {.struct_size = sizeof(swb_request),
          .replay = replay,
          .first = first,
          .count = count,
          .method = to_str(method),
          .path = to_str(path),
          .auth = to_str(auth),
          .bucket = to_str(bucket),
          .headers = shown.data(),
          .n_headers = static_cast<std::uint32_t>(shown.size()),
          .body = to_str(body),
          .tag = tag};
}

}  // namespace switchboard::connectors
