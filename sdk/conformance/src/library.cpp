#include <dlfcn.h>
#include <elf.h>
#include <switchboard/conformance/fixture.h>
#include <switchboard/conformance/harness.h>
#include <switchboard/kit/growth.h>
#include <switchboard/kit/text.h>
#include <switchboard/note.h>

#include <cstring>
#include <fstream>

namespace switchboard::conformance {

namespace {

/// Reads structs at checked offsets of a file's bytes.
class Bytes {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}

  template <class T>
  bool read(std::uint64_t at, T& out) const {
    if (at > bytes_.size() || sizeof(T) > bytes_.size() - at) return false;
    std::memcpy(&out, bytes_.data() + at, sizeof(T));
    return true;
  }
  std::string_view view(std::uint64_t at, std::uint64_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) return {};
    return std::string_view(bytes_).substr(at, size);
  }
  std::string text(std::uint64_t at) const {
    if (at >= bytes_.size()) return {};
    const auto end = bytes_.find('\0', at);
    return bytes_.substr(at, end == std::string::npos ? std::string::npos : end - at);
  }
  std::uint64_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
};

bool read_note(const Bytes& bytes, std::uint64_t at, std::uint64_t end, LibraryFile& file) {
  Elf64_Nhdr header;
  while (at + sizeof header <= end && bytes.read(at, header)) {
    at += sizeof header;
    const std::string_view name = bytes.view(at, header.n_namesz);
    at += (header.n_namesz + 3ull) & ~3ull;
    const std::uint64_t desc_at = at;
    at += (header.n_descsz + 3ull) & ~3ull;
    swb_note_desc desc;
    const bool ours =
        header.n_type == SWB_NOTE_TYPE && name == std::string_view(SWB_NOTE_OWNER, SWB_NOTE_OWNER_SIZE);
    if (!ours || header.n_descsz < sizeof desc + 2 || !bytes.read(desc_at, desc)) continue;
    const std::string_view words = bytes.view(desc_at + sizeof desc, header.n_descsz - sizeof desc);
    const auto first = words.find('\0');
    const auto second = first == std::string_view::npos ? first : words.find('\0', first + 1);
    if (second == std::string_view::npos) return false;
    file.abi_major = desc.abi_major;
    file.abi_minor = desc.abi_minor;
    file.min_host_minor = desc.min_host_minor;
    file.id = words.substr(0, first);
    file.version = words.substr(first + 1, second - first - 1);
    return file.has_note = true;
  }
  return false;
}

void read_sections(const Bytes& bytes, const Elf64_Ehdr& header, LibraryFile& file) {
  const auto section = [&](std::uint64_t index, Elf64_Shdr& out) {
    return index < header.e_shnum && bytes.read(header.e_shoff + index * sizeof(Elf64_Shdr), out);
  };
  for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr here;
    Elf64_Shdr strings;
    if (!section(i, here) || !section(here.sh_link, strings)) continue;
    if (here.sh_type == SHT_DYNSYM) {
      for (std::uint64_t at = sizeof(Elf64_Sym); at + sizeof(Elf64_Sym) <= here.sh_size;
           at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        if (!bytes.read(here.sh_offset + at, symbol) || symbol.st_name == 0) continue;
        const std::string name = bytes.text(strings.sh_offset + symbol.st_name);
        if (symbol.st_shndx == SHN_UNDEF) {
          if (ELF64_ST_BIND(symbol.st_info) != STB_WEAK) file.imports.push_back(name);
        } else {
          file.exports.push_back(name);
        }
      }
    } else if (here.sh_type == SHT_DYNAMIC) {
      for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= here.sh_size; at += sizeof(Elf64_Dyn)) {
        Elf64_Dyn entry;
        if (!bytes.read(here.sh_offset + at, entry) || entry.d_tag != DT_NEEDED) continue;
        file.needed.push_back(bytes.text(strings.sh_offset + entry.d_un.d_val));
      }
    }
  }
}

}  // namespace

std::optional<LibraryFile> LibraryFile::read(const std::string& path, std::string& error) {
  if (!std::ifstream(path)) {
    error = "cannot be read";
    return std::nullopt;
  }
  const Bytes bytes(read_file(path));
  Elf64_Ehdr header;
  if (!bytes.read(0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
      header.e_type != ET_DYN) {
    error = "is no 64-bit little-endian shared library";
    return std::nullopt;
  }
  LibraryFile file;
  file.path = path;
  for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    if (!bytes.read(header.e_phoff + i * sizeof segment, segment)) {
      error = "is cut off";
      return std::nullopt;
    }
    // The dynamic loader dies of SIGBUS on a file that is shorter than its segments say.
    if (segment.p_type == PT_LOAD &&
        (segment.p_offset > bytes.size() || segment.p_filesz > bytes.size() - segment.p_offset)) {
      error = "is cut off";
      return std::nullopt;
    }
    if (segment.p_type == PT_NOTE && !file.has_note)
      read_note(bytes, segment.p_offset, segment.p_offset + segment.p_filesz, file);
  }
  read_sections(bytes, header, file);
  return file;
}

std::unique_ptr<Library> Library::load(const std::string& path, std::string& error) {
  auto file = LibraryFile::read(path, error);
  if (!file) return nullptr;
  void* handle = ::dlopen(path.find('/') == std::string::npos ? ("./" + path).c_str() : path.c_str(),
                          RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    error = ::dlerror();
    return nullptr;
  }
  auto library = std::make_unique<Library>();
  library->file_ = *std::move(file);
  library->entry_ = reinterpret_cast<swb_entry_fn>(::dlsym(handle, SWB_ENTRY_SYMBOL));
  if (library->entry_ == nullptr) {
    error = "does not export " SWB_ENTRY_SYMBOL;
    return nullptr;
  }
  const swb_plugin* table = library->entry_(harness_host());
  if (table == nullptr) {
    error = SWB_ENTRY_SYMBOL " refused this host";
    return nullptr;
  }
  if (table->struct_size < SWB_PLUGIN_SIZE_1_0) {
    error = "swb_plugin.struct_size is " + std::to_string(table->struct_size) + ", at least " +
            std::to_string(SWB_PLUGIN_SIZE_1_0) + " is expected";
    return nullptr;
  }
  library->plugin_ = kit::bounded_copy(*table);
  const swb_plugin& plugin = library->plugin_;
  if (plugin.open == nullptr || plugin.close == nullptr || plugin.encode == nullptr ||
      plugin.decode == nullptr || plugin.extension == nullptr) {
    error = "a function of the table is missing";
    return nullptr;
  }
  if (auto manifest = kit::Json::parse(kit::view(plugin.manifest), &error)) {
    library->manifest_ = *std::move(manifest);
  } else {
    error = "the manifest is not JSON: " + error;
    return nullptr;
  }
  if (const void* found = plugin.extension({SWB_EXT_SANDBOX, sizeof SWB_EXT_SANDBOX - 1})) {
    const auto* sandbox = static_cast<const swb_sandbox*>(found);
    if (sandbox->struct_size >= SWB_SANDBOX_SIZE_1_0) library->sandbox_ = kit::bounded_copy(*sandbox);
  }
  return library;
}

}  // namespace switchboard::conformance
