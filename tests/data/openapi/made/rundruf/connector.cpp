#include "connector.h"

namespace rundruf {

// A setting that cannot be used: throw kit::SettingError("name", "what is wrong and what to do").
Connector::Connector(const kit::Settings& settings)
    : campaign_(settings.required_text("campaign")),
      overwrite_(settings.text("overwrite") ? std::optional(settings.boolean("overwrite", false)) : std::nullopt),
      priority_(settings.integer("priority")) {}

}  // namespace rundruf

SWB_CONNECTOR(rundruf::Connector)
