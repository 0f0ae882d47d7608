#include "host/connectors/connector.h"

#include "host/connectors/library.h"
#include "host/connectors/session.h"

namespace switchboard::connectors {
namespace {

class LibraryConnector : public Connector {
 public:
  explicit LibraryConnector(std::shared_ptr<const Library> library) : library_(std::move(library)) {}

  const mapping::Manifest& manifest() const override { return library_->manifest; }
  const std::string& library_path() const override { return library_->path; }
  Result<std::unique_ptr<Session>> open(const std::string& settings_json) const override {
    return open_session(library_, settings_json);
  }
  Result<std::unique_ptr<Sandbox>> open_sandbox(const std::string& options_json) const override {
    return open_account(library_, options_json);
  }

 private:
  std::shared_ptr<const Library> library_;  // shared with the sessions, which may outlive this
};

}  // namespace

Result<std::unique_ptr<Connector>> Connector::load(const std::string& library_path) {
  auto library = load_library(library_path);
  if (!library) return library.error();
  return std::unique_ptr<Connector>(std::make_unique<LibraryConnector>(std::move(*library)));
}

}  // namespace switchboard::connectors
