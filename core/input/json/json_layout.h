#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/input/json/json_tree.h"
#include "core/input/rejects.h"

namespace switchboard::input {

/// Of a list; a file with more is no list of contacts.
inline constexpr std::size_t kMostValuesOfRecord = 10'000;

/// The cells of a record; views are into the tree that it was made from, or into `own`.
struct JsonRow {
  std::vector<std::string_view> cells;
  std::deque<std::string> own;
  std::vector<bool> taken;  ///< cells that were filled
  bool has_double = false;  ///< a name stands twice in one object
};

/// What the records of a list are, and how they become rows: objects, rows of a table, cards. First it learns from all of
/// them, then its columns are fixed; from then on it is const.
class JsonLayout {
 public:
  enum class Place { Record, Header, AboveHeader, Blank };

  virtual ~JsonLayout() = default;

  /// Takes the record with this number (from 1, of all) into account. Errors (Input): more than can be read, of the list as a whole; the message lacks the file's name.
  virtual Result<void> learn(const JsonTree& record, std::uint64_t number) = 0;
  virtual void fix() = 0;
  virtual const std::vector<std::string>& columns() const = 0;
  virtual std::vector<std::string> warnings() const { return {}; }

  /// Where the record with this number belongs.
  virtual Place place_of(const JsonTree&, std::uint64_t) const { return Place::Record; }
  /// Fills the cells. Not empty: why the record is none of this kind, as the end of a sentence.
  virtual std::string fill(const JsonTree& record, JsonRow& row) const = 0;

  /// What stands before the rejected records; empty: nothing. Without a comma.
  virtual std::string rejects_header() const { return {}; }
  /// The record as it is written, with the note in it, on one line; empty: it cannot hold one.
  virtual std::string with_note(const JsonTree& record, const RejectNote& note) const = 0;
};

/// Objects: a value's path is its column ("name.first", "phones[0].number"). Of bare values the only column is "value".
std::unique_ptr<JsonLayout> make_object_layout();
/// Arrays, the first of them usually a header. `header`: the one that stands beside them; empty: none does.
std::unique_ptr<JsonLayout> make_table_layout(bool no_header, std::vector<std::string> header);
/// jCards (RFC 7095), with the columns of vCards.
std::unique_ptr<JsonLayout> make_card_layout();

/// ["vcard", [ …
bool is_jcard(const JsonTree& record);

/// The values of kRejectColumns for a record, as JSON; `before` as for row_text().
std::vector<std::string> note_values(const RejectNote& note, std::string_view before = {});
/// A JSON text without line ends: they stand between values only.
std::string on_one_line(std::string_view json);

}  // namespace switchboard::input
