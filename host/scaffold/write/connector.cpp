#include "host/scaffold/write/code.h"
#include "host/scaffold/write/files.h"
#include "host/scaffold/write/lookup.h"

namespace switchboard::scaffold {
namespace {

std::string type_of(const Setting& setting) {
  if (setting.type == "int") return "std::optional<std::int64_t>";
  if (setting.type == "number") return "std::optional<double>";
  if (setting.type == "boolean") return "std::optional<bool>";
  return setting.required ? "std::string" : "std::optional<std::string>";
}

std::string value_of(const Setting& setting) {
  const std::string name = literal(setting.name);
  if (setting.type == "int") return "settings.integer(" + name + ")";
  if (setting.type == "number") return "settings.json()[" + name + "].as_double()";
  if (setting.type == "boolean") return "settings.text(" + name + ") ? std::optional(settings.boolean(" + name + ", false)) : std::nullopt";
  return std::string("settings.") + (setting.required ? "required_text(" : "text(") + name + ")";
}

/// Settings that the connector itself reads; the others are the host's alone (base URLs).
std::vector<const Setting*> settings_in_code(const Plan& plan) {
  std::vector<bool> used(plan.settings.size(), false);
  const auto use = [&](const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces)
      if (piece.setting) used[*piece.setting] = true;
  };
  use(plan.path);
  if (plan.job) use(plan.job->path);
  if (plan.lookup) use(plan.lookup->path);
  for (const Parameter& parameter : plan.query) used[parameter.setting] = true;
  for (const Parameter& parameter : plan.headers) used[parameter.setting] = true;
  for (const Beside& beside : plan.body.beside)
    if (beside.setting) used[*beside.setting] = true;
  std::vector<const Setting*> list;
  for (std::size_t i = 0; i < used.size(); ++i)
    if (used[i]) list.push_back(&plan.settings[i]);
  return list;
}

}  // namespace

std::string connector_header(const Plan& plan) {
  const std::string space = namespace_of(plan.id);
  std::string out = "#pragma once\n\n#include <switchboard/kit/kit.h>\n\n#include <cstdint>\n#include <optional>\n#include <string>\n\nnamespace " + space + " {\n\nnamespace kit = switchboard::kit;\n\n";
  if (plan.job)
    out += "/// What is remembered between two steps of a chain.\nstruct Chain {\n  std::string job;  ///< the import, as the first answer calls it\n\n"
           "  template <class State>\n  void members(State& state) {\n    state.text(\"job\", job);\n  }\n};\n\n";
  write_search(out, plan);
  out += "/// One session: the settings, and the two pure functions. Never changes after construction.\nstruct Connector {\n"
         "  explicit Connector(const kit::Settings& settings);\n\n  /// What to send (request.cpp).\n"
         "  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const;\n\n  /// What an answer means (response.cpp).\n"
         "  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const;\n";
  const auto settings = settings_in_code(plan);
  if (!settings.empty()) out += "\n";
  for (const Setting* setting : settings) out += "  " + type_of(*setting) + " " + variable(*setting) + ";\n";
  return out + "};\n\n}  // namespace " + space + "\n";
}

std::string connector_source(const Plan& plan) {
  const std::string space = namespace_of(plan.id);
  std::string out = "#include \"connector.h\"\n\nnamespace " + space + " {\n\n";
  out += "// A setting that cannot be used: throw kit::SettingError(\"name\", \"what is wrong and what to do\").\nConnector::Connector(";
  const auto settings = settings_in_code(plan);
  out += settings.empty() ? "const kit::Settings&)" : "const kit::Settings& settings)";
  for (std::size_t i = 0; i < settings.size(); ++i) out += std::string(i == 0 ? "\n    : " : ",\n      ") + variable(*settings[i]) + "(" + value_of(*settings[i]) + ")";
  out += " {";
  for (const Parameter& parameter : plan.headers) {
    const Setting& setting = plan.settings[parameter.setting];
    const std::string name = variable(setting), value = setting.required ? name : name + ".value_or(\"\")";
    out += "\n  for (const char c : " + (setting.required ? value : "std::string(" + value + ")") + ") {\n    if (c < ' ' || c > '~') throw kit::SettingError(" + literal(setting.name) +
           ", \"may hold printable ASCII only: it goes into a header\");\n  }";
  }
  out += plan.headers.empty() ? "}\n" : "\n}\n";
  return out + "\n}  // namespace " + space + "\n\nSWB_CONNECTOR(" + space + "::Connector)\n";
}

}  // namespace switchboard::scaffold
