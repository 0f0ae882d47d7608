#pragma once

#include <algorithm>
#include <string_view>

#include "core/base/ascii.h"

namespace switchboard {

/// An HTTP token (RFC 9110, 5.6.2): header names.
inline bool is_http_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_ascii_letter(c) || is_digit(c) || kMarks.find(c) != std::string_view::npos;
  });
}

}  // namespace switchboard
