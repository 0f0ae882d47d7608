#include "host/connectors/worker/messages.h"

#include "host/connectors/borrowed.h"
#include "host/connectors/check_put.h"
#include "host/connectors/connector_limits.h"
#include "host/connectors/text_check.h"

namespace switchboard::connectors::worker {
namespace {

void write(FrameWriter& frame, const Mood& mood) { frame.number(mood.logs).number(mood.cancelled); }

// Each of these takes all that there is, or does not compile.

void write(FrameWriter& frame, const Step& all) {
  const auto& [op, step, attempt, now_ms, job_ms, state, chain_id, import_state] = all;
  frame.number(op).number(step).number(attempt).signed_wide(now_ms).signed_wide(job_ms);
  frame.text(state).text(chain_id).text(import_state);
}

void write(FrameWriter& frame, const BatchView& batch) {
  const auto& [columns, n_fields, rows, row_ids, kept] = batch;
  frame.number(static_cast<std::uint32_t>(n_fields));
  frame.number(static_cast<std::uint32_t>(columns.size()));
  for (const auto& name : columns) frame.text(name);
  frame.number(static_cast<std::uint32_t>(rows.size()));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    frame.text(row_ids[r]);
    const auto& row = rows[r];
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (c < row.size())
        frame.maybe_text(row[c]);
      else
        frame.maybe_text(std::nullopt);
  }
}

void write(FrameWriter& frame, const Request& request) {
  const auto& [replay, first, count, method, path, auth, bucket, headers, body, tag] = request;
  frame.number(replay).number(first).number(count);
  frame.text(method).text(path).text(auth).text(bucket);
  write_headers(frame, headers);
  frame.text(body).wide(tag);
}

/// `shown`: those of its headers that are.
void write(FrameWriter& frame, const Response& response, const std::vector<std::pair<std::string, std::string>>& shown) {
  const auto& [http_status, transport, headers, body, tag, elapsed_ms] = response;
  frame.number(http_status).number(transport);
  write_headers(frame, shown);
  frame.text(body).wide(tag).signed_wide(elapsed_ms);
}

void write(FrameWriter& frame, const Directive& directive) {
  const auto& [kind, reason, delay_ms, state, code, message] = directive;
  frame.number(kind).number(reason).wide(delay_ms);
  frame.maybe_text(state).text(code).text(message);
}

void write(FrameWriter& frame, const Item& item) {
  const auto& [kind, id, label] = item;
  frame.text(kind).text(id).text(label);
}

/// A Call's results, read back and put once more. Every step goes on only where the last one was in order.
class Absorber {
 public:
  Absorber(std::string_view payload, Call& call) : frame_(payload), call_(call) {}

  std::optional<swb_status> run(std::string& why) {
    const auto status = static_cast<swb_status>(frame_.number());
    const auto breach = readable(frame_.text(), kMaxReasonBytes), at = readable(frame_.text(), 64);
    const auto message = readable(frame_.text(), kMaxMessageBytes);
    requests();
    outcomes();
    directive();
    items();
    response();
    dump();
    if (!frame_.done()) why = "its fields do not add up";
    else if (call_.broken()) why = "it " + call_.breach();
    else if (refused_) why = "a result that its own checks refuse";
    if (!why.empty()) return std::nullopt;
    if (!breach.empty()) call_.breach(breach);
    if (!at.empty() || !message.empty()) call_.fail(at, message);
    return status;
  }

 private:
  bool good() const { return frame_.ok() && !refused_ && !call_.broken(); }
  void take(swb_status status) { refused_ |= status != SWB_OK; }

  std::vector<swb_header> headers() {
    std::vector<swb_header> list;
    for (auto left = frame_.count(2 * sizeof(std::uint32_t)); left > 0 && good(); --left) {
      const auto name = to_str(frame_.text());
      list.push_back({name, to_str(frame_.text())});
    }
    return list;
  }

  void requests() {
    auto left = frame_.count(sizeof(swb_request) / 2);
    refused_ |= left > 0 && call_.kind() != kEncodeCall;
    for (; left > 0 && good(); --left) {
      swb_request request{};
      request.struct_size = sizeof request;
      request.replay = frame_.number();
      request.first = frame_.number();
      request.count = frame_.number();
      for (auto* text : {&request.method, &request.path, &request.auth, &request.bucket}) *text = to_str(frame_.text());
      const auto list = headers();
      request.headers = list.data();
      request.n_headers = static_cast<std::uint32_t>(list.size());
      request.body = to_str(frame_.text());
      request.tag = frame_.wide();
      if (good()) take(check_request(call_, request));
    }
  }

  void outcomes() {
    auto left = frame_.count(2 * sizeof(std::uint32_t));
    refused_ |= left > 0 && call_.kind() != kDecodeCall;
    for (; left > 0 && good(); --left) {
      swb_outcome outcome{};
      outcome.struct_size = sizeof outcome;
      outcome.row = frame_.number();
      outcome.result = frame_.number();
      for (auto* text : texts_of(outcome)) *text = to_str(frame_.text());
      if (good()) take(check_outcome(call_, outcome));
    }
  }

  void directive() {
    if (frame_.number() == 0) return;
    refused_ |= call_.kind() != kDecodeCall;
    swb_directive directive{};
    directive.struct_size = sizeof directive;
    directive.kind = frame_.number();
    directive.reason = frame_.number();
    directive.delay_ms = frame_.wide();
    if (const auto state = frame_.maybe_text()) directive.state = to_str(*state);
    directive.code = to_str(frame_.text());
    directive.message = to_str(frame_.text());
    if (good()) take(check_directive(call_, directive));
  }

  void items() {
    auto left = frame_.count(3 * sizeof(std::uint32_t));
    refused_ |= left > 0 && call_.kind() != kDecodeCall;
    for (; left > 0 && good(); --left) {
      const auto kind = to_str(frame_.text()), id = to_str(frame_.text()), label = to_str(frame_.text());
      if (good()) take(check_item(call_, kind, id, label));
    }
  }

  void response() {
    if (frame_.number() == 0) return;
    refused_ |= call_.kind() != kServeCall;
    swb_response response{};
    response.struct_size = sizeof response;
    response.http_status = frame_.number();
    response.transport = frame_.number();
    const auto list = headers();
    response.headers = list.data();
    response.n_headers = static_cast<std::uint32_t>(list.size());
    response.body = to_str(frame_.text());
    response.tag = frame_.wide();
    response.elapsed_ms = frame_.signed_wide();
    if (good()) take(check_response(call_, response));
  }

  void dump() {
    const auto text = frame_.text();
    refused_ |= !text.empty() && call_.kind() != kDumpCall;
    if (good() && call_.account(text.size())) call_.dump = text;
  }

  FrameReader frame_;
  Call& call_;
  bool refused_ = false;
};

}  // namespace

void write_headers(FrameWriter& frame, const std::vector<std::pair<std::string, std::string>>& headers) {
  frame.number(static_cast<std::uint32_t>(headers.size()));
  for (const auto& [name, value] : headers) frame.text(name).text(value);
}

std::string open_frame(Kind kind, const Mood& mood, std::string_view json) {
  FrameWriter frame(kind);
  write(frame, mood);
  return frame.text(json).take();
}

std::string encode_frame(const Mood& mood, const BatchView& batch, const Step& step) {
  FrameWriter frame(Kind::Encode);
  write(frame, mood);
  write(frame, step);
  write(frame, batch);
  return frame.take();
}

std::string decode_frame(const Mood& mood, const BatchView& batch, const Step& step, const Response& response) {
  FrameWriter frame(Kind::Decode);
  write(frame, mood);
  write(frame, step);
  write(frame, batch);
  std::vector<std::pair<std::string, std::string>> shown;
  for (const auto& header : response.headers)
    if (may_see(header.first)) shown.push_back(header);
  write(frame, response, shown);
  return frame.take();
}

std::string serve_frame(const Mood& mood, const Request& request, std::int64_t now_ms) {
  FrameWriter frame(Kind::Serve);
  write(frame, mood);
  write(frame, request);
  return frame.signed_wide(now_ms).take();
}

std::string dump_frame(const Mood& mood) {
  FrameWriter frame(Kind::Dump);
  write(frame, mood);
  return frame.take();
}

std::string reply_frame(Call& call, swb_status status) {
  call.settle();
  FrameWriter frame(Kind::Reply);
  frame.number(static_cast<std::uint32_t>(status)).text(call.breach()).text(call.failed_at()).text(call.failed_message());
  // What a broken call put is void, and may be a great deal.
  const bool void_of_results = call.broken();
  const Decoded nothing;
  const auto& decoded = void_of_results ? nothing : call.decoded;
  frame.number(void_of_results ? 0 : static_cast<std::uint32_t>(call.requests.size()));
  if (!void_of_results)
    for (const auto& request : call.requests) write(frame, request);
  frame.number(static_cast<std::uint32_t>(decoded.rows.size()));
  for (const auto& row : decoded.rows) {
    frame.number(row.row).number(row.result);
    for (const auto* text : texts_of(row)) frame.text(*text);
  }
  const bool directed = call.has_directive && !void_of_results;
  frame.number(directed);
  if (directed) write(frame, decoded.directive);
  frame.number(static_cast<std::uint32_t>(decoded.items.size()));
  for (const auto& item : decoded.items) write(frame, item);
  const bool responded = call.response && !void_of_results;
  frame.number(responded);
  if (responded) write(frame, *call.response, call.response->headers);
  return frame.text(void_of_results ? std::string_view() : std::string_view(call.dump)).take();
}

std::optional<swb_status> absorb_reply(std::string_view payload, Call& call, std::string& why) {
  return Absorber(payload, call).run(why);
}

}  // namespace switchboard::connectors::worker
