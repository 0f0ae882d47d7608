#include "host/transport/egress.h"

#include <algorithm>

#include "core/base/nearest.h"
#include "host/transport/url.h"

namespace switchboard::transport {
namespace {

Error refused(const std::string& why) {
  return Error{ErrorKind::Internal, "the connector asked for a URL that it may not use: " + why,
               "Nothing was sent. This is a defect of the connector, or the vendor sent it somewhere else."};
}

/// Is one of the path's segments "..", also where it is percent-encoded?
bool climbs(std::string_view target) {
  auto path = target.substr(0, target.find('?'));
  if (path.find("..") == std::string_view::npos && path.find('%') == std::string_view::npos) return false;
  std::string plain;
  for (std::size_t i = 0; i < path.size(); ++i) {
    bool is_dot = path[i] == '%' && i + 2 < path.size() && path[i + 1] == '2' && (path[i + 2] | 0x20) == 'e';
    plain += is_dot ? '.' : path[i];
    if (is_dot) i += 2;
  }
  return (plain + "/").find("/../") != std::string::npos;
}

std::string without_slashes_at_end(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

/// The value of a setting in a URL. In the host it must be one; a pasted "https://" in front is forgiven.
Result<std::string> fill_one(const std::string& name, const std::map<std::string, std::string>& settings,
                             bool in_path) {
  auto found = settings.find(name);
  if (found == settings.end() || found->second.empty())
    return usage_error("the setting " + name + " is needed for the vendor's address",
                 "Give it with --set " + name + "=VALUE.");
  if (in_path) return percent_encode(found->second);
  std::string value = found->second;
  if (value.starts_with("https://")) value.erase(0, 8);
  value = without_slashes_at_end(value);
  auto url = parse_url("https://" + value);
  if (!url || url->has_path || url->target != "/")
    return usage_error("the setting " + name + " must be a host name such as bots.example.com, and is not",
                 "Check --set " + name + "=….");
  return value;
}

/// Fills the {setting} placeholders of a URL or of its path.
Result<std::string> fill(std::string_view text, const std::map<std::string, std::string>& settings,
                         bool in_path) {
  std::string result;
  while (!text.empty()) {
    auto open = std::min(text.find('{'), text.size());
    result += text.substr(0, open);
    text.remove_prefix(open);
    if (text.empty()) break;
    auto close = text.find('}');
    if (close == std::string_view::npos) return usage_error("the manifest's base URL has a '{' without '}'", "");
    auto scheme_end = result.find("://");
    bool is_path =
        in_path || (scheme_end != std::string::npos && result.find('/', scheme_end + 3) != std::string::npos);
    auto value = fill_one(std::string(text.substr(1, close - 1)), settings, is_path);
    if (!value) return value.error();
    result += *value;
    text.remove_prefix(close + 1);
  }
  return result;
}

/// The base URL that the manifest and its base_url_setting choose, placeholders and all.
Result<std::string> choose_template(const mapping::Manifest& manifest,
                                    const std::map<std::string, std::string>& settings) {
  if (manifest.base_urls.empty())
    return usage_error(manifest.id + ": its manifest has no base URL", "Give one with --base-url.");
  std::string choice;
  if (auto found = settings.find(manifest.base_url_setting); found != settings.end()) choice = found->second;
  if (manifest.base_url_setting.empty() || choice.empty()) return manifest.base_urls.front().url;
  std::vector<std::string> names;
  for (const auto& base : manifest.base_urls) {
    if (base.name == choice) return base.url;
    names.push_back(base.name);
  }
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + (name.empty() ? "default" : name);
  if (choice == "default") return manifest.base_urls.front().url;
  return usage_error(manifest.base_url_setting + "=" + choice + " is not known to " + manifest.id +
                   did_you_mean(choice, names),
               "Known are: " + list + ".");
}

/// The path of a URL template: what follows its host.
std::string_view path_of(std::string_view url) {
  auto scheme_end = url.find("://");
  auto slash = url.find('/', scheme_end == std::string_view::npos ? 0 : scheme_end + 3);
  return slash == std::string_view::npos ? std::string_view() : url.substr(slash);
}

Result<std::string> overridden(const std::string& chosen, const std::map<std::string, std::string>& settings,
                               const std::string& override_url) {
  auto url = parse_url(override_url);
  if (!url || url->target.find('?') != std::string::npos)
    return usage_error(
        "--base-url is not a URL of the form https://HOST[:PORT][/PATH]: " + override_url.substr(0, 200),
        "User names, queries and fragments are not allowed.");
  if (!url->is_https() && !url->is_loopback())
    return usage_error("--base-url: plain http is allowed to this machine only, not to " + url->host,
                 "Use https://.");
  if (climbs(url->target)) return usage_error("--base-url: its path has \"..\" in it", "");
  if (url->has_path) return without_slashes_at_end(url->origin() + url->target);
  auto path = fill(path_of(chosen), settings, true);
  if (!path) return path.error();
  return without_slashes_at_end(url->origin() + *path);
}

}  // namespace

Result<Egress::Target> Egress::resolve(const std::string& path_or_url) const {
  if (path_or_url.starts_with('/')) {
    std::string full = base_url + path_or_url;
    // Both are URLs, or the base is none: what they share ends with the host. One is parsed for each request.
    if (base_url.find("://") == std::string::npos || !parse_url(full)) {
      if (!parse_url(base_url)) return Error{ErrorKind::Internal, "the base URL is not one: " + base_url, ""};
      return refused("its path has characters that must be percent-encoded");
    }
    if (climbs(path_or_url)) return refused("its path has \"..\" in it");
    return Target{std::move(full), true};
  }
  auto base = parse_url(base_url);
  if (!base) return Error{ErrorKind::Internal, "the base URL is not one: " + base_url, ""};
  auto url = parse_url(path_or_url);
  if (!url) return refused("it is neither a path nor a full URL");
  if (!url->is_https() && !url->is_loopback()) return refused("plain http to " + url->host);
  if (climbs(url->target)) return refused("its path has \"..\" in it");
  std::string full = url->origin() + url->target;
  if (url->origin() == base->origin()) return Target{full, true};
  // An emulator or a gateway on this machine may serve files from another port; no vendor can point us there.
  if (url->is_loopback() && base->is_loopback()) return Target{full, false};
  bool is_declared = std::ranges::any_of(hosts, [&](const std::string& host) {
    auto declared = parse_url("https://" + host);
    return declared && declared->host == url->host && declared->port == url->port && url->is_https();
  });
  if (!is_declared) return refused("the manifest does not declare the host " + url->authority());
  return Target{full, false};
}

Result<Egress> make_egress(const mapping::Manifest& manifest,
                           const std::map<std::string, std::string>& settings,
                           const std::string& override_url) {
  Egress egress;
  egress.hosts = manifest.hosts;
  auto chosen = choose_template(manifest, settings);
  if (!override_url.empty()) {
    // --base-url wins over the setting that chooses a region, so a wrong one there does not matter.
    auto url = overridden(chosen                       ? *chosen
                          : manifest.base_urls.empty() ? ""
                                                       : manifest.base_urls.front().url,
                          settings, override_url);
    if (!url) return url.error();
    egress.base_url = *url;
    return egress;
  }
  if (!chosen) return chosen.error();
  auto filled = fill(*chosen, settings, false);
  if (!filled) return filled.error();
  auto url = parse_url(*filled);
  if (!url || (!url->is_https() && !url->is_loopback()) || url->target.find('?') != std::string::npos)
    return usage_error(manifest.id + ": its base URL is not an https URL: " + *filled,
                 "Check its settings, or give --base-url.");
  egress.base_url = without_slashes_at_end(url->origin() + url->target);
  return egress;
}

bool is_loopback(const std::string& url) {
  auto parsed = parse_url(url);
  return parsed && parsed->is_loopback();
}

}  // namespace switchboard::transport
