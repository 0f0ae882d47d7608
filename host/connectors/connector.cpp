#include "host/connectors/connector.h"

#include <algorithm>
#include <filesystem>

#include "core/base/sha256.h"
#include "host/connectors/elf_note.h"
#include "host/connectors/library.h"
#include "host/connectors/library_code.h"
#include "host/connectors/registry.h"
#include "host/connectors/session.h"
#include "host/connectors/worker/remote_code.h"

namespace switchboard::connectors {

Result<std::unique_ptr<Connector>> Connector::load(const std::string& library_path) {
  auto library = load_library(library_path);
  if (!library) return library.error();
  auto manifest = std::shared_ptr<const mapping::Manifest>(*library, &(*library)->manifest);
  return make_connector((*library)->path, std::move(manifest), code_in_process(*library));
}

Result<std::unique_ptr<Connector>> Connector::load(const std::string& library_path, const Loading& loading) {
  std::error_code ignored;
  const auto path = std::filesystem::absolute(library_path, ignored).string();
  const bool shipped = is_shipped(path);
  const bool isolated = loading.isolate == Isolate::Always || (loading.isolate == Isolate::ThirdParty && !shipped);
  if (!isolated && (shipped || loading.allowed.empty())) return load(path);
  auto file = ElfFile::open(path);
  if (!file) return file.error();
  auto note = read_elf_note(*file, path);
  if (!note) return note.error();
  const auto hash = sha256_hex(file->bytes());
  if (!shipped && !loading.allowed.empty() && std::ranges::find(loading.allowed, hash) == loading.allowed.end())
    return Error{ErrorKind::Usage, path + ": is not on the list of libraries that may run (allowed-libraries in your configuration).",
                 "If you trust it, add its SHA-256 there: " + hash};
  if (!isolated) return load(path);
  auto remote = code_in_workers(path, *file, *note, loading);
  if (!remote) return remote.error();
  return make_connector(path, std::move(remote->manifest), std::move(remote->code));
}

}  // namespace switchboard::connectors
