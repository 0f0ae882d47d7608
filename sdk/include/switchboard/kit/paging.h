// A vendor's list that is read page by page: how it goes on, whether it can be relied on, and when only a second look decides.
#pragma once

#include <switchboard/kit/json.h>
#include <switchboard/kit/row_bits.h>
#include <switchboard/kit/settings.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::kit {

/// The list of an answer: under one of these names, the first that is there, or bare. nullptr: it holds none.
inline const Json* list_in(const Json& json, std::initializer_list<std::string_view> names) {
  if (json.is_array()) return &json;
  for (const std::string_view name : names)
    if (json[name].is_array()) return &json[name];
  return nullptr;
}

/// The items of a list that may not be there.
inline std::span<const Json> items_of(const Json* list) { return list != nullptr ? list->items() : std::span<const Json>(); }

/// One page, as its answer shows it.
struct Page {
  std::size_t items = 0;  ///< on it
  std::string mark;       ///< what tells it from others: the id of its first item, or the cursor that it ends with; empty: nothing
  bool more = false;      ///< whether there are further ones, as far as the answer says: see says_more()
  bool other = false;     ///< it says that it is another page than the one that was asked for
  std::optional<std::size_t> step{};  ///< how far the offset moves; else by its items
};

/// Whether there are further pages. What a vendor says counts, a flag before a total; one that says neither has more where the
/// page is full. `seen`: items so far, this page included; `full`: of how many items a page is full.
inline bool says_more(std::optional<bool> has_more, std::optional<std::int64_t> total, std::int64_t seen, std::size_t items,
                      std::size_t full) {
  if (has_more) return *has_more;
  return total ? seen < *total : items >= full;
}

/// How far a list was read: a member of the chain, which travels in its state.
struct Paging {
  enum class Turn : std::uint8_t {
    More,   ///< ask for the page at `offset`
    End,    ///< it was read to its end
    Broken  ///< its pages repeat, promise more and hold none, or never end: what it did not show may be there
  };

  std::int64_t offset = 0;  ///< of the page that is asked for
  std::string mark;         ///< of the page before it

  /// `most`: offsets beyond it are a list without an end.
  Turn turn(const Page& page, std::int64_t most = 10'000'000) {
    const bool repeated = !mark.empty() && page.mark == mark;
    offset += static_cast<std::int64_t>(page.step.value_or(page.items));
    mark = page.mark;
    if (repeated || page.other || (page.more && page.items == 0)) return Turn::Broken;
    if (!page.more) return Turn::End;
    return offset > most ? Turn::Broken : Turn::More;
  }

  template <class State>
  void members(State& state, std::string_view mark_name = "mark", std::string_view offset_name = "offset") {
    state.text(mark_name, mark).count(offset_name, offset);
  }
};

/// A vendor may still be at work on what it was sent, and its list may lag behind: what is missing counts as missing only
/// where it is missing twice.
struct SecondLook {
  bool begun = false;

  /// True once, where there is a time to wait: the list is then read again, that much later.
  bool due(std::uint64_t settle_ms) {
    if (begun || settle_ms == 0) return false;
    begun = true;
    return true;
  }

  template <class State>
  void members(State& state) {
    state.flag("second_look", begun);
  }
};

/// The setting that says how long: `settle_ms`, 0 to ten minutes; 0: one look decides.
inline std::uint64_t settle_ms_of(const Settings& settings, std::int64_t fallback) {
  return static_cast<std::uint64_t>(settings.integer("settle_ms", fallback, 0, 600'000));
}

/// A search for the rows of a batch in a vendor's list: Paging, SecondLook, and which rows were found.
struct ListSearch {
  enum class Next : std::uint8_t {
    Page,       ///< ask for the page at `paging.offset`
    Again,      ///< wait, then read the list from its beginning once more
    Complete,   ///< all rows were found, or those that were not are not there
    Incomplete  ///< the list cannot be relied on: nobody knows of the rows that were not found
  };

  Paging paging;
  SecondLook look;
  std::vector<bool> found;  ///< by row

  /// After the rows of a page were marked in `found`. `settle_ms` 0: one look decides.
  Next turn(const Page& page, std::uint64_t settle_ms, std::int64_t most = 10'000'000) {
    const Paging::Turn turn = paging.turn(page, most);
    if (all_rows(found)) return Next::Complete;
    if (turn == Paging::Turn::More) return Next::Page;
    if (turn == Paging::Turn::Broken) return Next::Incomplete;
    if (!look.due(settle_ms)) return Next::Complete;
    paging = {};
    return Next::Again;
  }

  template <class State>
  void members(State& state, std::string_view found_name = "found", std::string_view offset_name = "offset") {
    state.rows(found_name, found);
    paging.members(state, "mark", offset_name);
    look.members(state);
  }
};

}  // namespace switchboard::kit
