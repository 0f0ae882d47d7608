#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/mapping/columns/understand.h"

namespace switchboard::mapping {

/// What somebody said no to.
enum class ConsentChannel : std::uint8_t { All, Phone, Sms, Email };

/// A column that can say no to being contacted.
struct ConsentColumn {
  enum class Kind : std::uint8_t {
    Permission,  ///< "SMS Opt-in", "Einwilligung": "no" says no
    Refusal,     ///< "Do not call", "Unsubscribed at": "yes", a date and the like say no
    Words,       ///< "Status", "Tags", "Notes": only words that say it ("unsubscribed", "STOP")
    Chance,      ///< any other column: only words that can mean nothing else, with nothing beside them
    Name,        ///< of the contact: such words anywhere, "Ann Lee (DNC)"
  };
  std::size_t index = 0;
  std::string name;
  Kind kind = Kind::Words;
  ConsentChannel channel = ConsentChannel::All;
  // What follows decides what a cell says, and is part of `question`.
  bool careful = false;   ///< words that may mean something else say nothing here
  bool prefers = false;   ///< how somebody wants to be reached
  bool is_status = false; ///< one word of a few, whatever they are
  bool mailings = false;  ///< a plain "no" is about e-mail only
  bool is_allowed_list = false;  ///< by which channels somebody may be contacted: what is not listed is not allowed
  bool is_register = false;  ///< of people who want no calls: "registered" says no
  /// All that decides what a cell says, as a number, so that an answer for one column is not remembered for another: question_of().
  std::uint32_t question = 0;
};

std::uint32_t question_of(const ConsentColumn& column);

/// Nobody expects it to say no, so a source is not read for what it says of other rows.
inline bool is_incidental(const ConsentColumn& column) { return column.kind == ConsentColumn::Kind::Chance || column.kind == ConsentColumn::Kind::Name; }

/// The columns that can say no; those of other people in the row are none.
std::vector<ConsentColumn> consent_columns(const Understanding& understanding);

/// What a cell of the column, without outer blanks, says no to; nullopt: to nothing, or nothing is said. Empty cells and words for
/// nothing never say no.
std::optional<ConsentChannel> refusal_in(const ConsentColumn& column, std::string_view cell);

}  // namespace switchboard::mapping
