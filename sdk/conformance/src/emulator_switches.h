#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// A switch of the emulator with one of the values that the manifest lists for it.
struct EmulatorSwitch {
  std::string words;    ///< "ending=failed"
  std::string options;  ///< all of them as JSON, this one changed
};

/// Every listed value of every switch but those that hold anyhow, sixty at most.
std::vector<EmulatorSwitch> emulator_switches(const Subject& subject);

}  // namespace switchboard::conformance
