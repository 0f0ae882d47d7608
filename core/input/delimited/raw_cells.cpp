#include "core/input/delimited/raw_cells.h"

namespace switchboard::input {
namespace {

/// Encodings of two-byte characters, by their first bytes (WHATWG Encoding Standard, legacy multi-byte
/// encodings).
std::optional<std::array<bool, 256>> lead_bytes_of(const std::string& encoding) {
  constexpr std::string_view kSingleBytes[] = {"UTF-", "ISO-8859",  "windows-125", "windows-874", "US-ASCII",
                                               "KOI8", "macintosh", "x-mac",       "IBM",         "TIS"};
  for (auto prefix : kSingleBytes) {
    if (encoding.starts_with(prefix)) return std::nullopt;
  }
  const bool is_shift_jis =
      encoding.starts_with("Shift_JIS") || encoding == "windows-31j" || encoding == "windows-932";
  std::array<bool, 256> leads{};
  for (unsigned byte = 0x81; byte <= 0xFE; ++byte) {
    leads[byte] = !is_shift_jis || byte <= 0x9F || (byte >= 0xE0 && byte <= 0xFC);
  }
  return leads;
}

}  // namespace

RawSyntax RawSyntax::of(const Dialect& dialect, const std::string& encoding,
                        const std::function<std::string(std::string_view)>& encode) {
  RawSyntax syntax{encode(dialect.delimiter), encode(dialect.quote), encode(dialect.line_end),
                   dialect.padded ? encode(" ") : "", dialect.backslash ? encode("\\") : "", std::nullopt};
  constexpr char kLowestSecondByte = 0x40;
  if (!dialect.delimiter.empty() && dialect.delimiter[0] >= kLowestSecondByte) {
    syntax.lead_bytes = lead_bytes_of(encoding);
  }
  return syntax;
}

std::vector<std::string_view> split_cells(std::string_view raw, const RawSyntax& syntax) {
  const std::size_t unit = syntax.delimiter.size();
  const auto is_at = [&](std::size_t at, const std::string& mark) {
    return !mark.empty() && raw.compare(at, mark.size(), mark) == 0;
  };
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  bool inside = false;
  bool only_blanks = true;  // since the cell's begin
  for (std::size_t at = 0; at < raw.size();) {
    if (is_at(at, syntax.backslash)) {
      at += 2 * unit;
      only_blanks = false;
    } else if (inside) {
      if (!is_at(at, syntax.quote)) {
        at += unit;
      } else if (is_at(at + unit, syntax.quote)) {
        at += 2 * unit;
      } else {
        inside = false;
        at += unit;
      }
    } else if (is_at(at, syntax.delimiter)) {
      cells.push_back(raw.substr(begin, at - begin));
      begin = at += unit;
      only_blanks = true;
    } else if (only_blanks && is_at(at, syntax.quote)) {
      only_blanks = false;
      inside = true;
      at += unit;
    } else {
      only_blanks = only_blanks && is_at(at, syntax.blank);
      at += syntax.lead_bytes && (*syntax.lead_bytes)[static_cast<unsigned char>(raw[at])] ? 2 : unit;
    }
  }
  cells.push_back(raw.substr(std::min(begin, raw.size())));
  return cells;
}

}  // namespace switchboard::input
