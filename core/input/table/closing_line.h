#pragma once

#include <string_view>
#include <vector>

/// What reports write under a table. Words of a dozen languages; judged by its text alone.
namespace switchboard::input {

/// "Total", "Total: 1,199 contacts", "Grand total", "Summe", "1199 records", "(3 rows)", "Anzahl: 3".
bool reads_like_total(std::string_view cell);

/// A total, "Generated on 2024-05-01", "Page 1 of 3", "-- End of report --", "=======".
bool reads_like_closing(std::string_view cell);

/// The row's first filled cell reads like that, and beside it are only numbers, dates and amounts, or one text where the first asks
/// for it ("Printed by:", "Ann"; not "Page 2", "Ann"). Never a row with an e-mail address or a phone number.
bool closes_table(const std::vector<std::string_view>& cells);

}  // namespace switchboard::input
