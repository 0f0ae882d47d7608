#include "core/base/display_text.h"
#include "core/base/json_text.h"
#include "host/cli/commands.h"
#include "host/cli/job_options.h"
#include "host/cli/signals.h"
#include "host/cli/ledger_options.h"
#include "host/jobs/preview_job.h"

namespace switchboard::cli {
namespace {

std::string as_json(const jobs::Previewed& previewed) {
  JsonWriter json;
  json.begin_object().member("schema", "switchboard.preview/1").key("requests").begin_array();
  for (const auto& request : previewed.requests) {
    json.new_line().begin_object().member("method", request.method).member("url", request.url);
    json.key("headers").begin_object();
    for (const auto& [name, value] : request.headers) json.member(name, value);
    json.end_object().member("body", request.body).end_object();
  }
  return json.end_array().end_object().take() + "\n";
}

std::string as_text(const jobs::Previewed& previewed) {
  std::string text;
  for (const auto& request : previewed.requests) {
    text += request.method + " " + request.url + "\n";
    for (const auto& [name, value] : request.headers) text += name + ": " + value + "\n";
    text += "\n" + request.body + "\n\n";
  }
  return text;
}

/// "Nothing to show for truedy: 12 rows skipped (row.already_delivered), 1 row rejected (phone.too_short)."
std::string why_empty(const jobs::Previewed::Empty& empty) {
  std::string reasons;
  for (const auto& held : empty.held_back)
    reasons += (reasons.empty() ? ": " : ", ") + counted(held.rows, "row") + " " + std::string(name_of(held.outcome)) + " (" + held.code + ")";
  if (reasons.empty()) return "Nothing to show for " + empty.connector + ": the file has no rows.";
  return "Nothing to show for " + empty.connector + reasons + ". `switchboard explain CODE` says what to do.";
}

}  // namespace

Result<int> run_preview(const Options& options, Terminal& terminal) {
  auto request = request_of(options, options.arguments()[0]);
  if (!request) return request.error();
  jobs::StopButton stop;
  Signals signals(stop);  // before any other thread
  auto spool = ledger_place(options).spool_directory(request->source);
  if (!spool) return spool.error();
  std::unique_ptr<ledger::Ledger> earlier;
  if (request->only_new) {
    auto ledger = ledger_place(options).open();
    if (!ledger) return ledger.error();
    earlier = std::move(*ledger);
  }
  auto previewed = jobs::preview(*request, *spool, earlier ? &earlier->sent() : nullptr, &stop.token());
  if (const auto stopped = stop.reason(); stopped && !previewed) return exit_code_of(*stopped);
  if (!previewed) return previewed.error();
  if (terminal.json())
    terminal.print(as_json(*previewed));
  else
    terminal.print_foreign(as_text(*previewed));
  terminal.note("Preview only: nothing was sent. Secrets are shown as [redacted].");
  for (const auto& empty : previewed->empty) terminal.note(why_empty(empty));
  for (const auto& name : previewed->not_asked)
    terminal.note("The setting " + name + " is shown as given; an import asks the vendor what it names before it sends.");
  return 0;
}

}  // namespace switchboard::cli
