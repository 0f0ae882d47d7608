#include "host/cli/final_report.h"

#include "core/base/output_file.h"
#include "core/report/formats.h"
#include "host/cli/exit_code.h"

namespace switchboard::cli {
namespace {

Result<int> deliver_reports(const std::vector<jobs::NamedFile>& files, Terminal& terminal,
                            const std::vector<report::Report>& reports) {
  std::vector<int> codes;
  for (const auto& report : reports) codes.push_back(report.job.exit_code);
  const int exit_code = report::most_serious(codes);
  terminal.print(report::format_named(terminal.json() ? "json" : "text")->write(reports, terminal.colour_out()));
  for (const auto& file : files) {
    const std::string content = report::format_of_file(file.path)->write(reports, false);  // the ending was looked at
    if (auto done = write_file(file.path, content); !done) return done.error();
    terminal.note("Report: " + file.shown);
  }
  return exit_code;
}

int say_stopped(EndReason why, Terminal& terminal) {
  terminal.note("Stopped before anything was sent.");
  return exit_code_of(why);
}

}  // namespace

Result<int> unless_stopped(Error error, const jobs::StopButton& stop, Terminal& terminal) {
  if (const auto why = stop.reason()) return say_stopped(*why, terminal);
  return error;
}

Result<int> deliver(const std::vector<jobs::NamedFile>& report_files, Terminal& terminal, const jobs::Ended& ended) {
  if (ended.stopped) return say_stopped(*ended.stopped, terminal);
  if (!ended.nothing_to_do.empty()) {
    terminal.note(ended.nothing_to_do);
    return kDone;
  }
  if (ended.trouble && ended.reports.empty()) return *ended.trouble;
  auto exit_code = deliver_reports(report_files, terminal, ended.reports);
  if (ended.trouble) return *ended.trouble;
  return exit_code;
}

}  // namespace switchboard::cli
