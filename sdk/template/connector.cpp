#include "connector.h"

namespace @NAMESPACE@ {

// A setting that cannot be used: throw kit::SettingError("list_id", "what is wrong and what to do").
Connector::Connector(const kit::Settings& settings) : list_id(settings.required_text("list_id")) {}

}  // namespace @NAMESPACE@

SWB_CONNECTOR(@NAMESPACE@::Connector)
