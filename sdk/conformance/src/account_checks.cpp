// What the emulator's account holds after an import, compared with what was handed in, value by value.
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "account.h"
#include "counted.h"
#include "json_tree.h"
#include "recorder.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// Whether a text stands in some request, as it is or in the writing of JSON, CSV or a URL.
bool was_sent(const Run& run, const std::string& text) {
  const std::string json = kit::json_string(text), url = kit::url_encode(text);
  std::string csv;
  for (const char c : text) csv += c == '"' ? std::string("\"\"") : std::string(1, c);
  const std::string_view inner = std::string_view(json).substr(1, json.size() - 2);
  for (const Exchange& exchange : run.exchanges) {
    const std::string& body = exchange.request.body;
    for (const std::string_view form : {std::string_view(text), inner, std::string_view(url), std::string_view(csv)}) {
      if (body.find(form) != std::string::npos || exchange.request.path.find(form) != std::string::npos) return true;
    }
    if (looks_like_phone(text) && body.find(kit::digits_of(text)) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

void check_account(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  if (!subject.library.sandbox()) return;
  const auto account = subject.account();
  const Contacts& sample = subject.sample;
  const Run run = subject.import(sample, account.get());
  const std::vector<Entry> entries = entries_of(account->dump().text);
  std::size_t compared = 0;
  std::vector<std::size_t> kept(sample.columns.size(), 0), filled(sample.columns.size(), 0), sent(sample.columns.size(), 0);
  std::vector<std::vector<std::string>> lost(sample.columns.size());
  const auto fields = subject.library.manifest()["fields"].items();
  const auto name_of = [&](std::size_t c) { return (c < sample.n_fields ? "field " : "custom column ") + sample.columns[c]; };

  for (std::size_t row = 0; row < sample.rows.size(); ++row) {
    if (row >= run.fates.size() || !delivered(run.fates[row].result)) continue;
    const Entry* entry = entry_of(entries, sample, row);
    for (std::size_t c = 0; c < sample.columns.size(); ++c) {
      const auto& cell = sample.rows[row][c];
      if (!cell || cell->size() < 3) continue;  // shorter ones stand everywhere
      ++filled[c];
      const auto texts = texts_of(*cell);
      if (std::all_of(texts.begin(), texts.end(), [&](const std::string& text) { return was_sent(run, text); })) ++sent[c];
      if (entry != nullptr && holds_cell(*entry, *cell))
        ++kept[c];
      else
        lost[c].push_back(std::to_string(row));
    }
    if (entry == nullptr) {
      if (!entries.empty())
        problems.push_back("row " + std::to_string(row) + " is " + result_name(run.fates[row].result) + ", but the account holds nothing of it");
      continue;
    }
    ++compared;
    // What the contact does not have is not sent for it, and of two words a boolean is the one.
    for (std::size_t c = 0; c < sample.n_fields; ++c) {
      const auto& cell = sample.rows[row][c];
      const kit::Json& field = fields[c];
      const std::string type = field["type"].string_or("text");
      const bool free = field["derive"].is_null() && field["default"].is_null() && (is_free_text(field) || type == "email" || type == "phone");
      for (const auto& [name, text] : entry->values) {
        if (letters_of(name) != letters_of(sample.columns[c])) continue;
        if (cell && field["type"].as_string() == "boolean" && (text == "true" || text == "false") && text != *cell)
          problems.push_back("row " + std::to_string(row) + ": " + name + " is " + *cell + ", and " + text + " in the account");
        const std::string_view stored = text;
        const bool of_the_row = std::any_of(sample.rows[row].begin(), sample.rows[row].end(), [&](const auto& own) {
          return own && (own->find(stored) != std::string::npos || stored.find(*own) != std::string_view::npos);
        });
        if (!cell && free && text.size() >= 3 && !of_the_row && was_sent(run, text) && subject.settings.find(text) == std::string::npos)
          problems.push_back("row " + std::to_string(row) + " has no " + name + ", but \"" + text + "\" was sent and stored");
      }
    }
    // A member that bears a field's name holds that field.
    for (std::size_t c = 0; c < sample.columns.size(); ++c) {
      const auto& cell = sample.rows[row][c];
      if (cell && (cell->size() < 3 || texts_of(*cell) != std::vector<std::string>{*cell})) continue;
      for (const auto& [name, text] : entry->values) {
        if (letters_of(name) != letters_of(sample.columns[c]) || (cell && holds(text, *cell))) continue;
        for (std::size_t other = 0; other < sample.columns.size(); ++other) {
          const auto& there = sample.rows[row][other];
          if (other != c && there && there->size() >= 3 && there != cell && text == *there)
            problems.push_back("row " + std::to_string(row) + ": " + name + " holds the value of " + name_of(other));
        }
      }
    }
  }
  for (std::size_t c = 0; c < sample.columns.size(); ++c) {
    if (filled[c] == 0) continue;
    if (kept[c] == 0 && sent[c] < filled[c]) {
      problems.push_back(name_of(c) + (sent[c] == 0 ? " is in no request" : " is not in the account, and not in the requests for each contact"));
    } else if (kept[c] > 0 && !lost[c].empty()) {
      problems.push_back(name_of(c) + " of row " + lost[c].front() + (lost[c].size() > 1 ? " and others" : "") + " is not in the account as it was handed in");
    }
  }
  // Custom columns bear their names, all of them or none: a vendor may know them by ids.
  std::vector<std::size_t> well_named, ill_named;
  for (std::size_t c = sample.n_fields; c < sample.columns.size(); ++c) {
    bool named = false, held = false;
    for (std::size_t row = 0; row < sample.rows.size(); ++row) {
      const auto& cell = sample.rows[row][c];
      const Entry* entry = cell && cell->size() >= 3 ? entry_of(entries, sample, row) : nullptr;
      if (entry == nullptr) continue;
      for (const auto& [name, text] : entry->values) {
        if (text != *cell) continue;
        held = true;
        named = named || letters_of(name).find(letters_of(sample.columns[c])) != std::string::npos;
      }
    }
    if (held) (named ? well_named : ill_named).push_back(c);
  }
  const auto is_named = [&](std::size_t c) {
    return std::any_of(run.exchanges.begin(), run.exchanges.end(), [&](const Exchange& at) { return letters_of(at.request.body + kit::url_decode(at.request.path)).find(letters_of(sample.columns[c])) != std::string::npos; });
  };
  if (well_named.empty() && !ill_named.empty() && std::none_of(ill_named.begin(), ill_named.end(), is_named))
    problems.push_back(name_of(ill_named.front()) + " goes out under another name; where the vendor knows only certain ones, the manifest's custom_fields.name_pattern says so");
  if (!well_named.empty()) {
    for (const std::size_t c : ill_named) problems.push_back(name_of(c) + " is in the account under another name");
  }
  // Stored twice: two entries of one list that hold the same row.
  for (std::size_t row = 0; row < sample.rows.size(); ++row) {
    const auto columns = telling_columns(sample, row);
    std::map<std::string, int> times;
    for (const Entry& entry : entries) {
      const bool all = !columns.empty() && std::all_of(columns.begin(), columns.end(), [&](std::size_t c) { return holds_cell(entry, *sample.rows[row][c]); });
      if (all) ++times[entry.container];
    }
    for (const auto& [container, count] : times) {
      if (count > 1 && container.ends_with("*")) problems.push_back("row " + std::to_string(row) + " stands in the account " + std::to_string(count) + " times");
    }
  }
  for (const Exchange& at : run.exchanges) {
    if (at.where.op != SWB_IMPORT || at.where.step != 0) continue;
    const auto sent_entries = entries_of(at.request.body);
    for (std::size_t row = 0; row < at.contacts.rows.size(); ++row) {
      const Entry* const of_row = entry_of(sent_entries, at.contacts, row);
      for (std::size_t c = 0; c < sample.n_fields && of_row != nullptr; ++c) {
        const std::string type = fields[c]["type"].string_or("");
        const bool invents = !at.contacts.rows[row][c] && (type == "boolean" || type == "int" || type == "number") && std::any_of(of_row->values.begin(), of_row->values.end(), [&](const auto& value) {
          return letters_of(value.first) == letters_of(sample.columns[c]) && (value.second == "true" || value.second.find_first_of("123456789") != std::string::npos);
        });
        if (invents) problems.push_back("row " + std::to_string(row) + " has no " + sample.columns[c] + ", but one is sent for it");
      }
      const auto columns = telling_columns(at.contacts, row);
      std::map<std::string, int> times;
      for (const Entry& entry : sent_entries) {
        const bool all = !columns.empty() && std::all_of(columns.begin(), columns.end(), [&](std::size_t c) { return holds_cell(entry, *at.contacts.rows[row][c]); });
        if (all) ++times[entry.container];
      }
      for (const auto& [container, count] : times) {
        if (count > 1 && container.ends_with("*") && times.size() == 1) problems.push_back("row " + std::to_string(row) + " stands in the request " + std::to_string(count) + " times");
      }
    }
  }
  judge_freshness(subject, run, [](std::size_t row) { return "row " + std::to_string(row); }, problems);
  results.judge("account_matches", problems, counted(compared, "contact") + " of the account compared, value by value",
                {.tried = entries.size(), .untried = "the emulator's dump lists no contacts to compare with", .is_odd = true});
}

namespace {

/// Which columns an account holds, row after row.
class Columns {
 public:
  explicit Columns(std::size_t count) : letters(count), kept(count), lost(count), named(count), unnamed(count) {}

  void look_at(const Contacts& contacts, std::size_t row, const Entry& entry, const std::string& dump) {
    for (std::size_t c = 0; c < letters.size(); ++c) {
      const auto& cell = contacts.rows[row][c];
      if (!cell || cell->size() < 3) continue;  // shorter ones stand everywhere
      if (dump.find(*cell) != std::string::npos) ++letters[c];
      (holds_cell(entry, *cell) ? kept : lost)[c].push_back(row);
      // Where a member bears the column's name, that one holds it.
      const bool borne = std::any_of(entry.values.begin(), entry.values.end(), [&](const auto& value) { return letters_of(value.first) == letters_of(contacts.columns[c]) && holds(value.second, *cell); });
      if (texts_of(*cell).size() == 1) (borne ? named : unnamed)[c].push_back(row);
    }
  }
  /// The first row that a column is missing of, although others have it; nullopt: there is none.
  std::optional<std::size_t> missing(std::size_t c) const { return kept[c].empty() || lost[c].empty() ? std::nullopt : std::optional(lost[c].front()); }
  std::optional<std::size_t> misplaced(std::size_t c) const { return named[c].empty() || unnamed[c].empty() ? std::nullopt : std::optional(unnamed[c].front()); }
  /// Whether the dump holds what was looked at as it was handed in; what is written otherwise there, such as quotes, is seldom a reason.
  bool to_the_letter(std::size_t c) const { return lost[c].empty() && !kept[c].empty() && letters[c] == kept[c].size(); }
  std::size_t size() const { return letters.size(); }

 private:
  std::vector<std::size_t> letters;                                ///< how often it stands in the dump word for word
  std::vector<std::vector<std::size_t>> kept, lost, named, unnamed;  ///< rows
};

/// Whether an id stands in the account, and with somebody else alone.
bool names_another(const std::vector<Entry>& entries, const Contacts& contacts, std::size_t row, const Entry& own, const std::string& id) {
  if (id.size() < 4) return false;
  const auto columns = telling_columns(contacts, row);
  bool anywhere = false;
  for (const Entry& entry : entries) {
    if (std::none_of(entry.values.begin(), entry.values.end(), [&](const auto& value) { return value.second == id; })) continue;
    anywhere = true;
    const bool of_the_row = std::all_of(columns.begin(), columns.end(), [&](std::size_t c) { return holds_cell(entry, *contacts.rows[row][c]) || !holds_cell(own, *contacts.rows[row][c]); });
    if (of_the_row) return false;
  }
  // An id that stands apart from the contacts, such as that of an import, says nothing.
  return anywhere && std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    const bool named = std::any_of(entry.values.begin(), entry.values.end(), [&](const auto& value) { return value.second == id; });
    if (!named) return false;
    for (std::size_t other = 0; other < contacts.rows.size(); ++other) {
      if (other == row) continue;
      const auto theirs = telling_columns(contacts, other);
      if (!theirs.empty() && holds_cell(entry, *contacts.rows[other][theirs.front()])) return true;
    }
    return false;
  });
}

}  // namespace

void judge_freshness(const Subject& subject, const Run& run, const std::function<std::string(std::size_t)>& name, std::vector<std::string>& problems) {
  const auto all_are = [](const Run& imported, std::uint32_t result) {
    return imported.ok() && !imported.fates.empty() && std::all_of(imported.fates.begin(), imported.fates.end(), [&](const Outcome& fate) { return fate.result == result; });
  };
  const auto first = std::find_if(subject.runs.begin(), subject.runs.end(), [](const Run& other) { return !other.exchanges.empty() && other.exchanges.front().where.op == SWB_IMPORT; });
  const bool some_created = std::any_of(run.fates.begin(), run.fates.end(), [](const Outcome& fate) { return fate.result == SWB_CREATED; });
  if (!run.ok() || !(some_created || (first != subject.runs.end() && all_are(*first, SWB_CREATED)))) return;
  for (std::size_t row = 0; row < run.fates.size(); ++row) {
    const std::uint32_t result = run.fates[row].result;
    if (result == SWB_UPDATED || result == SWB_UNCHANGED)
      problems.push_back(name(row) + " is called " + result_name(result) + ", although the account was empty: it was sent twice, or its own answer was passed over");
  }
}

void judge_columns(const Contacts& contacts, const Run& run, const std::string& dump, const std::function<std::string(std::size_t)>& name, std::vector<std::string>& problems) {
  const std::vector<Entry> entries = entries_of(dump);
  if (entries.empty() || !run.ok()) return;
  Columns columns(contacts.columns.size());
  std::vector<std::size_t> passed_over;
  for (std::size_t row = 0; row < run.fates.size(); ++row) {
    if (!delivered(run.fates[row].result)) continue;
    const bool looked_up = row < 6 || row % 5 == 4 || row + 5 >= run.fates.size();  // to look for each takes long
    if (!looked_up) {
      passed_over.push_back(row);
    } else if (const Entry* entry = entry_of(entries, contacts, row); entry == nullptr) {
      problems.push_back(name(row) + " is " + result_name(run.fates[row].result) + ", but the account holds nothing of it");
    } else {
      columns.look_at(contacts, row, *entry, dump);
      if (const auto& id = run.fates[row].vendor_id; id && names_another(entries, contacts, row, *entry, *id)) problems.push_back(name(row) + " is given the id of another contact");
    }
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (const auto row = columns.missing(c)) problems.push_back(contacts.columns[c] + " of " + name(*row) + " is not in the account as it was handed in");
    else if (const auto other = columns.misplaced(c)) problems.push_back(contacts.columns[c] + " of " + name(*other) + " is in the account under another name than with others");
  }
  // Of the others at least what the dump holds word for word of those.
  for (const std::size_t row : passed_over) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const auto& cell = contacts.rows[row][c];
      if (cell && cell->size() >= 3 && columns.to_the_letter(c) && dump.find(*cell) == std::string::npos)
        problems.push_back(contacts.columns[c] + " of " + name(row) + " is not in the account, although it is called " + result_name(run.fates[row].result));
    }
  }
}

/// More rows than a sample: later requests, later pages.
void check_many_rows(Subject& subject, Results& results) {
  const QuietHost quiet;
  std::vector<std::string> problems;
  if (!subject.library.sandbox()) return;
  constexpr std::int64_t kMost = 230;
  const auto limit = count_of(subject.library.manifest()["limits"]["records_per_request"], 100);
  const auto rows = static_cast<std::uint32_t>(std::clamp<std::int64_t>(limit, 3, kMost));
  const Contacts contacts = sample_contacts(subject.library.manifest(), rows, 1000);
  const auto account = subject.account();
  const Run run = subject.import(contacts, account.get());
  for (const std::string& error : run.errors) problems.push_back(error);
  const auto of_all = [&](std::size_t row) { return "row " + std::to_string(row) + " of " + std::to_string(rows); };
  for (std::size_t row = 0; row < run.fates.size() && run.ok(); ++row) {
    if (!delivered(run.fates[row].result)) problems.push_back("a valid contact (" + of_all(row) + ") ends as " + result_name(run.fates[row].result));
  }
  judge_freshness(subject, run, of_all, problems);
  judge_columns(contacts, run, account->dump().text, of_all, problems);
  if (run.ok() && subject.library.offers(SWB_RECONCILE)) {
    Simulation question(subject.library, *subject.session, *account, subject.settings);
    const Run found = question.run(SWB_RECONCILE, contacts);
    const Run few = question.run(SWB_RECONCILE, contacts.slice(0, std::min<std::uint32_t>(rows, 5)));
    const auto all_found = [](const Run& asked) { return asked.ok() && std::all_of(asked.fates.begin(), asked.fates.end(), [](const Outcome& fate) { return delivered(fate.result); }); };
    if (all_found(few) && found.ok() && std::none_of(found.fates.begin(), found.fates.end(), [](const Outcome& fate) { return delivered(fate.result); }))
      problems.push_back("reconcile finds 5 contacts, and of " + std::to_string(rows) + " asked for at once none");
    for (std::size_t row = 0; row < found.fates.size() && found.ok(); ++row) {
      if (delivered(run.fates[row].result) && (found.fates[row].result == SWB_ABSENT || found.fates[row].result == SWB_RESEND))
        problems.push_back("row " + std::to_string(row) + " of " + std::to_string(rows) + " was imported, yet reconcile says " + result_name(found.fates[row].result) + ": it would be sent twice");
    }
    const Contacts others = sample_contacts(subject.library.manifest(), std::min<std::uint32_t>(rows, 12), 9000);
    const Run missing = question.run(SWB_RECONCILE, others);
    for (std::size_t row = 0; row < missing.fates.size() && missing.ok(); ++row) {
      if (delivered(missing.fates[row].result))
        problems.push_back("a contact that is not among the " + std::to_string(rows) + " of the account is " + result_name(missing.fates[row].result) + ": it would never be sent");
    }
  }
  results.judge("many_rows", problems, counted(rows, "row") + " in " + counted(run.exchanges.size(), "request"));
}

}  // namespace switchboard::conformance
