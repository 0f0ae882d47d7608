#include "host/cli/final_report.h"

#include <filesystem>

#include "core/base/output_file.h"
#include "core/report/report.h"
#include "host/cli/exit_code.h"

namespace switchboard::cli {
namespace {

Result<int> deliver_reports(const std::vector<jobs::NamedFile>& files, Terminal& terminal,
                            const std::vector<report::Report>& reports) {
  std::vector<int> codes;
  for (const auto& report : reports) codes.push_back(report.job.exit_code);
  const int exit_code = report::most_serious(codes);
  const std::string json = reports.size() == 1 ? report::to_json(reports[0]) : report::to_json(reports, exit_code);
  auto text = [&](bool colour) {
    std::string all;
    for (const auto& report : reports) {
      if (reports.size() > 1) all += (all.empty() ? "" : "\n") + report.job.account + "\n";
      all += report::to_text(report, colour);
    }
    return all;
  };
  terminal.print(terminal.json() ? json + "\n" : text(terminal.colour_out()));
  for (const auto& file : files) {
    const std::string ending = std::filesystem::path(file.path).extension().string();
    const std::string content = ending == ".json" ? json + "\n" : ending == ".html" ? report::to_html(reports) : text(false);
    if (auto done = write_file(file.path, content); !done) return done.error();
    terminal.note("Report: " + file.shown);
  }
  return exit_code;
}

}  // namespace

Result<int> deliver(const std::vector<jobs::NamedFile>& report_files, Terminal& terminal, const jobs::Ended& ended) {
  if (ended.stopped != 0) {
    terminal.note("Stopped before anything was sent.");
    return ended.stopped;
  }
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
