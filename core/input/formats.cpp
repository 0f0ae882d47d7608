#include "core/input/formats.h"

#include <algorithm>

#include "core/input/archive/zip_archive.h"
#include "core/input/compressed/gzip.h"
#include "core/input/compressed/zstd.h"
#include "core/input/delimited/delimited_format.h"
#include "core/input/json/json_format.h"
#include "core/input/ods/ods_format.h"
#include "core/input/html/html_format.h"
#include "core/input/vcard/vcard_format.h"
#include "core/input/xls/xls_format.h"
#include "core/input/xlsx/xlsx_format.h"
#include "core/input/xml2003/xml2003_format.h"

namespace switchboard::input {

const Registry& registry() {
  static const Registry table = {
      .formats =
          {
              xlsx_format(),
              xls_format(),
              xml2003_format(),
              ods_format(),
              html_format(),
              vcard_format(),
              json_format(),
              delimited_format(),  // any text, so it is asked last
          },
      .compressions = {gzip(), zstd(), zip()},
  };
  return table;
}

const Format* Registry::find(const std::string& name) const {
  const auto found = std::find_if(formats.begin(), formats.end(), [&](const Format& format) {
    return std::find(format.names.begin(), format.names.end(), name) != format.names.end();
  });
  return found == formats.end() ? nullptr : &*found;
}

std::string Registry::names() const {
  std::string list;
  for (const Format& format : formats) {
    for (const auto& name : format.names) list += (list.empty() ? "" : ", ") + name;
  }
  return list;
}

}  // namespace switchboard::input
