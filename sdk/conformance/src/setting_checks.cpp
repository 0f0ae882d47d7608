// Settings that tell where contacts go: every question and every import obeys them, or rows are looked for in another place.
// Others may matter in seldom answers alone, and of those nothing is judged.
#include <switchboard/kit/url.h>

#include <algorithm>
#include <map>
#include <set>

#include "answers.h"
#include "counted.h"
#include "json_tree.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// Other values that a setting may have.
std::vector<std::string> other_values(const kit::Json& setting, const std::string& now) {
  std::vector<std::string> out;
  const std::string type = setting["type"].string_or("text");
  for (const kit::Json& choice : setting["enum"].items()) out.push_back(choice.string_or(""));
  if (out.empty() && type == "boolean") out = {"true", "false"};
  if (out.empty() && (type == "int" || type == "number")) {
    for (const std::int64_t number : {setting["min"].int_or(1), std::int64_t{1}, std::int64_t{7}, std::int64_t{1000}, setting["max"].int_or(3)}) out.push_back(std::to_string(number));
  }
  if (out.empty()) out = setting_guesses();
  std::erase(out, now);
  return out;
}

/// A value as the host would write it into the settings.
std::string settings_with(const std::string& settings, const kit::Json& setting, const std::string& value) {
  const std::string type = setting["type"].string_or("text");
  if (type == "text" || type == "list") return with_setting(settings, setting["name"].string_or(""), value);
  const kit::Json now = kit::Json::parse(settings).value_or(kit::Json());
  kit::JsonWriter writer;
  writer.object();
  for (std::size_t i = 0; i < now.keys().size(); ++i)
    if (now.keys()[i] != setting["name"].string_or("")) writer.member(now.keys()[i], now.values()[i]);
  return writer.member_raw(setting["name"].string_or(""), value).end().take();
}

/// Whether the manifest itself uses a setting: in an address, a condition, a default, a limit.
bool host_uses(const kit::Json& manifest, const std::string& name) {
  bool used = false;
  JsonTree::of(manifest).each([&](const JsonTree& value, const std::string& path) {
    if (!value.is_string() || path.starts_with("settings.")) return;
    used = used || value.text == name || value.text.starts_with(name + '=') || value.text.find('{' + name + '}') != std::string::npos;
  });
  return used;
}

/// Places of a request that hold a value, whole: a segment of the path behind the same ones, a parameter, a member of the body.
std::map<std::string, std::string> places_of(const Request& request) {
  std::map<std::string, std::string> out;
  const kit::Target target(request.path);
  std::string before;
  for (const std::string& segment : target.segments()) {
    out["path " + before + "/"] = segment;
    before += "/" + segment;
  }
  for (const auto& [name, value] : target.query()) out["parameter " + name] = value;
  if (const auto body = JsonTree::read(request.body)) {
    body->each([&](const JsonTree& value, const std::string& path) {
      if (value.is_scalar()) out.emplace("member " + path, value.text);
    });
  }
  return out;
}

/// What was imported with a setting is found by whoever asks with the same: else one of the two looks elsewhere.
void judge_found_again(const Subject& subject, const Session& session, const std::string& settings, const std::string& what, std::vector<std::string>& problems) {
  if (!subject.library.sandbox() || !subject.library.offers(SWB_RECONCILE)) return;
  constexpr std::uint32_t kRows = 4;
  const Contacts contacts = subject.sample.slice(0, std::min(kRows, subject.sample.size()));
  // Rows that were delivered and are said to be missing.
  const auto missing = [&](const Session& own, const std::string& with) {
    std::set<std::uint32_t> rows;
    const auto account = subject.account();
    Simulation simulation(subject.library, own, *account, with);
    const Run sent = simulation.run(SWB_IMPORT, contacts);
    const Run asked = sent.ok() ? simulation.run(SWB_RECONCILE, contacts) : Run{};
    for (std::uint32_t row = 0; row < asked.fates.size(); ++row)
      if (delivered(sent.fates[row].result) && asked.fates[row].result == SWB_ABSENT) rows.insert(row);
    return rows;
  };
  const auto lost = missing(session, settings);
  if (!lost.empty() && missing(*subject.session, subject.settings).empty())
    problems.push_back(what + ": row " + std::to_string(*lost.begin()) + " is imported, and the question that follows does not find it: one of the two goes elsewhere");
}

}  // namespace

void check_settings_matter(Subject& subject, Results& results) {
  std::vector<std::string> problems, idle;
  std::size_t settings = 0;
  bool any_matters = false;
  const kit::Json& manifest = subject.library.manifest();
  const kit::Json now = kit::Json::parse(subject.settings).value_or(kit::Json());
  const auto kinds = kinds_of_exchanges(subject, true);
  for (const kit::Json& setting : manifest["settings"].items()) {
    if (!setting["identifying"].bool_or(false)) continue;
    const std::string name = setting["name"].string_or(""), was = now[name].text().value_or(now[name].string_or(""));
    bool tried = false, matters = was.empty() || host_uses(manifest, name);
    for (const std::string& value : other_values(setting, was)) {
      Emitted refused;
      const auto other = subject.library.open(settings_with(subject.settings, setting, value), refused);
      if (!other) continue;
      tried = true;
      std::map<std::string, std::set<std::uint32_t>> moved, stayed;  // place → operations
      const auto look = [&](const Exchange& at) {
        const Emitted mine = subject.session->encode(at.contacts, at.where), theirs = other->encode(at.contacts, at.where);
        matters = matters || mine.fingerprint() != theirs.fingerprint();
        if (mine.requests.empty() || theirs.requests.empty() || was.size() < 3) return;
        const auto before = places_of(mine.requests.front()), after = places_of(theirs.requests.front());
        for (const auto& [place, held] : before) {
          const auto holds = after.find(place);
          if (held != was || holds == after.end()) continue;
          if (holds->second == value) moved[place].insert(at.where.op);
          // A chain may go on where it began: then its state says where.
          if (holds->second == was && at.where.state.find(was) == std::string::npos && at.where.import_state.find(was) == std::string::npos) stayed[place].insert(at.where.op);
        }
        matters = matters || decoded(subject, at, at.response).fingerprint() != other->decode(at.contacts, at.where, at.response).fingerprint();
      };
      for (const Exchange& at : subject.positions) look(at);
      for (const Exchange* at : kinds) look(*at);
      for (const auto& [place, operations] : stayed) {
        if (moved.count(place) > 0)
          problems.push_back("setting " + name + ": with \"" + value + "\" " + op_name(*moved[place].begin()) + " asks there, but " + op_name(*operations.begin()) + " still asks for \"" + was + "\" (" + place + ")");
      }
      judge_found_again(subject, *other, settings_with(subject.settings, setting, value), "setting " + name + " with \"" + value + '"', problems);
      if (matters && !moved.empty()) break;
    }
    settings += tried;
    any_matters = any_matters || matters;
    if (tried && !matters) idle.push_back("setting " + name + ": whatever its value, the same requests go out and the same is made of the answers");
  }
  // One may stand behind another: a name behind an id that is given as well.
  if (!any_matters) problems.insert(problems.end(), idle.begin(), idle.end());
  std::sort(problems.begin(), problems.end());
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  results.judge("settings_matter", problems, counted(settings, "identifying setting") + " with other values");
}

}  // namespace switchboard::conformance
