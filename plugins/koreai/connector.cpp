#include "connector.h"

SWB_CONNECTOR(koreai::Connector)

namespace koreai {

Connector::Connector(const kit::Settings& given) : Configured(given) {
  if (!kit::is_hex_of(account_id, 24))
    throw kit::SettingError("account_id", "must be 24 hexadecimal digits, as the admin console shows them");
  settings.required_text("bot_id");
  settle_ms = kit::settle_ms_of(settings, 5000);
}

}  // namespace koreai
