#include "host/connectors/connector.h"

#include <algorithm>
#include <optional>

#include "core/base/absolute_path.h"
#include "core/base/sha256.h"
#include "host/connectors/elf_note.h"
#include "host/connectors/library.h"
#include "host/connectors/library_code.h"
#include "host/connectors/registry.h"
#include "host/connectors/session.h"
#include "host/connectors/worker/remote_code.h"

namespace switchboard::connectors {
namespace {

/// Lower-case hex SHA-256 of the whole file; nullopt: it became shorter meanwhile.
std::optional<std::string> sha256_of(const ElfFile& file) {
  constexpr std::uint64_t kAtOnce = 256 * 1024;
  Sha256 sum;
  for (std::uint64_t at = 0; at < file.size(); at += kAtOnce) {
    const auto bytes = file.slice(at, std::min(kAtOnce, file.size() - at));
    if (!bytes) return std::nullopt;
    sum.update(*bytes);
  }
  const auto digest = sum.finish();
  return to_hex(digest.data(), digest.size());
}

}  // namespace

Result<std::unique_ptr<Connector>> Connector::load(const std::string& library_path) {
  auto library = load_library(library_path);
  if (!library) return library.error();
  auto manifest = std::shared_ptr<const mapping::Manifest>(*library, &(*library)->manifest);
  return make_connector((*library)->path, std::move(manifest), code_in_process(*library));
}

Result<std::unique_ptr<Connector>> Connector::load(const std::string& library_path, const Loading& loading) {
  const auto path = absolute_path(library_path);
  const bool shipped = is_shipped(path);
  const bool isolated = loading.isolate == Isolate::Always || (loading.isolate == Isolate::ThirdParty && !shipped);
  const bool must_be_allowed = !shipped && !loading.allowed.empty();
  if (!isolated && !must_be_allowed) return load(path);
  auto file = ElfFile::open(path);
  if (!file) return file.error();
  auto image = worker::Image::of(path, *file);
  if (!image) return image.error();
  // From here on the copy counts: what lies at the path may be another library by now.
  file = ElfFile::open((*image)->path(), path);
  if (!file) return file.error();
  auto note = read_elf_note(*file, path);
  if (!note) return note.error();
  if (must_be_allowed) {
    const auto hash = sha256_of(*file).value_or("(unreadable)");
    if (std::ranges::find(loading.allowed, hash) == loading.allowed.end())
      return Error{ErrorKind::Usage, path + ": is not on the list of libraries that may run (allowed-libraries in your configuration).",
                   "If you trust it, add its SHA-256 there: " + hash};
  }
  // Not from the copy: the loader would take the next copy under that name for this one.
  if (!isolated) return load(path);
  auto remote = code_in_workers(std::move(*image), *note, loading);
  if (!remote) return remote.error();
  return make_connector(path, std::move(remote->manifest), std::move(remote->code));
}

}  // namespace switchboard::connectors
