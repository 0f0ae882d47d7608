#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/input/bytes/byte_store.h"
#include "core/input/json/json_cursor.h"
#include "core/input/json/json_list.h"
#include "core/input/json/json_tree.h"

namespace switchboard::input {

/// Looks through one object for the list of people that it wraps, at most kWrapperLevels down.
class WrapperSearch {
 public:
  /// The cursor stands at the object's '{'; it and the store outlive the search.
  WrapperSearch(ByteStore& store, JsonCursor& cursor) : store_(store), cursor_(cursor) {}

  /// Walks through the object, before anything else is asked. False: the text is broken or cut where the cursor stands.
  bool walk() { return walk("", "", 0); }

  /// The list, if the object is a wrapper and no contact itself.
  std::optional<JsonList> list();
  /// The list that the object is a page of: nothing of a person stands beside it.
  std::optional<JsonList> page();
  /// The object is a table by its columns: {"name": ["Ann", "Bob"], "phone": […]}, or {"name": {"0": "Ann", "1": "Bob"} …}.
  bool is_by_columns() const;
  /// The array with that path.
  std::optional<JsonList> list_at(const std::string& path) const;

 private:
  struct Candidate {
    JsonList list;
    std::string key;
    std::uint64_t elements = 0;
    unsigned data = 0;  ///< what of a person the first element has
    bool bare = false;  ///< its elements are neither objects nor arrays
  };

  bool walk(const std::string& key, const std::string& path, int level);
  bool walk_array(const std::string& key, const std::string& path);
  unsigned data_of(std::string_view element);
  bool are_alike(Candidate& members);
  std::vector<std::string> header_beside(const JsonList& list);
  unsigned data_beside(const std::string& path) const;
  bool is_wrapped(const Candidate& candidate) const;

  /// A member of the object itself, as a column of a table.
  struct Column {
    unsigned data = 0;         ///< what of a person its name says
    std::uint64_t cells = 0;   ///< how many; 0: it is no column
    bool is_numbered = false;  ///< its cells are the members 0, 1, 2 …
  };

  ByteStore& store_;
  JsonCursor& cursor_;
  JsonTree tree_;
  std::vector<Candidate> candidates_;
  std::vector<Column> columns_;
  Column last_;  ///< what was walked through last
  std::vector<std::pair<std::string, unsigned>> names_;         ///< paths of members that speak of a person, not those in arrays
  std::vector<std::pair<std::string, unsigned>> arrays_;        ///< of arrays that speak of one
  std::vector<std::pair<std::string, std::uint64_t>> headers_;  ///< arrays that could be a table's header: path and first byte
};

}  // namespace switchboard::input
