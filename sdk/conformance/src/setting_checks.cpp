// Settings that tell where contacts go: every question and every import obeys them, or rows are looked for in another place.
// And choices, which change something: what is sent, or what is made of an answer.
#include <switchboard/kit/url.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "answers.h"
#include "counted.h"
#include "emulator_switches.h"
#include "json_tree.h"
#include "samples.h"
#include "sent_values.h"
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
  bool used = name == "phone_format";  // by its name
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
  (void)each_value(request, [&](const SentValue& sent) {
    if (sent.stands == Stands::InQuery || sent.stands == Stands::InBody) out.emplace((sent.stands == Stands::InQuery ? "parameter " : "member ") + sent.place, sent.value);
  });
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

/// Settings whose values can be guessed: an enumeration, a switch, a text that may be anything. Numbers are mostly of time.
bool is_choice(const kit::Json& setting) {
  const std::string type = setting["type"].string_or("text");
  return !setting["enum"].items().empty() || type == "boolean" || (type == "text" && setting["pattern"].is_null() && setting["discover"].is_null());
}

/// Contacts of every kind: valid ones, ones without phone and address, ones with a phone as people write it, ones that vendors refuse.
std::vector<Contacts> contacts_of_every_kind(const Subject& subject) {
  const auto fields = subject.library.manifest()["fields"].items();
  const auto with = [&](const std::optional<std::string>& phone, const std::optional<std::string>& email, bool others) {
    Contacts out = subject.sample;
    for (std::size_t row = 0; row < out.rows.size(); ++row) {
      for (std::size_t c = 0; c < out.columns.size(); ++c) {
        const std::string type = c < fields.size() ? fields[c]["type"].string_or("text") : "text";
        if (type == "phone" && row % 2 == 1) out.rows[row][c] = phone;
        if (type == "email" && row % 2 == 1) out.rows[row][c] = email;
        if (others && type == "text" && out.rows[row][c]) *out.rows[row][c] += " x";
      }
    }
    return out;
  };
  return {subject.sample, with("(201) 555-0143", "person@example.com", true), with(std::nullopt, std::nullopt, false), with("?", "?", false)};
}

/// Everything that a session does and makes of answers in an account of the emulator; what it refuses to be opened with, in words.
std::string conduct(const Subject& subject, const std::string& settings, const std::string& switches, const std::vector<Contacts>& kinds) {
  Emitted refused;
  const auto session = subject.library.open(settings, refused);
  if (!session) return "refused " + refused.subject + ' ' + refused.reason;
  std::string out;
  const auto account = subject.library.open_account(account_options_with(switches), refused);
  if (!account) return out;
  Simulation simulation(subject.library, *session, *account, settings);
  const auto note = [&](const Run& run) {
    for (const Exchange& at : run.exchanges) {
      Emitted sent;
      sent.requests.push_back(at.request);
      out += sent.fingerprint() + at.decoded.fingerprint();
    }
  };
  for (const auto& operation : kOperations)
    if (!operation.carries_rows && subject.library.offers(operation.number)) note(simulation.run(operation.number, Contacts::none(subject.library.manifest())));
  for (const Contacts& contacts : kinds) {
    note(simulation.run(SWB_IMPORT, contacts));
    if (subject.library.offers(SWB_RECONCILE)) note(simulation.run(SWB_RECONCILE, contacts));
  }
  return out + account->dump().text;
}

/// What a setting may stand beside: the usual settings, and each with another choice; then each listed value of the emulator's switches.
std::vector<std::pair<std::string, std::string>> circumstances(const Subject& subject, const std::string& name) {
  const kit::Json& manifest = subject.library.manifest();
  const kit::Json now = kit::Json::parse(subject.settings).value_or(kit::Json());
  std::vector<std::pair<std::string, std::string>> out = {{subject.settings, subject.options.sandbox_options_json}};
  for (const kit::Json& setting : manifest["settings"].items()) {
    const std::string other = setting["name"].string_or("");
    if (other == name || setting["enum"].size() == 1) continue;  // with one there is no choice
    for (const std::string& value : other_values(setting, now[other].text().value_or(now[other].string_or(""))))
      out.emplace_back(settings_with(subject.settings, setting, value), subject.options.sandbox_options_json);
  }
  for (const EmulatorSwitch& chosen : emulator_switches(subject)) out.emplace_back(subject.settings, chosen.options);
  return out;
}

/// A choice that changes nothing, whatever it stands beside: neither what is sent nor what is made of an answer.
bool changes_nothing(const Subject& subject, const kit::Json& setting, const std::string& was) {
  const auto kinds = contacts_of_every_kind(subject);
  for (const auto& [settings, switches] : circumstances(subject, setting["name"].string_or(""))) {
    const std::string usual = conduct(subject, settings, switches, kinds);
    for (const std::string& value : other_values(setting, was))
      if (conduct(subject, settings_with(settings, setting, value), switches, kinds) != usual) return false;
  }
  return true;
}

/// What the manifest lets a user choose is obeyed. What is stored depends on some by their own word; others may matter in answers alone that
/// nobody plays here.
void judge_choices(const Subject& subject, std::vector<std::string>& problems, std::vector<std::string>& to_look_at) {
  const kit::Json& manifest = subject.library.manifest();
  if (!subject.library.sandbox()) return;
  const kit::Json now = kit::Json::parse(subject.settings).value_or(kit::Json());
  for (const kit::Json& setting : manifest["settings"].items()) {
    const std::string name = setting["name"].string_or("");
    if (!is_choice(setting) || setting["identifying"].bool_or(false) || host_uses(manifest, name)) continue;
    const std::string was = now[name].text().value_or(now[name].string_or(""));
    if (other_values(setting, was).empty() || !changes_nothing(subject, setting, was)) continue;
    const bool certain = setting["shapes_contacts"].bool_or(false);
    (certain ? problems : to_look_at).push_back("setting " + name + ": with each of its values the same requests go out, and the same is made of the answers");
  }
}

/// What shapes a contact shapes one that goes alone as well.
void judge_single_rows(const Subject& subject, std::vector<std::string>& problems) {
  const kit::Json& manifest = subject.library.manifest();
  if (!subject.library.sandbox()) return;
  const kit::Json now = kit::Json::parse(subject.settings).value_or(kit::Json());
  const std::string& switches = subject.options.sandbox_options_json;
  const std::vector<Contacts> all = {subject.sample}, one = {subject.sample.slice(0, 1)};
  for (const kit::Json& setting : manifest["settings"].items()) {
    const std::string name = setting["name"].string_or(""), type = setting["type"].string_or("text");
    if (!setting["shapes_contacts"].bool_or(false) || type == "int" || type == "number" || host_uses(manifest, name)) continue;
    bool of_several = false, of_one = false;
    for (const std::string& value : other_values(setting, now[name].text().value_or(now[name].string_or("")))) {
      const std::string with = settings_with(subject.settings, setting, value);
      const auto changes = [&](const std::vector<Contacts>& kinds) { return conduct(subject, with, switches, kinds) != conduct(subject, subject.settings, switches, kinds); };
      of_one = of_one || changes(one);
      of_several = of_several || changes(all);
      if (of_one) break;
    }
    if (of_several && !of_one) problems.push_back("setting " + name + ": its value shapes what is sent of several contacts, and nothing of one that goes alone");
  }
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
  std::vector<std::string> to_look_at;
  judge_choices(subject, problems, to_look_at);
  judge_single_rows(subject, problems);
  std::sort(problems.begin(), problems.end());
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  std::vector<std::string> doubts;  // of all settings in one line
  for (const std::string& line : to_look_at) doubts = {doubts.empty() ? line : doubts.front() + "; " + line};
  results.judge("settings_matter", problems, counted(settings, "identifying setting") + " with other values", {.doubts = doubts, .tried = settings, .untried = "no setting tells where contacts go"});
}

}  // namespace switchboard::conformance
