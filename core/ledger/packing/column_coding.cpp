#include "core/ledger/packing/column_coding.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <tuple>

#include "core/base/member_count.h"
#include "core/ledger/packing/byte_coding.h"
#include "core/ledger/packing/vendor_id_coding.h"

namespace switchboard::ledger {
namespace {

constexpr std::size_t kSealBytes = 4;
constexpr std::size_t kFingerprintBytes = std::tuple_size_v<decltype(Fingerprint::bytes)>;

std::array<char, kSealBytes> checksum_of(std::string_view bytes) {
  const std::uint32_t crc = crc32_of(bytes);
  std::array<char, kSealBytes> text;
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(crc >> 8 * i);
  return text;
}

std::optional<std::string_view> unseal(std::string_view packed) {
  if (packed.size() < kSealBytes) return std::nullopt;
  const auto body = packed.substr(0, packed.size() - kSealBytes);
  if (!std::ranges::equal(packed.substr(body.size()), checksum_of(body))) return std::nullopt;
  return body;
}

std::string sealed(ByteWriter& writer) {
  std::string packed = writer.take();
  seal(packed);
  return packed;
}

// ---- Numbers that mostly grow by the same step: runs of (length, step).
// ----------------------------------------

template <class Number>
void write_steps(ByteWriter& out, std::span<const Number> numbers) {
  std::uint64_t previous = 0;
  for (std::size_t i = 0; i < numbers.size();) {
    const std::uint64_t step = numbers[i] - previous;
    std::size_t length = 0;
    while (i < numbers.size() && numbers[i] - previous == step) {
      previous = numbers[i++];
      ++length;
    }
    out.varint(length);
    out.signed_varint(static_cast<std::int64_t>(step));
  }
}

template <class Number>
std::vector<Number> read_steps(ByteReader& in, std::size_t count) {
  std::vector<Number> numbers;
  numbers.reserve(count);
  std::uint64_t value = 0;
  while (numbers.size() < count && !in.failed()) {
    const std::uint64_t length = in.varint();
    const auto step = static_cast<std::uint64_t>(in.signed_varint());
    if (length == 0 || length > count - numbers.size()) {
      in.fail();
      break;
    }
    for (std::uint64_t i = 0; i < length; ++i) {
      value += step;
      if (value > std::numeric_limits<Number>::max()) in.fail();
      numbers.push_back(static_cast<Number>(value));
    }
  }
  return numbers;
}

}  // namespace

void seal(std::string& packed) {
  const auto checksum = checksum_of(packed);
  packed.append(checksum.data(), checksum.size());
}

std::string pack_lines(std::span<const std::uint64_t> lines) {
  ByteWriter out;
  write_steps(out, lines);
  return sealed(out);
}

std::optional<std::vector<std::uint64_t>> unpack_lines(std::string_view packed, std::size_t count) {
  const auto body = unseal(packed);
  if (!body) return std::nullopt;
  ByteReader in(*body);
  auto lines = read_steps<std::uint64_t>(in, count);
  if (!in.at_good_end()) return std::nullopt;
  return lines;
}

std::string pack_parts(std::span<const std::uint8_t> parts) {
  if (parts.empty()) return {};
  std::string packed(parts.begin(), parts.end());
  seal(packed);
  return packed;
}

std::optional<std::vector<std::uint8_t>> unpack_parts(std::string_view packed, std::size_t row_count) {
  if (packed.empty()) return std::vector<std::uint8_t>();
  const auto body = unseal(packed);
  if (!body || body->size() != row_count) return std::nullopt;
  std::vector<std::uint8_t> parts(body->begin(), body->end());
  if (std::any_of(parts.begin(), parts.end(), [](auto count) { return count == 0 || count > kMostPartsOfRow; })) return std::nullopt;
  return parts;
}

std::string pack_indices(std::span<const std::uint32_t> indices) {
  ByteWriter out;
  out.varint(indices.size());
  write_steps(out, indices);
  return sealed(out);
}

std::optional<std::vector<std::uint32_t>> unpack_indices(std::string_view packed, std::size_t max_count) {
  const auto body = unseal(packed);
  if (!body) return std::nullopt;
  ByteReader in(*body);
  const std::uint64_t count = in.varint();
  if (count > max_count) return std::nullopt;
  auto indices = read_steps<std::uint32_t>(in, static_cast<std::size_t>(count));
  if (!in.at_good_end()) return std::nullopt;
  return indices;
}

static_assert(member_count<RowOutcome>() == std::tuple_size_v<decltype(RowOutcome().shared_texts())> + 2,
              "something of a row is neither a text that rows share, nor packed below as the outcome and the vendor's id are");

std::string pack_outcomes(std::span<const RowOutcome> rows) {
  TextTable texts;
  ByteWriter runs;
  bool has_ids = false;
  for (std::size_t i = 0; i < rows.size();) {
    const RowOutcome& first = rows[i];
    std::size_t length = 0;
    while (i < rows.size() && rows[i].outcome == first.outcome && rows[i].shared_texts() == first.shared_texts()) {
      has_ids |= !rows[i++].vendor_id.empty();
      ++length;
    }
    runs.varint(length);
    runs.varint(static_cast<std::uint64_t>(first.outcome));
    std::apply([&](const auto&... text) { (runs.varint(texts.number_of(text)), ...); }, first.shared_texts());
  }
  ByteWriter out;
  texts.write(out);
  out.bytes(runs.take());
  out.varint(has_ids ? 1 : 0);
  if (has_ids) write_vendor_ids(out, rows);
  return sealed(out);
}

namespace {

/// Calls `visit(row, length)` for each run of rows that are alike but for their vendor's ids. False: damage.
template <class Visit>
bool read_runs(ByteReader& in, const ReadTexts& texts, std::size_t count, Visit visit) {
  for (std::size_t rows = 0; rows < count;) {
    const std::uint64_t length = in.varint();
    const std::uint64_t outcome = in.varint();
    RowOutcome row;
    std::apply([&](auto&... text) { ((text = texts.text(in.varint(), in)), ...); }, row.shared_texts());
    if (in.failed() || length == 0 || length > count - rows || outcome >= kOutcomeCount) return false;
    row.outcome = static_cast<Outcome>(outcome);
    visit(row, static_cast<std::size_t>(length));
    rows += static_cast<std::size_t>(length);
  }
  return true;
}

}  // namespace

std::optional<std::vector<RowOutcome>> unpack_outcomes(std::string_view packed, std::size_t count) {
  const auto body = unseal(packed);
  if (!body) return std::nullopt;
  ByteReader in(*body);
  const ReadTexts texts(in);
  std::vector<RowOutcome> rows;
  rows.reserve(count);
  if (!read_runs(in, texts, count, [&](const RowOutcome& row, std::size_t length) { rows.insert(rows.end(), length, row); })) return std::nullopt;
  const std::uint64_t has_ids = in.varint();
  if (has_ids > 1) return std::nullopt;
  if (has_ids == 1) read_vendor_ids(in, rows);
  if (!in.at_good_end()) return std::nullopt;
  return rows;
}

std::optional<std::vector<Outcome>> unpack_bare_outcomes(std::string_view packed, std::size_t count) {
  const auto body = unseal(packed);
  if (!body) return std::nullopt;
  ByteReader in(*body);
  const ReadTexts texts(in);
  std::vector<Outcome> outcomes;
  outcomes.reserve(count);
  const auto add = [&](const RowOutcome& row, std::size_t length) { outcomes.insert(outcomes.end(), length, row.outcome); };
  if (!read_runs(in, texts, count, add)) return std::nullopt;
  return outcomes;
}

std::string pack_fingerprints(std::span<const Fingerprint> fingerprints) {
  std::string packed;
  packed.reserve(packed_fingerprints_size(fingerprints.size()));
  for (const auto& fingerprint : fingerprints) {
    packed.append(reinterpret_cast<const char*>(fingerprint.bytes.data()), kFingerprintBytes);
  }
  seal(packed);
  return packed;
}

std::uint64_t packed_fingerprints_size(std::uint64_t count) { return count * kFingerprintBytes + kSealBytes; }

std::optional<std::vector<Fingerprint>> unpack_fingerprints(std::string_view packed, std::size_t count) {
  const auto body = unseal(packed);
  if (!body || body->size() % kFingerprintBytes != 0 || body->size() / kFingerprintBytes != count) {
    return std::nullopt;
  }
  std::vector<Fingerprint> fingerprints(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(fingerprints[i].bytes.data(), body->data() + i * kFingerprintBytes, kFingerprintBytes);
  }
  return fingerprints;
}

std::string pack_warnings(std::span<const RowWarning> warnings, std::span<const RowId> ids) {
  TextTable texts;
  ByteWriter rows;
  for (const auto& warning : warnings) {
    const auto place = std::lower_bound(ids.begin(), ids.end(), warning.row, [](RowId a, RowId b) { return a.code() < b.code(); });
    rows.varint(static_cast<std::uint64_t>(place - ids.begin()));
    rows.varint(texts.number_of(warning.code));
    rows.varint(texts.number_of(warning.field));
    rows.varint(texts.number_of(warning.message));
  }
  ByteWriter out;
  texts.write(out);
  out.varint(warnings.size());
  out.bytes(rows.take());
  return sealed(out);
}

std::optional<std::vector<RowWarning>> unpack_warnings(std::string_view packed, std::span<const RowId> ids) {
  const auto body = unseal(packed);
  if (!body) return std::nullopt;
  ByteReader in(*body);
  const ReadTexts texts(in);
  const std::uint64_t count = in.varint();
  if (count > in.remaining()) return std::nullopt;
  std::vector<RowWarning> warnings;
  warnings.reserve(static_cast<std::size_t>(count));
  for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
    RowWarning warning;
    const std::uint64_t index = in.varint();
    if (index >= ids.size()) return std::nullopt;
    warning.row = ids[static_cast<std::size_t>(index)];
    warning.code = texts.text(in.varint(), in);
    warning.field = texts.text(in.varint(), in);
    warning.message = texts.text(in.varint(), in);
    warnings.push_back(std::move(warning));
  }
  if (!in.at_good_end()) return std::nullopt;
  return warnings;
}

}  // namespace switchboard::ledger
