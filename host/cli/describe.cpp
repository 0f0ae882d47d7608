#include <fmt/format.h>

#include <algorithm>

#include "core/base/display_text.h"
#include "core/base/json_text.h"
#include "host/cli/commands.h"
#include "host/cli/job_options.h"
#include "host/jobs/settings.h"
#include "host/jobs/target.h"

namespace switchboard::cli {
namespace {

using mapping::Manifest;

/// A titled table with a sentence or two above it; one shape for the text and the Markdown form.
struct Section {
  std::string title;
  std::vector<std::string> paragraphs;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

std::string join(const std::vector<std::string>& items, const char* separator = ", ") {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : separator) + item;
  return text;
}

std::string type_name(mapping::FieldType type) {
  static constexpr const char* kNames[] = {"text", "phone", "email", "int", "number", "boolean", "date", "list"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string span_text(std::uint64_t ms) {
  if (ms % 3'600'000 == 0) return ms == 3'600'000 ? "hour" : counted(ms / 3'600'000, "hour");
  if (ms % 60'000 == 0) return ms == 60'000 ? "minute" : counted(ms / 60'000, "minute");
  return ms % 1000 == 0 ? fmt::format("{} s", ms / 1000) : fmt::format("{} ms", ms);
}

Section promise_of(const Manifest& m) {
  Section section{"What to expect", {}, {"question", "answer"}, {}};
  section.rows = {{"all or nothing?", m.promise.all_or_nothing},
                  {"results for each row?", m.promise.row_results},
                  {"resumable?", m.promise.resumable},
                  {"importing the same file again", m.promise.reimport_effect}};
  if (!m.promise.help.empty()) section.paragraphs.push_back(m.promise.help);
  return section;
}

Section credentials_of(const Manifest& m) {
  Section section{"Credentials", {}, {"environment variable", "", "what it is"}, {}};
  section.paragraphs.push_back(m.auth.size() > 1 ? "One of these sets, complete:" : "Set in the environment, or by reference in a profile:");
  for (const auto& auth : m.auth)
    for (const auto& secret : auth.secrets)
      section.rows.push_back({transport::secret_variable(m.id, secret.name),
                              (secret.required ? "required" : "optional") + (m.auth.size() > 1 ? " for " + auth.id : ""),
                              secret.help});
  return section;
}

Section settings_of(const Manifest& m) {
  Section section{"Settings", {"Given with --set NAME=VALUE, or in a profile."}, {"name", "type", "default", "help", "source"}, {}};
  for (const auto& s : m.settings) {
    std::string help = s.help;
    if (!s.allowed.empty()) help += " One of: " + join(s.allowed) + ".";
    if (const std::string range = jobs::range_text(s); !range.empty()) help += " A number of " + range + ".";
    if (s.max_length) help += " At most " + counted(s.max_length, "character") + ".";
    const std::string needed = s.required                   ? "(required)"
                               : !s.required_unless.empty() ? "(required without " + s.required_unless.text() + ")"
                                                            : s.default_value.value_or("");
    section.rows.push_back({s.name, s.type, needed, help, s.source});
  }
  return section;
}

Section fields_of(const Manifest& m) {
  Section section{"Fields", {"What a contact may carry; columns are matched to them by meaning."},
                  {"field", "type", "meaning", "rule", "help", "source"}, {}};
  for (const auto& f : m.fields) {
    std::vector<std::string> rules;
    if (f.required) rules.push_back("required");
    if (f.unique) rules.push_back("unique");
    if (f.opt_in) rules.push_back("only with --field");
    if (f.max_length) rules.push_back("at most " + counted(f.max_length, "character"));
    if (!f.allowed.empty()) rules.push_back("one of " + join(f.allowed, " | "));
    if (!f.format.empty()) rules.push_back("as " + f.format);
    if (!f.derive.empty()) rules.push_back("else derived: " + f.derive);
    if (f.default_value) rules.push_back("else \"" + *f.default_value + "\"");
    if (!f.default_setting.empty()) rules.push_back("else the setting " + f.default_setting);
    section.rows.push_back({f.name, type_name(f.type), f.meaning, join(rules, "; "), f.help, f.source});
  }
  if (m.custom_fields.allowed)
    section.paragraphs.push_back("Further columns may be sent as custom fields: --field NAME=COLUMN" +
                                 (m.custom_fields.name_pattern.empty() ? std::string(".")
                                                                       : ", where NAME is of the form " + m.custom_fields.name_pattern + "."));
  for (const auto& rule : m.rules) {
    if (rule.message.empty()) continue;
    section.paragraphs.push_back((rule.warns ? "Warning: " : "Rule: ") + rule.message +
                                 (rule.when.empty() ? "" : " (with --set " + rule.when.text() + ")"));
  }
  if (!m.identity.empty())
    section.paragraphs.push_back("Two rows are the same contact if they agree in: " + join(m.identity) + ".");
  return section;
}

Section limits_of(const Manifest& m) {
  Section section{"Limits", {}, {"limit", "value"}, {}};
  section.rows = {{"contacts a request", std::to_string(m.limits.records_per_request)},
                  {"size of a request", counted(m.limits.body_bytes, "byte")},
                  {"requests at the same time", std::to_string(m.limits.in_flight)},
                  {"time-out", span_text(m.limits.timeout_ms)}};
  for (const auto& rate : m.limits.rates)
    section.rows.push_back({rate.bucket.empty() ? "rate" : "rate (" + rate.bucket + ")",
                            counted(rate.requests, "request") + " a " + span_text(rate.per_ms)});
  for (const auto& joint : m.limits.joint)
    section.rows.push_back({"joint questions", fmt::format("up to {} {} in one call of {}", joint.most, joint.list, joint.path)});
  for (const auto& list : m.limits.lists) section.rows.push_back({"list that is read for all batches together", list});
  return section;
}

Section addresses_of(const Manifest& m) {
  Section section{"Addresses", {}, {"name", "address"}, {}};
  for (const auto& url : m.base_urls) section.rows.push_back({url.name.empty() ? "default" : url.name, url.url});
  if (!m.base_url_setting.empty()) section.paragraphs.push_back("Chosen by the setting " + m.base_url_setting + "; --base-url wins.");
  section.paragraphs.push_back("Operations: " + join(m.operations) + ".");
  return section;
}

std::string escape_cell(std::string text) {
  for (std::size_t i = 0; (i = text.find('|', i)) != std::string::npos; i += 2) text.insert(i, "\\");
  return text;
}

std::string as_markdown(const Manifest& m, const std::vector<Section>& sections) {
  std::string text = "# " + m.name + " (`" + m.id + "`, " + m.version + ")\n";
  for (const auto& section : sections) {
    text += "\n## " + section.title + "\n";
    for (const auto& paragraph : section.paragraphs) text += "\n" + paragraph + "\n";
    if (section.rows.empty()) continue;
    text += "\n|";
    for (const auto& cell : section.header) text += " " + cell + " |";
    text += "\n|";
    for (std::size_t i = 0; i < section.header.size(); ++i) text += " --- |";
    for (const auto& row : section.rows) {
      text += "\n|";
      for (const auto& cell : row) text += " " + escape_cell(cell) + " |";
    }
    text += "\n";
  }
  return text;
}

/// Columns side by side; the last but one (the prose) may be long, so it is put on a line of its own.
std::string as_text(const Manifest& m, const std::vector<Section>& sections) {
  std::string text = m.name + "  (connector " + m.id + ", version " + m.version + ")\n";
  if (!m.homepage.empty()) text += m.homepage + "\n";
  for (const auto& section : sections) {
    if (section.rows.empty() && section.paragraphs.empty()) continue;
    text += "\n" + section.title + "\n";
    for (const auto& paragraph : section.paragraphs) text += "  " + paragraph + "\n";
    constexpr std::size_t kLongCell = 46;
    for (const auto& row : section.rows) {
      std::string line = "  ", below;
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (row[c].empty() && c != 0) continue;
        if (c == 0)
          line += fmt::format("{:<28}", row[c]);
        else if (row[c].size() > kLongCell || section.header[c] == "help")
          below += "      " + row[c] + "\n";
        else
          line += "  " + (section.header[c] == "source" ? "[" + row[c] + "]" : row[c]);
      }
      text += line + "\n" + below;
    }
  }
  return text + "\nTry it without an account:  switchboard import FILE --to " + m.id + " --sandbox\n";
}

}  // namespace

Result<int> run_describe(const Options& options, Terminal& terminal) {
  std::string form = options.text("describe-format").value_or("text");
  if (options.origin("describe-format") == "the default" && terminal.json()) form = "json";
  const auto loading = loading_of(options);
  if (!loading) return loading.error();
  auto loaded = jobs::open_connectors(connector_path(options), options.arguments(), *loading);
  if (!loaded) return loaded.error();
  const Manifest& m = loaded->front()->manifest();
  const std::vector<Section> sections = {promise_of(m), credentials_of(m), settings_of(m),
                                         fields_of(m),  limits_of(m),      addresses_of(m)};
  if (form == "json") {
    JsonWriter json;
    json.begin_object().member("schema", "switchboard.describe/1").key("credentials").begin_array();
    for (const auto& auth : m.auth)
      for (const auto& secret : auth.secrets)
        json.begin_object().member("auth", auth.id).member("secret", secret.name)
            .member("variable", transport::secret_variable(m.id, secret.name)).member("required", secret.required)
            .member("help", secret.help).end_object();
    json.end_array().key("manifest").raw(m.json).end_object();
    terminal.print(json.take() + "\n");
  } else if (form == "markdown") {
    terminal.print(as_markdown(m, sections));
  } else {
    terminal.print(as_text(m, sections));
  }
  return 0;
}

}  // namespace switchboard::cli
