#include "core/ledger/sqlite/boot.h"

#include <fstream>

namespace switchboard::ledger {

const std::string& this_boot() {
  static const std::string boot = [] {
    std::string text;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id") >> std::ws, text);
    return text;
  }();
  return boot;
}

}  // namespace switchboard::ledger
