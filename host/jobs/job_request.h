#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/absolute_path.h"
#include "core/mapping/rows/mapping.h"
#include "host/connectors/isolation.h"
#include "host/engine/job/options.h"
#include "host/jobs/phone_engine.h"
#include "host/jobs/words.h"

namespace switchboard::jobs {

/// A file or directory that somebody named.
struct NamedFile {
  std::string path;   ///< absolute; empty: none was named
  std::string shown;  ///< as it was named, for people

  bool given() const { return !path.empty(); }
  /// Relative names are those of the current directory.
  static NamedFile of(const std::string& name) { return {absolute_path(name), name}; }
  /// One that was named earlier, by its path: shown without the current directory where it lies in there.
  static NamedFile at(const std::string& path);
};

template <>
struct Words<engine::Duplicates> {
  static constexpr std::pair<std::string_view, engine::Duplicates> kTable[] = {
      {"first", engine::Duplicates::First}, {"last", engine::Duplicates::Last}, {"keep", engine::Duplicates::Keep},
      {"merge", engine::Duplicates::Merge}};
};

/// What becomes of rows that have one number under different names, at a vendor that knows contacts by their number.
enum class SharedNumbers { Skip, Send };
template <>
struct Words<SharedNumbers> {
  static constexpr std::pair<std::string_view, SharedNumbers> kTable[] = {{"skip", SharedNumbers::Skip},
                                                                          {"send", SharedNumbers::Send}};
};

template <>
struct Words<connectors::Isolate> {
  static constexpr std::pair<std::string_view, connectors::Isolate> kTable[] = {
      {"third-party", connectors::Isolate::ThirdParty}, {"always", connectors::Isolate::Always}, {"never", connectors::Isolate::Never}};
};

template <>
struct Words<mapping::PeoplePolicy> {
  static constexpr std::size_t kWordless = 1;  ///< AsMapped, where nobody says anything
  static constexpr std::pair<std::string_view, mapping::PeoplePolicy> kTable[] = {{"first", mapping::PeoplePolicy::First},
                                                                                  {"each", mapping::PeoplePolicy::Each}};
};

/// How a file is to be read; what is empty is found out.
struct ReadRequest {
  std::string format, encoding, delimiter, sheet;
  bool no_header = false;
};

/// Settings and credentials under a name, from a configuration file.
struct Profile {
  std::string name;
  NamedFile file;
  bool of_folder = false; ///< the file is the directory's own switchboard.yaml, which may not say everything
  std::string connector;  ///< empty: for no connector in particular
  std::map<std::string, std::string> settings;
  std::map<std::string, std::string> secrets;  ///< name → reference (env:, file:, cmd:); never written to a ledger
  bool of_ledger = false;  ///< read back from one: its secrets are not known
};

/// Everything that decides what a job does: complete and independent of directory, environment and configuration files,
/// so that the ledger's copy of it is all that a resume needs. Holds no secret.
struct JobRequest {
  std::string source;  ///< absolute, or "-" for standard input; not in the ledger's copy, which has JobInfo::source_path
  std::vector<std::string> connectors;
  std::optional<Profile> profile;
  NamedFile config;                      ///< that of --config
  std::vector<NamedFile> connector_path; ///< looked into before the other places
  connectors::Loading loading;           ///< the list of libraries that may run is the user's of now: no job remembers it
  std::string library;                   ///< in the ledger's copy: the file of the connector that the job was begun with
  std::vector<std::string> set;          ///< KEY=VALUE or CONNECTOR.KEY=VALUE, the last one counts
  bool set_of_folder = false;            ///< they come from the directory's own switchboard.yaml, as in Profile
  bool sandbox = false;
  std::vector<std::string> base_url;     ///< URL or CONNECTOR=URL
  NamedFile ca_file;
  ReadRequest reading;
  std::optional<std::uint64_t> limit;
  NamedFile map;
  std::vector<std::string> field;        ///< FIELD=COLUMN
  std::vector<std::string> custom_columns;  ///< "all", or columns (apart by commas) that go out as custom fields
  std::string region;
  PhoneEngine phone_engine = Words<PhoneEngine>::kTable[0].second;
  mapping::PeoplePolicy people = mapping::PeoplePolicy::AsMapped;
  engine::Duplicates duplicates = engine::Duplicates::First;
  SharedNumbers shared_numbers = SharedNumbers::Skip;
  NamedFile suppress;
  bool suppress_partly = false;          ///< go on where lines of the suppression list cannot be read
  bool ignore_consent = false;           ///< columns that say no hold nothing back
  bool only_new = false;
  bool again = false;
  std::optional<std::uint64_t> concurrency, batch_size, max_errors;
  std::optional<std::uint64_t> timeout;  ///< seconds
  bool resend_unknown = false;
  NamedFile rejects, contacts;
  std::vector<NamedFile> reports;
  bool prints_json = false;              ///< the report on standard output is of all members; of this command alone
};

/// Whether the ledger remembers an option for the job's resume.
enum class Kept { Yes, No };

/// Calls `visit(name, member, kept)` for every option of a request: THE table from which options are read off a command
/// line, written to the ledger and read from it. A new option of a job is a member above and a line here; its name is
/// that of the flag.
template <class Request, class Visit>
void each_option(Request& request, Visit&& visit) {
  visit("to", request.connectors, Kept::Yes);
  visit("config", request.config, Kept::Yes);
  visit("connector-path", request.connector_path, Kept::Yes);
  visit("isolate", request.loading.isolate, Kept::Yes);
  visit("set", request.set, Kept::Yes);
  visit("sandbox", request.sandbox, Kept::Yes);
  visit("base-url", request.base_url, Kept::Yes);
  visit("ca-file", request.ca_file, Kept::Yes);
  visit("format", request.reading.format, Kept::Yes);
  visit("encoding", request.reading.encoding, Kept::Yes);
  visit("delimiter", request.reading.delimiter, Kept::Yes);
  visit("sheet", request.reading.sheet, Kept::Yes);
  visit("no-header", request.reading.no_header, Kept::Yes);
  visit("limit", request.limit, Kept::Yes);
  visit("map", request.map, Kept::Yes);
  visit("field", request.field, Kept::Yes);
  visit("custom-columns", request.custom_columns, Kept::Yes);
  visit("region", request.region, Kept::Yes);
  visit("phone-engine", request.phone_engine, Kept::Yes);
  visit("people", request.people, Kept::Yes);
  visit("duplicates", request.duplicates, Kept::Yes);
  visit("shared-numbers", request.shared_numbers, Kept::Yes);
  visit("suppress", request.suppress, Kept::Yes);
  visit("suppress-partly", request.suppress_partly, Kept::Yes);
  visit("ignore-consent", request.ignore_consent, Kept::No);
  visit("only-new", request.only_new, Kept::Yes);
  visit("again", request.again, Kept::No);
  visit("concurrency", request.concurrency, Kept::Yes);
  visit("batch-size", request.batch_size, Kept::Yes);
  visit("max-errors", request.max_errors, Kept::Yes);
  visit("timeout", request.timeout, Kept::Yes);
  visit("resend-unknown", request.resend_unknown, Kept::No);
  visit("rejects", request.rejects, Kept::Yes);
  visit("contacts", request.contacts, Kept::Yes);
  visit("report", request.reports, Kept::Yes);
}

}  // namespace switchboard::jobs
