#pragma once

#include <charconv>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/input/archive/zip_package.h"

namespace switchboard::input {

/// An attribute's value as a whole number; `otherwise`: it is none.
inline std::uint32_t whole_number(std::string_view text, std::uint32_t otherwise = 0) {
  std::uint32_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The attributes of an element, names without their prefix; borrowed for the call.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  /// Empty: none of that name (or an empty one). `prefixed`: only one with a prefix ("r:id") counts.
  std::string_view get(std::string_view local_name, bool prefixed = false) const;
  /// The one of that whole name, prefix included.
  std::string_view exactly(std::string_view name) const;
  bool on(std::string_view local_name) const {
    const auto value = get(local_name);
    return value == "1" || value == "true" || value == "on";
  }

 private:
  const char** pairs_;
};

/// What an XML part tells while it is read. Element names come without their prefix: programs choose prefixes as they
/// like, and strict files have other namespaces for the same names.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void begin(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view element) = 0;
  virtual void text(std::string_view piece) = 0;
};

/// Reads an XML part piece by piece (expat). Errors (Input): no XML, cut, nested too deep; the entry's.
class XmlPart {
 public:
  XmlPart(std::unique_ptr<ZipEntry> entry, XmlHandler& handler, std::string what);
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
  std::unique_ptr<Parser> parser_;
  std::unique_ptr<ZipEntry> entry_;
  std::string what_;
  std::uint64_t bytes_ = 0;
  std::uint64_t unfinished_ = 0;  ///< bytes since the parser last told of anything
};

}  // namespace switchboard::input
