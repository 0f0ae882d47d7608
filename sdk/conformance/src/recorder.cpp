#include "recorder.h"

#include <switchboard/forbidden_in_requests.h>
#include <switchboard/kit/text.h>
#include <switchboard/limits.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <cstdlib>

#include "operations.h"

namespace switchboard::conformance {

namespace {

using kit::view;

Recorder& self(swb_call* call) {
  auto& recorder = *reinterpret_cast<Recorder*>(call);
  if (recorder.meanwhile) recorder.meanwhile();
  return recorder;
}

std::string owned(swb_str text) { return std::string(view(text)); }
std::optional<std::string> maybe(swb_str text) {
  return text.data == nullptr ? std::nullopt : std::optional(std::string(text.data, text.size));
}

void violate(Recorder& recorder, const std::string& what) {
  if (recorder.emitted.violations.size() < 20) recorder.emitted.violations.push_back(what);
}

void check_text(Recorder& recorder, const char* what, const std::optional<std::string>& text) {
  if (text && !kit::is_utf8(*text)) violate(recorder, std::string(what) + " is not UTF-8");
}

void check_code(Recorder& recorder, const std::optional<std::string>& code) {
  if (!code || code->empty()) return;
  const bool tidy = code->find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.-") == std::string::npos;
  if (!tidy) violate(recorder, "code \"" + *code + "\" is not lower-case words joined by '_' or '.'");
}

Headers headers_of(Recorder& recorder, const swb_header* headers, std::uint32_t count, bool of_request) {
  Headers out;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string name = owned(headers[i].name);
    const std::string value = owned(headers[i].value);
    const auto bad = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (name.empty() || name.find_first_of(" :\r\n\t") != std::string::npos)
      violate(recorder, "\"" + name + "\" cannot be a header's name");
    if (std::any_of(value.begin(), value.end(), [&](char c) { return bad(c) && c != '\t'; })) {
      violate(recorder, "header " + name + " holds a control character");
    }
    if (of_request) {
      const std::string lower = kit::lower(name);
      if (is_one_of(kConnectionHeaders, lower) || is_one_of(kCredentialHeaders, lower)) violate(recorder, "header " + name + " belongs to the host");
    }
    out.emplace_back(name, value);
  }
  return out;
}

std::atomic<bool> is_quiet = false;  // for the calls of all threads

std::uint32_t log_enabled(swb_call*, std::uint32_t) { return is_quiet ? 0 : 1; }
void log(swb_call* call, const swb_log* line) {
  std::string text = owned(line->message);
  for (std::uint32_t i = 0; i < line->n_values; ++i) text += ' ' + owned(line->values[i].name) + '=' + owned(line->values[i].value);
  auto& logs = self(call).emitted.logs;
  if (logs.size() < kMaxLogLines) logs.push_back(std::move(text));
  else if (logs.size() == kMaxLogLines) violate(self(call), "more than " + std::to_string(kMaxLogLines) + " log lines in one call");
}

void* scratch(swb_call* call, std::size_t size, std::size_t align) {
  const bool power_of_two = align != 0 && (align & (align - 1)) == 0;
  if (!power_of_two || size >= (std::size_t{1} << 30)) return nullptr;
  // Always the same: what earlier calls left there is not to decide anything.
  return std::memset(self(call).arena.allocate(size, align), 0, size);
}

std::uint32_t cancelled(swb_call*) { return 0; }

void fail(swb_call* call, swb_str subject, swb_str message) {
  self(call).emitted.subject = owned(subject);
  self(call).emitted.reason = owned(message);
}

swb_status put_request(swb_call* call, const swb_request* r) {
  Recorder& recorder = self(call);
  if (recorder.expect != Expect::Requests) violate(recorder, "put_request() outside encode()");
  Request out;
  out.method = owned(r->method);
  out.path = owned(r->path);
  out.auth = owned(r->auth);
  out.bucket = owned(r->bucket);
  out.body = owned(r->body);
  out.headers = headers_of(recorder, r->headers, r->n_headers, true);
  out.replay = r->replay;
  out.first = r->first;
  out.count = r->count;
  out.tag = r->tag;
  if (r->struct_size < SWB_REQUEST_SIZE_1_0) violate(recorder, "swb_request.struct_size is too small");
  if (out.method.empty() || out.method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos || is_one_of(kForbiddenMethods, out.method))
    violate(recorder, "method \"" + out.method + "\"");
  const bool url = out.path.rfind("http://", 0) == 0 || out.path.rfind("https://", 0) == 0;
  if (!url && out.path.substr(0, 1) != "/")
    violate(recorder, "path \"" + out.path + "\" begins neither with '/' nor with http");
  for (const char c : out.path) {
    if (c <= ' ' || c >= 0x7F) {
      violate(recorder,
              "path \"" + kit::clean_text(out.path, 80) + "\" holds characters that must be escaped");
      break;
    }
  }
  if (out.replay > SWB_KEYED) violate(recorder, "unknown replay value");
  if (out.first > recorder.rows || out.count > recorder.rows - out.first)
    violate(recorder, "a request names rows that the batch does not have");
  recorder.emitted.requests.push_back(std::move(out));
  return recorder.sink_status;
}

swb_status put_body(swb_call* call, swb_str chunk) {
  Recorder& recorder = self(call);
  if (recorder.expect == Expect::Text) {
    recorder.emitted.text += view(chunk);
  } else if (recorder.expect == Expect::Requests && !recorder.emitted.requests.empty()) {
    recorder.emitted.requests.back().body += view(chunk);
  } else if (recorder.expect == Expect::Response && !recorder.emitted.responses.empty()) {
    recorder.emitted.responses.back().body += view(chunk);
  } else {
    violate(recorder, "put_body() with nothing to append to");
  }
  return recorder.sink_status;
}

swb_status put_outcome(swb_call* call, const swb_outcome* o) {
  Recorder& recorder = self(call);
  if (recorder.expect != Expect::Answer) violate(recorder, "put_outcome() outside decode()");
  Outcome out{o->row, o->result, maybe(o->vendor_id), maybe(o->code), maybe(o->field), maybe(o->message)};
  if (o->struct_size < SWB_OUTCOME_SIZE_1_0) violate(recorder, "swb_outcome.struct_size is too small");
  if (out.row >= recorder.rows)
    violate(recorder,
            "an outcome for row " + std::to_string(out.row) + " of " + std::to_string(recorder.rows));
  if (out.result < SWB_ACCEPTED || out.result > kLastResult)
    violate(recorder, "unknown result " + std::to_string(out.result));
  for (const Outcome& other : recorder.emitted.outcomes) {
    if (other.row == out.row) violate(recorder, "two outcomes for row " + std::to_string(out.row));
  }
  if (out.result == SWB_REJECTED && (!out.code || out.code->empty()))
    violate(recorder, "a rejected row without a code");
  check_text(recorder, "vendor_id", out.vendor_id);
  check_text(recorder, "code", out.code);
  check_code(recorder, out.code);
  check_text(recorder, "field", out.field);
  check_text(recorder, "message", out.message);
  recorder.emitted.outcomes.push_back(std::move(out));
  return recorder.sink_status;
}

swb_status put_directive(swb_call* call, const swb_directive* d) {
  Recorder& recorder = self(call);
  if (recorder.expect != Expect::Answer) violate(recorder, "put_directive() outside decode()");
  Directive out{d->kind, d->reason, d->delay_ms, maybe(d->state), maybe(d->code), maybe(d->message)};
  if (d->struct_size < SWB_DIRECTIVE_SIZE_1_0) violate(recorder, "swb_directive.struct_size is too small");
  if (out.kind < SWB_DONE || out.kind > SWB_ABORT)
    violate(recorder, "unknown directive " + std::to_string(out.kind));
  if (out.reason > SWB_REASON_SETTING) violate(recorder, "unknown reason " + std::to_string(out.reason));
  if (out.kind == SWB_ABORT && out.reason == SWB_REASON_NONE) violate(recorder, "ABORT without a reason");
  if (out.state && out.state->size() > kMaxStateBytes) violate(recorder, "a state larger than " + std::to_string(kMaxStateBytes >> 20) + " MiB");
  if (!recorder.emitted.directives.empty()) violate(recorder, "two directives");
  check_text(recorder, "code", out.code);
  check_code(recorder, out.code);
  check_text(recorder, "message", out.message);
  recorder.emitted.directives.push_back(std::move(out));
  return recorder.sink_status;
}

swb_status put_item(swb_call* call, swb_str kind, swb_str id, swb_str label) {
  Recorder& recorder = self(call);
  if (recorder.expect != Expect::Answer) violate(recorder, "put_item() outside decode()");
  recorder.emitted.items.push_back({owned(kind), owned(id), owned(label)});
  return recorder.sink_status;
}

swb_status put_response(swb_call* call, const swb_response* r) {
  Recorder& recorder = self(call);
  if (recorder.expect != Expect::Response) violate(recorder, "put_response() outside serve()");
  if (!recorder.emitted.responses.empty()) violate(recorder, "two responses");
  if (r->struct_size < SWB_RESPONSE_SIZE_1_0) violate(recorder, "swb_response.struct_size is too small");
  Response out;
  out.http_status = r->http_status;
  out.headers = headers_of(recorder, r->headers, r->n_headers, false);
  for (auto& header : out.headers) header.first = kit::lower(header.first);
  out.body = owned(r->body);
  out.tag = r->tag;
  if (out.http_status < 100 || out.http_status > 599)
    violate(recorder, "HTTP status " + std::to_string(out.http_status));
  recorder.emitted.responses.push_back(std::move(out));
  return recorder.sink_status;
}

const void* extension(swb_str) { return nullptr; }

}  // namespace

QuietHost::QuietHost() { is_quiet = true; }
QuietHost::~QuietHost() { is_quiet = false; }

const swb_host* harness_host() {
  static const char kName[] = "switchboard-conformance";
  static const swb_host host = {sizeof(swb_host), SWB_ABI_MINOR, {kName, sizeof kName - 1},
                                {"1", 1},         log_enabled,   log,
                                scratch,          cancelled,     fail,
                                put_request,      put_body,      put_outcome,
                                put_directive,    put_item,      put_response,
                                extension};
  return &host;
}

}  // namespace switchboard::conformance
