#include "connector.h"

namespace formwerk {

// A setting that cannot be used: throw kit::SettingError("name", "what is wrong and what to do").
Connector::Connector(const kit::Settings& settings)
    : account_sid_(settings.required_text("account_sid")) {}

}  // namespace formwerk

SWB_CONNECTOR(formwerk::Connector)
