#include "connector.h"

namespace kartei {

// A setting that cannot be used: throw kit::SettingError("name", "what is wrong and what to do").
Connector::Connector(const kit::Settings& settings)
    : space_id_(settings.required_text("space_id")) {}

}  // namespace kartei

SWB_CONNECTOR(kartei::Connector)
