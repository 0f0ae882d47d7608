#include "host/connectors/elf_note.h"

#include <switchboard/abi.h>
#include <switchboard/note.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "host/connectors/refusal.h"


namespace switchboard::connectors {
namespace {

constexpr std::string_view kEntryPrefix = "swb_entry_v";

/// Majors of the ABI for which the library has an entry point.
std::vector<unsigned long> majors_offered(const std::vector<std::string>& names) {
  std::vector<unsigned long> majors;
  for (const auto& name : names) {
    if (!name.starts_with(kEntryPrefix)) continue;
    auto digits = name.substr(kEntryPrefix.size());
    bool is_number = !digits.empty() && digits.size() < 6 &&
                     std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (is_number) majors.push_back(std::stoul(digits));
  }
  std::ranges::sort(majors);
  return majors;
}

/// Lower-case letters, digits, '-', '_' and '.'; in a version also '+' and upper case. Goes into paths and
/// tables.
bool is_plain(std::string_view text, bool is_id) {
  if (text.empty() || text.size() > 64) return false;
  return std::ranges::all_of(text, [is_id](char c) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.') return true;
    return !is_id && ((c >= 'A' && c <= 'Z') || c == '+');
  });
}

/// Four numbers (the last reserved), then id and version, each ended by a zero byte.
std::optional<ElfNote> parse(std::string_view description) {
  std::uint32_t numbers[4];
  if (description.size() < sizeof numbers) return std::nullopt;
  std::memcpy(numbers, description.data(), sizeof numbers);
  ElfNote note{numbers[0], numbers[1], numbers[2], {}, {}, {}};
  auto text = description.substr(sizeof numbers);
  auto id_end = text.find('\0');
  if (id_end == std::string_view::npos) return std::nullopt;
  auto version_end = text.find('\0', id_end + 1);
  if (version_end == std::string_view::npos) return std::nullopt;
  note.id = text.substr(0, id_end);
  note.version = text.substr(id_end + 1, version_end - id_end - 1);
  if (!is_plain(note.id, true) || !is_plain(note.version, false)) return std::nullopt;
  return note;
}

}  // namespace

Result<ElfNote> read_elf_note(const std::string& path) {
  auto file = ElfFile::open(path);
  if (!file) return file.error();
  return read_elf_note(*file, path);
}

Result<ElfNote> read_elf_note(const ElfFile& file, const std::string& path) {
  auto names = file.exported_names();
  if (!names)
    return refusal(path, "is damaged: its dynamic symbol table makes no sense", "Copy or build it again.");
  auto majors = majors_offered(*names);
  if (majors.empty())
    return refusal(
        path, "is a shared library but not a Switchboard connector: it exports no " SWB_ENTRY_SYMBOL,
        "Build it with the connector SDK (switchboard_add_connector), or take it off the connector path.");
  if (!std::ranges::binary_search(majors, SWB_ABI_MAJOR)) {
    bool is_newer = majors.front() > SWB_ABI_MAJOR;
    auto theirs = std::to_string(is_newer ? majors.front() : majors.back());
    return refusal(path,
                   std::string("needs ") + (is_newer ? "a newer" : "an older") +
                       " host: it speaks connector ABI " + theirs + ", this host speaks " +
                       std::to_string(SWB_ABI_MAJOR),
                   is_newer ? "Update switchboard, or use an older release of the connector."
                            : "Use a newer release of the connector, or rebuild it with the present SDK.");
  }

  auto description = file.note(SWB_NOTE_OWNER, SWB_NOTE_TYPE);
  if (!description)
    return refusal(path,
                   "carries no Switchboard note, so nobody can say which connector it is without running it",
                   "Build it with switchboard_add_connector(), or include <switchboard/note.h>.");
  auto note = parse(*description);
  if (!note)
    return refusal(path, "carries a Switchboard note that makes no sense",
                   "Build it again with the present SDK.");
  if (note->abi_major != SWB_ABI_MAJOR)
    return refusal(path,
                   "its note speaks of connector ABI " + std::to_string(note->abi_major) +
                       ", its entry point of " + std::to_string(SWB_ABI_MAJOR),
                   "Build it again with the present SDK.");
  // Not `>` alone: with minor 0 the compiler sees a comparison that is never false.
  if (note->min_host_minor != 0 && note->min_host_minor > SWB_ABI_MINOR)
    return refusal(path,
                   "needs a newer host: it asks for connector ABI " + std::to_string(SWB_ABI_MAJOR) + "." +
                       std::to_string(note->min_host_minor) + " or newer, this host offers " +
                       std::to_string(SWB_ABI_MAJOR) + "." + std::to_string(SWB_ABI_MINOR),
                   "Update switchboard, or use an older release of the connector.");
  if (auto manifest = file.section(SWB_MANIFEST_SECTION)) {
    while (manifest->ends_with('\0')) manifest->pop_back();
    note->manifest = std::move(*manifest);
  }
  return std::move(*note);
}

}  // namespace switchboard::connectors
