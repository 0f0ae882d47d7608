#include "host/connectors/session.h"

#include "host/connectors/borrowed.h"
#include "host/connectors/call.h"
#include "host/connectors/check_put.h"
#include "host/connectors/text_check.h"

namespace switchboard::connectors {
namespace {

/// The batch as the ABI's dense table. Borrows from the view.
class Table {
 public:
  explicit Table(const BatchView& batch) {
    columns_.reserve(batch.columns.size());
    for (const auto& name : batch.columns) columns_.push_back(to_str(name));
    ids_.reserve(batch.row_ids.size());
    for (const auto& id : batch.row_ids) ids_.push_back(to_str(id));
    cells_.resize(batch.rows.size() * batch.columns.size());
    auto* cell = cells_.data();
    for (const auto& row : batch.rows) {
      for (std::size_t c = 0; c < batch.columns.size(); ++c, ++cell)
        if (c < row.size() && row[c]) *cell = to_str(*row[c]);
    }
    table_ = {.struct_size = sizeof table_,
              .n_rows = static_cast<std::uint32_t>(batch.rows.size()),
              .n_columns = static_cast<std::uint32_t>(batch.columns.size()),
              .n_fields = static_cast<std::uint32_t>(batch.n_fields),
              .columns = columns_.data(),
              .cells = cells_.data(),
              .row_ids = ids_.data()};
  }
  const swb_batch* get() const { return &table_; }

 private:
  std::vector<swb_str> columns_, cells_, ids_;
  swb_batch table_{};
};

swb_step to_step(const Step& step) {
  return {.struct_size = sizeof(swb_step),
          .op = step.op,
          .step = step.step,
          .attempt = step.attempt,
          .now_ms = step.now_ms,
          .state = to_str(step.state),
          .chain_id = to_str(step.chain_id),
          .job_ms = step.job_ms};
}

/// abi.h promises that a connector sees no credential and no cookie.
bool may_see(std::string_view header) {
  return header != "set-cookie" && header != "set-cookie2" && header != "cookie" &&
         header != "authorization" && header != "proxy-authorization";
}

/// A view whose parts do not fit together is a defect of ours; it must not become a wild read in the
/// connector.
bool fits(const BatchView& batch) {
  return batch.row_ids.size() == batch.rows.size() && batch.n_fields <= batch.columns.size() &&
         batch.rows.size() <= UINT32_MAX && batch.columns.size() <= UINT32_MAX;
}

class LibrarySession : public Session {
 public:
  LibrarySession(std::shared_ptr<const Library> library, swb_session* session)
      : library_(std::move(library)), session_(session) {}

  ~LibrarySession() override {
    try {
      library_->plugin.close(session_);
    } catch (...) {
      // Nobody is left to tell.
    }
  }

  Result<std::vector<Request>> encode(const BatchView& batch, const Step& step) const override {
    if (!fits(batch)) return Error{ErrorKind::Internal, "encode(): rows and row ids do not match", ""};
    Call call(kEncodeCall, library_->manifest);
    call.batch = &batch;
    call.step = &step;
    Table table(batch);
    auto abi_step = to_step(step);
    auto status = guarded(
        call, [&] { return library_->plugin.encode(call.handle(), session_, table.get(), &abi_step); });
    if (auto error = call.verdict(status)) return std::move(*error);
    if (auto breach = check_request_set(call)) return call.breach_error(*breach);
    return std::move(call.requests);
  }

  Result<Decoded> decode(const BatchView& batch, const Step& step, const Response& response) const override {
    if (!fits(batch)) return Error{ErrorKind::Internal, "decode(): rows and row ids do not match", ""};
    Call call(kDecodeCall, library_->manifest);
    call.batch = &batch;
    call.step = &step;
    call.has_outcome.assign(batch.rows.size(), false);
    Table table(batch);
    auto abi_step = to_step(step);
    auto headers = to_headers(response.headers, may_see);
    swb_response abi_response = {.struct_size = sizeof(swb_response),
                                 .http_status = response.http_status,
                                 .transport = response.transport,
                                 .n_headers = static_cast<std::uint32_t>(headers.size()),
                                 .headers = headers.data(),
                                 .body = to_str(response.body),
                                 .tag = response.tag,
                                 .elapsed_ms = response.elapsed_ms};
    auto status = guarded(call, [&] {
      return library_->plugin.decode(call.handle(), session_, table.get(), &abi_step, &abi_response);
    });
    if (auto error = call.verdict(status)) return std::move(*error);
    if (!call.has_directive) return call.breach_error("put no directive");
    return std::move(call.decoded);
  }

 private:
  std::shared_ptr<const Library> library_;  // shared: keeps the tables while the Connector may be gone
  swb_session* session_;
};

class LibrarySandbox : public Sandbox {
 public:
  LibrarySandbox(std::shared_ptr<const Library> library, swb_account* account)
      : library_(std::move(library)), account_(account) {}

  ~LibrarySandbox() override {
    try {
      library_->sandbox->close(account_);
    } catch (...) {
      // Nobody is left to tell.
    }
  }

  Result<Response> serve(const Request& request, std::int64_t now_ms) override {
    Call call(kServeCall, library_->manifest);
    auto headers = to_headers(request.headers, [](const std::string&) { return true; });
    swb_request abi_request = {.struct_size = sizeof(swb_request),
                               .replay = request.replay,
                               .first = request.first,
                               .count = request.count,
                               .method = to_str(request.method),
                               .path = to_str(request.path),
                               .auth = to_str(request.auth),
                               .bucket = to_str(request.bucket),
                               .headers = headers.data(),
                               .n_headers = static_cast<std::uint32_t>(headers.size()),
                               .body = to_str(request.body),
                               .tag = request.tag};
    auto status = guarded(
        call, [&] { return library_->sandbox->serve(call.handle(), account_, &abi_request, now_ms); });
    if (auto error = call.verdict(status)) return std::move(*error);
    if (!call.response) return call.breach_error("put no response");
    return std::move(*call.response);
  }

  Result<std::string> dump() override {
    Call call(kDumpCall, library_->manifest);
    auto status = guarded(call, [&] { return library_->sandbox->dump(call.handle(), account_); });
    if (auto error = call.verdict(status)) return std::move(*error);
    if (!is_utf8(call.dump)) return call.breach_error("put a dump that is not UTF-8");
    return std::move(call.dump);
  }

 private:
  std::shared_ptr<const Library> library_;  // shared: see LibrarySession
  swb_account* account_;
};

}  // namespace

Result<std::unique_ptr<Session>> open_session(std::shared_ptr<const Library> library,
                                              const std::string& settings_json) {
  Call call(kOpenCall, library->manifest);
  swb_session* session = nullptr;
  auto status =
      guarded(call, [&] { return library->plugin.open(call.handle(), to_str(settings_json), &session); });
  // A session that came with OK is ours to close, also where a breach makes it useless.
  std::unique_ptr<Session> opened;
  if (status == SWB_OK && session != nullptr) opened = std::make_unique<LibrarySession>(library, session);
  if (auto error = call.verdict(status)) return std::move(*error);
  if (!opened) return call.breach_error("succeeded without a session");
  return opened;
}

Result<std::unique_ptr<Sandbox>> open_account(std::shared_ptr<const Library> library,
                                              const std::string& options_json) {
  if (!library->sandbox) return std::unique_ptr<Sandbox>();
  Call call(kSandboxOpenCall, library->manifest);
  swb_account* account = nullptr;
  auto status =
      guarded(call, [&] { return library->sandbox->open(call.handle(), to_str(options_json), &account); });
  std::unique_ptr<Sandbox> opened;
  if (status == SWB_OK && account != nullptr) opened = std::make_unique<LibrarySandbox>(library, account);
  if (auto error = call.verdict(status)) return std::move(*error);
  if (!opened) return call.breach_error("succeeded without an account");
  return opened;
}

}  // namespace switchboard::connectors
