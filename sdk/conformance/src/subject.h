#pragma once

#include <switchboard/conformance/conformance.h>
#include <switchboard/conformance/harness.h>
#include <switchboard/conformance/simulation.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace switchboard::conformance {

/// What is said of a check that found no problem, beside its result.
struct Remarks {
  std::vector<std::string> doubts = {};  ///< what may be meant, and may not: the first is something to look at
  std::size_t tried = 1;                 ///< how much the check put to the connector
  std::string untried = "";              ///< told where that was nothing: a check that tried nothing is not to look as if all were well
  bool is_odd = false;                   ///< …although the connector has what the check is about: something to look at
};

/// Takes results as they come, so that a crash later on loses none.
class Results {
 public:
  using Sink = std::function<void(const CheckResult&)>;
  using Begin = std::function<void(const std::string& check)>;
  Results(Begin begin, Sink sink) : begin_(std::move(begin)), sink_(std::move(sink)) {}

  void begin(const std::string& check) { begin_(check); }
  void pass(const std::string& check, const std::string& detail) { sink_({check, true, false, detail}); }
  void warn(const std::string& check, const std::string& detail) { sink_({check, true, true, detail}); }
  void fail(const std::string& check, const std::string& detail) { sink_({check, false, false, detail}); }
  /// Fails with the first few problems, passes with `fine` where there are none.
  void judge(const std::string& check, const std::vector<std::string>& found, const std::string& fine, const Remarks& remarks = {});

 private:
  Begin begin_;
  Sink sink_;
};

/// The connector under judgement, opened with sample settings.
struct Subject {
  const Library& library;
  CheckOptions options;
  std::string settings;
  std::string account_options;
  std::unique_ptr<Session> session;
  Contacts sample;
  /// One exchange for each operation and step that was reached (through the sandbox, else step 0 only).
  std::vector<Exchange> positions;

  /// What went through the emulator while the positions were gathered.
  std::vector<Run> runs;
  /// An import as large as may be, and the question about it: with fewer rows there may be no second page, and no mark that leads to it.
  std::vector<Run> large_runs;
  /// Whether a process that loaded the library anew, at other addresses, put out other bytes for the same calls.
  bool differs_elsewhere = false;
  /// What a session with another value of each setting says in a process in which it is the first of all, as a hash.
  std::vector<std::string> said_first;
  /// Recorded answers of the connector's own tests: file name and answer.
  std::vector<std::pair<std::string, Response>> answers;

  std::unique_ptr<Account> account() const;
  /// `contacts` into a new account or, where one is given, into that one.
  Run import(const Contacts& contacts, Account* account = nullptr, std::int64_t shift_ms = 0) const;
};

/// What an account is opened with: these switches, and no credential of its own.
std::string account_options_with(const std::string& switches_json);

/// A number of the manifest, plain or as {"value": 100, "source": "seed"}.
inline std::int64_t count_of(const kit::Json& number, std::int64_t fallback) {
  return (number.is_object() ? number["value"] : number).int_or(fallback);
}

/// What runs in one child: a function that gives the results of these checks.
struct Check {
  std::vector<const char*> names;
  Level level;
  void (*run)(Subject&, Results&);
  bool threads = false;  ///< starts some, and changes the locale
};

/// All that run after the session was opened, in the order of the scorecard.
const std::vector<Check>& all_checks();
Level level_of(const std::string& check);

// ---- Before: in the process that loads the library ----
void check_file(const LibraryFile& file, const kit::Json& manifest, Results& results);
void check_table(const Library& library, Results& results);
void check_manifest(const kit::Json& manifest, Results& results);
/// Opens the session; false where nothing further can be judged.
bool check_settings(Subject& subject, Results& results);
/// What a session with another value of this setting sends, as a hash; empty: none could be opened.
std::string said_with_another(const Library& library, const std::string& settings, const Contacts& sample, const kit::Json& setting);
/// Imports, asks and looks up in the emulator: gathers the positions that the other checks go through.
void check_sandbox(Subject& subject, Results& results);

}  // namespace switchboard::conformance
