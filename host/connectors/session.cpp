#include "host/connectors/session.h"

#include "host/connectors/check_put.h"
#include "host/connectors/text_check.h"

namespace switchboard::connectors {
namespace {

/// A view whose parts do not fit together is a defect of ours; it must not become a wild read in the
/// connector.
bool fits(const BatchView& batch) {
  return batch.row_ids.size() == batch.rows.size() && batch.n_fields <= batch.columns.size() &&
         batch.rows.size() <= UINT32_MAX && batch.columns.size() <= UINT32_MAX;
}

class CheckedSession : public Session {
 public:
  CheckedSession(std::shared_ptr<const mapping::Manifest> manifest, std::unique_ptr<SessionCode> code)
      : manifest_(std::move(manifest)), code_(std::move(code)) {}

  Result<std::vector<Request>> encode(const BatchView& batch, const Step& step) const override {
    if (!fits(batch)) return Error{ErrorKind::Internal, "encode(): rows and row ids do not match", ""};
    Call call(kEncodeCall, *manifest_);
    call.is_about(batch.rows.size(), batch.columns, step);
    auto status = code_->encode(call, batch, step);
    if (auto error = call.verdict(status)) return std::move(*error);
    if (auto breach = check_request_set(call)) return call.breach_error(*breach);
    return std::move(call.requests);
  }

  Result<Decoded> decode(const BatchView& batch, const Step& step, const Response& response) const override {
    if (!fits(batch)) return Error{ErrorKind::Internal, "decode(): rows and row ids do not match", ""};
    Call call(kDecodeCall, *manifest_);
    call.is_about(batch.rows.size(), batch.columns, step);
    auto status = code_->decode(call, batch, step, response);
    if (auto error = call.verdict(status)) return std::move(*error);
    if (!call.has_directive) return call.breach_error("put no directive");
    return std::move(call.decoded);
  }

 private:
  std::shared_ptr<const mapping::Manifest> manifest_;  // shared with the Connector, which may be gone
  std::unique_ptr<SessionCode> code_;
};

class CheckedSandbox : public Sandbox {
 public:
  CheckedSandbox(std::shared_ptr<const mapping::Manifest> manifest, std::unique_ptr<AccountCode> code)
      : manifest_(std::move(manifest)), code_(std::move(code)) {}

  Result<Response> serve(const Request& request, std::int64_t now_ms) override {
    Call call(kServeCall, *manifest_);
    auto status = code_->serve(call, request, now_ms);
    if (auto error = call.verdict(status)) return std::move(*error);
    if (!call.response) return call.breach_error("put no response");
    return std::move(*call.response);
  }

  Result<std::string> dump() override {
    Call call(kDumpCall, *manifest_);
    auto status = code_->dump(call);
    if (auto error = call.verdict(status)) return std::move(*error);
    if (!is_utf8(call.dump)) return call.breach_error("put a dump that is not UTF-8");
    return std::move(call.dump);
  }

 private:
  std::shared_ptr<const mapping::Manifest> manifest_;  // shared: see CheckedSession
  std::unique_ptr<AccountCode> code_;
};

class CheckedConnector : public Connector {
 public:
  CheckedConnector(std::string path, std::shared_ptr<const mapping::Manifest> manifest, std::unique_ptr<Code> code)
      : path_(std::move(path)), manifest_(std::move(manifest)), code_(std::move(code)) {}

  const mapping::Manifest& manifest() const override { return *manifest_; }
  const std::string& library_path() const override { return path_; }

  Result<std::unique_ptr<Session>> open(const std::string& settings_json) const override {
    Call call(kOpenCall, *manifest_);
    std::unique_ptr<SessionCode> code;
    auto status = code_->open(call, settings_json, code);
    if (auto error = call.verdict(status)) return std::move(*error);
    return std::unique_ptr<Session>(std::make_unique<CheckedSession>(manifest_, std::move(code)));
  }

  Result<std::unique_ptr<Sandbox>> open_sandbox(const std::string& options_json) const override {
    Call call(kSandboxOpenCall, *manifest_);
    std::unique_ptr<AccountCode> code;
    auto status = code_->open_account(call, options_json, code);
    if (auto error = call.verdict(status)) return std::move(*error);
    if (!code) return std::unique_ptr<Sandbox>();
    return std::unique_ptr<Sandbox>(std::make_unique<CheckedSandbox>(manifest_, std::move(code)));
  }

 private:
  const std::string path_;
  std::shared_ptr<const mapping::Manifest> manifest_;  // shared with the sessions, which may outlive this
  std::unique_ptr<Code> code_;
};

}  // namespace

std::unique_ptr<Connector> make_connector(std::string library_path, std::shared_ptr<const mapping::Manifest> manifest,
                                          std::unique_ptr<Code> code) {
  return std::make_unique<CheckedConnector>(std::move(library_path), std::move(manifest), std::move(code));
}

}  // namespace switchboard::connectors
