#pragma once

#include <string_view>

namespace switchboard::mapping {

/// Data that nobody sends to a vendor by the way: identity and card numbers, accounts, passwords, birthdays, health,
/// income. Such a column goes out only where the user names it.
bool is_sensitive(std::string_view header, std::string_view meaning);

}  // namespace switchboard::mapping
