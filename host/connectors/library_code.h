#pragma once

#include <memory>

#include "host/connectors/code.h"
#include "host/connectors/library.h"

namespace switchboard::connectors {

/// A library's code, called in this process.
std::unique_ptr<Code> code_in_process(std::shared_ptr<const Library> library);

}  // namespace switchboard::connectors
