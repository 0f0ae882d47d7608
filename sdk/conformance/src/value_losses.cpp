// What is lost on the way out: judged by the requests alone, whatever the emulator makes of them.
#include "value_losses.h"

#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <set>

#include "json_tree.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// What an import's first requests carry. Headers are left out: a key may be made of everything that was handed in.
std::string carried(const Subject& subject, const Contacts& contacts) {
  const Emitted emitted = subject.session->encode(contacts, Where{});
  std::string out;
  for (const Request& request : emitted.requests) out += request.path + '\n' + request.body + '\n';
  return emitted.ok() ? out : "";
}

/// Two values of a field that are not the same to anybody.
struct Pair {
  std::string value, other;
  const char* what;
};

std::vector<Pair> pairs_for(const kit::Json& field, bool custom) {
  const std::string type = custom ? "text" : field["type"].string_or("text");
  if (type == "email") return {{"Ann.Zoe71@example.com", "ann.zoe71@example.com", "in small letters: some hosts tell the two apart"}};
  if (type != "text" || !(custom || is_free_text(field))) return {};
  return {{"first line\nsecond line", "first linesecond line", "without the line end: two words become one"},
          {"first line\r\nsecond line", "first linesecond line", "without the line end: two words become one"},
          {"left\tright", "leftright", "without the tab: two words become one"},
          {"two words", "twowords", "without the blank: two words become one"}};
}

/// Names of everything that a request says beside a column, in the same object, row of a table or group of parameters.
std::set<std::string> names_beside(const Request& request, const std::string& column) {
  std::set<std::string> out;
  if (auto tree = JsonTree::read(request.body)) {
    std::as_const(*tree).each([&](const JsonTree& value, const std::string&) {
      const bool here = !value.is_array() && std::any_of(value.children.begin(), value.children.end(), [&](const JsonMember& member) { return member.name == column; });
      for (const JsonMember& member : value.children)
        if (here) out.insert(member.name);
    });
    return out;
  }
  const std::string* type = request.header("content-type");
  if (type != nullptr && kit::contains_ignoring_case(*type, "urlencoded")) {
    const auto pairs = kit::Target("/?" + request.body).query();
    for (const auto& [name, value] : pairs) {
      if (!name.ends_with(column)) continue;
      const std::string group = name.substr(0, name.size() - column.size());
      for (const auto& [other, ignored] : pairs)
        if (other.starts_with(group) && !group.empty()) out.insert(other.substr(group.size()));
    }
  }
  return out;
}

/// How often a name stands beside itself: the most of all objects, or of all parameters.
std::size_t times_named(const Request& request, const std::string& name) {
  std::size_t most = 0;
  if (auto tree = JsonTree::read(request.body)) {
    std::as_const(*tree).each([&](const JsonTree& value, const std::string&) {
      if (!value.is_array()) most = std::max(most, static_cast<std::size_t>(std::count_if(value.children.begin(), value.children.end(), [&](const JsonMember& member) { return member.name == name; })));
    });
    return most;
  }
  const auto pairs = kit::Target("/?" + request.body).query();
  for (const auto& [one, value] : pairs) {
    if (!one.ends_with(name)) continue;
    most = std::max(most, static_cast<std::size_t>(std::count_if(pairs.begin(), pairs.end(), [&, &full = one](const auto& pair) { return pair.first == full; })));
  }
  return most;
}

}  // namespace

bool may_be_called(const kit::Json& custom, const std::string& name) {
  const auto reserved = custom["reserved"].items();
  if (std::any_of(reserved.begin(), reserved.end(), [&](const kit::Json& word) { return kit::equals_ignoring_case(word.string_or(""), name); })) return false;
  const std::string pattern = custom["name_pattern"].string_or("");
  try {
    return pattern.empty() || std::regex_match(name, std::regex(pattern, std::regex::ECMAScript));
  } catch (const std::regex_error&) {
    return false;  // nobody knows
  }
}

std::size_t judge_losses(const Subject& subject, std::vector<std::string>& problems) {
  const auto fields = subject.library.manifest()["fields"].items();
  const Contacts batch = subject.sample.slice(0, 1);  // a complete one
  std::size_t compared = 0;
  for (std::size_t c = 0; c < batch.columns.size(); ++c) {
    const bool custom = c >= batch.n_fields;
    if (!batch.rows[0][c]) continue;
    const std::string name = (custom ? "custom column " : "field ") + batch.columns[c], type = custom ? "text" : fields[c]["type"].string_or("text");
    const auto with = [&](std::optional<std::string> value) {
      Contacts contacts = batch;
      contacts.rows[0][c] = std::move(value);
      return carried(subject, contacts);
    };
    const std::string usual = with(batch.rows[0][c]), nothing = with(std::nullopt);
    if (usual.empty() || usual == nothing) continue;  // it does not go out at all: that is judged elsewhere
    if (type == "int" || type == "number") {
      ++compared;
      if (!nothing.empty() && with("7") != nothing && with("0") == nothing) problems.push_back(name + ": 0 is not sent, as if the contact had no value");
      if (with("7") != with("3") && with("0") == with("1")) problems.push_back(name + ": 0 is sent as 1");
    }
    for (const Pair& pair : pairs_for(custom ? kit::Json() : fields[c], custom)) {
      const auto most = static_cast<std::size_t>(custom ? 0 : fields[c]["max_length"].int_or(0));
      const std::string value = with(pair.value);
      if (value.empty() || (most > 0 && pair.value.size() > most)) continue;
      ++compared;
      if (value == with(pair.other) && value != nothing && value != usual) problems.push_back(name + ": " + kit::json_string(pair.value) + " is sent " + pair.what);
    }
  }
  return compared;
}

std::string name_of_ones_own(const Subject& subject) {
  const kit::Json& custom = subject.library.manifest()["custom_fields"];
  const Contacts& sample = subject.sample;
  if (sample.columns.size() == sample.n_fields) return "";
  const Contacts batch = sample.slice(0, 1);
  const std::size_t own = sample.n_fields;
  for (const Request& request : subject.session->encode(batch, Where{}).requests) {
    for (const std::string& name : names_beside(request, batch.columns[own])) {
      if (std::find(batch.columns.begin(), batch.columns.end(), name) != batch.columns.end() || times_named(request, name) != 1 || !may_be_called(custom, name)) continue;
      Contacts renamed = batch;
      renamed.columns[own] = name;
      for (const Request& then : subject.session->encode(renamed, Where{}).requests) {
        if (times_named(then, name) > 1)
          return "a custom column that is called \"" + name + "\" stands beside the request's own \"" + name + "\": where it cannot be sent apart, the manifest's custom_fields.reserved says so";
      }
    }
  }
  return "";
}

}  // namespace switchboard::conformance
