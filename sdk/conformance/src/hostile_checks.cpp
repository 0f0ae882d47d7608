// Cells that try to be more than a value: of a line, a header, a JSON member, a form.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <switchboard/kit/text.h>

#include "account.h"
#include "counted.h"
#include "json_tree.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

const std::string kHostile[] = {
    "quote \" and ' here",
    "comma, semicolon; here",
    "line\r\nX-Injected: 1",
    "line\nbreak,injected\n",
    "carriage\rreturn",
    "tab\there",
    "=cmd|' /C calc'!A0",
    "\xF0\x9F\x8E\x89 caf\xC3\xA9 \xE4\xB8\xAD",
    "back\\slash\\",
    "x\",\"injected\":\"y",
    "x&injected=1",
    "</x><injected>1</injected>",
    "%0d%0aX-Injected: 1",
    "--\r\n\r\nContent-Disposition: form-data; name=\"injected\"\r\n\r\n1",
    std::string("nulfirst\0nulsecond", 18),
};

const std::string kHostileNames[] = {"What they \"said\"", "Size, colour", "x\":\"y\",\"injected", "A & B = C?"};

/// Everything but letters, digits and what is not ASCII: connectors may make line ends blanks, and cut.
std::string essence(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (kit::is_digit(c) || kit::is_alpha(c) || static_cast<unsigned char>(c) >= 0x80) out.push_back(c);
  }
  return out;
}

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

/// The lines of an NDJSON body that hold something; nullopt: one of them is no JSON.
std::optional<std::vector<JsonTree>> json_lines(const std::string& body) {
  std::vector<JsonTree> out;
  for (const std::string_view line : kit::split(body, '\n')) {
    if (kit::trim(line).empty()) continue;
    const auto json = kit::Json::parse(line);
    if (!json) return std::nullopt;
    out.push_back(JsonTree::of(*json));
  }
  return out;
}

bool adds_member(const JsonTree& body) {
  bool injected = false;
  body.each([&](const JsonTree& tree, const std::string&) {
    for (const auto& member : tree.children) injected = injected || member.name == "injected";
  });
  return injected;
}

/// Whether what stood in a cell has become a part of the request's own.
void judge_injection(const Request& request, const Request& benign, const std::string& what, std::vector<std::string>& problems) {
  if (times(request.path, "injected=") > 0) problems.push_back(what + ": what stands in it adds a parameter to the URL");
  if (request.header("x-injected") != nullptr) problems.push_back(what + ": what stands in it adds a header");
  const std::string* type = request.header("content-type");
  if (type == nullptr) return;
  if (kit::contains_ignoring_case(*type, "ndjson") || kit::contains_ignoring_case(*type, "jsonl")) {
    const auto lines = json_lines(request.body), before = json_lines(benign.body);
    if (before && !lines) problems.push_back(what + ": a line of the body is no JSON any more");
    if (before && lines && lines->size() != before->size()) problems.push_back(what + ": what stands in it adds a line to the body");
    if (lines && std::any_of(lines->begin(), lines->end(), adds_member)) problems.push_back(what + ": what stands in it adds a member to a line of the body");
  } else if (kit::contains_ignoring_case(*type, "json")) {
    const auto json = kit::Json::parse(request.body);
    if (!json && kit::Json::parse(benign.body)) problems.push_back(what + ": the JSON body cannot be read any more");
    if (json && adds_member(JsonTree::of(*json))) problems.push_back(what + ": what stands in it adds a member to the JSON body");
  } else if (kit::contains_ignoring_case(*type, "urlencoded")) {
    if (times(request.body, "&injected=") > 0) problems.push_back(what + ": what stands in it adds a parameter to the form");
  } else if (const auto at = type->find("boundary="); at != std::string::npos) {
    std::string boundary = type->substr(at + 9);
    std::erase(boundary, '"');
    if (times(request.body, "\r\n--" + boundary) != times(benign.body, "\r\n--" + boundary)) problems.push_back(what + ": what stands in it adds a part to the body");
    const auto parts = [&](const std::string& body) { return times(body, "\r\nContent-Disposition: form-data; name=\"injected\""); };
    if (parts(request.body) > 0 && times(request.body, "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"injected\"") > 0)
      problems.push_back(what + ": what stands in it adds a part to the body");
  }
}

/// A setting is a value as well, wherever it goes.
void judge_hostile_settings(const Subject& subject, const Contacts& benign, std::vector<std::string>& problems, std::size_t& calls) {
  for (const kit::Json& setting : subject.library.manifest()["settings"].items()) {
    const std::string name = setting["name"].string_or("");
    if (setting["type"].string_or("text") != "text" || !setting["enum"].items().empty() || !setting["pattern"].is_null()) continue;
    Emitted ignored;
    const auto plain = subject.library.open(with_setting(subject.settings, name, "plain"), ignored);
    for (const std::string& value : kHostile) {
      const auto hostile = plain ? subject.library.open(with_setting(subject.settings, name, value), ignored) : nullptr;
      for (const Exchange& at : subject.positions) {
        if (!hostile || !about_rows(at) || at.where.step != 0 || !at.where.state.empty()) continue;
        ++calls;
        const Emitted emitted = hostile->encode(benign, at.where), before = plain->encode(benign, at.where);
        const std::string what = op_name(at.where.op) + ", setting " + name + " with '" + kit::clean_text(value, 40) + "'";
        for (std::size_t i = 0; i < emitted.requests.size() && i < before.requests.size(); ++i) judge_injection(emitted.requests[i], before.requests[i], what, problems);
      }
    }
  }
}

}  // namespace

void check_hostile_cells(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t calls = 0;
  const auto fields = subject.library.manifest()["fields"].items();
  const Contacts& sample = subject.sample;
  const Contacts benign = sample.slice(0, 3);
  const bool sandbox = subject.library.sandbox().has_value();

  // What the account holds of harmless contacts, column by column.
  std::vector<bool> kept(sample.columns.size(), false);
  std::vector<std::uint32_t> fates;
  if (sandbox) {
    const auto account = subject.account();
    const Run run = subject.import(benign, account.get());
    for (const Outcome& fate : run.fates) fates.push_back(fate.result);
    const auto entries = entries_of(account->dump().text);
    const Entry* entry = entry_of(entries, benign, 0);
    for (std::size_t c = 0; c < kept.size() && entry != nullptr; ++c) kept[c] = benign.rows[0][c] && holds_cell(*entry, *benign.rows[0][c]);
  }
  for (std::size_t c = 0; c < sample.columns.size(); ++c) {
    const bool custom = c >= sample.n_fields;
    if (!custom && !is_free_text(fields[c])) continue;
    const std::string column = (custom ? "custom column " : "field ") + sample.columns[c];
    for (const std::string& value : kHostile) {
      Contacts contacts = benign;
      contacts.rows[1][c] = value;
      const std::string what = column + " with '" + kit::clean_text(value, 40) + "'";
      for (const Exchange& at : subject.positions) {
        if (!about_rows(at) || at.where.step != 0 || !at.where.state.empty()) continue;
        ++calls;
        Contacts everywhere = contacts;  // some take the first row's, some the last one's
        for (auto& row : everywhere.rows) row[c] = value;
        const Emitted emitted = subject.session->encode(everywhere, at.where);
        const Emitted before = subject.session->encode(benign, at.where);
        for (const std::string& violation : emitted.violations) problems.push_back(what + ": " + violation);
        for (std::size_t i = 0; i < emitted.requests.size() && i < before.requests.size(); ++i) {
          judge_injection(emitted.requests[i], before.requests[i], op_name(at.where.op) + ", " + what, problems);
          const std::string& body = emitted.requests[i].body;
          if (body.find("nulfirst") != std::string::npos && body.find("nulsecond") == std::string::npos) problems.push_back(what + ": the value ends at the NUL");
        }
      }
      if (!sandbox || !kept[c] || value.find('\0') != std::string::npos) continue;
      const auto longest = static_cast<std::size_t>(custom ? 0 : fields[c]["max_length"].int_or(0));
      if (longest > 0 && value.size() > longest) continue;
      ++calls;
      const auto account = subject.account();
      const Run run = subject.import(contacts, account.get());
      const auto entries = entries_of(account->dump().text);
      for (const std::size_t row : {0u, 2u}) {
        const Entry* entry = entry_of(entries, benign, row);
        bool whole = entry != nullptr && row < run.fates.size() && run.fates[row].result == fates[row];
        for (std::size_t other = 0; other < kept.size() && whole; ++other)
          whole = !kept[other] || !benign.rows[row][other] || holds_cell(*entry, *benign.rows[row][other]);
        if (!whole && delivered(fates[row])) problems.push_back(what + ": the contact in row " + std::to_string(row) + " does not arrive any more as it was");
      }
      if (run.fates.size() < 2 || !delivered(run.fates[1].result)) continue;
      const Entry* entry = entry_of(entries, contacts, 1);
      const bool there = entry != nullptr && std::any_of(entry->values.begin(), entry->values.end(), [&](const auto& kept_value) {
        return essence(kept_value.second).find(essence(value)) != std::string::npos;
      });
      if (!there) problems.push_back(what + ": the row is " + result_name(run.fates[1].result) + ", but the value is not in the account");
    }
    // As long as the manifest lets it be: sent whole, or not at all.
    const auto most = static_cast<std::size_t>(custom ? 0 : fields[c]["max_length"].int_or(0));
    for (const std::size_t length : most > 0 ? std::vector<std::size_t>{most} : std::vector<std::size_t>{2000, 70'000}) {
      std::string long_value;
      for (int word = 1000; long_value.size() < length; ++word) long_value += "w" + std::to_string(word);
      long_value.resize(length);
      Contacts with_long = benign;
      with_long.rows[0][c] = long_value;
      ++calls;
      for (const Request& request : subject.session->encode(with_long, Where{}).requests) {
        const bool begun = long_value.size() > 16 && request.body.find(long_value.substr(0, 16)) != std::string::npos;
        if (begun && request.body.find(long_value) == std::string::npos)
          problems.push_back(column + ": a value of " + std::to_string(long_value.size()) + " characters is sent cut" + (most > 0 ? "" : "; where the vendor takes fewer, the manifest's max_length says so"));
      }
    }
    // A megabyte: legal, if too long for most vendors.
    Contacts contacts = benign;
    contacts.rows[1][c] = std::string(1'000'000, 'm');
    ++calls;
    const Emitted emitted = subject.session->encode(contacts, Where{});
    for (const std::string& violation : emitted.violations) problems.push_back(column + " of 1 MB: " + violation);
    if (emitted.status != SWB_OK && emitted.status != SWB_E_INPUT && emitted.status != SWB_E_LIMIT)
      problems.push_back(column + " of 1 MB: " + emitted.trouble());
  }
  // Numbers are texts that must not be computed with: beyond 2^53 a double loses the last digit.
  for (std::size_t c = 0; c < sample.n_fields; ++c) {
    const std::string type = fields[c]["type"].string_or("");
    if ((type != "int" && type != "number") || !benign.rows[0][c]) continue;
    const auto is_sent = [&](const std::string& number) {
      ++calls;
      Contacts contacts = benign;
      contacts.rows[0][c] = number;
      const Emitted emitted = subject.session->encode(contacts, Where{});
      return std::any_of(emitted.requests.begin(), emitted.requests.end(), [&](const Request& request) { return request.body.find(number) != std::string::npos; });
    };
    const std::string fraction = type == "int" ? "" : ".25", number = "9007199254740993" + fraction;
    if (is_sent("7654321" + fraction) && !is_sent(number)) problems.push_back("field " + sample.columns[c] + ": " + number + " is sent as another number");
  }
  // What users call a column of their own, where the manifest lets them.
  const auto& custom = subject.library.manifest()["custom_fields"];
  for (std::size_t c = sample.n_fields; c < sample.columns.size() && custom["name_pattern"].is_null(); ++c) {
    for (const std::string& name : kHostileNames) {
      Contacts contacts = benign;
      contacts.columns[c] = name;
      ++calls;
      const Emitted emitted = subject.session->encode(contacts, Where{});
      const Emitted before = subject.session->encode(benign, Where{});
      for (std::size_t i = 0; i < emitted.requests.size() && i < before.requests.size(); ++i)
        judge_injection(emitted.requests[i], before.requests[i], "a custom column that is called '" + kit::clean_text(name, 40) + "'", problems);
      if (!sandbox) continue;
      const Run run = subject.import(contacts);
      for (std::size_t row = 0; row < fates.size() && row < run.fates.size(); ++row) {
        if (delivered(fates[row]) && !delivered(run.fates[row].result))
          problems.push_back("a custom column that is called '" + kit::clean_text(name, 40) + "': the contact in row " + std::to_string(row) + " does not arrive any more");
      }
    }
  }
  judge_hostile_settings(subject, benign, problems, calls);
  results.judge("hostile_cells", problems, counted(calls, "call") + "; a cell stays a cell");
}

}  // namespace switchboard::conformance
