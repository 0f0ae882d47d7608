#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/input/vcard/card.h"

namespace switchboard::input {

/// A value of a card, and the column that it stands in.
struct CardCell {
  std::size_t column;
  std::string value;
};

/// The columns that the cards of a file have together (docs/formats.md, vCards): "FN", "N.family", "TEL 1 - Value",
/// "TEL 1 - Type" …. First every card is added, then the columns are fixed, then cards become rows.
class CardColumns {
 public:
  /// Counts what the card has.
  void add(const Card& card);
  /// Fixes names and order of the columns: names of people, firm, phones, e-mails, addresses, then the rest as first met.
  void fix();
  const std::vector<std::string>& names() const { return names_; }

  /// The card's values, each column once at most: a card has a few of the thousands of columns that a file may have.
  void fill(const Card& card, std::vector<CardCell>& cells) const;

 private:
  struct Kind {
    std::size_t first_met = 0;
    std::size_t most = 0;              ///< of one card
    std::vector<bool> parts;           ///< which components hold anything; size 1 for plain ones
    bool typed = false;                ///< any says what type it is
    std::vector<std::size_t> begin;    ///< fixed: first column of the n-th occurrence
    std::vector<std::size_t> part_at;  ///< fixed: offset of each component behind it
    std::size_t type_at = 0;           ///< fixed: offset of the type, if typed
  };
  void name_columns(const std::string& name, Kind& kind);

  std::map<std::string, Kind> kinds_;
  std::vector<std::string> names_;
};

}  // namespace switchboard::input
