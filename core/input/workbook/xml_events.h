#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/archive/zip_package.h"
#include "core/input/workbook/xml_handler.h"
#include "core/input/workbook/xml_scanner.h"

namespace switchboard::input {

/// Reads an XML part piece by piece: with the scanner as far as that goes, then with expat. Errors (Input): no XML, cut, nested too
/// deep; the entry's.
class XmlPart {
 public:
  XmlPart(std::unique_ptr<ZipEntry> entry, XmlHandler& handler, std::string what);
  XmlPart(const XmlPart&) = delete;
  XmlPart& operator=(const XmlPart&) = delete;
  ~XmlPart();
  /// Reads on by one piece. False: the part has ended in good order.
  Result<bool> step();
  /// Reads all of it. Errors also where it is longer than `most` bytes.
  Result<void> run(std::uint64_t most = kNoLimit);
  static constexpr std::uint64_t kNoLimit = ~std::uint64_t{0};
  /// Of parts that are kept in memory and that say little: relations, the list of sheets. Excel's own stay below 1 MiB.
  static constexpr std::uint64_t kSmallPart = std::uint64_t{16} << 20;
  std::uint64_t bytes_read() const { return bytes_; }

 private:
  struct Parser;
  Result<bool> scan();
  Result<void> parse(std::size_t size, bool last);
  std::uint64_t line() const;

  XmlHandler& handler_;
  XmlScanner scanner_;
  std::vector<char> unread_;          ///< room for what the scanner reads
  std::size_t unread_bytes_ = 0;      ///< of a tag or text that is not whole yet
  std::uint64_t scanned_lines_ = 0;
  std::unique_ptr<Parser> parser_;    ///< nullptr: the scanner still reads
  std::unique_ptr<ZipEntry> entry_;
  std::string what_;
  std::uint64_t bytes_ = 0;
  std::uint64_t unfinished_ = 0;  ///< bytes since the parser last told of anything
};

}  // namespace switchboard::input
