#include "core/ledger/packing/vendor_id_coding.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace switchboard::ledger {
namespace {

constexpr std::uint64_t kNoId = 0, kUuid = 1, kShared = 2;  // kShared + n: the first n bytes are as before

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool is_dash_place(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

/// The 16 bytes of a lower-case UUID (RFC 9562, section 4); nothing for any other text.
std::optional<std::string> uuid_bytes(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size();) {
    if (is_dash_place(i)) {
      if (text[i++] != '-') return std::nullopt;
      continue;
    }
    const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return bytes;
}

std::string uuid_text(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned char byte : bytes) {
    if (is_dash_place(text.size())) text += '-';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace

void write_vendor_ids(ByteWriter& out, std::span<const RowOutcome> rows) {
  std::string_view previous;
  for (const auto& row : rows) {
    const std::string_view id = row.vendor_id;
    if (id.empty()) {
      out.varint(kNoId);
      continue;
    }
    if (auto uuid = uuid_bytes(id)) {
      out.varint(kUuid);
      out.bytes(*uuid);
    } else {
      const auto end = std::mismatch(id.begin(), id.end(), previous.begin(), previous.end()).first;
      const auto shared = static_cast<std::size_t>(end - id.begin());
      out.varint(kShared + shared);
      out.counted(id.substr(shared));
    }
    previous = id;
  }
}

void read_vendor_ids(ByteReader& in, std::vector<RowOutcome>& rows) {
  std::string_view previous;
  for (auto& row : rows) {
    const std::uint64_t kind = in.varint();
    if (kind == kNoId) continue;
    if (kind == kUuid) {
      row.vendor_id = uuid_text(in.bytes(16));
    } else {
      if (kind - kShared > previous.size()) in.fail();
      if (in.failed()) return;
      row.vendor_id = previous.substr(0, static_cast<std::size_t>(kind - kShared));
      row.vendor_id += in.counted();
    }
    if (row.vendor_id.empty()) in.fail();
    if (in.failed()) return;
    previous = row.vendor_id;
  }
}

}  // namespace switchboard::ledger
