#include "host/connectors/elf_file.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <map>

#include "host/connectors/connector_limits.h"
#include "host/connectors/refusal.h"

namespace switchboard::connectors {
namespace {

#if defined(__x86_64__)
constexpr std::uint16_t kOurMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t kOurMachine = EM_AARCH64;
#elif defined(__riscv)
constexpr std::uint16_t kOurMachine = EM_RISCV;
#else
#error "add the ELF machine number of this processor"
#endif
static_assert(std::endian::native == std::endian::little);

/// Reads a T out of bytes that need not be aligned; the caller has checked the size.
template <class T>
T load(std::string_view bytes, std::uint64_t offset = 0) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::string machine_name(std::uint16_t machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_AARCH64:
      return "aarch64";
    case EM_RISCV:
      return "riscv";
    case EM_386:
      return "i386";
    case EM_ARM:
      return "arm";
    default:
      return "machine " + std::to_string(machine);
  }
}

bool within(std::uint64_t offset, std::uint64_t size, std::uint64_t total) {
  return offset <= total && size <= total - offset;
}

}  // namespace

class ElfFile::Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  const int number_;
};

Result<ElfFile> ElfFile::open(const std::string& path, const std::string& shown_path) {
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (number < 0)
    return refusal(shown_path, std::string("cannot be read: ") + std::strerror(errno), "Check the path and its permissions.");
  auto descriptor = std::make_shared<const Descriptor>(number);
  struct stat status {};
  if (::fstat(number, &status) != 0 || !S_ISREG(status.st_mode))
    return refusal(shown_path, "is not a file", "Give the path of the connector's .so file.");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > kMaxFileBytes) return refusal(shown_path, "is too large for a connector", "Strip its debug information.");
  ElfFile file(std::move(descriptor), size);
  if (auto refused = file.read_header(shown_path)) return std::move(*refused);
  return file;
}

/// Looks at all that the loader would trust; an error says why it must not.
std::optional<Error> ElfFile::read_header(const std::string& path) {
  const std::string kCopyAgain = "Copy or build it again.";
  const auto begin = slice(0, std::min<std::uint64_t>(size_, sizeof(Elf64_Ehdr)));
  if (!begin) return refusal(path, "cannot be read", "Copy it again, to a local disk.");
  const std::string_view view = *begin;

  if (!view.starts_with(std::string_view(ELFMAG, SELFMAG)))
    return refusal(path, view.empty() ? "is empty" : "is not a shared library", kCopyAgain);
  if (view.size() < sizeof(Elf64_Ehdr)) return refusal(path, "is cut off within its header", kCopyAgain);
  auto header = load<Elf64_Ehdr>(view);
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB)
    return refusal(path, "is not a 64-bit little-endian library", "Build it for this machine.");
  if (header.e_machine != kOurMachine)
    return refusal(
        path, "is for " + machine_name(header.e_machine) + ", this machine is " + machine_name(kOurMachine),
        "Build it for this machine.");
  if (header.e_type != ET_DYN)
    return refusal(path, "is not a shared library (an object file or a program?)", "Link it with -shared.");
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0)
    return refusal(path, "is damaged: its program header table makes no sense", kCopyAgain);

  auto cut = [&](const char* what) {
    return refusal(path, std::string("is cut off: ") + what + " lies beyond its end", kCopyAgain);
  };
  auto table = slice(header.e_phoff, std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr));
  if (!table) return cut("the program header table");
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    auto segment = load<Elf64_Phdr>(*table, i * sizeof(Elf64_Phdr));
    bool carries_bytes =
        segment.p_type == PT_LOAD || segment.p_type == PT_DYNAMIC || segment.p_type == PT_NOTE;
    if (carries_bytes && !within(segment.p_offset, segment.p_filesz, size_)) return cut("a segment");
    if (segment.p_type == PT_LOAD && segment.p_filesz > segment.p_memsz)
      return refusal(path, "is damaged: a segment is larger in the file than in memory", kCopyAgain);
    segments_.push_back({segment.p_type, segment.p_offset, segment.p_vaddr, segment.p_filesz});
  }
  // The loader does not need the section table, but a file that ends before it is not the file that was
  // built.
  if (header.e_shoff != 0 &&
      !within(header.e_shoff, std::uint64_t{header.e_shnum} * header.e_shentsize, size_))
    return cut("the section header table");
  if (header.e_shoff != 0 && header.e_shentsize == sizeof(Elf64_Shdr)) {
    sections_offset_ = header.e_shoff;
    section_count_ = header.e_shnum;
    name_section_ = header.e_shstrndx;
  }
  return std::nullopt;
}

std::optional<std::string> ElfFile::slice(std::uint64_t offset, std::uint64_t size) const {
  if (!within(offset, size, size_)) return std::nullopt;
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto n = ::pread(file_->number(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    done += static_cast<std::size_t>(n);
  }
  return bytes;
}

ElfFile::Span ElfFile::from_address(std::uint64_t address) const {
  for (const auto& segment : segments_) {
    if (segment.type != PT_LOAD || address < segment.address || address - segment.address >= segment.file_size) continue;
    const auto skip = address - segment.address;
    return {segment.offset + skip, segment.file_size - skip};
  }
  return {};
}

std::optional<std::string> ElfFile::at_address(std::uint64_t address, std::uint64_t size) const {
  const auto span = from_address(address);
  if (span.size < size) return std::nullopt;
  return slice(span.offset, size);
}

/// The dynamic symbol table does not say how long it is; its hash tables do.
std::optional<std::uint64_t> ElfFile::symbol_count(std::uint64_t gnu_hash, std::uint64_t sysv_hash) const {
  if (sysv_hash != 0) {
    const auto head = at_address(sysv_hash, 8);
    if (!head) return std::nullopt;
    return load<std::uint32_t>(*head, 4);
  }
  const auto table = from_address(gnu_hash);
  const auto head = at_address(gnu_hash, 16);
  if (!head) return std::nullopt;
  const auto bucket_count = load<std::uint32_t>(*head, 0), first = load<std::uint32_t>(*head, 4);
  const std::uint64_t bucket_bytes = std::uint64_t{bucket_count} * 4;
  const std::uint64_t buckets_at = 16 + std::uint64_t{load<std::uint32_t>(*head, 8)} * 8;
  if (!within(buckets_at, bucket_bytes, table.size)) return std::nullopt;
  const auto buckets = slice(table.offset + buckets_at, bucket_bytes);
  if (!buckets) return std::nullopt;
  std::uint32_t last = 0;
  for (std::uint64_t at = 0; at < bucket_bytes; at += 4) last = std::max(last, load<std::uint32_t>(*buckets, at));
  if (last < first) return first;
  const auto end = end_of_chain(table, buckets_at + bucket_bytes, last - first);
  if (!end) return std::nullopt;
  return first + *end;
}

/// The chain of the last bucket ends with a hash whose lowest bit is set: the number of the symbol after it.
std::optional<std::uint64_t> ElfFile::end_of_chain(const Span& table, std::uint64_t chains, std::uint64_t symbol) const {
  constexpr std::uint64_t kHashesAtOnce = 1024;
  while (within(chains, (symbol + 1) * 4, table.size)) {
    const auto count = std::min(kHashesAtOnce, (table.size - chains) / 4 - symbol);
    const auto hashes = slice(table.offset + chains + symbol * 4, count * 4);
    if (!hashes) return std::nullopt;
    for (std::uint64_t i = 0; i < count; ++i)
      if (load<std::uint32_t>(*hashes, i * 4) & 1) return symbol + i + 1;
    symbol += count;
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> ElfFile::exported_names() const {
  std::map<std::int64_t, std::uint64_t> dynamic;
  for (const auto& segment : segments_) {
    if (segment.type != PT_DYNAMIC) continue;
    auto bytes = slice(segment.offset, segment.file_size);
    for (std::uint64_t at = 0; bytes && at + sizeof(Elf64_Dyn) <= bytes->size(); at += sizeof(Elf64_Dyn)) {
      auto entry = load<Elf64_Dyn>(*bytes, at);
      if (entry.d_tag == DT_NULL) break;
      dynamic[entry.d_tag] = entry.d_un.d_val;
    }
  }
  if (!dynamic.contains(DT_SYMTAB) || !dynamic.contains(DT_STRTAB) ||
      dynamic[DT_SYMENT] != sizeof(Elf64_Sym) ||
      (!dynamic.contains(DT_GNU_HASH) && !dynamic.contains(DT_HASH)))
    return std::nullopt;
  auto strings = at_address(dynamic[DT_STRTAB], dynamic[DT_STRSZ]);
  auto count = symbol_count(dynamic[DT_GNU_HASH], dynamic[DT_HASH]);
  if (!strings || !count || *count > size_) return std::nullopt;
  auto symbols = at_address(dynamic[DT_SYMTAB], *count * sizeof(Elf64_Sym));
  if (!symbols) return std::nullopt;

  std::vector<std::string> names;
  for (std::uint64_t i = 0; i < *count; ++i) {
    auto symbol = load<Elf64_Sym>(*symbols, i * sizeof(Elf64_Sym));
    bool is_local = ELF64_ST_BIND(symbol.st_info) == STB_LOCAL;
    if (symbol.st_shndx == SHN_UNDEF || is_local || symbol.st_name >= strings->size()) continue;
    auto rest = std::string_view(*strings).substr(symbol.st_name);
    auto end = rest.find('\0');
    if (end != std::string_view::npos && end > 0) names.emplace_back(rest.substr(0, end));
  }
  return names;
}

std::optional<std::string> ElfFile::section(std::string_view name) const {
  if (name_section_ >= section_count_) return std::nullopt;
  const auto table = slice(sections_offset_, std::uint64_t{section_count_} * sizeof(Elf64_Shdr));
  if (!table) return std::nullopt;
  auto header_of = [&](std::uint16_t index) {
    return load<Elf64_Shdr>(*table, std::uint64_t{index} * sizeof(Elf64_Shdr));
  };
  const auto names_at = header_of(name_section_);
  const auto names = slice(names_at.sh_offset, names_at.sh_size);
  for (std::uint16_t i = 0; names && i < section_count_; ++i) {
    const auto header = header_of(i);
    if (header.sh_type != SHT_PROGBITS || header.sh_name >= names->size()) continue;
    const auto rest = std::string_view(*names).substr(header.sh_name);
    if (rest.substr(0, rest.find('\0')) == name) return slice(header.sh_offset, header.sh_size);
  }
  return std::nullopt;
}

std::optional<std::string> ElfFile::note(std::string_view owner, std::uint32_t type) const {
  constexpr auto padded = [](std::uint64_t size) { return (size + 3) & ~std::uint64_t{3}; };
  for (const auto& segment : segments_) {
    if (segment.type != PT_NOTE) continue;
    const auto notes = slice(segment.offset, segment.file_size);
    const std::string_view bytes = notes ? std::string_view(*notes) : std::string_view();
    std::uint64_t at = 0;
    while (within(at, sizeof(Elf64_Nhdr), bytes.size())) {
      auto head = load<Elf64_Nhdr>(bytes, at);
      std::uint64_t name_at = at + sizeof(Elf64_Nhdr), text_at = name_at + padded(head.n_namesz);
      if (!within(name_at, head.n_namesz, bytes.size()) || !within(text_at, head.n_descsz, bytes.size()))
        break;
      auto name = bytes.substr(name_at, head.n_namesz);
      if (name.ends_with('\0')) name.remove_suffix(1);
      if (name == owner && head.n_type == type) return std::string(bytes.substr(text_at, head.n_descsz));
      at = text_at + padded(head.n_descsz);
    }
  }
  return std::nullopt;
}

}  // namespace switchboard::connectors
