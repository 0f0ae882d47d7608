#pragma once

#include <switchboard/abi.h>

#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::connectors {

/// Present text, even where it is empty.
inline swb_str to_str(std::string_view text) {
  return {text.data() == nullptr ? "" : text.data(), text.size()};
}

/// Headers as the ABI passes them; borrows from `headers`. `keep(name)` says which.
template <class Headers, class Keep>
std::vector<swb_header> to_headers(const Headers& headers, Keep keep) {
  std::vector<swb_header> result;
  result.reserve(headers.size());
  for (const auto& [name, value] : headers)
    if (keep(name)) result.push_back({to_str(name), to_str(value)});
  return result;
}

}  // namespace switchboard::connectors
