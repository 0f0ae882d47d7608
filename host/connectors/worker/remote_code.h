#pragma once

#include <memory>
#include <string>

#include "host/connectors/code.h"
#include "host/connectors/elf_note.h"
#include "host/connectors/isolation.h"
#include "host/connectors/worker/process.h"

namespace switchboard::connectors {

/// A library whose code runs in workers: one for each session and each account.
struct RemoteLibrary {
  std::shared_ptr<const mapping::Manifest> manifest;
  std::unique_ptr<Code> code;
};

/// `image` is a copy of the library, `note` was read from the copy. Runs nothing where the file shows its manifest; else a worker is asked for it.
/// Errors (Usage): as load_library(), or the worker is not installed; Internal: it died.
Result<RemoteLibrary> code_in_workers(std::shared_ptr<const worker::Image> image, const ElfNote& note, const Loading& loading);

}  // namespace switchboard::connectors
