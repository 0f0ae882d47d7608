#pragma once

#include <string>
#include <string_view>

namespace switchboard::contact {

/// A name or address as it was meant, and what had become of it.
struct RepairedText {
  std::string text;            ///< repaired where that is provable; else as it was, or empty where nothing of it is left
  const char* code = nullptr;  ///< nullptr: nothing was wrong; "text.repaired"; "text.damaged"
  const char* problem = "";    ///< for the message: "holds HTML entities"
};

/// Undoes what is done to names and addresses on their way, where only one reading is possible: HTML entities (`O&#039;Brien`,
/// `&amp;amp;`), a spreadsheet's `="text"`, a program's `\u00e9` and `%C3%A9` and UTF-8 read in another encoding, also twice (misread_utf8.h: `JÃ©ssica`, `â€™`). What cannot be undone is told: U+FFFD,
/// `J?rg`, halves of such sequences, another alphabet read as Latin (`Èâàí`); a spreadsheet's error (`#NAME?`, `####`) leaves nothing. Takes the cell untrimmed: a blank
/// may be half of a letter.
RepairedText repair_text(std::string_view text);

/// True only where repair_text() changes nothing and finds nothing: nearly every cell.
bool is_undamaged(std::string_view text);

}  // namespace switchboard::contact
