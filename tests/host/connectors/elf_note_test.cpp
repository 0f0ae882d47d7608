#include "host/connectors/elf_note.h"

#include <doctest/doctest.h>
#include <elf.h>
#include <switchboard/note.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "host/connectors/connector.h"
#include "tests/text_has.h"
#include "tests/host/connectors/rogues.h"

using namespace switchboard;
using namespace switchboard::connectors;
namespace fs = std::filesystem;

namespace {

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A file that lives as long as the test case.
struct TemporaryFile {
  std::string path;
  explicit TemporaryFile(std::string_view bytes) {
    static int count = 0;
    path = (fs::temp_directory_path() /
            ("switchboard-elf-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ".so"))
               .string();
    std::ofstream(path, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { fs::remove(path); }
};

std::string refusal_of(std::string_view bytes) {
  TemporaryFile file(bytes);
  auto note = read_elf_note(file.path);
  if (note) return "";
  CHECK(note.error().kind == ErrorKind::Usage);
  CHECK(note.error().message.find(file.path) == 0);
  CHECK_FALSE(note.error().remedy.empty());
  return note.error().message.substr(file.path.size());
}

}  // namespace

TEST_CASE("a note says who the connector is without running it") {
  auto note = read_elf_note(rogue("tiny"));
  REQUIRE(note);
  CHECK(note->id == "tiny");
  CHECK(note->version == "1.2.3");
  CHECK(note->abi_major == 1);
}

TEST_CASE("a manifest in the section beside the note is read from the file") {
  auto note = read_elf_note(std::string(SHIPPED) + "/truedy.so");
  REQUIRE(note);
  REQUIRE(note->manifest);
  CHECK(has(*note->manifest, "\"id\": \"truedy\""));
  CHECK(note->manifest->ends_with("}\n"));
  CHECK_FALSE(read_elf_note(rogue("tiny"))->manifest);
}

TEST_CASE("a section table that lies leads nowhere") {
  const auto whole = contents(std::string(SHIPPED) + "/truedy.so");
  std::mt19937 dice(7);
  const auto table = *reinterpret_cast<const Elf64_Ehdr*>(whole.data());
  for (int i = 0; i < 200; ++i) {
    auto copy = whole;
    const auto span = std::size_t{table.e_shnum} * sizeof(Elf64_Shdr);
    for (int j = 0; j < 20; ++j) copy[table.e_shoff + dice() % span] = static_cast<char>(dice());
    TemporaryFile file(copy);
    if (auto elf = ElfFile::open(file.path); elf)
      if (auto section = elf->section(SWB_MANIFEST_SECTION)) CHECK(section->size() <= copy.size());
  }
}

TEST_CASE("a library that is cut off anywhere is refused and never loaded") {
  auto whole = contents(rogue("tiny"));
  REQUIRE(whole.size() > 4096);
  for (std::size_t size = 0; size < whole.size(); size += size < 1024 ? 1 : 509) {
    CAPTURE(size);
    TemporaryFile file(std::string_view(whole).substr(0, size));
    auto connector = Connector::load(file.path);
    REQUIRE_FALSE(connector);
    REQUIRE(connector.error().kind == ErrorKind::Usage);
  }
  TemporaryFile almost(std::string_view(whole).substr(0, whole.size() - 1));
  CHECK_FALSE(read_elf_note(almost.path));
  CHECK(has(refusal_of(std::string_view(whole).substr(0, 5000)), "is cut off"));
}

TEST_CASE("files that are no libraries of this machine are told apart") {
  auto whole = contents(rogue("tiny"));
  auto patched = [&](std::size_t offset, std::uint16_t value) {
    auto copy = whole;
    std::memcpy(copy.data() + offset, &value, sizeof value);
    return copy;
  };
  CHECK(has(refusal_of(""), "is empty"));
  CHECK(has(refusal_of("phone,name\n+12125550100,Jane\n"), "is not a shared library"));
  CHECK(has(refusal_of(patched(offsetof(Elf64_Ehdr, e_machine), EM_ARM)), "is for arm, this machine is"));
  CHECK(has(refusal_of(patched(offsetof(Elf64_Ehdr, e_type), ET_REL)), "object file or a program"));
  CHECK(has(refusal_of(patched(EI_CLASS, ELFCLASS32 | ELFDATA2LSB << 8)), "64-bit"));
  CHECK(has(refusal_of(patched(EI_CLASS, ELFCLASS64 | ELFDATA2MSB << 8)), "little-endian"));
  CHECK(has(refusal_of(patched(offsetof(Elf64_Ehdr, e_phentsize), 3)), "is damaged"));

  auto missing = read_elf_note("/nowhere/at/all.so");
  REQUIRE_FALSE(missing);
  CHECK(has(missing.error().message, "No such file"));
  auto directory = read_elf_note("/tmp");
  REQUIRE_FALSE(directory);
  CHECK(has(directory.error().message, "is not a file"));
}

TEST_CASE("a library without an entry point, or with one of another major, is refused before it is loaded") {
  auto plain = read_elf_note(rogue("no_entry"));
  REQUIRE_FALSE(plain);
  CHECK(has(plain.error().message, "not a Switchboard connector"));
  auto newer = read_elf_note(rogue("entry_of_major_2"));
  REQUIRE_FALSE(newer);
  CHECK(has(newer.error().message, "needs a newer host: it speaks connector ABI 2, this host speaks 1"));
}

TEST_CASE("a missing, senseless or too new note is refused") {
  auto reason = [](const std::string& name) {
    auto note = read_elf_note(rogue(name));
    REQUIRE_FALSE(note);
    return note.error().message;
  };
  CHECK(has(reason("no_note"), "carries no Switchboard note"));
  CHECK(has(reason("note_too_new"), "asks for connector ABI 1.7 or newer, this host offers 1.2"));
  CHECK(has(reason("note_of_major_3"), "its note speaks of connector ABI 3"));
  CHECK(has(reason("note_with_control_characters"), "makes no sense"));
}

TEST_CASE("no flipped bytes make the reader read outside the file") {
  auto whole = contents(rogue("tiny"));
  std::mt19937 random(20240517);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    auto copy = whole;
    for (int i = 0; i < 8; ++i) {
      // Where the tables are: the header, the program headers and the first pages.
      std::size_t at = random() % (round % 2 == 0 ? 1024 : copy.size());
      copy[at] = static_cast<char>(random());
    }
    TemporaryFile file(copy);
    if (!read_elf_note(file.path)) ++refused;
  }
  CHECK(refused > 50);
}

TEST_CASE("only what is asked for is read, and a library that becomes shorter meanwhile is not read beyond its end") {
  const auto whole = contents(rogue("tiny"));
  TemporaryFile file(whole + std::string(1 << 20, '\0'));
  auto elf = ElfFile::open(file.path);
  REQUIRE(elf);
  fs::resize_file(file.path, whole.size());
  CHECK(read_elf_note(*elf, file.path));
  CHECK_FALSE(elf->slice(whole.size(), 1));
  fs::resize_file(file.path, 1024);
  CHECK_FALSE(elf->exported_names());
  auto note = read_elf_note(*elf, file.path);
  REQUIRE_FALSE(note);
  CHECK(has(note.error().message, "makes no sense"));
}
