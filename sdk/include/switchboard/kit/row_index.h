// The rows of a batch by what a vendor shows of a contact: its phone, e-mail address or id.
#pragma once

#include <switchboard/kit/batch.h>
#include <switchboard/kit/text.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::kit {

/// Built once an answer, from the batch alone: one pass without an allocation a row, since a list of many pages is read with
/// as many calls. Rows whose key is empty are not in it. It keeps no view into the batch.
class RowIndex {
 public:
  /// `append_key(row, key)` appends the row's key to the text.
  template <class AppendKey>
  RowIndex(std::uint32_t rows, AppendKey append_key) : ends_(rows), next_(rows, kNone) {
    for (std::uint32_t row = 0; row < rows; ++row) {
      append_key(row, keys_);
      ends_[row] = keys_.size();
    }
    slots_.assign(std::bit_ceil(std::size_t{rows} * 2 + 1), kNone);
    // From the last row on, so that the rows of a key come in their order.
    for (std::uint32_t row = rows; row-- > 0;) {
      if (key_of(row).empty()) continue;
      std::uint32_t& slot = slots_[slot_of(key_of(row))];
      next_[row] = slot;
      slot = row;
    }
  }

  /// By digits: with or without +, with or without punctuation.
  static RowIndex by_phone(const Batch& batch, std::string_view field) { return by_phone_parts(batch, {field}); }
  /// The same of a number that stands in several fields, one after the other.
  static RowIndex by_phone_parts(const Batch& batch, std::initializer_list<std::string_view> fields) {
    std::vector<Column> columns;
    for (const std::string_view field : fields) columns.push_back(batch.column(field));
    return RowIndex(batch.rows(), [&](std::uint32_t row, std::string& key) {
      for (const Column column : columns) append_digits(key, batch.cell(row, column).value_or(""));
    });
  }
  /// Whatever the case of ASCII letters.
  static RowIndex by_email(const Batch& batch, std::string_view field) {
    const Column column = batch.column(field);
    return RowIndex(batch.rows(), [&](std::uint32_t row, std::string& key) {
      for (const char c : trim(batch.cell(row, column).value_or(""))) key.push_back(lower(c));
    });
  }
  /// As it is.
  static RowIndex by_id(const Batch& batch, std::string_view field) {
    const Column column = batch.column(field);
    return RowIndex(batch.rows(),
                    [&](std::uint32_t row, std::string& key) { key += batch.cell(row, column).value_or(""); });
  }

  /// All rows with this key, in their order; none where it is empty.
  std::vector<std::uint32_t> rows(std::string_view key) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t row = slots_[slot_of(key)]; row != kNone && !key.empty(); row = next_[row]) {
      if (key_of(row) == key) found.push_back(row);
    }
    return found;
  }

  /// Rows whose key ends with this: a masked number shows only its last digits. Looks at every row.
  std::vector<std::uint32_t> rows_ending_with(std::string_view end) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t row = 0; row < ends_.size(); ++row) {
      if (!key_of(row).empty() && key_of(row).ends_with(end)) found.push_back(row);
    }
    return found;
  }

  static void append_digits(std::string& key, std::string_view text) {
    for (const char c : text) {
      if (is_digit(c)) key.push_back(c);
    }
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::string_view key_of(std::uint32_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(keys_).substr(begin, ends_[row] - begin);
  }
  std::size_t slot_of(std::string_view key) const {
    std::uint64_t hash = 14695981039346656037ull;  // FNV-1a
    for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return static_cast<std::size_t>(hash ^ hash >> 32) & (slots_.size() - 1);
  }

  std::string keys_;                 ///< of all rows, one after the other
  std::vector<std::size_t> ends_;    ///< by row: where its key ends
  std::vector<std::uint32_t> slots_; ///< by hash: the first row
  std::vector<std::uint32_t> next_;  ///< by row: the next of the same slot
};

}  // namespace switchboard::kit
