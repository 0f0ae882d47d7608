#include "reasons.h"

#include <switchboard/kit/text.h>

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// One value of a contact, which is else as good as any, made such as the emulator refuses.
struct Fault {
  std::size_t column = 0;
  std::string type, value;  ///< of the field
  Outcome alone;            ///< what is said of it among good ones

  std::string words(const Contacts& contacts) const { return "'" + value + "' for " + contacts.columns[column]; }
};

constexpr std::uint32_t kFirst = 0, kGood = 6, kLast = 9;  // rows of the sample that have all fields

Contacts of_rows(const Contacts& sample, const std::vector<std::pair<std::uint32_t, const Fault*>>& rows) {
  Contacts out = sample.slice(0, 0);
  for (const auto& [row, fault] : rows) {
    out.rows.push_back(sample.rows[row]);
    out.row_ids.push_back(sample.row_ids[row]);
    if (fault != nullptr) out.rows.back()[fault->column] = fault->value;
  }
  return out;
}

/// Those that are refused where good ones beside them are taken.
std::vector<Fault> faults_of(const Subject& subject) {
  std::vector<Fault> out;
  const auto fields = subject.library.manifest()["fields"].items();
  const Contacts& sample = subject.sample;
  for (std::size_t c = 0; c < fields.size(); ++c) {
    const std::string type = fields[c]["type"].string_or("");
    if ((type != "phone" && type != "email") || !sample.rows[kFirst][c] || !sample.rows[kLast][c]) continue;
    for (const char* value : {"?", "+1", "x@y", ""}) {
      Fault fault{c, type, value, {}};
      const auto account = subject.account();
      const Run run = subject.import(of_rows(sample, {{kGood, nullptr}, {kFirst, &fault}}), account.get());
      if (!run.ok() || !delivered(run.fates[0].result) || run.fates[1].result != SWB_REJECTED) continue;
      fault.alone = run.fates[1];
      out.push_back(fault);
      break;
    }
  }
  return out;
}

/// Which part of what is said of a contact is another's, word for word; empty: none.
std::string taken_from_another(const Outcome& said, const Outcome& own, const Outcome& other) {
  for (const auto& [part, name] : {std::pair{&Outcome::code, "code"}, {&Outcome::field, "field"}, {&Outcome::message, "message"}}) {
    const auto &here = said.*part, &mine = own.*part, &theirs = other.*part;
    if (mine != theirs && here == theirs && here) return std::string(name) + " \"" + kit::clean_text(*here, 60) + '"';
  }
  return "";
}

}  // namespace

std::size_t judge_reasons(const Subject& subject, std::vector<std::string>& problems) {
  const Contacts& sample = subject.sample;
  if (!subject.library.sandbox() || sample.size() <= kLast) return 0;
  const auto fields = subject.library.manifest()["fields"].items();
  const auto faults = faults_of(subject);
  for (const Fault& fault : faults) {
    const auto blamed = std::find_if(fields.begin(), fields.end(), [&](const kit::Json& field) { return fault.alone.field == field["name"].string_or(""); });
    const std::string type = blamed == fields.end() ? "" : (*blamed)["type"].string_or("");
    if ((type == "phone" || type == "email") && type != fault.type)
      problems.push_back("a contact is refused with " + fault.words(sample) + " and taken without it, yet " + *fault.alone.field + " is blamed");
  }
  for (const Fault& first : faults) {
    for (const Fault& last : faults) {
      if (first.column == last.column) continue;
      const auto account = subject.account();
      const Run run = subject.import(of_rows(sample, {{kFirst, &first}, {kGood, nullptr}, {kLast, &last}}), account.get());
      if (!run.ok()) continue;
      for (const auto& [row, own, other] : {std::tuple{0u, &first, &last}, {2u, &last, &first}}) {
        if (run.fates[row].result != SWB_REJECTED) continue;
        const std::string what = taken_from_another(run.fates[row], own->alone, other->alone);
        if (!what.empty()) problems.push_back("a contact is refused with " + own->words(sample) + ", another with " + other->words(sample) + ", and the first is told the " + what + " of the other");
      }
    }
  }
  return faults.size();
}

}  // namespace switchboard::conformance
