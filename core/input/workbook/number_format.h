#pragma once

#include <string>
#include <string_view>

namespace switchboard::input {

/// What a number format makes of a number.
enum class NumberKind : unsigned char {
  Plain,
  Date,      ///< a day, perhaps with a time
  Time,      ///< a time of day only
  Duration,  ///< "[h]:mm": hours may go beyond 24
};

/// By the format's text ("yyyy-mm-dd", "General", "[$-409]d/m/yy h:mm AM/PM;@"), ECMA-376 18.8.31.
NumberKind kind_of_format(std::string_view code);
/// By the number of a built-in format (ECMA-376 18.8.30, the East Asian ones included); Plain for all others.
NumberKind kind_of_builtin_format(unsigned id);

/// What the format writes before the digits, where that is a dialling prefix that the number itself does not have: "+49 " of
/// `"+49 "0`, "+" of `+0`, "00" of `"00"0`. Empty: nothing of the kind.
std::string dialling_prefix(std::string_view code);

/// Puts such a prefix before a number as long as a phone's. False: it is none, and stays as it is.
bool add_dialling_prefix(std::string& number, std::string_view prefix);

/// The prefix of a number by how the program shows it: "+49 " of "+49 151 23456701". Empty: it shows none.
std::string shown_dialling_prefix(std::string_view number, std::string_view shown);

/// Digits that a spreadsheet program keeps of a number (ECMA-376 stores IEEE 754 doubles).
inline constexpr unsigned kSureDigits = 15;

/// A stored number as text: digits as stored, without ".0" and without an exponent. What is no number stays as it is.
std::string number_text(std::string_view stored);
std::string number_text(double value);

/// A serial number as ISO 8601: "2024-05-17", with a time of day "2024-05-17T09:30:00", a time alone "09:30:00". To the second.
/// `base_1904`: days count from 1904-01-01; else from 1899-12-31, with the 29th of February 1900 that never was. Outside
/// the years 1900 to 9999: the number.
std::string date_text(double serial, NumberKind kind, bool base_1904);

/// A stored ISO 8601 date ("2024-05-17T00:00:00.000Z") as date_text() gives it: no midnight, no fraction, no zone.
std::string iso_date_text(std::string_view stored);

}  // namespace switchboard::input
