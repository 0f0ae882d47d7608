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

/// The switches that were given as JSON, with this one changed.
std::string with_switch(const Subject& subject, const std::string& name, const std::string& value_json);

/// Every listed value of every switch but those that hold anyhow, sixty at most.
std::vector<EmulatorSwitch> emulator_switches(const Subject& subject);

}  // namespace switchboard::conformance
