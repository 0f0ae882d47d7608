// Mapping files: YAML read by yaml-cpp, whose exceptions stop here.

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "core/base/nearest.h"
#include "core/base/whole_file.h"
#include "core/contact/text.h"
#include "core/mapping/rows/field_match.h"
#include "core/mapping/rows/mapping_tests.h"
#include "core/mapping/rows/propose.h"
#include "core/mapping/rows/transform.h"

namespace switchboard::mapping {
namespace {

constexpr std::size_t kMaxBytes = 4 << 20;

/// What is wrong with the file, and where; stays in this file.
struct Flaw {
  int line = 0;  ///< from 1; 0: the file as a whole
  std::string problem, remedy;
};

[[noreturn]] void fail(const YAML::Node& node, std::string problem, std::string remedy = {}) {
  throw Flaw{node.Mark().line + 1, std::move(problem), std::move(remedy)};
}

/// yaml-cpp takes aliases (which can explode) and repeated keys (of which one would be ignored) without a
/// word.
void refuse_tricks(const YAML::Node& node, int depth = 0) {
  if (depth > 20) fail(node, "is nested too deeply");
  if (node.IsSequence()) {
    for (const auto& item : node) refuse_tricks(item, depth + 1);
  } else if (node.IsMap()) {
    std::set<std::string> keys;
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) fail(entry.first, "has a key that is no plain text");
      if (!keys.insert(entry.first.Scalar()).second) {
        fail(entry.first, "has the key \"" + entry.first.Scalar() + "\" twice", "Remove one of them.");
      }
      refuse_tricks(entry.second, depth + 1);
    }
  }
}

/// Aliases can explode when they are walked, and parsed nodes no longer show them: the parser's events do.
class AliasFinder : public YAML::EventHandler {
 public:
  int line = 0;  ///< of the first alias; 0: none

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    if (line == 0) line = mark.line + 1;
  }
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
  }
  void OnMapEnd() override {}
};

void refuse_aliases(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  AliasFinder finder;
  parser.HandleNextDocument(finder);
  if (finder.line > 0)
    throw Flaw{finder.line, "YAML aliases (*name) are not understood in mapping files",
               "Write the value out."};
}

void require_keys(const YAML::Node& node, const std::vector<std::string>& known, const std::string& where) {
  for (const auto& entry : node) {
    const std::string& key = entry.first.Scalar();
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string list;
    for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
    fail(entry.first, where + " has the unknown key \"" + key + "\"" + did_you_mean(key, known),
         "Known keys: " + list + ".");
  }
}

std::string text_of(const YAML::Node& node, const std::string& where) {
  if (node.IsNull()) return {};
  if (!node.IsScalar()) fail(node, where + " must be a text");
  return node.Scalar();
}

/// One text, or a list of them.
std::vector<std::string> texts_of(const YAML::Node& node, const std::string& where) {
  if (!node.IsSequence()) return {text_of(node, where)};
  std::vector<std::string> texts;
  for (const auto& item : node) texts.push_back(text_of(item, where));
  if (texts.empty()) fail(node, where + " names no column");
  return texts;
}

/// Reads the document for one manifest and one source.
class Reader {
 public:
  Reader(const Manifest& manifest, const std::vector<std::string>& columns,
         const std::vector<std::vector<std::string>>& samples)
      : manifest_(manifest), columns_(columns), samples_(samples) {}

  Mapping read(const YAML::Node& root) {
    if (!root.IsMap()) fail(root, "must be a map with connector, columns and fields");
    refuse_tricks(root);
    require_keys(root, {"connector", "columns", "people", "fields", "tests"}, "the mapping");
    mapping_.connector = root["connector"] ? text_of(root["connector"], "connector") : manifest_.id;
    if (mapping_.connector != manifest_.id) {
      fail(root["connector"],
           "is for the connector \"" + mapping_.connector + "\", not for \"" + manifest_.id + "\"",
           "Choose the right mapping, or write a new one with `switchboard map FILE --to " + manifest_.id +
               " --out FILE`.");
    }
    mapping_.columns = columns_;
    mapping_.understanding = understand(columns_, samples_);
    if (root["people"]) {
      const std::string people = text_of(root["people"], "people");
      if (people != "first" && people != "each") fail(root["people"], "people must be first or each", "Leave it out for the first.");
      mapping_.people = people == "each" ? PeoplePolicy::Each : PeoplePolicy::First;
    }
    if (root["columns"]) {
      for (const std::string& name : texts_of(root["columns"], "columns")) made_for_.push_back(name);
    }
    const YAML::Node fields = root["fields"];
    if (!fields || !fields.IsMap())
      fail(root, "has no `fields`", "Write `fields:` with one line a field: `phone: Mobile Phone`.");
    for (const auto& entry : fields) {
      const std::string& name = entry.first.Scalar();
      if (auto known = check_field_name(manifest_, name, "fields"); !known) {
        fail(entry.first, known.error().message, known.error().remedy);
      }
      mapping_.fields.emplace_back(name, source(name, entry.second));
    }
    return std::move(mapping_);
  }

 private:
  FieldSource source(const std::string& name, const YAML::Node& node) {
    const std::string where = "field \"" + name + "\"";
    FieldSource source;
    source.reason = "by hand";
    source.chosen = true;
    if (!node.IsMap()) {
      source.columns = columns(node, where);
      return source;
    }
    require_keys(node,
                 {"from", "template", "constant", "split", "join", "meaning", "default", "lookup", "case",
                  "date", "regex"},
                 where);
    int origins = 0;
    for (const char* key : {"from", "template", "constant", "split", "join", "meaning"})
      origins += node[key] ? 1 : 0;
    if (origins != 1)
      fail(node, where + " needs exactly one of from, template, constant, split, join and meaning");
    if (node["from"]) source.columns = columns(node["from"], where);
    if (node["constant"]) source.constant = text_of(node["constant"], where);
    if (node["template"]) read_template(node["template"], where, source);
    if (node["split"]) read_split(node["split"], where, source);
    if (node["join"]) read_join(node["join"], where, source);
    if (node["meaning"]) return by_meaning(name, node, where);
    read_changes(node, where, source);
    return source;
  }

  /// What propose() would do: all columns of the field's meaning, chosen row by row.
  FieldSource by_meaning(const std::string& name, const YAML::Node& node, const std::string& where) {
    require_keys(node, {"meaning"}, where + " with `meaning`");
    const Field* field = manifest_.field(name);
    const std::string meaning = text_of(node["meaning"], where);
    if (field == nullptr || field->meaning != meaning) {
      fail(node["meaning"], where + " does not mean \"" + meaning + "\"" +
                                (field == nullptr ? "" : "; it means \"" + field->meaning + "\""));
    }
    Field wanted = *field;
    wanted.opt_in = false;
    auto found = match_field({manifest_, mapping_.understanding, samples_}, wanted);
    // Another one of the row may have what the first has not.
    if (!found && mapping_.people == PeoplePolicy::Each) return {};
    if (!found) {
      fail(node["meaning"], where + ": no column of the file means \"" + meaning + "\"",
           "Name the column: `" + name + ": COLUMN`.");
    }
    return std::move(*found);
  }

  void read_template(const YAML::Node& node, const std::string& where, FieldSource& source) {
    std::string text = text_of(node, where);
    auto names = template_columns(text);
    if (!names) fail(node, where + ": " + names.error().message, names.error().remedy);
    for (const std::string& name : *names) {
      const std::string spelled = column(node, name, where);
      // The file's own spelling, so that later steps find it.
      for (std::size_t at = 0; spelled != name && (at = text.find("{" + name + "}", at)) != std::string::npos;
           at += spelled.size() + 2) {
        text.replace(at, name.size() + 2, "{" + spelled + "}");
      }
      source.columns.push_back(spelled);
    }
    source.template_ = text;
  }

  void read_split(const YAML::Node& node, const std::string& where, FieldSource& source) {
    if (!node.IsMap())
      fail(node, where + ": split must be a map", "Write `split: {from: COLUMN, by: \" \", part: 1}`.");
    require_keys(node, {"from", "by", "part"}, where + " split");
    if (!node["from"]) fail(node, where + ": split needs `from`");
    source.columns = columns(node["from"], where);
    source.split_separator = node["by"] ? text_of(node["by"], where) : " ";
    if (source.split_separator->empty()) fail(node, where + ": split needs a separator in `by`");
    const std::string part = node["part"] ? text_of(node["part"], where) : "1";
    if (part == "last") {
      source.split_index = kLastPart;
    } else if (part.empty() || part.size() > 3 || part.find_first_not_of("0123456789") != std::string::npos ||
               std::stoul(part) == 0) {
      fail(node["part"], where + ": part must be 1, 2, 3 … or last");
    } else {
      source.split_index = std::stoul(part) - 1;
    }
  }

  void read_join(const YAML::Node& node, const std::string& where, FieldSource& source) {
    source.join_separator = " ";
    if (node.IsSequence()) {
      source.columns = columns(node, where);
      return;
    }
    if (!node.IsMap())
      fail(node, where + ": join must list columns", "Write `join: [First Name, Last Name]`.");
    require_keys(node, {"from", "by"}, where + " join");
    if (!node["from"]) fail(node, where + ": join needs `from`");
    source.columns = columns(node["from"], where);
    if (node["by"]) source.join_separator = text_of(node["by"], where);
    if (source.join_separator.empty()) fail(node, where + ": join needs a separator in `by`");
  }

  void read_changes(const YAML::Node& node, const std::string& where, FieldSource& source) {
    if (node["default"]) source.default_value = text_of(node["default"], where);
    if (node["date"]) source.date_format = text_of(node["date"], where);
    if (node["case"]) {
      source.letter_case = text_of(node["case"], where);
      if (*source.letter_case != "upper" && *source.letter_case != "lower" &&
          *source.letter_case != "title") {
        fail(node["case"], where + ": case must be upper, lower or title");
      }
    }
    if (node["lookup"]) {
      if (!node["lookup"].IsMap()) fail(node["lookup"], where + ": lookup must be a map of values");
      for (const auto& entry : node["lookup"])
        source.lookup[entry.first.Scalar()] = text_of(entry.second, where);
    }
    if (const YAML::Node regex = node["regex"]) {
      if (!regex.IsMap())
        fail(regex, where + ": regex must be a map", "Write `regex: {match: \"…\", replace: \"$1\"}`.");
      require_keys(regex, {"match", "replace"}, where + " regex");
      if (!regex["match"]) fail(regex, where + ": regex needs `match`");
      source.regex = text_of(regex["match"], where);
      source.regex_replacement = regex["replace"] ? text_of(regex["replace"], where) : "";
    }
  }

  std::vector<std::string> columns(const YAML::Node& node, const std::string& where) {
    std::vector<std::string> names;
    for (const std::string& name : texts_of(node, where)) names.push_back(column(node, name, where));
    return names;
  }

  std::string column(const YAML::Node& node, const std::string& name, const std::string& where) {
    if (name.empty())
      fail(node, where + " names no column", "Leave the line out where no column fills the field.");
    auto found = find_column(columns_, name, where);
    if (found) return *found;
    const bool was_there = std::find(made_for_.begin(), made_for_.end(), name) != made_for_.end();
    fail(node, found.error().message,
         (was_there ? "The file the mapping was made for had it. " : "") + found.error().remedy +
             " Correct the mapping, or write it again with `switchboard map`.");
  }

  const Manifest& manifest_;
  const std::vector<std::string>& columns_;
  const std::vector<std::vector<std::string>>& samples_;
  std::vector<std::string> made_for_;
  Mapping mapping_;
};

std::map<std::string, std::string> read_values(const YAML::Node& node, const std::string& where) {
  std::map<std::string, std::string> values;
  if (!node || !node.IsMap()) fail(node, where + " must be a map");
  for (const auto& entry : node) values[entry.first.Scalar()] = text_of(entry.second, where);
  return values;
}

std::vector<MappingTest> read_tests(const YAML::Node& node) {
  std::vector<MappingTest> tests;
  if (!node) return tests;
  if (!node.IsSequence()) fail(node, "`tests` must be a list of {row, expect}");
  for (const auto& item : node) {
    if (!item.IsMap()) fail(item, "a test must have `row` and `expect`");
    require_keys(item, {"row", "expect", "region"}, "a test");
    if (!item["row"] || !item["expect"]) fail(item, "a test must have `row` and `expect`");
    tests.push_back({item.Mark().line + 1, read_values(item["row"], "row"),
                     read_values(item["expect"], "expect"),
                     item["region"] ? text_of(item["region"], "region") : std::string{}});
  }
  return tests;
}

Error in_file(const std::string& path, int line, const std::string& problem, const std::string& remedy) {
  const std::string place = line > 0 ? path + ", line " + std::to_string(line) : path;
  return {ErrorKind::Usage, place + ": " + problem, remedy.empty() ? "Correct the mapping file." : remedy};
}

}  // namespace

Result<Proposal> load_mapping(const Manifest& manifest, const std::string& path,
                              const std::vector<std::string>& columns,
                              const std::vector<std::vector<std::string>>& samples,
                              const std::vector<std::pair<std::string, std::string>>& by_hand,
                              const std::map<std::string, std::string>& settings, const CustomColumns& custom,
                              PeoplePolicy people, const CancelToken* cancel) {
  const auto file = read_whole_file(path, kMaxBytes, cancel);
  if (file.end == WholeFile::End::Stopped)
    return Error{ErrorKind::Unavailable, "Stopped while the mapping was read from " + path, ""};
  if (file.end == WholeFile::End::Unreadable)
    return in_file(path, 0, "the mapping file cannot be read: " + file.reason, "Check the path given to --map.");
  if (file.end == WholeFile::End::TooLarge)
    return in_file(path, 0, "the mapping file is larger than 4 MiB", "Is it the right file?");
  const std::string& text = file.text;
  Mapping mapping;
  std::vector<MappingTest> tests;
  try {
    refuse_aliases(text);
    const YAML::Node root = YAML::Load(text);
    mapping = Reader(manifest, columns, samples).read(root);
    tests = read_tests(root["tests"]);
  } catch (const Flaw& flaw) {
    return in_file(path, flaw.line, flaw.problem, flaw.remedy);
  } catch (const YAML::Exception& error) {
    return in_file(path, error.mark.line + 1, "is not valid YAML: " + error.msg,
                   "Check quotes and indentation there.");
  }
  auto chosen = sources_by_hand(manifest, columns, by_hand);
  if (!chosen) return chosen.error();
  for (auto& [name, source] : *chosen) {
    std::erase_if(mapping.fields, [&, &wanted = name](const auto& entry) { return entry.first == wanted; });
    mapping.fields.emplace_back(name, std::move(source));
  }
  if (auto added = add_custom_columns(manifest, mapping, custom); !added) return added.error();
  if (people != PeoplePolicy::AsMapped) mapping.people = people;
  Proposal proposal = complete(manifest, std::move(mapping), samples, true, settings);
  if (auto passed = run_tests(manifest, proposal.mapping, settings, tests, path); !passed)
    return passed.error();
  return proposal;
}

}  // namespace switchboard::mapping
