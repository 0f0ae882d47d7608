#include "host/connectors/connector.h"

#include "host/connectors/library.h"
#include "host/connectors/library_code.h"
#include "host/connectors/session.h"

namespace switchboard::connectors {

Result<std::unique_ptr<Connector>> Connector::load(const std::string& library_path) {
  auto library = load_library(library_path);
  if (!library) return library.error();
  auto manifest = std::shared_ptr<const mapping::Manifest>(*library, &(*library)->manifest);
  return make_connector((*library)->path, std::move(manifest), code_in_process(*library));
}

}  // namespace switchboard::connectors
