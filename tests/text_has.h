#pragma once

#include <string_view>

/// Whether `text` contains `part`.
inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
