#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/source_info.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/json/json_cursor.h"
#include "core/input/json/json_list.h"

namespace switchboard::input {

/// The text of one record.
struct JsonElement {
  std::string_view text;         ///< as it lies in the file; valid until the next next()
  std::uint64_t line = 0;        ///< on which it begins, from 1
  std::uint64_t byte_begin = 0, byte_end = 0;
  bool too_long = false;         ///< more than JsonCursor::kMostMarked bytes: the text is empty
};

/// Takes the list, or the pages of one, apart into the texts of its records. Memory: one of them.
class JsonElements {
 public:
  JsonElements(std::unique_ptr<ByteStore> store, JsonList list, std::string name, std::size_t block_bytes = JsonCursor::kBlockBytes);

  /// False: the end was reached in good order. Errors: the store's; Input where the text ends inside a record or before the
  /// list does, or has something else between records.
  Result<bool> next(JsonElement& element);

  /// Lines so far. Records that share a line count as if each had its own.
  const LineCounts& lines() const { return lines_; }
  std::uint64_t offset() const { return cursor_.offset(); }
  ByteStore& store() const { return *store_; }

 private:
  Result<bool> next_outer(JsonElement& element);
  Result<bool> next_of_pages(JsonElement& element);
  Result<bool> next_line(JsonElement& element);
  Result<bool> next_value(JsonElement& element);
  Result<bool> end_of_list();
  void count_to_end();

  std::unique_ptr<ByteStore> store_;
  JsonCursor cursor_;
  JsonList list_;
  std::string name_;
  LineCounts lines_;
  std::string page_text_;                ///< where the values are pages: the one that is read
  std::unique_ptr<JsonElements> page_;   ///< its records
  JsonElement outer_;                    ///< the page's own place
  bool page_is_new_ = false;
  bool first_ = true;
  bool done_ = false;
};

}  // namespace switchboard::input
