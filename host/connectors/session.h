#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "host/connectors/code.h"
#include "host/connectors/connector.h"

namespace switchboard::connectors {

/// A connector as the host uses it, over its code. `manifest` is shared: sessions may outlive the Connector.
std::unique_ptr<Connector> make_connector(std::string library_path, std::shared_ptr<const mapping::Manifest> manifest,
                                          std::unique_ptr<Code> code);

}  // namespace switchboard::connectors
