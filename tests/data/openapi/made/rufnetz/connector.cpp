#include "connector.h"

namespace rufnetz {

// A setting that cannot be used: throw kit::SettingError("name", "what is wrong and what to do").
Connector::Connector(const kit::Settings&) {}

}  // namespace rufnetz

SWB_CONNECTOR(rufnetz::Connector)
