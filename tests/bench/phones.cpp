// bench_phones [COUNT] [ordinary|hostile] [tables|libphonenumber]: how long one phone takes.
//
// ordinary: what contact files hold (digits, blanks, hyphens, brackets; half with + and code, half of a region, 3 % with an
// extension, 5 % that are none). hostile: every cell needs the long way (labels, other scripts' digits, no-break spaces, extensions).
// tables: parse_phone, as the program uses it. libphonenumber: that library alone, as another program would use it: Parse,
// IsValidNumber, Format. Prints nanoseconds a number; tests/bench/phone_instructions counts instructions.

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/contact/phone.h"
#include "tests/bench/plain_library.h"

namespace {

using namespace switchboard;

struct Country {
  const char *region, *code, *trunk, *lead;
  int digits;  ///< behind the lead
};

constexpr Country kCountries[] = {
    {"US", "1", "1", "2122", 6},  {"US", "1", "", "3105", 6},   {"CA", "1", "", "4162", 6},     {"GB", "44", "0", "7712", 6},
    {"GB", "44", "0", "207", 7},  {"DE", "49", "0", "151", 8},  {"DE", "49", "0", "302", 7},    {"FR", "33", "0", "61", 7},
    {"ES", "34", "", "61", 7},    {"IT", "39", "", "347", 7},   {"NL", "31", "0", "61", 7},     {"BE", "32", "0", "47", 7},
    {"CH", "41", "0", "79", 7},   {"AT", "43", "0", "664", 7},  {"SE", "46", "0", "70", 7},     {"FI", "358", "0", "40", 7},
    {"PL", "48", "", "60", 7},    {"PT", "351", "", "91", 7},   {"IE", "353", "0", "87", 7},    {"IN", "91", "0", "98", 8},
    {"AU", "61", "0", "41", 7},   {"NZ", "64", "0", "21", 7},   {"JP", "81", "0", "903", 7},    {"KR", "82", "0", "1023", 6},
    {"CN", "86", "", "138", 8},   {"BR", "55", "0", "119", 8},  {"MX", "52", "", "55", 8},      {"ZA", "27", "0", "82", 7},
    {"NG", "234", "0", "803", 7}, {"AE", "971", "0", "55", 7},  {"SG", "65", "", "91", 6},      {"UA", "380", "0", "67", 7}};

struct Cell {
  const char* region;
  std::string text;
};

std::uint64_t state = 20261129;
std::size_t below(std::size_t limit) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<std::size_t>(state >> 33U) % limit;
}

std::string ordinary(const Country& country, bool abroad) {
  std::string digits = country.lead;
  for (int i = 0; i < country.digits; ++i) digits += static_cast<char>('0' + below(10));
  std::string text = abroad ? "+" + std::string(country.code) + " " : std::string(country.trunk);
  static constexpr std::string_view kMarks[] = {"", " ", "-"};
  const std::string_view mark = kMarks[below(3)];
  text.append(digits, 0, 3).append(mark).append(digits, 3, 3).append(mark).append(digits, 6);
  if (below(8) == 0) text = "(" + text.substr(0, 4) + ")" + text.substr(4);
  if (below(33) == 0) text += " ext. 12";
  if (below(20) == 0) text = below(2) == 0 ? text.substr(0, 6) : "+999" + digits;
  return text;
}

std::string hostile(const Country& country, bool abroad) {
  const std::string plain = ordinary(country, abroad);
  switch (below(4)) {
    case 0:
      return "Tel.: " + plain;
    case 1:
      return plain + " ext. 4711";
    case 2: {
      std::string text;
      for (const char c : plain) text += c == ' ' ? std::string("\xC2\xA0") : std::string(1, c);
      return text + "\xE2\x80\x8B";
    }
    default: {
      std::string text;
      for (const char c : plain) {
        if (c < '0' || c > '9') {
          text += c;
        } else {
          text += "\xEF\xBC";
          text += static_cast<char>(0x90 + (c - '0'));
        }
      }
      return text;
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::size_t numbers = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
  const bool is_hostile = count > 2 && std::string_view(arguments[2]) == "hostile";
  const bool plain_library = count > 3 && std::string_view(arguments[3]) == "libphonenumber";
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < 4096; ++i) {
    const Country& country = kCountries[below(std::size(kCountries))];
    const bool abroad = below(2) == 0;
    cells.push_back({country.region, is_hostile ? hostile(country, abroad) : ordinary(country, abroad)});
  }
  std::size_t valid = 0, bytes = 0;
  const std::clock_t begin = std::clock();  // of the processor: other programs do not count
  for (std::size_t i = 0; i < numbers; ++i) {
    const Cell& cell = cells[i % cells.size()];
    if (plain_library) {
      const std::string e164 = tests::plain_e164(cell.text, cell.region);
      valid += e164.empty() ? 0 : 1;
      bytes += e164.size();
    } else {
      const contact::Phone phone = contact::parse_phone(cell.text, {cell.region, {}});
      valid += phone.ok() ? 1 : 0;
      bytes += phone.e164.size();
    }
  }
  const double taken = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC * 1e9;
  std::cout << numbers << " numbers, " << valid << " valid, " << bytes << " bytes, " << taken / static_cast<double>(numbers)
            << " ns each\n";
  return valid * 2 > numbers ? 0 : 1;
}
