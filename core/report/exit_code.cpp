#include <algorithm>
#include <array>

#include "core/report/report.h"

namespace switchboard::report {

int most_serious(const std::vector<int>& exit_codes) {
  static constexpr std::array kMostSeriousFirst = {1, 5, 6, 4, 143, 130, 7, 8, 2, 9, 3, 0};
  const auto rank = [](int code) {
    const auto* found = std::find(kMostSeriousFirst.begin(), kMostSeriousFirst.end(), code);
    return found == kMostSeriousFirst.end() ? 0 : found - kMostSeriousFirst.begin();
  };
  int worst = 0;
  for (int code : exit_codes) {
    if (rank(code) < rank(worst)) worst = code;
  }
  return worst;
}

}  // namespace switchboard::report
