#pragma once

#include <cstddef>
#include <string_view>

/// What of an HTTP request is not a connector's to choose. The host refuses it (host/connectors/text_check.cpp, and
/// host/transport/auth_entry.cpp what a manifest's `auth` may set), and so does the judge (conformance/src/recorder.cpp).
namespace switchboard {

/// A tunnel through the server to somewhere else, and an echo of the request with the credential in it.
inline constexpr std::string_view kForbiddenMethods[] = {"CONNECT", "TRACE", "TRACK"};

/// Of the connection and the framing of what goes over it, in lower case: the HTTP client's, whoever asks for them.
inline constexpr std::string_view kConnectionHeaders[] = {"connection", "content-length", "expect",  "host",    "http2-settings", "keep-alive",
                                                          "proxy-connection", "te",       "trailer", "transfer-encoding", "upgrade"};

/// Of credentials, in lower case: the manifest's `auth` makes them.
inline constexpr std::string_view kCredentialHeaders[] = {"authorization", "cookie", "cookie2", "proxy-authorization"};

template <std::size_t N>
constexpr bool is_one_of(const std::string_view (&words)[N], std::string_view text) {
  for (const std::string_view word : words)
    if (word == text) return true;
  return false;
}

}  // namespace switchboard
