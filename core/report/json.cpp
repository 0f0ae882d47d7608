#include "core/base/json_text.h"
#include "core/base/time_text.h"
#include "core/report/report.h"
#include "core/report/source_json.h"
#include "core/report/wording.h"
#include "core/report/writers.h"

namespace switchboard::report {
namespace {

void write_time(JsonWriter& json, std::string_view name, std::int64_t ms) {
  json.new_line().key(name);
  if (ms == 0)
    json.null();
  else
    json.string(iso8601_utc(ms));
}

void write_reasons(JsonWriter& json, std::string_view name, const std::vector<Reason>& reasons,
                   bool with_outcome) {
  json.new_line().key(name).begin_array();
  for (const auto& reason : reasons) {
    json.begin_object().member("code", reason.code);
    if (with_outcome) json.member("outcome", name_of(reason.outcome));
    json.member("count", reason.count).key("rows").begin_array();
    for (const RowId row : reason.rows) row.part == 0 ? json.number(row.row) : json.string(row.text());
    json.end_array().member("message", reason.message).end_object();
  }
  json.end_array();
}

void write_source(JsonWriter& json, const ledger::JobInfo& job) {
  json.new_line().key("source");
  if (!job.source_json.empty()) {
    json.raw(job.source_json);
    return;
  }
  json.begin_object().member("name", job.source_name).member("sha256", job.source_sha256);
  json.member("bytes", job.source_bytes).end_object();
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.new_line().key(name).begin_array();
  for (const auto& text : texts) json.string(text);
  json.end_array();
}

void write_members(JsonWriter& json, const Report& report) {
  const ledger::JobInfo& job = report.job;
  json.member("schema", "switchboard.report/1").member("job", job.id).member("state", name_of(job.state));
  // A job that runs, or was killed, has none.
  job.state == ledger::JobState::Running ? json.key("exit_code").null() : json.member("exit_code", job.exit_code);
  json.new_line().key("connector").begin_object();
  json.member("id", job.connector_id).member("version", job.connector_version).end_object();
  write_source(json, job);
  json.new_line().key("mapping").raw(job.mapping_json.empty() ? "[]" : job.mapping_json);
  const SourceTold source = read_source(job.source_json);
  const MappingTold& told = source.mapping;
  write_texts(json, "columns_not_sent", told.columns_not_sent);
  std::vector<std::string> notes = told.notes;
  notes.insert(notes.end(), source.notes.begin(), source.notes.end());
  write_texts(json, "notes", notes);
  if (told.consent_ignored) json.new_line().key("consent_ignored").boolean(true);
  json.new_line().key("rows").begin_object().member("read", job.rows_read);
  for (auto outcome : outcomes_in_order()) json.member(name_of(outcome), report.rows[outcome]);
  json.end_object().new_line().key("requests").begin_object().member("sent", job.requests_sent);
  json.member("retried", job.requests_retried).member("waited_ms", job.waited_ms).end_object();
  write_reasons(json, "reasons", report.reasons, true);
  write_reasons(json, "warnings", report.warnings, false);
  json.new_line().key("files").begin_object();
  if (!job.rejects_path.empty()) json.member("rejects", job.rejects_path);
  json.end_object();
  write_time(json, "started_at", job.started_ms);
  write_time(json, "finished_at", job.finished_ms);
  json.new_line().member("account", job.account);
  if (!source.phone_plans.empty()) json.new_line().member("phone_plans", source.phone_plans);
  if (report.contacts) {
    json.new_line().key("contacts").begin_object().member("read", report.contacts->sum());
    for (auto outcome : outcomes_in_order()) json.member(name_of(outcome), (*report.contacts)[outcome]);
    json.end_object();
  }
  if (!job.stop_message.empty()) json.new_line().member("message", job.stop_message);
  if (!report.resume_command.empty() && !report.dry_run) json.new_line().member("resume", report.resume_command);
}

}  // namespace

std::string to_json(const Report& report) {
  JsonWriter json;
  json.begin_object();
  write_members(json, report);
  return json.end_object().take();
}

std::string to_json(const std::vector<Report>& reports, int exit_code) {
  JsonWriter json;
  json.begin_object()
      .member("schema", "switchboard.report/1")
      .member("exit_code", exit_code)
      .key("jobs")
      .begin_array();
  for (const auto& report : reports) {
    json.new_line().begin_object();
    write_members(json, report);
    json.end_object();
  }
  return json.end_array().end_object().take();
}

}  // namespace switchboard::report
