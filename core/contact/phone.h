#pragma once

#include <string>
#include <string_view>

namespace switchboard::contact {

/// Where the country of a number written without one comes from. Borrowed for the call.
struct PhoneContext {
  std::string_view region;     ///< ISO 3166 alpha-2, empty: not known
  std::string_view dial_code;  ///< digits of a column of calling codes, empty: none; wins over region
  bool international = false;  ///< the column holds numbers with their calling code ("msisdn"), + or not
};

/// A phone, normalised, or why it is none.
struct Phone {
  /// What told us the country; of a number that was refused: what it was read by.
  enum class Evidence { Plus, DoubleZero, DialCode, Region, OwnCode };

  std::string e164;          ///< "+447911123456"
  std::string calling_code;  ///< "44"
  std::string national;      ///< "7911123456": without trunk zero; with Italy's own leading zero
  std::string extension;
  Evidence evidence = Evidence::Plus;
  bool possible_only = false;  ///< right length, but no range we know; only for numbers in international form
  bool assumed_international = false;  ///< written without +, but read as if there were one
  bool repaired = false;               ///< a spreadsheet's damage was undone without loss
  const char* code = nullptr;          ///< nullptr: fine; else phone.too_short, phone.invalid …
  bool ok() const { return code == nullptr; }
};

/// Reads one phone number. Thread-safe; about 16 µs, nearly all of it libphonenumber's (see
/// docs/benchmarks.md).
Phone parse_phone(std::string_view text, const PhoneContext& context);

/// The same without asking a numbering plan: "as given" numbers of an unknown country. Fills no e164.
Phone check_phone_shape(std::string_view text);

/// What to do about one of the codes above, for the message. nullptr for other codes.
const char* phone_advice(std::string_view code);

/// True for alpha-2 codes with a numbering plan.
bool is_phone_region(std::string_view region);
/// True for "44", "+44", "0044", "1-684" style calling codes that exist.
bool is_calling_code(std::string_view text);
/// The digits of such a code ("+44" → "44"); empty: none.
std::string calling_code_digits(std::string_view text);
/// The same of a cell that is known to hold a calling code, with more beside it ("+44-1481", "+1 (US)") or as a country
/// ("US", "Germany").
std::string calling_code_in(std::string_view text);

}  // namespace switchboard::contact
