#include "host/connectors/check_put.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/http_token.h"
#include "core/base/operation.h"
#include "host/connectors/connector_limits.h"
#include "host/connectors/text_check.h"

namespace switchboard::connectors {
namespace {

std::string in_quotes(std::string_view text) { return "\"" + readable(text, 80) + "\""; }

/// Text that machines read: valid UTF-8 without control characters.
bool take_text(Call& call, swb_str theirs, std::size_t limit, const char* what, std::string& out) {
  out.clear();
  if (theirs.size == 0) return true;  // as most parts of an outcome are
  std::string_view text;
  if (!borrow(call, theirs, 1u << 20, what, text)) return false;
  if (!is_utf8(text) || !is_header_value(text)) {
    call.breach(std::string("put a ") + what + " with bytes that are not text");
    return false;
  }
  out = clipped(text, limit);
  return true;
}

/// Text that people read: repaired rather than refused, since it is often the vendor's own.
bool take_message(Call& call, swb_str theirs, std::string& out) {
  out.clear();
  if (theirs.size == 0) return true;
  std::string_view text;
  if (!borrow(call, theirs, SIZE_MAX, "message", text)) return false;
  out = readable(text.substr(0, 4 * kMaxMessageBytes), kMaxMessageBytes);
  return true;
}

bool take_code(Call& call, swb_str theirs, std::string& out) {
  out.clear();
  if (theirs.size == 0) return true;
  std::string_view text;
  if (!borrow(call, theirs, 1u << 20, "code", text)) return false;
  out = tidy_code(text, kMaxCodeBytes);
  return true;
}

/// `theirs` may have `count` entries; the names become lower-case where `lower` is set.
bool take_headers(Call& call, const swb_header* theirs, std::uint32_t count, bool lower,
                  std::vector<std::pair<std::string, std::string>>& out) {
  if (count > kMaxHeaders || (count > 0 && theirs == nullptr)) {
    call.breach("put " + std::to_string(count) + " headers");
    return false;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string_view name, value;
    if (!borrow(call, theirs[i].name, kMaxHeaderBytes, "header name", name) ||
        !borrow(call, theirs[i].value, kMaxHeaderBytes, "header value", value))
      return false;
    if (!is_http_token(name)) {
      call.breach("put a header whose name is not one: " + in_quotes(name));
      return false;
    }
    if (!is_header_value(value) || !is_utf8(value)) {
      call.breach("put a header with a line end or another control character in it: " + in_quotes(name));
      return false;
    }
    out.emplace_back(lower ? lower_case(name) : std::string(name), value);
  }
  return true;
}

bool knows_auth(const mapping::Manifest& manifest, std::string_view id) {
  return id.empty() || id == "none" ||
         std::ranges::any_of(manifest.auth, [&](const auto& a) { return a.id == id; });
}

bool knows_bucket(const mapping::Manifest& manifest, std::string_view name) {
  return name.empty() ||
         std::ranges::any_of(manifest.limits.rates, [&](const auto& rate) { return rate.bucket == name; });
}

}  // namespace

bool borrow(Call& call, swb_str text, std::size_t limit, const char* what, std::string_view& out) {
  if (text.data == nullptr && text.size != 0) {
    call.breach(std::string("passed a ") + what + " without data but with a size");
    return false;
  }
  if (text.size > limit) {
    call.breach(std::string("passed a ") + what + " of " + std::to_string(text.size) + " bytes; at most " +
                std::to_string(limit) + " are allowed");
    return false;
  }
  out = text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
  return true;
}

swb_status check_request(Call& call, const swb_request& theirs) {
  if (call.requests.size() >= kMaxRequests) return call.breach("put too many requests", SWB_E_LIMIT);
  Request request;
  std::string_view method, path, body;
  if (!borrow(call, theirs.method, 64, "method", method) ||
      !borrow(call, theirs.path, kMaxPathBytes, "path", path) ||
      !borrow(call, theirs.body, SIZE_MAX, "body", body) || !call.account(body.size()) ||
      !take_text(call, theirs.auth, kMaxIdBytes, "auth id", request.auth) ||
      !take_text(call, theirs.bucket, kMaxIdBytes, "bucket name", request.bucket) ||
      !take_headers(call, theirs.headers, theirs.n_headers, false, request.headers))
    return SWB_E_INTERNAL;
  if (theirs.replay > SWB_KEYED)
    return call.breach("put a request of unknown replay " + std::to_string(theirs.replay));
  if (!is_method(method)) return call.breach("put a request whose method is not one: " + in_quotes(method));
  if (!is_path_or_url(path))
    return call.breach("put a request whose path is not one (it begins with '/' and is percent-encoded): " +
                       in_quotes(path.substr(0, path.find('?'))));
  for (const auto& [name, value] : request.headers)
    if (is_reserved_header(lower_case(name)))
      return call.breach("put the header " + in_quotes(name) + ", which is the host's alone");
  if (!knows_auth(call.manifest(), request.auth))
    return call.breach("put a request with the auth " + in_quotes(request.auth) +
                       ", which its manifest does not have");
  if (!knows_bucket(call.manifest(), request.bucket))
    return call.breach("put a request with the bucket " + in_quotes(request.bucket) +
                       ", for which its manifest has no rate");
  const std::size_t rows = call.n_rows;
  if (theirs.first > rows || theirs.count > rows - theirs.first)
    return call.breach("put a request for rows " + std::to_string(theirs.first) + " to " +
                       std::to_string(std::uint64_t{theirs.first} + theirs.count) + " of a batch of " +
                       std::to_string(rows));
  request.replay = theirs.replay;
  request.first = theirs.first;
  request.count = theirs.count;
  request.method = method;
  request.path = path;
  request.body = body;
  request.tag = theirs.tag;
  call.requests.push_back(std::move(request));
  return SWB_OK;
}

std::optional<std::string> check_request_set(Call& call) {
  auto& requests = call.requests;
  const auto operation = operation_of(call.step->op);
  const bool may_be_several = operation && traits_of(*operation).begins_with_several && call.step->step == 0;
  const auto rows = static_cast<std::uint32_t>(call.n_rows);
  if (requests.empty()) return "put no request";
  if (requests.size() > 1 && !may_be_several)
    return "put " + std::to_string(requests.size()) +
           " requests; only the first step of an import may put several";
  if (may_be_several) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
    for (const auto& request : requests) ranges.emplace_back(request.first, request.count);
    std::ranges::sort(ranges);
    std::uint32_t next = 0;
    for (auto [first, count] : ranges) {
      if (first < next) return "put two requests for row " + std::to_string(first) + " of the batch";
      if (count == 0 && rows > 0) return "put a request for no row of the batch";
      if (first > next) return "put no request for row " + std::to_string(next) + " of the batch";
      next = first + count;
    }
    if (next != rows) return "put no request for row " + std::to_string(next) + " of the batch";
  } else {
    // A later step is about all rows of its chain, whatever it says.
    requests.front().first = 0;
    requests.front().count = rows;
  }
  return std::nullopt;
}

swb_status check_outcome(Call& call, const swb_outcome& theirs) {
  if (theirs.row >= call.has_outcome.size())
    return call.breach("put an outcome for row " + std::to_string(theirs.row) + " of a batch of " +
                       std::to_string(call.has_outcome.size()));
  if (call.has_outcome[theirs.row])
    return call.breach("put two outcomes for row " + std::to_string(theirs.row));
  const auto* traits = result_traits(theirs.result);
  if (traits == nullptr) return call.breach("put the unknown result " + std::to_string(theirs.result));
  const auto operation = operation_of(call.step->op);
  if (traits->only_reconciling && !(operation && traits_of(*operation).settles_doubt))
    return call.breach("put ABSENT outside a reconcile");
  auto& results = call.decoded.rows;
  if (results.empty()) results.reserve(call.has_outcome.size());  // mostly all of them come
  RowResult& result = results.emplace_back();  // where it stays: moving its texts took longer than reading them
  if (!take_text(call, theirs.vendor_id, kMaxIdBytes, "vendor_id", result.vendor_id) ||
      !take_code(call, theirs.code, result.code) ||
      !take_text(call, theirs.field, kMaxIdBytes, "field", result.field) ||
      !take_message(call, theirs.message, result.message)) {
    results.pop_back();
    return SWB_E_INTERNAL;
  }
  // A field that we do not send (the vendor's own path, say) cannot be pointed at in the rejects file.
  if (!result.field.empty() && std::ranges::find(call.columns, result.field) == call.columns.end()) result.field.clear();
  result.row = theirs.row;
  result.result = theirs.result;
  call.has_outcome[theirs.row] = true;
  return SWB_OK;
}

swb_status check_directive(Call& call, const swb_directive& theirs) {
  if (call.has_directive) return call.breach("put two directives");
  Directive& directive = call.decoded.directive;
  std::string_view state;
  if (theirs.kind < SWB_DONE || theirs.kind > SWB_ABORT)
    return call.breach("put the unknown directive " + std::to_string(theirs.kind));
  if (theirs.reason > SWB_REASON_SETTING)
    return call.breach("put the unknown reason " + std::to_string(theirs.reason));
  if (!borrow(call, theirs.state, kMaxStateBytes, "state", state) ||
      !take_code(call, theirs.code, directive.code) || !take_message(call, theirs.message, directive.message))
    return SWB_E_INTERNAL;
  directive.kind = theirs.kind;
  if (theirs.kind == SWB_ABORT) directive.reason = theirs.reason;
  // A vendor may ask for any wait before it takes something; a step or a poll that far off is the connector's own doing, and would be
  // waited for by every resume.
  if ((theirs.kind == SWB_NEXT || theirs.kind == SWB_POLL) && theirs.delay_ms > kMaxDelayMs)
    return call.breach("put a directive that waits " + std::to_string(theirs.delay_ms) + " ms; at most " + std::to_string(kMaxDelayMs) + " are allowed");
  directive.delay_ms = std::min(theirs.delay_ms, kMaxDelayMs);
  if (theirs.state.data != nullptr) directive.state = std::string(state);
  call.has_directive = true;
  return SWB_OK;
}

swb_status check_item(Call& call, swb_str kind, swb_str id, swb_str label) {
  if (call.step->op != SWB_DISCOVER) return call.breach("used put_item() outside a discover");
  if (call.decoded.items.size() >= kMaxItems) return call.breach("put too many items", SWB_E_LIMIT);
  Item item;
  if (!take_text(call, kind, kMaxIdBytes, "kind", item.kind) ||
      !take_text(call, id, kMaxIdBytes, "id", item.id) || !take_message(call, label, item.label))
    return SWB_E_INTERNAL;
  call.decoded.items.push_back(std::move(item));
  return SWB_OK;
}

swb_status check_response(Call& call, const swb_response& theirs) {
  if (call.response) return call.breach("put two responses");
  Response response;
  std::string_view body;
  if (theirs.http_status < 200 || theirs.http_status > 599 || theirs.transport != SWB_TRANSPORT_OK)
    return call.breach("put a response of status " + std::to_string(theirs.http_status));
  if (!borrow(call, theirs.body, SIZE_MAX, "body", body) || !call.account(body.size()) ||
      !take_headers(call, theirs.headers, theirs.n_headers, true, response.headers))
    return SWB_E_INTERNAL;
  std::erase_if(response.headers, [](const auto& header) { return is_reserved_header(header.first); });
  response.http_status = theirs.http_status;
  response.body = body;
  response.tag = theirs.tag;
  call.response = std::move(response);
  return SWB_OK;
}

std::optional<std::string> check_log(Call& call, const swb_log& log) {
  std::string line;
  if (!take_message(call, log.message, line)) return std::nullopt;
  if (log.n_values > kMaxHeaders || (log.n_values > 0 && log.values == nullptr)) {
    call.breach("logged " + std::to_string(log.n_values) + " values");
    return std::nullopt;
  }
  for (std::uint32_t i = 0; i < log.n_values; ++i) {
    std::string name, value;
    if (!take_message(call, log.values[i].name, name) || !take_message(call, log.values[i].value, value))
      return std::nullopt;
    line += " " + name + "=" + value;
  }
  return line;
}

}  // namespace switchboard::connectors
