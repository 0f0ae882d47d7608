#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::input::testing {

std::string u8(unsigned value);
std::string u16(unsigned value);
std::string u32(std::uint32_t value);
std::string f64(double value);
/// A text of BIFF8 behind a length of one or two bytes; `wide`: UTF-16 (of ASCII), else a byte a character.
std::string text8(std::string_view ascii, bool wide = false, std::size_t length_bytes = 2);

/// Records of a workbook's stream. Rows and columns count from 0.
class BiffWriter {
 public:
  BiffWriter& add(unsigned id, std::string_view body = {});
  /// BOF of BIFF8 or BIFF5.
  BiffWriter& begin(unsigned version, unsigned type);
  BiffWriter& end() { return add(0x0A); }
  /// Row, column, style and what follows: the cells of BIFF3 to BIFF8.
  BiffWriter& cell(unsigned id, unsigned row, unsigned column, std::string_view value, unsigned style = 0);
  BiffWriter& label(unsigned row, unsigned column, std::string_view ascii) { return cell(0x204, row, column, text8(ascii)); }
  BiffWriter& number(unsigned row, unsigned column, double value, unsigned style = 0) { return cell(0x203, row, column, f64(value), style); }

  std::string bytes;
};

/// A sheet of a workbook that is being made.
struct MadeSheet {
  std::string name;
  std::string cells;  ///< its records, without first and last
  unsigned state = 0; ///< 1, 2: hidden
  unsigned type = 0;  ///< 2: a chart
};
/// The stream of a workbook of BIFF8: `globals` are records that stand before the list of sheets.
std::string workbook8(const std::vector<MadeSheet>& sheets, std::string_view globals = {});

/// A compound file with these streams at its top.
std::string compound(const std::vector<std::pair<std::string, std::string>>& streams);

}  // namespace switchboard::input::testing
