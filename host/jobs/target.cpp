#include "host/jobs/target.h"

#include <algorithm>
#include <cstdio>
#include <random>

#include "host/base/system_clock.h"
#include "host/jobs/settings.h"
#include "host/connectors/registry.h"

namespace switchboard::jobs {
namespace {

/// A random UUID (version 4, RFC 9562), for tokens and trace ids.
std::string make_uuid() {
  static thread_local std::mt19937_64 dice{(std::uint64_t{std::random_device{}()} << 32) ^ std::random_device{}()};
  const std::uint64_t high = (dice() & ~0xF000ull) | 0x4000ull;
  const std::uint64_t low = (dice() & ~(0xC0ull << 56)) | (0x80ull << 56);
  char text[37];
  std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                static_cast<unsigned>((high >> 16) & 0xFFFF), static_cast<unsigned>(high & 0xFFFF),
                static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFull));
  return text;
}

double roll() {
  static thread_local std::mt19937_64 dice{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(dice);
}

/// URL, or CONNECTOR=URL, of --base-url.
Result<std::string> base_url_for(const JobRequest& request, const std::string& id, bool alone) {
  std::string general, own;
  for (const std::string& text : request.base_url) {
    const std::size_t equals = text.find('=');
    const std::size_t scheme = text.find("://");
    if (equals != std::string::npos && (scheme == std::string::npos || equals < scheme)) {
      if (text.substr(0, equals) == id) own = text.substr(equals + 1);
    } else {
      general = text;
    }
  }
  if (!own.empty()) return own;
  if (!general.empty() && !alone)
    return usage_error("--base-url " + general + " would send the contacts of several connectors to one address.",
                 "Write --base-url CONNECTOR=URL for each of them.");
  return general;
}

/// Settings that were not given are absent for the connector, and empty in the target.
std::map<std::string, std::string> given(const std::map<std::string, std::string>& settings) {
  std::map<std::string, std::string> result;
  for (const auto& [name, value] : settings)
    if (!value.empty()) result[name] = value;
  return result;
}

/// The first way to authenticate whose required secrets are all there; nullptr: none.
const mapping::Auth* chosen_auth(const mapping::Manifest& manifest, const transport::Secrets& secrets) {
  const auto complete = [&](const mapping::Auth& auth) {
    return std::all_of(auth.secrets.begin(), auth.secrets.end(),
                       [&](const auto& secret) { return !secret.required || secrets.contains(secret.name); });
  };
  const auto chosen = std::find_if(manifest.auth.begin(), manifest.auth.end(), complete);
  return chosen == manifest.auth.end() ? nullptr : &*chosen;
}

/// Who the customer is, by the secrets of the way that is used; empty: they do not say; nullopt: no way has all that it needs.
std::optional<std::string> identifying(const mapping::Manifest& manifest, const transport::Secrets& secrets) {
  std::string text;
  const mapping::Auth* const chosen = chosen_auth(manifest, secrets);
  if (chosen == nullptr) return std::nullopt;
  for (const auto& secret : chosen->secrets) {
    const auto found = secrets.find(secret.name);
    if (secret.identifying && found != secrets.end()) text += secret.name + "=" + found->second + "\n";
  }
  return text.empty() ? text : manifest.id + "\n" + text;
}

/// A check needs no credential; one that is at hand tells whose account it is. A program is asked for it only where that is the question.
bool may_look_whose_account(const JobRequest& request) {
  if (request.only_new || !request.profile) return true;
  const auto& secrets = request.profile->secrets;
  return std::none_of(secrets.begin(), secrets.end(), [](const auto& secret) { return secret.second.starts_with("cmd:"); });
}

/// A placeholder for each secret that there is, so that the same way to authenticate is chosen; where none is complete,
/// for those of the first way.
transport::Secrets placeholders_of(const mapping::Manifest& manifest, const transport::Secrets& secrets) {
  transport::Secrets placeholders;
  if (chosen_auth(manifest, secrets) != nullptr) {
    for (const auto& [name, value] : secrets) placeholders[name] = "[redacted]";
  } else if (!manifest.auth.empty()) {
    for (const auto& secret : manifest.auth.front().secrets) placeholders[secret.name] = "[redacted]";
  }
  return placeholders;
}

Result<void> start_sandbox(Vendor& vendor) {
  const auto& manifest = vendor.connector->manifest();
  auto emulator = vendor.connector->open_sandbox(sandbox_options_json(invented_secrets(manifest), {}));
  if (!emulator) return emulator.error();
  if (*emulator == nullptr)
    return usage_error(manifest.name + " brings no sandbox.", "Leave --sandbox out, or give --base-url.");
  auto server = sandbox::Server::start(std::move(*emulator), *vendor.clock, {});
  if (!server) return server.error();
  vendor.sandbox = std::move(*server);
  return {};
}

Result<std::shared_ptr<Vendor>> open_vendor(const std::vector<std::string>& path, const std::string& id,
                                            const connectors::Loading& loading) {
  auto connector = connectors::find(path, id, loading);
  if (!connector) return connector.error();
  auto vendor = std::make_shared<Vendor>();
  vendor->connector = std::move(*connector);
  return vendor;
}

/// With --sandbox, an emulator and its clock; else the real ones. Once a vendor.
Result<void> connect(Vendor& vendor, const JobRequest& request) {
  if (vendor.clock) return {};
  if (!request.sandbox) {
    vendor.clock = std::make_unique<SystemClock>();
    return {};
  }
  vendor.clock = std::make_unique<SkippingClock>();
  return start_sandbox(vendor);
}

/// One target with its settings, opened up to the connector's session; nothing is sent yet.
Result<std::unique_ptr<Target>> open_one(const JobRequest& request, const std::shared_ptr<Vendor>& vendor,
                                         std::map<std::string, std::string> settings, bool alone, Purpose purpose,
                                         const CancelToken* cancel) {
  auto target = std::make_unique<Target>();
  target->vendor = vendor;
  target->settings = std::move(settings);
  const auto& manifest = target->manifest();
  target->id = manifest.id;
  auto session = vendor->connector->open(settings_json(manifest, target->settings));
  if (!session) return session.error();
  target->session = std::move(*session);

  if (auto connected = connect(*vendor, request); !connected) return connected.error();
  std::string base_url;
  if (target->sandboxed()) {
    base_url = vendor->sandbox->url();
  } else {
    auto given = base_url_for(request, target->id, alone);
    if (!given) return given.error();
    base_url = *given;
  }
  auto egress = transport::make_egress(manifest, target->settings, base_url);
  if (!egress) return egress.error();
  target->egress = std::move(*egress);
  for (const auto& setting : manifest.settings) target->settings.try_emplace(setting.name);
  // A vendor's rates are the vendor's: what answers on this machine is none, and says itself when it is too much.
  const bool paced = target->sandboxed() || !transport::is_loopback(target->egress.base_url);
  if (!vendor->line) vendor->line = std::make_unique<engine::VendorLine>(manifest.limits, *vendor->clock, paced);
  if (purpose == Purpose::Check && (target->sandboxed() || !may_look_whose_account(request))) return target;

  auto secrets = target->sandboxed() ? Result<transport::Secrets>(invented_secrets(manifest)) : secrets_of(manifest, request, cancel);
  if (!secrets && is_cancelled(cancel)) return secrets.error();
  if (!target->sandboxed() && secrets) target->identifying_secrets = identifying(manifest, *secrets);
  if (purpose == Purpose::Check) return target;
  if (purpose == Purpose::Preview) secrets = placeholders_of(manifest, secrets ? *secrets : transport::Secrets());
  if (!secrets) return secrets.error();
  auto auth = transport::Authenticator::create(manifest, *secrets, target->settings, *vendor->clock, make_uuid);
  if (!auth) return auth.error();
  target->auth = std::move(*auth);

  transport::HttpOptions http;
  http.timeout_ms = static_cast<std::int64_t>(manifest.limits.timeout_ms);
  if (request.timeout) http.timeout_ms = static_cast<std::int64_t>(*request.timeout) * 1000;
  if (http.timeout_ms <= 0) return usage_error("--timeout 0 would never wait for an answer.", "Give at least 1 second.");
  http.ca_file = request.ca_file.path;
  auto client = transport::HttpClient::create(http, cancel);
  if (!client) return client.error();
  target->http = std::move(*client);
  return target;
}

}  // namespace

Result<void> Target::change_setting(const std::string& name, const std::string& value) {
  settings[name] = value;
  auto opened = vendor->connector->open(settings_json(manifest(), given(settings)));
  if (!opened) return opened.error();
  session = std::move(*opened);
  return {};
}

std::optional<std::string> Target::emulator_failure() const {
  const auto why = sandboxed() ? vendor->sandbox->failure() : std::nullopt;
  if (!why) return std::nullopt;
  return "The emulator, which the connector brings, failed: " + *why + ".";
}

std::string Target::account(const std::string& job_id) const {
  std::string account = id + " " + (sandboxed() ? "sandbox of " + job_id : egress.base_url);
  for (const auto& setting : manifest().settings)
    if (setting.identifying || setting.one_job_each) account += " " + setting.name + "=" + settings.at(setting.name);
  return account;
}

engine::Parts Target::parts() const {
  engine::Parts parts;
  parts.connector = vendor->connector.get();
  parts.session = session.get();
  parts.http = http.get();
  parts.auth = auth.get();
  parts.egress = &egress;
  parts.clock = vendor->clock.get();
  parts.dice = roll;
  return parts;
}

namespace {

std::vector<std::string> search_path(const std::vector<NamedFile>& connector_path) {
  std::vector<std::string> first;
  for (const auto& directory : connector_path) first.push_back(directory.path);
  return connectors::search_path(first);
}

}  // namespace

connectors::Loading loading_of(const JobRequest& request, const CancelToken* cancel) {
  connectors::Loading loading = request.loading;
  loading.cancel = cancel;
  return loading;
}

Result<std::vector<std::unique_ptr<Target>>> open_targets(const JobRequest& request, const std::vector<std::string>& ids,
                                                          Purpose purpose, const CancelToken* cancel) {
  auto given = assignments(request);
  if (!given) return given.error();
  const auto path = search_path(request.connector_path);
  const Required required = purpose == Purpose::Ask ? Required::LeftToConnector : Required::Checked;
  std::vector<std::unique_ptr<Target>> targets;
  std::vector<std::string> known;
  for (const auto& id : ids) {
    auto vendor = open_vendor(path, id, loading_of(request, cancel));
    if (!vendor) return vendor.error();
    const auto& manifest = (*vendor)->connector->manifest();
    for (const auto& setting : manifest.settings) known.push_back(setting.name);
    auto jobs = settings_of_jobs(manifest, request, *given, required);
    if (!jobs) return jobs.error();
    for (auto& settings : *jobs) {
      auto target = open_one(request, *vendor, std::move(settings), ids.size() == 1, purpose, cancel);
      if (!target) return target.error();
      targets.push_back(std::move(*target));
    }
  }
  if (request.connectors == ids)
    if (auto done = check_known(*given, known, ids.front()); !done) return done.error();
  return targets;
}

Result<std::vector<std::unique_ptr<connectors::Connector>>> open_connectors(const std::vector<NamedFile>& connector_path,
                                                                            const std::vector<std::string>& ids,
                                                                            const connectors::Loading& loading) {
  const auto path = search_path(connector_path);
  std::vector<std::unique_ptr<connectors::Connector>> found;
  for (const auto& id : ids) {
    auto connector = connectors::find(path, id, loading);
    if (!connector) return connector.error();
    found.push_back(std::move(*connector));
  }
  return found;
}

Result<void> check_connectors(const JobRequest& request) {
  const auto& ids = request.connectors;
  if (ids.empty())
    return usage_error("Where the contacts should go is missing.",
                 "Add --to CONNECTOR; `switchboard connectors` lists the connectors.");
  for (auto id = ids.begin(); id != ids.end(); ++id)
    if (std::find(ids.begin(), id, *id) != id) return usage_error("--to " + *id + " is given twice.", "Give it once.");
  return {};
}

}  // namespace switchboard::jobs
