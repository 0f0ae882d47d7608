#include "host/transport/url.h"

#include <algorithm>
#include <charconv>

#include "core/base/ascii.h"

namespace switchboard::transport {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  unsigned value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0 || value > 65535)
    return std::nullopt;
  return static_cast<std::uint16_t>(value);
}

bool is_host_name(std::string_view host) {
  return !host.empty() && host.size() <= 253 && host.front() != '.' && host.front() != '-' &&
         std::ranges::all_of(host, [](char c) { return is_ascii_letter_or_digit(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_ipv6(std::string_view host) {
  return host.find(':') != std::string_view::npos && host.size() <= 45 &&
         std::ranges::all_of(host, [](char c) {
           return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f') || c == ':' || c == '.';
         });
}

/// Four numbers of at most 255, so that "127.evil.example" is not taken for an address.
bool is_ipv4_loopback(std::string_view host) {
  int parts = 0;
  bool is_first_127 = host.starts_with("127.");
  while (!host.empty()) {
    auto dot = std::min(host.find('.'), host.size());
    auto part = host.substr(0, dot);
    if (part.empty() || part.size() > 3 || !std::ranges::all_of(part, is_digit) ||
        std::stoi(std::string(part)) > 255)
      return false;
    ++parts;
    host.remove_prefix(std::min(dot + 1, host.size()));
  }
  return is_first_127 && parts == 4;
}

}  // namespace

std::string Url::authority() const {
  std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != (is_https() ? 443 : 80)) text += ":" + std::to_string(port);
  return text;
}

bool Url::is_loopback() const { return host == "localhost" || host == "::1" || is_ipv4_loopback(host); }

std::optional<Url> parse_url(std::string_view text) {
  // Anything outside visible ASCII, and what different parsers read differently, is refused.
  bool is_plain =
      std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '\\' && c != '#'; });
  auto scheme_end = text.find("://");
  if (!is_plain || scheme_end == std::string_view::npos) return std::nullopt;
  Url url;
  url.scheme = lower_case(text.substr(0, scheme_end));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  text.remove_prefix(scheme_end + 3);

  auto authority_end = std::min(text.find_first_of("/?"), text.size());
  auto authority = text.substr(0, authority_end);
  auto target = text.substr(authority_end);
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  url.has_path = target.starts_with('/');
  url.target = url.has_path ? std::string(target) : "/" + std::string(target);

  std::string_view host = authority, port;
  if (authority.starts_with('[')) {
    auto bracket = authority.find(']');
    if (bracket == std::string_view::npos) return std::nullopt;
    host = authority.substr(1, bracket - 1);
    port = authority.substr(bracket + 1);
    if (!is_ipv6(host) || (!port.empty() && port.front() != ':')) return std::nullopt;
  } else {
    auto colon = authority.find(':');
    if (colon != std::string_view::npos) {
      host = authority.substr(0, colon);
      port = authority.substr(colon);
    }
    if (!is_host_name(host)) return std::nullopt;
  }
  url.host = lower_case(host);
  url.port = url.is_https() ? 443 : 80;
  if (!port.empty()) {
    auto number = parse_port(port.substr(1));
    if (!number) return std::nullopt;
    url.port = *number;
  }
  return url;
}

std::string percent_encode(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string result;
  for (char c : text) {
    if (is_ascii_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      result += c;
    } else {
      auto byte = static_cast<unsigned char>(c);
      result += '%';
      result += kDigits[byte >> 4];
      result += kDigits[byte & 15];
    }
  }
  return result;
}

}  // namespace switchboard::transport
