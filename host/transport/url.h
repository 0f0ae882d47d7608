#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace switchboard::transport {

/// An absolute http or https URL without user name and fragment.
struct Url {
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< lower case; an IPv6 address without its brackets
  std::uint16_t port = 0;
  std::string target;     ///< path and query, at least "/"
  bool has_path = false;  ///< false: nothing, not even "/", followed the origin

  bool is_https() const { return scheme == "https"; }
  /// What goes into a Host header: brackets where needed, the port where it is not the scheme's own.
  std::string authority() const;
  std::string origin() const { return scheme + "://" + authority(); }
  bool is_loopback() const;
};

/// nullopt: not such a URL.
std::optional<Url> parse_url(std::string_view text);

/// Everything but unreserved characters (RFC 3986, 2.3) as %XX.
std::string percent_encode(std::string_view text);

}  // namespace switchboard::transport
