#include "world.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "host/jobs/settings.h"
#include "host/jobs/target.h"

namespace switchboard::jobs::test {
namespace fs = std::filesystem;

namespace {

constexpr const char* kVariables[] = {"SWITCHBOARD_TRUEDY_API_KEY", "SWITCHBOARD_APPTOTO_USER", "SWITCHBOARD_APPTOTO_API_KEY"};

}  // namespace

World::World(const std::string& connector) : id(connector) {
  std::string pattern = (fs::temp_directory_path() / "switchboard-jobs-XXXXXX").string();
  folder = mkdtemp(pattern.data());
  auto opened = ledger::open_sqlite_ledger((folder / "state").string());
  REQUIRE(opened);
  ledger = std::move(*opened);
  auto connectors = open_connectors({NamedFile::of(CONNECTORS)}, {id}, in_this_process());
  REQUIRE(connectors);
  const auto& library = *connectors->front();
  auto emulator = library.open_sandbox(sandbox_options_json(invented_secrets(library.manifest()), {}));
  REQUIRE(emulator);
  sandbox::ServerOptions options;
  options.log = [this](const std::string&) {
    if (on_request) on_request();
  };
  auto server = sandbox::Server::start(std::move(*emulator), clock, options);
  REQUIRE(server);
  vendor = std::move(*server);
  for (const std::string variable : kVariables) setenv(variable.c_str(), "sandbox", 1);
}

World::~World() {
  for (const std::string variable : kVariables) unsetenv(variable.c_str());
  vendor.reset();
  ledger.reset();
  fs::remove_all(folder);
}

std::string World::write(const std::string& name, const std::string& text) const {
  std::ofstream(folder / name, std::ios::binary) << text;
  return (folder / name).string();
}

std::string World::read(const std::string& name) const {
  std::ifstream file(folder / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string World::people(int count, const std::string& name) const {
  std::string text = "phone,name\n";
  for (int i = 0; i < count; ++i) text += "+1212555" + std::to_string(1000 + i) + ",Person " + std::to_string(i) + "\n";
  return write(name, text);
}

JobRequest World::request(const std::string& source) const {
  JobRequest request;
  request.source = source;
  request.connectors = {id};
  request.connector_path = {NamedFile::of(CONNECTORS)};
  request.loading = in_this_process();
  request.base_url = {vendor->url()};
  request.rejects = NamedFile::of((folder / "rejects.csv").string());
  return request;
}

int World::contacts() const {
  auto account = vendor->account();
  REQUIRE(account);
  int count = 0;
  for (auto at = account->find("+1212555"); at != std::string::npos; at = account->find("+1212555", at + 1)) ++count;
  return count;
}

}  // namespace switchboard::jobs::test
