#include <switchboard/kit/text.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "counted.h"
#include "operations.h"
#include "schema_members.h"
#include "subject.h"

namespace switchboard::conformance {

namespace {

bool is_secret_name(const std::string& name) {
  for (const char* word : {"api_key", "apikey", "password", "secret", "token", "credential"}) {
    if (kit::contains_ignoring_case(name, word)) return true;
  }
  return false;
}

}  // namespace

void Results::judge(const std::string& check, const std::vector<std::string>& problems,
                    const std::string& fine, const Remarks& remarks) {
  if (problems.empty() && !remarks.doubts.empty()) return warn(check, remarks.doubts.front());
  if (problems.empty() && remarks.tried == 0) return remarks.is_odd ? warn(check, remarks.untried) : pass(check, "nothing to try: " + remarks.untried);
  if (problems.empty()) return pass(check, fine);
  std::string detail;
  for (std::size_t i = 0; i < problems.size() && i < 4; ++i) detail += (i == 0 ? "" : "; ") + problems[i];
  if (problems.size() > 4) detail += "; and " + std::to_string(problems.size() - 4) + " more";
  fail(check, detail);
}

void check_file(const LibraryFile& file, const kit::Json& manifest, Results& results) {
  results.begin("note");
  std::vector<std::string> problems;
  if (!file.has_note) {
    problems.push_back(
        "no ELF note .note.switchboard: build with switchboard_add_connector(), or see switchboard/note.h");
  } else {
    if (file.abi_major != SWB_ABI_MAJOR)
      problems.push_back("the note names ABI " + std::to_string(file.abi_major));
    if (file.id != manifest["id"].string_or(""))
      problems.push_back("the note's id is \"" + file.id + "\", the manifest's another");
    if (file.version != manifest["version"].string_or(""))
      problems.push_back("the note's version is \"" + file.version + "\", the manifest's another");
  }
  results.judge("note", problems,
                file.id + " " + file.version + ", ABI " + std::to_string(file.abi_major) + "." +
                    std::to_string(file.abi_minor));

  results.begin("exports");
  problems.clear();
  for (const std::string& name : file.exports) {
    if (name != SWB_ENTRY_SYMBOL)
      problems.push_back("exports " + name + ": only " SWB_ENTRY_SYMBOL " may be visible");
  }
  results.judge("exports", problems, SWB_ENTRY_SYMBOL " and nothing else");

  results.begin("needs");
  const auto starts = [](const std::string& text, const char* prefix) { return text.rfind(prefix, 0) == 0; };
  // Every sanitizer's instrumentation calls its runtime, whether that is a library of its own (g++) or stands in the
  // executable (clang++).
  const bool sanitized = std::any_of(file.imports.begin(), file.imports.end(), [&](const std::string& name) {
    return starts(name, "__asan_") || starts(name, "__ubsan_") || starts(name, "__tsan_") || starts(name, "__msan_");
  });
  problems.clear();
  for (const std::string& name : file.needed) {
    const bool libc = starts(name, "libc.so") || starts(name, "libm.so") || starts(name, "ld-linux") ||
                      starts(name, "ld-musl") || starts(name, "libpthread.so") || starts(name, "libdl.so") ||
                      starts(name, "librt.so") || starts(name, "libc.musl");
    if (!libc && !sanitized) problems.push_back("needs " + name + ": link it statically, or do without");
  }
  results.judge("needs", problems, sanitized ? "a sanitized build: not judged" : "libc only");
}

void check_table(const Library& library, Results& results) {
  results.begin("entry");
  std::vector<std::string> problems;
  const swb_plugin& plugin = library.plugin();
  if (plugin.flags != 0) problems.push_back("flags is not 0");
  if (plugin.min_host_minor > SWB_ABI_MINOR) problems.push_back("min_host_minor asks for a newer host");
  if (library.entry()(harness_host()) == nullptr)
    problems.push_back("a second call of " SWB_ENTRY_SYMBOL " returned NULL");
  if (plugin.extension({"no.such.extension/1", 19}) != nullptr)
    problems.push_back("extension() knows an extension that does not exist");
  results.judge("entry", problems,
                "table of " + std::to_string(plugin.struct_size) + " bytes, built for minor " +
                    std::to_string(plugin.abi_minor));
}

void check_manifest(const kit::Json& manifest, Results& results) {
  results.begin("manifest");
  std::vector<std::string> problems;
  for (const char* name : {"id", "name", "version"}) {
    if (!manifest[name].is_string()) problems.push_back(std::string(name) + " is missing");
  }
  if (manifest["abi"].as_int() != SWB_ABI_MAJOR)
    problems.push_back("abi must be " + std::to_string(SWB_ABI_MAJOR));
  if (!manifest["promise"].is_object()) problems.push_back("promise is missing");
  if (manifest["base_urls"].items().empty()) problems.push_back("base_urls is missing");
  if (manifest["auth"].items().empty()) problems.push_back("auth is missing (use kind \"none\")");
  if (count_of(manifest["limits"]["records_per_request"], 0) < 1)
    problems.push_back("limits.records_per_request is missing");
  for (const kit::Json& entry : manifest["base_urls"].items()) {
    if (entry["url"].string_or("").rfind("https://", 0) != 0)
      problems.push_back("base URL \"" + entry["url"].string_or("") + "\" is not https");
  }

  std::set<std::string> fields;
  static const std::set<std::string> kTypes = {"text",   "phone",   "email", "int",
                                               "number", "boolean", "date",  "list"};
  for (const kit::Json& field : manifest["fields"].items()) {
    const std::string name = field["name"].string_or("");
    if (name.empty()) problems.push_back("a field without name");
    if (!fields.insert(name).second) problems.push_back("field " + name + " stands twice");
    if (kTypes.count(field["type"].string_or("")) == 0)
      problems.push_back("field " + name + " has type \"" + field["type"].string_or("") + "\"");
  }
  if (fields.empty()) problems.push_back("fields is missing");
  std::set<std::string> settings;
  for (const kit::Json& setting : manifest["settings"].items()) {
    const std::string name = setting["name"].string_or("");
    if (!settings.insert(name).second) problems.push_back("setting " + name + " stands twice");
    if (is_secret_name(name))
      problems.push_back("setting " + name +
                         " looks like a secret: secrets belong to auth, a connector never sees one");
  }

  const auto known_field = [&](const kit::Json& name, const std::string& where) {
    if (name.is_array()) return;
    if (fields.count(name.string_or("")) == 0)
      problems.push_back(where + " names \"" + name.string_or("") + "\", which is no field");
  };
  for (const kit::Json& name : manifest["identity"].items()) known_field(name, "identity");
  for (const kit::Json& rule : manifest["rules"].items()) {
    for (const char* kind : {"any_of", "all_of", "at_most_one_of", "requires"}) {
      for (const kit::Json& entry : rule[kind].items()) {
        known_field(entry, "a rule");
        for (const kit::Json& name : entry.items()) known_field(name, "a rule");
      }
    }
    if (rule["message"].string_or("").empty()) problems.push_back("a rule without message");
  }
  for (const kit::Json& field : manifest["fields"].items()) {
    const std::string name = field["name"].string_or("");
    if (const auto from = field["derive_from"].as_string(); from && fields.count(std::string(*from)) == 0) {
      problems.push_back("field " + name + " is derived from \"" + std::string(*from) +
                         "\", which is no field");
    }
    if (const auto from = field["default_setting"].as_string();
        from && settings.count(std::string(*from)) == 0) {
      problems.push_back("field " + name + " takes its default from \"" + std::string(*from) +
                         "\", which is no setting");
    }
  }
  bool imports = false;
  for (const kit::Json& name : manifest["operations"].items()) {
    const std::string operation = name.string_or("");
    imports = imports || operation == "import";
    if (std::ranges::none_of(kOperations, [&](const auto& known) { return known.name == operation; }))
      problems.push_back("operation \"" + operation + "\" is unknown");
  }
  if (!imports) problems.push_back("operations does not name import");
  results.judge("manifest", problems,
                counted(fields.size(), "field") + ", " + counted(settings.size(), "setting"));

  results.begin("manifest_sources");
  problems.clear();
  const auto sourced = [&problems](const kit::Json& fact, const std::string& what) {
    const std::string source = fact["source"].string_or("");
    if (source != "seed" && source != "public" && source != "assumed")
      problems.push_back(what + " has no source (seed, public or assumed)");
  };
  for (const kit::Json& field : manifest["fields"].items())
    sourced(field, "field " + field["name"].string_or(""));
  for (const kit::Json& rate : manifest["limits"]["rates"].items()) sourced(rate, "a rate");
  for (const kit::Json& joint : manifest["limits"]["joint"].items()) sourced(joint, "a joint question");
  for (const kit::Json& list : manifest["limits"]["lists"].items()) sourced(list, "a list that is read together");
  results.judge("manifest_sources", problems, "every field, rate, joint question and list says where it comes from");

  results.begin("manifest_unknown");
  const std::vector<std::string> unknown = unknown_members(manifest);
  std::string list;
  for (const std::string& name : unknown) list += (list.empty() ? "" : ", ") + name;
  unknown.empty() ? results.pass("manifest_unknown", "every member is known")
                  : results.warn("manifest_unknown", "ignored by the host: " + list);
}

}  // namespace switchboard::conformance
