#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"

namespace switchboard::transport {

/// Where requests of a job may go, and which of those places may see the credential.
class Destinations {
 public:
  virtual ~Destinations() = default;

  /// A path below the base URL or an absolute URL → the URL to send to, and whether the credential goes with
  /// it. Error (Internal): a URL on no declared host, a scheme other than https (http only to loopback),
  /// "..", userinfo.
  struct Target {
    std::string url;
    bool with_credential = false;
  };
  virtual Result<Target> resolve(const std::string& path_or_url) const = 0;
};

/// Those of a manifest.
struct Egress : Destinations {
  std::string base_url;            ///< without a trailing '/'
  std::vector<std::string> hosts;  ///< further declared hosts: reachable, never with a credential

  Result<Target> resolve(const std::string& path_or_url) const override;
};

/// The base URL of a job. `override_url` (--base-url): an origin replaces scheme, host and port and keeps the
/// vendor's path prefix; with a path, even a bare "/", that path replaces the prefix. Else the manifest's URL
/// that `base_url_setting` chooses, its {setting} placeholders filled. Errors: Usage.
Result<Egress> make_egress(const mapping::Manifest& manifest,
                           const std::map<std::string, std::string>& settings,
                           const std::string& override_url);

/// True for loopback hosts: "localhost", 127.0.0.0/8, [::1].
bool is_loopback(const std::string& url);

}  // namespace switchboard::transport
