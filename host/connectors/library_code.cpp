#include "host/connectors/library_code.h"

#include <vector>

#include "host/connectors/borrowed.h"

namespace switchboard::connectors {
namespace {

/// The batch as the ABI's dense table. Borrows from the view.
class Table {
 public:
  explicit Table(const BatchView& batch) {
    const auto& [columns, n_fields, rows, row_ids, kept] = batch;  // all that there is, or it does not compile
    columns_.reserve(columns.size());
    for (const auto& name : columns) columns_.push_back(to_str(name));
    ids_.reserve(row_ids.size());
    for (const auto& id : row_ids) ids_.push_back(to_str(id));
    cells_.resize(rows.size() * columns.size());
    auto* cell = cells_.data();
    for (const auto& row : rows) {
      for (std::size_t c = 0; c < columns.size(); ++c, ++cell)
        if (c < row.size() && row[c]) *cell = to_str(*row[c]);
    }
    table_ = {.struct_size = sizeof table_,
              .n_rows = static_cast<std::uint32_t>(rows.size()),
              .n_columns = static_cast<std::uint32_t>(columns.size()),
              .n_fields = static_cast<std::uint32_t>(n_fields),
              .columns = columns_.data(),
              .cells = cells_.data(),
              .row_ids = ids_.data()};
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  const swb_batch* get() const { return &table_; }

 private:
  std::vector<swb_str> columns_, cells_, ids_;
  swb_batch table_{};
};

/// The one that is kept, or a new one, which is kept unless it is large: batches of ten thousands are in flight for minutes.
std::shared_ptr<const Table> table_of(const BatchView& batch) {
  constexpr std::size_t kMostCellsKept = 10'000;
  if (batch.kept == nullptr) return std::make_shared<const Table>(batch);
  if (*batch.kept) return std::static_pointer_cast<const Table>(*batch.kept);
  auto table = std::make_shared<const Table>(batch);
  if (batch.rows.size() * batch.columns.size() <= kMostCellsKept) *batch.kept = table;
  return table;
}

class LibrarySession : public SessionCode {
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

  swb_status encode(Call& call, const BatchView& batch, const Step& step) const override {
    const auto table = table_of(batch);
    auto abi_step = to_step(step);
    return guarded(call, [&] { return library_->plugin.encode(call.handle(), session_, table->get(), &abi_step); });
  }

  swb_status decode(Call& call, const BatchView& batch, const Step& step, const Response& response) const override {
    const auto table = table_of(batch);
    auto abi_step = to_step(step);
    auto headers = to_headers(response.headers, may_see);
    auto abi_response = to_response(response, headers);
    return guarded(call, [&] {
      return library_->plugin.decode(call.handle(), session_, table->get(), &abi_step, &abi_response);
    });
  }

 private:
  std::shared_ptr<const Library> library_;  // shared: keeps the tables while the Connector may be gone
  swb_session* session_;
};

class LibraryAccount : public AccountCode {
 public:
  LibraryAccount(std::shared_ptr<const Library> library, swb_account* account)
      : library_(std::move(library)), account_(account) {}

  ~LibraryAccount() override {
    try {
      library_->sandbox->close(account_);
    } catch (...) {
      // Nobody is left to tell.
    }
  }

  swb_status serve(Call& call, const Request& request, std::int64_t now_ms) override {
    auto headers = to_headers(request.headers, [](const std::string&) { return true; });
    auto abi_request = to_request(request, headers);
    return guarded(call, [&] { return library_->sandbox->serve(call.handle(), account_, &abi_request, now_ms); });
  }

  swb_status dump(Call& call) override {
    return guarded(call, [&] { return library_->sandbox->dump(call.handle(), account_); });
  }

 private:
  std::shared_ptr<const Library> library_;  // shared: see LibrarySession
  swb_account* account_;
};

class LibraryCode : public Code {
 public:
  explicit LibraryCode(std::shared_ptr<const Library> library) : library_(std::move(library)) {}

  swb_status open(Call& call, const std::string& settings_json, std::unique_ptr<SessionCode>& out) const override {
    swb_session* session = nullptr;
    auto status =
        guarded(call, [&] { return library_->plugin.open(call.handle(), to_str(settings_json), &session); });
    // A session that came with OK is ours to close, also where a breach makes it useless.
    if (status == SWB_OK && session != nullptr) out = std::make_unique<LibrarySession>(library_, session);
    if (status == SWB_OK && session == nullptr) call.breach("succeeded without a session");
    return status;
  }

  swb_status open_account(Call& call, const std::string& options_json,
                          std::unique_ptr<AccountCode>& out) const override {
    if (!library_->sandbox) return SWB_OK;
    swb_account* account = nullptr;
    auto status =
        guarded(call, [&] { return library_->sandbox->open(call.handle(), to_str(options_json), &account); });
    if (status == SWB_OK && account != nullptr) out = std::make_unique<LibraryAccount>(library_, account);
    if (status == SWB_OK && account == nullptr) call.breach("succeeded without an account");
    return status;
  }

 private:
  std::shared_ptr<const Library> library_;  // shared with the sessions, which may outlive this
};

}  // namespace

std::unique_ptr<Code> code_in_process(std::shared_ptr<const Library> library) {
  return std::make_unique<LibraryCode>(std::move(library));
}

}  // namespace switchboard::connectors
