#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/display_text.h"
#include "core/report/report.h"
#include "core/report/source_json.h"

/// What the text and the page say in the same words.
namespace switchboard::report {

/// "850 ms", "12.4 s", "3 min 20 s", "2 h 5 min"
std::string duration_text(std::uint64_t ms);
/// "exit code 3", "still running, or killed".
std::string exit_code_text(const ledger::JobInfo& job);
/// "row 17", "rows 17, 23, 40 and 37 more"; lists `shown` at most.
std::string rows_text(const Reason& reason, std::size_t shown);

/// What was said; with the row in front where it holds for the first row only: "row 19: …".
std::string message_text(const Reason& reason);

/// A sentence about the file and its mapping as a whole.
struct Told {
  std::string_view before;  ///< "Note: " of the file
  std::string text;
};
/// What was left out or guessed, at most `most` sentences of the mapping and as many of the file. Columns that were not sent are not
/// among them.
std::vector<Told> told_sentences(const SourceTold& source, std::size_t most);

/// The job stopped because its source is not what it was.
bool ended_by_drift(const ledger::JobInfo& job);

enum class Tone { Good, Mixed, Bad };
struct Verdict {
  Tone tone = Tone::Good;
  std::string sentence;  ///< "Finished: 1,050 of 1,199 rows are with truedy; 100 were rejected."
};
Verdict verdict_of(const Report& report);
/// Something to do: a sentence and, where there is one, the command for it.
struct Step {
  std::string text, command;
};
/// What to do now, most urgent first; empty: nothing.
std::vector<Step> next_steps(const Report& report);
/// "Rows hold several people, 230 contacts: 200 created, 30 rejected", where they do.
std::string contacts_text(const Report& report);
/// In the order of importance to a reader.
const std::vector<Outcome>& outcomes_in_order();

}  // namespace switchboard::report
