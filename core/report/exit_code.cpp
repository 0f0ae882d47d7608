#include "core/base/end_reason.h"
#include "core/report/report.h"

namespace switchboard::report {

int most_serious(const std::vector<int>& exit_codes) {
  auto worst = EndReason::Done;
  for (const int code : exit_codes) {
    const auto reason = reason_of_exit_code(code);
    if (!reason) return code;  // of another version of this program: it must not be hidden
    worst = more_serious(worst, *reason);
  }
  return exit_code_of(worst);
}

}  // namespace switchboard::report
