#include "watch.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <locale.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/time.h>
#include <unistd.h>

#include <clocale>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "lock.h"

namespace switchboard::conformance {

namespace {

void note(const char* function) {
  for (auto& name : board().watched) {
    if (std::strcmp(name, function) == 0) return;
    if (name[0] != '\0') continue;
    std::snprintf(name, sizeof name, "%s", function);
    return;
  }
}

/// Stands in for a function of the C library: notes the call, then makes it.
template <auto kFunction, const char* kName>
struct Watched;
template <class Result, class... Arguments, bool kNoexcept, Result (*kFunction)(Arguments...) noexcept(kNoexcept), const char* kName>
struct Watched<kFunction, kName> {
  static Result call(Arguments... arguments) {
    note(kName);
    return kFunction(arguments...);
  }
};

#define WATCHED(function) {name_##function, reinterpret_cast<void*>(&Watched<&::function, name_##function>::call)}
#define NAME(function) constexpr char name_##function[] = #function;
NAME(getenv) NAME(secure_getenv) NAME(setenv) NAME(unsetenv) NAME(putenv) NAME(time) NAME(clock_gettime) NAME(gettimeofday) NAME(timespec_get)
NAME(clock) NAME(localtime) NAME(localtime_r) NAME(mktime) NAME(tzset) NAME(setlocale) NAME(localeconv) NAME(rand) NAME(srand) NAME(random) NAME(srandom)
NAME(drand48) NAME(lrand48) NAME(mrand48) NAME(ctime) NAME(ctime_r) NAME(getpid) NAME(gethostid) NAME(getrandom) NAME(getentropy) NAME(newlocale)
#undef NAME

/// The C++ library makes itself a locale "C" when it first needs one; another one is somebody's language.
locale_t new_locale(int mask, const char* name, locale_t base) {
  if (name != nullptr && std::strcmp(name, "C") != 0 && std::strcmp(name, "POSIX") != 0) note(name_newlocale);
  return ::newlocale(mask, name, base);
}

const struct {
  const char* name;
  void* stand_in;
} kWatched[] = {WATCHED(getenv), WATCHED(secure_getenv), WATCHED(setenv), WATCHED(unsetenv), WATCHED(putenv), WATCHED(time),
                WATCHED(clock_gettime), WATCHED(gettimeofday), WATCHED(timespec_get), WATCHED(clock), WATCHED(localtime),
                WATCHED(localtime_r), WATCHED(mktime), WATCHED(tzset), WATCHED(setlocale), WATCHED(localeconv), WATCHED(rand),
                WATCHED(srand), WATCHED(random), WATCHED(srandom), WATCHED(drand48), WATCHED(lrand48), WATCHED(mrand48), WATCHED(ctime), WATCHED(ctime_r), WATCHED(getpid), WATCHED(gethostid),
                WATCHED(getrandom), WATCHED(getentropy), {name_newlocale, reinterpret_cast<void*>(&new_locale)}};

/// No call, and nothing else that a library would want of the process has such a name.
bool is_environment(const char* name) { return std::strcmp(name, "environ") == 0 || std::strcmp(name, "__environ") == 0 || std::strcmp(name, "_environ") == 0; }

/// The place that the dynamic linker filled in is read-only since then.
void replace(void** place, void* with) {
  const auto page_bytes = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  void* page = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(place) / page_bytes * page_bytes);
  if (::mprotect(page, page_bytes, PROT_READ | PROT_WRITE) == 0) *place = with;
}

}  // namespace

bool watch_calls(const std::string& path) {
  void* handle = ::dlopen(path.find('/') == std::string::npos ? ("./" + path).c_str() : path.c_str(), RTLD_NOW | RTLD_NOLOAD);
  link_map* map = nullptr;
  if (handle == nullptr || ::dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr) return false;
  const ElfW(Sym)* symbols = nullptr;
  const char* strings = nullptr;
  struct {
    const ElfW(Rela)* first = nullptr;
    std::size_t bytes = 0;
  } tables[2];
  for (const ElfW(Dyn)* entry = map->l_ld; entry->d_tag != DT_NULL; ++entry) {
    // The GNU C library has made these addresses absolute; musl leaves them as they stand in the file.
    const auto address = [&] { return entry->d_un.d_ptr < map->l_addr ? entry->d_un.d_ptr + map->l_addr : entry->d_un.d_ptr; };
    switch (entry->d_tag) {
      case DT_SYMTAB: symbols = reinterpret_cast<const ElfW(Sym)*>(address()); break;
      case DT_STRTAB: strings = reinterpret_cast<const char*>(address()); break;
      case DT_RELA: tables[0].first = reinterpret_cast<const ElfW(Rela)*>(address()); break;
      case DT_RELASZ: tables[0].bytes = entry->d_un.d_val; break;
      case DT_JMPREL: tables[1].first = reinterpret_cast<const ElfW(Rela)*>(address()); break;
      case DT_PLTRELSZ: tables[1].bytes = entry->d_un.d_val; break;
      default: break;
    }
  }
  if (symbols == nullptr || strings == nullptr) return false;
  for (const auto& table : tables) {
    for (std::size_t i = 0; i < table.bytes / sizeof(ElfW(Rela)) && table.first != nullptr; ++i) {
      const auto symbol = ELF64_R_SYM(table.first[i].r_info);
      if (symbol == 0 || table.first[i].r_addend != 0) continue;
      const char* name = strings + symbols[symbol].st_name;
      if (symbols[symbol].st_shndx != SHN_UNDEF) continue;
      if (is_environment(name)) note("environ");
      for (const auto& watched : kWatched) {
        if (std::strcmp(watched.name, name) == 0)
          replace(reinterpret_cast<void**>(map->l_addr + table.first[i].r_offset), watched.stand_in);
      }
    }
  }
  return true;
}

std::vector<std::string> watched_calls() {
  std::vector<std::string> out;
  for (const auto& name : board().watched) {
    if (name[0] != '\0') out.push_back(is_environment(name) ? std::string("reads ") + name : std::string("calls ") + name + "()");
  }
  return out;
}

}  // namespace switchboard::conformance
