#pragma once

#include <span>
#include <vector>

#include "core/base/outcome.h"
#include "core/ledger/packing/byte_coding.h"

namespace switchboard::ledger {

/// The vendor's ids of these rows: a lower-case UUID as its 16 bytes, anything else as the number of bytes
/// that it shares with the id before it, and its rest. Ids that count up cost two or three bytes.
void write_vendor_ids(ByteWriter& out, std::span<const RowOutcome> rows);

/// Fills in `rows` what write_vendor_ids() wrote.
void read_vendor_ids(ByteReader& in, std::vector<RowOutcome>& rows);

}  // namespace switchboard::ledger
