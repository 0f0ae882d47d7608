// Any bytes, read as a packed column of the ledger, must be refused, or be something that packs and reads the same again.
// The first byte says which column, the second for how many rows. The checksum is put right: a damaged disk may do that, too.

#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/packing/column_coding.h"
#include "core/ledger/packing/packed_batch.h"
#include "core/ledger/contacts_of_rows.h"
#include "tests/fuzz/require.h"

using namespace switchboard;
using namespace switchboard::ledger;

namespace {

bool same(const RowOutcome& a, const RowOutcome& b) {
  return a.outcome == b.outcome && a.code == b.code && a.field == b.field && a.vendor_id == b.vendor_id &&
         a.message == b.message;
}

bool same(const RowWarning& a, const RowWarning& b) {
  return a.row == b.row && a.code == b.code && a.field == b.field && a.message == b.message;
}

template <class T>
bool all_same(const std::vector<T>& a, const std::vector<T>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if constexpr (requires { same(a[i], b[i]); }) {
      if (!same(a[i], b[i])) return false;
    } else {
      if (!(a[i] == b[i])) return false;
    }
  }
  return true;
}

/// What was read has `count` entries, and is read again from what packs it.
template <class T, class Pack, class Unpack>
void check(const std::optional<std::vector<T>>& read, std::size_t most, Pack pack, Unpack unpack) {
  if (!read) return;
  require(read->size() <= most, "more entries than asked for");
  const auto again = unpack(pack(*read), read->size());
  require(again && all_same(*again, *read), "what was read is not what packs it");
}

void check_batch(std::string_view bytes, std::size_t count) {
  BatchColumns columns;
  columns.first_row = 7;
  columns.row_count = columns.contacts = count;
  // Two bytes a column say how long it is.
  std::string parts[6];
  for (auto& part : parts) {
    if (bytes.size() < 2) break;
    const std::size_t size = static_cast<unsigned char>(bytes[0]) * 256u + static_cast<unsigned char>(bytes[1]);
    bytes.remove_prefix(2);
    part = bytes.substr(0, size);
    bytes.remove_prefix(part.size());
    seal(part);
  }
  columns.fixed[Fixed::Lines] = parts[0];
  columns.outcomes = parts[1];
  columns.fixed[Fixed::Warnings] = parts[2];
  columns.fixed[Fixed::Identity] = parts[3];
  columns.fixed[Fixed::Content] = parts[4];
  // As many contacts as the parts say, where they are parts.
  if (const auto counts = unpack_parts(parts[5], count); counts && !counts->empty()) {
    columns.fixed[Fixed::Parts] = parts[5];
    columns.contacts = std::accumulate(counts->begin(), counts->end(), std::uint64_t{0});
  }
  const auto batch = unpack_batch(columns);
  if (!batch) return;
  require(batch->rows.size() == columns.contacts && batch->lines.size() == count, "a batch without an entry for each row");
  require(decided_rows(*batch).sum() <= count, "more outcomes than rows");
  require(static_cast<bool>(pack_outcomes_of(*batch)), "a batch that was read is not whole");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t count = data[1];
  std::string packed(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string plain = packed;
  seal(packed);
  std::vector<RowId> ids;
  for (std::size_t i = 0; i < count; ++i) ids.emplace_back(11 + i / 2, static_cast<std::uint8_t>(1 + i % 2));
  switch (data[0] % 6) {
    case 0:
      check(unpack_lines(packed, count), count, [](const auto& v) { return pack_lines(v); }, unpack_lines);
      break;
    case 1:
      check(unpack_indices(packed, count), count, [](const auto& v) { return pack_indices(v); }, unpack_indices);
      break;
    case 2:
      check(unpack_outcomes(packed, count), count, [](const auto& v) { return pack_outcomes(v); }, unpack_outcomes);
      break;
    case 3:
      check(unpack_fingerprints(packed, count), count, [](const auto& v) { return pack_fingerprints(v); },
            unpack_fingerprints);
      break;
    case 4:
      check(
          unpack_warnings(packed, ids), packed.size(), [&](const auto& v) { return pack_warnings(v, ids); },
          [&](std::string_view bytes, std::size_t) { return unpack_warnings(bytes, ids); });
      break;
    default:
      check_batch(plain, count);
  }
  return 0;
}
