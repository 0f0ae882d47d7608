#include "core/mapping/rows/mapper.h"

namespace switchboard::mapping {

const std::vector<CodeHelp>& issue_codes() {
  static const std::vector<CodeHelp> codes = {
      // Rows that are rejected.
      {"phone.too_short", "The phone number has fewer digits than any number of its country.",
       "Complete it in the rejects file and import that file."},
      {"phone.too_long", "The phone number has more digits than any number of its country.",
       "Correct it; where the cell holds several numbers, leave one."},
      {"phone.not_a_number", "The value is no phone number: a word, a date, an amount.",
       "Write the number in digits, best with + and the country code, or leave the cell empty."},
      {"phone.invalid",
       "The number has a possible length, but the numbering plan of its country has no such number.",
       "Correct it. If it is right and its range is newer than our numbering plans (`switchboard --version` tells theirs), "
       "write it with + and the country code."},
      {"phone.no_region",
       "The number is written without country code, and nothing says which country it is from.",
       "Give --region with the two letters of the country (GB, US, DE), add a country column, or write the "
       "numbers with +."},
      {"phone.unknown_country_code",
       "The number begins with a country code that does not exist, or the column of calling codes beside it holds none.",
       "Correct the digits after the +, or the code in that column."},
      {"phone.damaged",
       "A spreadsheet replaced digits of the number (4.47911E+11, #####); they cannot be restored.",
       "Take the number from the original list; format the column as text before opening the file in a "
       "spreadsheet."},
      {"phone.several",
       "The cell holds more than one phone number, and it cannot be known which one is meant.",
       "Leave one number in the cell, or use one column for each."},
      {"phone.ambiguous",
       "The code or area code beside the number makes it one number, and without it it is another one.",
       "Write the number with + and the country code."},
      {"phone.as_given", "The value does not look like a phone number; with phone_format=as_given it was sent as typed.",
       "Nothing, or leave phone_format out to have such rows rejected."},
      {"email.invalid", "The e-mail address is required, and this is none.", "Correct the address."},
      {"email.several", "The cell holds several e-mail addresses where one is required.",
       "Leave one address."},
      {"field.required", "A field that the vendor requires is empty in this row.",
       "Fill the column, or give a default in the connector's settings or in a mapping file."},
      {"field.too_long", "The value has more characters than the vendor allows.", "Shorten it."},
      {"field.too_short", "The value has fewer characters than the vendor demands.", "Complete it."},
      {"field.pattern", "The value does not have the form that the vendor demands.",
       "Correct it; `switchboard describe CONNECTOR` shows the form."},
      {"field.not_allowed", "The value is not one of those that the vendor accepts.",
       "Use one of the values that the message lists, or a `lookup` in a mapping file."},
      {"field.not_int", "The field takes whole numbers only.", "Write digits only."},
      {"field.not_number", "The field takes numbers only.", "Write digits, with a point before decimals."},
      {"field.not_boolean", "The field takes yes or no only.", "Write true or false."},
      {"field.not_date", "The value is no date, or one that can be read in two ways (05/06/2024).",
       "Write it as 2024-05-17, or give its form with `date` in a mapping file."},
      {"date.invalid", "The value does not have the form that `date` in the mapping file gives.",
       "Correct the value or the form."},
      {"rule.any_of", "None of the fields is filled of which the vendor wants at least one.",
       "Fill one of them; the message names them."},
      {"rule.all_of", "Fields that go together are filled only in part.", "Fill all of them or none."},
      {"rule.at_most_one_of", "More than one of several fields is filled that exclude each other.",
       "Leave one."},
      {"rule.requires", "A field is filled that needs others, and they are empty.",
       "Fill the others too, or empty this one."},
      // Rows that are skipped on purpose.
      {"row.duplicate", "Another row of the same file is the same contact, so this one was not sent.",
       "Nothing, or choose which one counts with --duplicates first, last or keep."},
      {"row.suppressed", "The contact is on the suppression list, so it was not sent.",
       "Nothing. To send it, take it off the list."},
      {"row.already_delivered",
       "An earlier job delivered exactly this contact to the same account (--only-new).",
       "Nothing. To send it all the same, leave --only-new out."},
      // Rows that are sent all the same.
      {"phone.possible_only",
       "The number has the right length, but our numbering plans do not have its range. It was sent, "
       "because it is written in international form.",
       "Nothing, if the number is right."},
      {"phone.other_country_code",
       "The number has a country code of its own, and another one stands beside it; it was sent with its own.",
       "Correct the one that is wrong."},
      {"phone.assumed_international",
       "The number was read as an international one whose + is missing, since as a number of its country it would be "
       "none, or an unlikely one; it was sent as that.",
       "Write the + in front to be sure, or correct the number."},
      {"phone.from_letters",
       "The number is spelled with letters (1-800-FLOWERS); they were dialled as the keys they stand on.",
       "Nothing, or write the digits."},
      {"phone.repaired",
       "A spreadsheet changed the number (1.3288888888E+10, 447911123456.0); no digit was lost, so it was "
       "put right.",
       "Format the column as text to keep it from happening again."},
      {"phone.extension_dropped",
       "The number has an extension, for which the vendor has no place; it was sent without.",
       "Nothing, or put the extension where the vendor wants it."},
      {"email.left_out",
       "The e-mail address is none; the vendor does not require one, so the row was sent without it.",
       "Correct the address and import the row again if it matters."},
  };
  return codes;
}

}  // namespace switchboard::mapping
