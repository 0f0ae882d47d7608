#pragma once

#include <string>
#include <string_view>

#include "core/contact/numbering_plan.h"

namespace switchboard::contact {

/// Where the country of a number written without one comes from. Borrowed for the call.
struct PhoneContext {
  std::string_view region;     ///< ISO 3166 alpha-2, empty: not known
  std::string_view dial_code;  ///< digits of a column of calling codes, empty: none; wins over region
  bool international = false;  ///< the column holds numbers with their calling code ("msisdn"), + or not
  bool number_cell = false;  ///< the cell of a workbook holds a number, which keeps no zeros before it
  std::string_view area = {};  ///< digits of an area code that stands beside the number, empty: none
  const NumberingPlan* plan = nullptr;  ///< nullptr: newest_plan()
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
  bool old_prefix = false;             ///< with a prefix that is not dialled any more, and was left out
  bool zero_restored = false;          ///< a number cell had lost the 0 that is part of the number
  bool repaired = false;               ///< a spreadsheet's damage was undone without loss
  bool from_letters = false;           ///< letters were dialled as the keys they stand on: 1-800-FLOWERS
  const char* code = nullptr;          ///< nullptr: fine; else phone.too_short, phone.invalid …
  bool ok() const { return code == nullptr; }
};

/// Reads one phone number, into a `phone` that says nothing yet. Thread-safe; what is valid the numbering plan says (numbering_plan.h).
void parse_phone(std::string_view text, const PhoneContext& context, Phone& phone);
inline Phone parse_phone(std::string_view text, const PhoneContext& context) {
  Phone phone;
  parse_phone(text, context, phone);
  return phone;
}

/// The same without asking a numbering plan: "as given" numbers of an unknown country. Fills no e164.
Phone check_phone_shape(std::string_view text);

/// What to do about one of the codes above, for the message. nullptr for other codes.
const char* phone_advice(std::string_view code);

/// True for alpha-2 codes of which `plan` knows a numbering plan.
bool is_phone_region(std::string_view region, const NumberingPlan& plan);

}  // namespace switchboard::contact
