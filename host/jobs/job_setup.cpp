#include "host/jobs/job_setup.h"

#include <algorithm>
#include <chrono>
#include <random>

#include "core/base/absolute_path.h"
#include "core/base/display_text.h"
#include "core/base/sha256.h"
#include "core/input/survey.h"
#include "core/mapping/rows/mapping_notes.h"
#include "core/mapping/rows/merge.h"
#include "core/mapping/rows/refusals.h"
#include "core/report/source_json.h"
#include "host/jobs/phone_engine.h"
#include "host/jobs/source_setup.h"
#include "host/jobs/suppression.h"

namespace switchboard::jobs {
namespace {

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : ", ") + items[i];
  return text;
}

/// FIELD=COLUMN of --field. With several connectors, those go to a connector that it knows.
Result<std::vector<std::pair<std::string, std::string>>> fields_by_hand(const JobRequest& request,
                                                                        const mapping::Manifest& manifest, bool alone) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const std::string& text : request.field) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
      return usage_error("--field needs FIELD=COLUMN, not \"" + text + "\".", "For example: --field \"phone=Mobile Phone\"");
    const std::string field = text.substr(0, equals);
    if (alone || manifest.field(field) != nullptr) fields.emplace_back(field, text.substr(equals + 1));
  }
  return fields;
}

/// `notes`: what is to be said in the report.
Result<engine::RunOptions> run_options(const JobRequest& request, std::vector<std::string>& notes,
                                       const contact::NumberingPlan& plan, const CancelToken* cancel) {
  for (const auto& [option, number] : {std::pair("concurrency", request.concurrency), std::pair("batch-size", request.batch_size)})
    if (number == 0u) return usage_error("--" + std::string(option) + " 0 makes no sense.", "Give at least 1.");
  engine::RunOptions run;
  run.limit = request.limit;
  run.concurrency = request.concurrency;
  run.batch_size = request.batch_size;
  run.max_errors = request.max_errors;
  run.duplicates = request.duplicates;
  run.only_new = request.only_new;
  run.resend_unknown = request.resend_unknown;
  if (request.suppress.given()) {
    auto list = load_suppression(request.suppress.path, request.region, request.suppress_partly, plan, cancel);
    if (!list) return list.error();
    if (list->unread > 0)
      notes.push_back(std::to_string(list->unread) + " of " + counted(list->lines, "line") + " of the suppression list " +
                      request.suppress.shown + " cannot be read and " + (list->unread == 1 ? "holds" : "hold") +
                      " nobody back (--suppress-partly): " + lines_text(*list) + ".");
    run.suppressed = std::move(list->holds);
  }
  return run;
}

/// Tells whether a resumed job would still send the same: the mapping and what else decides about values.
std::string mapping_hash(const mapping::Mapping& mapping, const std::string& region) {
  return sha256_hex(mapping.canonical_text() + "\nregion " + region);
}

/// --custom-columns: "all", names, or names with commas between. A column whose name has a comma is given by itself.
mapping::CustomColumns custom_columns(const JobRequest& request, const std::vector<std::string>& columns) {
  mapping::CustomColumns custom;
  for (const std::string& value : request.custom_columns) {
    if (value == "all") {
      custom.all = true;
    } else if (std::find(columns.begin(), columns.end(), value) != columns.end()) {
      custom.named.push_back(value);
    } else {
      for (std::size_t begin = 0; begin <= value.size();) {
        const std::size_t end = std::min(value.find(',', begin), value.size());
        if (end > begin) custom.named.push_back(value.substr(begin, end - begin));
        begin = end + 1;
      }
    }
  }
  return custom;
}

/// --duplicates merge: what later rows add to the first of each contact. Reads the source twice. Cancelled: Unavailable.
Result<mapping::MergedRows> merged_rows(const input::Source& source, const mapping::Mapper& mapper,
                                        std::optional<std::uint64_t> limit, const CancelToken* cancel) {
  mapping::MergedRows rows;
  for (const bool counts : {true, false}) {
    auto reader = source.read();
    if (!reader) return reader.error();
    Record record;
    std::vector<mapping::MappedContact> contacts;
    for (std::uint64_t row = 1; !limit || row <= *limit; ++row) {
      const auto more = (*reader)->next(record);
      if (!more || !*more) break;  // the run meets the damage again and says so
      if (is_cancelled(cancel)) return Error{ErrorKind::Unavailable, "Stopped while the rows to merge were looked for.", ""};
      mapper.map_all(record, contacts);
      for (const auto& [contact, issues, good] : contacts) {
        if (good) counts ? rows.count(contact) : rows.add(contact);
      }
    }
    if (counts) rows.end_of_count();
    if (rows.empty()) break;
  }
  return rows;
}

/// Another one for each job of a command, so that their ids differ.
std::uint32_t next_seed() {
  static std::uint32_t seed = std::random_device{}();
  return seed++;
}

}  // namespace

Result<mapping::Proposal> propose_mapping(const JobRequest& request, const mapping::Manifest& manifest,
                                          const std::map<std::string, std::string>& settings, const input::Source& source,
                                          bool alone, const CancelToken* cancel) {
  auto by_hand = fields_by_hand(request, manifest, alone);
  if (!by_hand) return by_hand.error();
  auto samples = sample_columns(source);
  if (!samples) return samples.error();
  const auto& columns = source.info().columns;
  const auto custom = custom_columns(request, columns);
  if (request.map.given())
    return mapping::load_mapping(manifest, request.map.path, columns, *samples, *by_hand, settings, custom, request.people, cancel);
  return mapping::propose(manifest, columns, *samples, *by_hand, settings, custom, request.people);
}

MappedTarget map_target(const JobRequest& request, std::unique_ptr<Target> target, const input::Source& source, bool alone, bool sends,
                        const CancelToken* cancel) {
  const auto& manifest = target->manifest();
  auto proposal = propose_mapping(request, manifest, target->settings, source, alone, cancel);
  MappedTarget mapped{std::move(target), std::move(proposal), {}, nullptr, std::unique_ptr<mapping::Mapper>(), {}};
  if (!mapped.proposal) return mapped;
  mapping::note_number_cells(mapped.proposal->mapping, source.info().column_contents, mapped.proposal->notes);
  const auto plan = plan_of(request.phone_engine);
  if (!plan) {
    mapped.mapper = plan.error();
    return mapped;
  }
  mapped.plan = *plan;
  mapping::MapOptions& options = mapped.options;
  options.plan = *plan;
  options.region = request.region;
  options.column_contents = source.info().column_contents;
  options.settings = mapped.target->settings;
  options.reach = request.suppress.given();
  options.content = sends || request.only_new;
  options.ignore_consent = request.ignore_consent;
  options.names_tell_apart = request.shared_numbers == SharedNumbers::Send;
  auto mapper = mapping::Mapper::create(manifest, mapped.proposal->mapping, source.info().columns, options);
  if (mapper) {
    mapped.mapper = std::make_unique<mapping::Mapper>(std::move(*mapper));
  } else {
    mapped.mapper = mapper.error();
  }
  return mapped;
}

Result<std::unique_ptr<Job>> set_up_job(const JobRequest& request, Operation operation, MappedTarget mapped, const input::Source& source,
                                        const input::Survey& survey, bool spooled, const CancelToken* cancel) {
  auto job = std::make_unique<Job>();
  job->target = std::move(mapped.target);
  const auto& manifest = job->target->manifest();
  if (!mapped.proposal) return mapped.proposal.error();
  job->proposal = std::move(*mapped.proposal);
  // A list that is empty and names no columns (JSON: []) lacks none.
  const bool is_empty = source.info().columns.empty() && survey.records == 0;
  if (!job->proposal.missing.empty() && !is_empty) {
    std::string hint;
    for (const auto& text : job->proposal.hints) hint += text + " ";
    return usage_error(source.info().name + " has no column for what " + manifest.name + " needs: " + listed(job->proposal.missing) +
                     ". Its columns are: " + listed(source.info().columns) + ".",
                 hint + "Name the column with --field FIELD=COLUMN; `switchboard map` shows what was matched.");
  }
  if (!mapped.mapper) return mapped.mapper.error();
  job->mapper = std::move(*mapped.mapper);
  job->mapper->obey(std::move(mapped.refusals));
  auto run = run_options(request, job->proposal.notes, *mapped.plan, cancel);
  if (!run) return run.error();
  job->run = std::move(*run);
  if (job->run.duplicates == engine::Duplicates::Merge) {
    auto merged = merged_rows(source, *job->mapper, job->run.limit, cancel);
    if (!merged) return merged.error();
    job->mapper->merge(std::move(*merged));
    job->run.duplicates = engine::Duplicates::First;
  }
  job->run.same_fields = manifest.limits.same_fields.holds(job->target->settings);
  job->run.first_alone = manifest.limits.first_alone.holds(job->target->settings);

  ledger::JobInfo& info = job->info;
  info.started_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  info.id = ledger::make_job_id(info.started_ms, manifest.id, next_seed());
  info.operation = operation;
  info.connector_id = manifest.id;
  info.connector_version = manifest.version;
  info.account = job->target->account(info.id);
  info.profile = request.profile ? request.profile->name : "";
  info.source_name = survey.info.name;
  info.source_path = survey.info.path == "-" ? survey.info.path : absolute_path(survey.info.path);
  info.source_sha256 = survey.info.sha256;
  info.source_spooled = spooled;
  info.source_bytes = survey.info.bytes;
  info.source_json = report::source_json(survey.info, job->proposal.mapping.understanding.profile,
                                         mapped.plan->version(),
                                         {job->proposal.unmapped, job->proposal.notes, request.ignore_consent});
  std::vector<report::MappingLine> lines;
  for (const auto& row : job->proposal.rows) lines.push_back({row.column, row.field, row.score, row.reason});
  info.mapping_json = report::mapping_json(lines);
  info.mapping_hash = mapping_hash(job->proposal.mapping, mapped.options.region);
  info.rows_read = std::min<std::uint64_t>(survey.records, job->run.limit.value_or(survey.records));
  return job;
}

Result<void> mark_credential(Job& job, ledger::SentIndex& sent) {
  if (!job.target->identifying_secrets) return {};
  auto mark = sent.credential_mark(*job.target->identifying_secrets);
  if (!mark) return mark.error();
  job.info.credential = std::move(*mark);
  return {};
}

ledger::Repetition forbidden_beside(const JobRequest& request, const Job& job) {
  const auto& promise = job.target->manifest().promise;
  if (!promise.reimport_duplicates || request.again) return ledger::Repetition::Allowed;
  if (const auto& when = promise.reimport_duplicates_when; !when.empty() && !when.holds(job.target->settings))
    return ledger::Repetition::Allowed;
  return job.run.only_new ? ledger::Repetition::OfRows : ledger::Repetition::OfSource;
}

Error refusal(const Job& job, const ledger::JobInfo& other, bool running, ledger::JobStore& jobs,
              const std::string& resume) {
  const std::string& vendor = job.target->manifest().name;
  if (running)
    return usage_error("Job " + other.id + " is sending to this account right now" +
                     (job.run.only_new ? ", and nobody can say yet which contacts are new" : ", from this very file") + "; " +
                     vendor + " would store them a second time.",
                 "Wait until it has finished, then import with --only-new.");
  auto counts = jobs.counts(other.id);
  if (!counts) return counts.error();
  return usage_error("This very file was imported into this account before (job " + other.id + "), and " + vendor +
                   " would store its contacts a second time.",
               std::string(counts->open() > 0 ? "That job is not done with some of its rows: `" + resume + " " + other.id + "` goes on. " : "") +
                   "--only-new sends what is new, --again sends everything again.");
}

Result<void> refuse_repetition(const JobRequest& request, const Job& job, ledger::Ledger& ledger, const std::string& resume) {
  if (forbidden_beside(request, job) != ledger::Repetition::OfSource) return {};
  auto earlier = ledger.sent().sent_before(job.info);
  if (!earlier) return earlier.error();
  if (!*earlier) return {};
  return refusal(job, **earlier, false, ledger.jobs(), resume);
}

}  // namespace switchboard::jobs
