#include "connector.h"

SWB_CONNECTOR(truedy::Connector)

namespace truedy {

Connector::Connector(const kit::Settings& given) : Configured(given) {
  match_in_folder = settings.choice("match_scope", {"organisation", "folder"}) == 1;
  if (match_in_folder && !folder_id)
    throw kit::SettingError("match_scope",
                            "folder needs a folder_id: give one with --set folder_id=ID, or leave match_scope at organisation");

  if (const std::size_t base = settings.choice("row_base", {"auto", "1", "2"}); base != 0) row_base = static_cast<std::int64_t>(base);
  settle_ms = kit::settle_ms_of(settings, 5000);
}

}  // namespace truedy
