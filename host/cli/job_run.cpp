#include "host/cli/job_run.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <utility>

#include "core/base/json_text.h"
#include "core/report/rejects.h"
#include "host/cli/progress.h"
#include "host/cli/write_file.h"
#include "host/connectors/connector.h"

namespace switchboard::cli {
namespace {

double roll() {
  static thread_local std::mt19937_64 dice{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(dice);
}

/// Rows in the ledger and records of the source in step: the rejected ones go into the file.
Result<bool> write_rejects(const std::string& path, const input::Source& source, ledger::Ledger& ledger,
                           const std::string& job_id) {
  report::RejectsShape shape;
  shape.info = source.info();
  shape.header_bytes = source.header_bytes();
  shape.encode = [&source](std::string_view text) { return source.encode(text); };
  std::unique_ptr<report::RejectsWriter> writer;
  std::unique_ptr<input::RecordReader> reader;
  Record record;
  Result<void> trouble;
  auto visit = [&](const ledger::BatchRecord& batch) {
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      if (batch.rows[i].outcome != Outcome::Rejected) continue;
      const std::uint64_t row = batch.first_row + i;
      if (!writer) {
        auto opened = source.read();
        if (!opened) return trouble = opened.error(), false;
        reader = std::move(*opened);
        auto created = report::RejectsWriter::create(path, shape);
        if (!created) return trouble = created.error(), false;
        writer = std::move(*created);
      }
      while (record.row < row) {
        auto more = reader->next(record);
        if (!more) return trouble = more.error(), false;
        if (!*more) return trouble = Error{ErrorKind::Drift, source.info().name + " became shorter during the run.", ""}, false;
      }
      const RowOutcome& outcome = batch.rows[i];
      if (auto added = writer->add(record, {row, outcome.code, outcome.field, outcome.message}); !added)
        return trouble = added, false;
    }
    return true;
  };
  if (auto done = ledger.for_each_batch(job_id, visit); !done) return done.error();
  if (!trouble) return trouble.error();
  if (!writer) return false;
  if (auto done = writer->finish(); !done) return done.error();
  return true;
}

/// The contacts as they go out, a line each (--contacts).
class ContactsFile {
 public:
  static Result<std::unique_ptr<ContactsFile>> open(const JobFiles& files, const std::vector<std::string>& columns,
                                                    const mapping::Manifest& manifest) {
    const std::string& path = files.contacts;
    const int mode = files.goes_on ? O_APPEND : O_TRUNC;
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0600);
    if (descriptor < 0)
      return Error{ErrorKind::Usage, "The file for --contacts, " + path + ", cannot be written.", "Check its directory."};
    auto file = std::make_unique<ContactsFile>();
    file->stream_ = fdopen(descriptor, files.goes_on ? "a" : "w");
    file->columns_ = columns;
    for (const auto& column : columns) {
      const auto* field = manifest.field(column);
      using enum mapping::FieldType;
      file->literal_.push_back(field && (field->type == Int || field->type == Number || field->type == Boolean ||
                                         field->type == List));
    }
    return file;
  }
  ~ContactsFile() {
    if (stream_) std::fclose(stream_);
  }
  void add(const mapping::Contact& contact) {
    JsonWriter json;
    json.begin_object().member("row", contact.row).key("contact").begin_object();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!contact.values[i]) continue;
      json.key(columns_[i]);
      literal_[i] ? json.raw(*contact.values[i]) : json.string(*contact.values[i]);
    }
    const std::string line = json.end_object().end_object().take() + "\n";
    std::fwrite(line.data(), 1, line.size(), stream_);
  }
  bool good() { return std::fflush(stream_) == 0 && !std::ferror(stream_); }

 private:
  std::FILE* stream_ = nullptr;
  std::vector<std::string> columns_;
  std::vector<bool> literal_;
};

std::string labelled(const std::filesystem::path& path, const std::string& label) {
  if (label.empty()) return path.string();
  const std::string name = path.filename().string();
  const std::size_t end = name.find(".rejects");
  const std::size_t at = end != std::string::npos ? end : std::min(name.rfind('.'), name.size());
  return (path.parent_path() / (name.substr(0, at) + "." + label + name.substr(at))).string();
}

}  // namespace

engine::Parts parts_of(const Job& job, const input::Source& source, ledger::Ledger& ledger) {
  engine::Parts parts;
  parts.connector = job.target->connector.get();
  parts.session = job.target->session.get();
  parts.source = &source;
  parts.mapper = job.mapper.get();
  parts.ledger = &ledger;
  parts.http = job.target->http.get();
  parts.auth = job.target->auth.get();
  parts.egress = &job.target->egress;
  parts.clock = job.target->clock.get();
  parts.dice = roll;
  return parts;
}

JobFiles files_of(const Options& options, const SourceInfo& info, const std::string& label) {
  JobFiles files;
  files.rejects = labelled(options.text("rejects").value_or(report::rejects_name(info)), label);
  if (auto contacts = options.text("contacts")) files.contacts = labelled(*contacts, label);
  return files;
}

Result<report::Report> run_job(const Options& options, Terminal& terminal, Signals& signals, Job& job,
                               const input::Source& source, ledger::Ledger& ledger, const JobFiles& files) {
  const auto style = progress_style(options.text("progress").value_or("auto"), terminal.quiet());
  std::unique_ptr<ContactsFile> contacts;
  if (!files.contacts.empty()) {
    auto opened = ContactsFile::open(files, job.mapper->columns(), job.target->manifest());
    if (!opened) return opened.error();
    contacts = std::move(*opened);
    job.run.on_contact = [&contacts](const mapping::Contact& contact) { contacts->add(contact); };
  }
  {
    engine::Engine engine(parts_of(job, source, ledger), job.run);
    std::unique_ptr<ProgressDisplay> display;
    bool interrupted = false;
    signals.listen([&](int exit_code) {
      if (!terminal.quiet())
        std::fprintf(stderr, "\nStopping: waiting for the requests that are out. Once more stops at once.\n");
      engine.interrupt(exit_code);
      connectors::set_cancelled(std::exchange(interrupted, true));  // from the second time on
    });
    display = std::make_unique<ProgressDisplay>(style, job.info.connector_id, [&] { return engine.progress(); });
    auto result = engine.run(job.info);
    display.reset();
    signals.listen({});
    connectors::set_cancelled(false);
    if (!result) return result.error();
  }
  if (contacts && !contacts->good())
    return Error{ErrorKind::Storage, "The file for --contacts could not be written to its end.", "Free some space."};

  auto written = write_rejects(files.rejects, source, ledger, job.info.id);
  if (!written) return written.error();
  job.info.rejects_path = *written ? files.rejects : "";
  if (auto done = ledger.update_job(job.info); !done) return done.error();
  return report::summarise(ledger, job.info.id);
}

Result<int> deliver_reports(const Options& options, Terminal& terminal, const std::vector<report::Report>& reports) {
  std::vector<int> codes;
  for (const auto& report : reports) codes.push_back(report.job.exit_code);
  const int exit_code = report::most_serious(codes);
  const std::string json = reports.size() == 1 ? report::to_json(reports[0]) : report::to_json(reports, exit_code);
  auto text = [&](bool colour) {
    std::string all;
    for (const auto& report : reports) all += (all.empty() ? "" : "\n") + report::to_text(report, colour);
    return all;
  };
  terminal.print(terminal.json() ? json + "\n" : text(terminal.colour_out()));
  for (const auto& path : options.list("report")) {
    const std::string ending = std::filesystem::path(path).extension().string();
    const std::string content = ending == ".json" ? json + "\n" : ending == ".html" ? report::to_html(reports) : text(false);
    if (auto done = write_file(path, content); !done) return done.error();
    terminal.note("Report: " + path);
  }
  return exit_code;
}

}  // namespace switchboard::cli
