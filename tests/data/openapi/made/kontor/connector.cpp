#include "connector.h"

namespace kontor {

// A setting that cannot be used: throw kit::SettingError("name", "what is wrong and what to do").
Connector::Connector(const kit::Settings& settings)
    : x_workspace_(settings.required_text("x_workspace")) {
  for (const char c : x_workspace_) {
    if (c < ' ' || c > '~') throw kit::SettingError("x_workspace", "may hold printable ASCII only: it goes into a header");
  }
}

}  // namespace kontor

SWB_CONNECTOR(kontor::Connector)
