#pragma once

#include <string>

namespace switchboard::tests {

/// The number in E.164 as libphonenumber reads it by itself; empty: it is not valid.
std::string plain_e164(const std::string& text, const std::string& region);

}  // namespace switchboard::tests
