#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/report/report.h"

/// What writes each form of the report; formats.cpp has the table of them.
namespace switchboard::report {

/// At most 25 lines for whoever ran the job: what happened, why, what to do now. Ends in a line end.
std::string to_text(const Report& report, bool colour);
/// One object, one line a member, no line end at the end.
std::string to_json(const Report& report);
/// {"schema", "exit_code", "jobs": […]} for several jobs of one command.
std::string to_json(const std::vector<Report>& reports, int exit_code);
/// One self-contained page; loads nothing from outside.
std::string to_html(const std::vector<Report>& reports);

/// One line a row: {"row", "line", "outcome", "code", "field", "vendor_id", "message"}, to `write`, in row
/// order, without the line end; where it returns false, no more is wanted. Rows that no batch holds yet are pending,
/// their line null. A row of several contacts has a line for each: "row" is "17a", "17b".
Result<void> write_ndjson(ledger::JobJournal& journal, const std::function<bool(std::string_view line)>& write);

}  // namespace switchboard::report
