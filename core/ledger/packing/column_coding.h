#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/base/outcome.h"
#include "core/ledger/batch_record.h"

/// The packed columns of the ledger (docs/formats.md, "Ledger"). Every packed text ends in a CRC-32 of what
/// stands before it. Unpacking is strict: nullopt for anything that packing could not have written, whatever
/// the bytes.
namespace switchboard::ledger {

/// A batch has no more rows, and no more contacts, than this; a greater number is damage.
inline constexpr std::uint64_t kMaxBatchRows = 1'000'000, kMaxBatchContacts = 4'000'000;

std::string pack_lines(std::span<const std::uint64_t> lines);
std::optional<std::vector<std::uint64_t>> unpack_lines(std::string_view packed, std::size_t count);

/// How many contacts each row gave; one each packs to nothing.
std::string pack_parts(std::span<const std::uint8_t> parts);
std::optional<std::vector<std::uint8_t>> unpack_parts(std::string_view packed, std::size_t row_count);

/// Indices of a chain's contacts, in the given order.
std::string pack_indices(std::span<const std::uint32_t> indices);
std::optional<std::vector<std::uint32_t>> unpack_indices(std::string_view packed, std::size_t max_count);

std::string pack_outcomes(std::span<const RowOutcome> rows);
std::optional<std::vector<RowOutcome>> unpack_outcomes(std::string_view packed, std::size_t count);
/// The outcomes alone of what pack_outcomes() wrote. What stands behind them, the vendor's ids, is not looked at.
std::optional<std::vector<Outcome>> unpack_bare_outcomes(std::string_view packed, std::size_t count);

std::string pack_fingerprints(std::span<const Fingerprint> fingerprints);
std::uint64_t packed_fingerprints_size(std::uint64_t count);
std::optional<std::vector<Fingerprint>> unpack_fingerprints(std::string_view packed, std::size_t count);

/// `ids`: of the batch's contacts, in order; a warning is of one of them.
std::string pack_warnings(std::span<const RowWarning> warnings, std::span<const RowId> ids);
std::optional<std::vector<RowWarning>> unpack_warnings(std::string_view packed, std::span<const RowId> ids);

/// Adds the checksum; exposed so that a test can damage what stands under a right one.
void seal(std::string& packed);

}  // namespace switchboard::ledger
