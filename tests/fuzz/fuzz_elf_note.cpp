// Any bytes, read as a connector library, must be refused with a sentence or say who they are, and never more than is there.

#include <switchboard/note.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "host/connectors/elf_file.h"
#include "host/connectors/elf_note.h"
#include "tests/fuzz/require.h"

using namespace switchboard::connectors;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = ::memfd_create("library", MFD_CLOEXEC);
  if (file < 0 || ::write(file, data, size) != static_cast<ssize_t>(size)) return 0;
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  if (const auto note = read_elf_note(path)) {
    require(!note->id.empty() && note->id.size() <= size && note->version.size() <= size, "a note says more than there is");
  } else {
    require(note.error().message.find(path) != std::string::npos, "a refusal does not name the file");
    require(!note.error().remedy.empty(), "a refusal does not say what to do");
  }
  if (const auto elf = ElfFile::open(path)) {
    if (const auto manifest = elf->section(SWB_MANIFEST_SECTION))
      require(manifest->size() <= size, "a section is longer than the file");
    if (const auto names = elf->exported_names())
      for (const auto& name : *names) require(name.size() <= size, "a name is longer than the file");
  }
  ::close(file);
  return 0;
}
