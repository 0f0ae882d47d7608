#include "host/connectors/library.h"

#define BOOST_DLL_USE_STD_FS  // header-only: no boost_filesystem
#include <dlfcn.h>
#include <switchboard/note.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <vector>

#include "core/base/absolute_path.h"
#include "host/connectors/call.h"
#include "host/connectors/connector_limits.h"
#include "host/connectors/refusal.h"
#include "host/connectors/text_check.h"

namespace switchboard::connectors {
namespace {

constexpr std::uint32_t kAbsurdStructSize = 64u << 10;

struct Entry {
  swb_entry_fn call;
};

/// What the dynamic loader says; `file` is called `path` in it.
Error not_loaded(const std::string& path, const std::string& file, std::string why) {
  for (auto at = why.find(file); file != path && at != std::string::npos; at = why.find(file, at + path.size()))
    why.replace(at, file.size(), path);
  return refusal(path, "cannot be loaded: " + why, "Build it for this system (missing libraries or symbols are named above).");
}

/// The handle is kept for good: unloading code that may still be referenced is the commonest plugin crash.
Result<Entry> load_entry(const std::string& path, const std::string& file) {
  namespace dll = boost::dll;
  static std::mutex mutex;
  static auto* loaded = new std::vector<dll::shared_library>;
  try {
    // Boost asks, where loading fails, for the path of the program itself, which a locked worker must not: so it is tried before.
    void* const first = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (first == nullptr) return not_loaded(path, file, ::dlerror());
    dll::shared_library library(std::filesystem::path(file),
                                dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    ::dlclose(first);  // the library counts as another one
    auto& entry = library.get<const swb_plugin*(const swb_host*)>(SWB_ENTRY_SYMBOL);
    std::lock_guard lock(mutex);
    loaded->push_back(std::move(library));
    return Entry{&entry};
  } catch (const std::exception& error) {
    return not_loaded(path, file, error.what());
  } catch (...) {
    return refusal(path, "cannot be loaded: it threw while it was initialised");
  }
}

/// Our own copy of the connector's table: as much of it as both sides know.
Result<swb_plugin> copy_plugin(const std::string& path, const swb_plugin* theirs) {
  if (theirs == nullptr)
    return refusal(path, "declines to work with this host (its entry point returned nothing)",
                   "Update switchboard or the connector.");
  if (reinterpret_cast<std::uintptr_t>(theirs) % alignof(swb_plugin) != 0)
    return refusal(path, "its function table is misaligned");
  std::uint32_t size = theirs->struct_size;
  if (size < SWB_PLUGIN_SIZE_1_0 || size > kAbsurdStructSize)
    return refusal(path, "its function table claims " + std::to_string(size) + " bytes; ABI 1.0 has " +
                             std::to_string(SWB_PLUGIN_SIZE_1_0));
  swb_plugin plugin{};
  std::memcpy(&plugin, theirs, std::min<std::size_t>(size, sizeof plugin));
  if (plugin.min_host_minor != 0 && plugin.min_host_minor > SWB_ABI_MINOR)
    return refusal(path,
                   "needs a newer host: ABI 1." + std::to_string(plugin.min_host_minor) +
                       ", this one offers 1." + std::to_string(SWB_ABI_MINOR),
                   "Update switchboard.");
  if (plugin.flags != 0)
    return refusal(path, "sets flags that this host does not know: " + std::to_string(plugin.flags),
                   "Update switchboard or the connector.");
  if (plugin.open == nullptr || plugin.close == nullptr || plugin.encode == nullptr ||
      plugin.decode == nullptr || plugin.extension == nullptr)
    return refusal(path, "leaves a function of its table empty");
  return plugin;
}

Error too_large(const std::string& path, std::size_t bytes) {
  return refusal(path, "its manifest has " + std::to_string(bytes) + " bytes; at most " + std::to_string(kMaxManifestBytes) + " are allowed");
}

/// The manifest that the table shows, which is the one beside the note where that has one.
Result<std::string_view> manifest_text(const std::string& path, const swb_str& text, const ElfNote& note) {
  if (text.data == nullptr || text.size == 0) return refusal(path, "carries no manifest");
  if (text.size > kMaxManifestBytes) return too_large(path, text.size);
  std::string_view json(text.data, text.size);
  if (note.manifest && json != *note.manifest)
    return refusal(path, "says two things about itself: its table shows another manifest than the section " SWB_MANIFEST_SECTION,
                   "Do not use it; build it again with the SDK so that both come from connector.json.");
  return json;
}

}  // namespace

Result<mapping::Manifest> read_manifest(const std::string& path, std::string_view json, const ElfNote& note) {
  if (json.empty()) return refusal(path, "carries no manifest");
  if (json.size() > kMaxManifestBytes) return too_large(path, json.size());
  if (!is_utf8(json)) return refusal(path, "its manifest is not UTF-8");
  auto manifest = mapping::parse_manifest(json);
  if (!manifest) return refusal(path, "its manifest is not in order: " + manifest.error().message);
  if (manifest->abi != SWB_ABI_MAJOR)
    return refusal(path, "its manifest says ABI " + std::to_string(manifest->abi) + ", its entry point " +
                             std::to_string(SWB_ABI_MAJOR));
  if (manifest->id != note.id || manifest->version != note.version)
    return refusal(path,
                   "says two things about itself: note " + note.id + " " + note.version + ", manifest " +
                       readable(manifest->id, 64) + " " + readable(manifest->version, 64),
                   "Do not use it; build it again with the SDK so that both come from connector.json.");
  return manifest;
}

namespace {

/// The sandbox's table, or nullopt: the connector has none.
Result<std::optional<swb_sandbox>> copy_sandbox(const std::string& path, const swb_plugin& plugin) {
  constexpr std::string_view kId = SWB_EXT_SANDBOX;
  const void* found = nullptr;
  try {
    found = plugin.extension({kId.data(), kId.size()});
  } catch (...) {
    return refusal(path, "its extension() let an exception out");
  }
  if (found == nullptr) return std::optional<swb_sandbox>();
  auto* theirs = static_cast<const swb_sandbox*>(found);
  if (reinterpret_cast<std::uintptr_t>(theirs) % alignof(swb_sandbox) != 0 ||
      theirs->struct_size < SWB_SANDBOX_SIZE_1_0 || theirs->struct_size > kAbsurdStructSize)
    return refusal(path, "its sandbox's function table makes no sense");
  swb_sandbox sandbox{};
  std::memcpy(&sandbox, theirs, std::min<std::size_t>(theirs->struct_size, sizeof sandbox));
  if (sandbox.open == nullptr || sandbox.close == nullptr || sandbox.serve == nullptr ||
      sandbox.dump == nullptr)
    return refusal(path, "leaves a function of its sandbox's table empty");
  return std::optional(sandbox);
}

}  // namespace

Result<std::shared_ptr<const Library>> load_library(const std::string& path) {
  // A relative name would be looked up by the loader's own rules.
  const auto absolute = absolute_path(path);
  auto note = read_elf_note(absolute);
  if (!note) return note.error();
  return load_library(absolute, absolute, *note);
}

Result<std::shared_ptr<const Library>> load_library(const std::string& absolute, const std::string& file,
                                                    const ElfNote& note) {
  auto entry = load_entry(absolute, file);
  if (!entry) return entry.error();

  const swb_plugin* table = nullptr;
  try {
    table = entry->call(host_table());
  } catch (...) {
    return refusal(absolute, "its entry point let an exception out");
  }
  auto plugin = copy_plugin(absolute, table);
  if (!plugin) return plugin.error();
  auto text = manifest_text(absolute, plugin->manifest, note);
  if (!text) return text.error();
  auto manifest = read_manifest(absolute, *text, note);
  if (!manifest) return manifest.error();
  auto sandbox = copy_sandbox(absolute, *plugin);
  if (!sandbox) return sandbox.error();
  return std::shared_ptr<const Library>(
      std::make_shared<Library>(Library{absolute, *plugin, *sandbox, std::move(*manifest), std::string(*text)}));
}

}  // namespace switchboard::connectors
