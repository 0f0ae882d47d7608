#include "connector.h"

namespace postern {

// A setting that cannot be used: throw kit::SettingError("name", "what is wrong and what to do").
Connector::Connector(const kit::Settings& settings)
    : list_id_(settings.required_text("list_id")) {}

}  // namespace postern

SWB_CONNECTOR(postern::Connector)
