#include "decimal_comma.h"

#include <array>
#include <clocale>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace switchboard::conformance {

namespace {

constexpr const char* kLocale = "comma";

std::string& place() {
  static std::string directory;
  return directory;
}

}  // namespace

DecimalComma::DecimalComma() {
#if defined(__GLIBC__)
  std::error_code none;
  std::string made = (std::filesystem::temp_directory_path(none) / "switchboard-judge-XXXXXX").string();
  if (none || ::mkdtemp(made.data()) == nullptr) return;
  place() = made;
  std::filesystem::create_directory(made + '/' + kLocale, none);
  // As locale(5) and localedef leave it to the library: a mark, how many items, where each is, the items: decimal point, thousands
  // separator, grouping, the first two as wide characters, the character set.
  const std::array<std::uint32_t, 8> head = {0x20031115u ^ LC_NUMERIC, 6, 32, 34, 36, 40, 44, 48};
  const std::array<std::uint32_t, 2> wide = {',', '.'};
  std::ofstream file(made + '/' + kLocale + "/LC_NUMERIC", std::ios::binary);
  file.write(reinterpret_cast<const char*>(head.data()), sizeof head);
  file.write(",\0.\0\x7F\0\0\0", 8);
  file.write(reinterpret_cast<const char*>(wide.data()), sizeof wide);
  file.write("UTF-8\0\0", 8);
#endif
}

DecimalComma::~DecimalComma() {
  std::error_code none;
  if (!place().empty()) std::filesystem::remove_all(place(), none);
  place().clear();
}

void use_decimal_comma() {
  if (place().empty()) return;
  ::setenv("LOCPATH", place().c_str(), 1);
  std::setlocale(LC_NUMERIC, kLocale);
}

}  // namespace switchboard::conformance
