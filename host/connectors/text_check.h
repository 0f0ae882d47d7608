#pragma once

#include <string>
#include <string_view>

namespace switchboard::connectors {

// What may stand where in the things that a connector puts out.

bool is_utf8(std::string_view text);

/// 1 to 16 letters A–Z.
bool is_method(std::string_view text);

/// Free of control characters (tab allowed): header values.
bool is_header_value(std::string_view text);

/// '/…' or 'http(s)://…' of visible ASCII characters.
bool is_path_or_url(std::string_view text);

/// A header that is the host's alone: credentials, framing, connection. `name` in lower case.
bool is_reserved_header(std::string_view name);

/// At most `limit` bytes, cut between characters. `text` is valid UTF-8.
std::string clipped(std::string_view text, std::size_t limit);

/// For people: what is not UTF-8 becomes U+FFFD, control characters become blanks, at most `limit` bytes.
std::string readable(std::string_view text, std::size_t limit);

/// A vendor's code as lower-case words: letters, digits, '_', '.', '-'; anything else becomes '_'.
std::string tidy_code(std::string_view text, std::size_t limit);

}  // namespace switchboard::connectors
