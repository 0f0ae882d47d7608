#include "core/input/source.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/base/sha256.h"
#include "core/input/survey.h"
#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

Error error_of(const std::string& path, const InputOptions& options = {}) {
  auto source = Source::open(path, options);
  REQUIRE_FALSE(source);
  return source.error();
}

}  // namespace

TEST_CASE("a file is opened with its name, size, format and columns") {
  TemporaryFile file("Name;Phone\r\nBob;1\r\n", "people.csv");
  auto source = Source::open(file.path(), {});
  REQUIRE(source);
  const SourceInfo& info = (*source)->info();
  CHECK(info.name == "people.csv");
  CHECK(info.path == file.path());
  CHECK(info.bytes == 19);
  CHECK(info.format == "csv");
  CHECK(info.dialect->delimiter == ";");
  CHECK(info.dialect->line_end == "\r\n");
  CHECK(info.columns == std::vector<std::string>{"Name", "Phone"});
}

TEST_CASE("a name can be given for what comes from standard input") {
  TemporaryFile file("Name,Phone\nBob,\"1\n");
  InputOptions options;
  options.name = "-";
  auto source = Source::open(file.path(), options);
  REQUIRE(source);
  CHECK((*source)->info().name == "-");
  auto surveyed = survey(**source);
  REQUIRE_FALSE(surveyed);
  CHECK(surveyed.error().message.starts_with("-: line 2"));
}

TEST_CASE("what cannot be opened says why and what to do") {
  TemporaryFile file("");
  for (const std::string& path : {file.directory() + "/missing.csv", file.directory(), file.path()}) {
    CAPTURE(path);
    const Error error = error_of(path);
    CHECK(error.kind == ErrorKind::Input);
    CHECK_FALSE(error.remedy.empty());
  }
  CHECK(error_of(file.directory() + "/missing.csv").message.find("no such file") != std::string::npos);
  CHECK(error_of(file.directory()).message.find("directory") != std::string::npos);
  CHECK(error_of(file.path()).message.find("empty") != std::string::npos);

  const std::string pipe = file.directory() + "/pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(error_of(pipe).message.find("not a regular file") != std::string::npos);
  if (::geteuid() != 0) {
    ::chmod(file.path().c_str(), 0);
    CHECK(error_of(file.path()).message.find("permission") != std::string::npos);
  }
}

TEST_CASE("a workbook called .csv is refused as what it is") {
  TemporaryFile file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0'), "contacts.csv");
  const Error error = error_of(file.path());
  CHECK(error.kind == ErrorKind::Input);
  CHECK(error.message.find("Excel workbook (.xls)") != std::string::npos);
  CHECK(error.remedy.find("CSV") != std::string::npos);
}

TEST_CASE("a format given by hand goes before the looks of a text") {
  TemporaryFile file("[\"x\",y\n1,2\n");
  CHECK(error_of(file.path()).message.find("JSON") != std::string::npos);
  InputOptions options;
  options.format = "csv";
  CHECK(Source::open(file.path(), options));
  options.format = "tsv";
  auto tsv = Source::open(file.path(), options);
  REQUIRE(tsv);
  CHECK((*tsv)->info().format == "tsv");
  options.format = "parchment";
  CHECK(error_of(file.path(), options).kind == ErrorKind::Usage);
}

TEST_CASE("a sheet of a text is a usage error") {
  TemporaryFile file("a,b\n1,2\n");
  InputOptions options;
  options.sheet = "1";
  CHECK(error_of(file.path(), options).kind == ErrorKind::Usage);
}

TEST_CASE("a survey counts the records and lines and hashes the bytes") {
  const std::string bytes = "Name,Phone,Note\nBob,1,\"x\ny\"\n\nAnn,2\n";
  TemporaryFile file(bytes);
  auto source = Source::open(file.path(), {});
  REQUIRE(source);
  auto surveyed = survey(**source);
  REQUIRE(surveyed);
  CHECK(surveyed->records == 2);
  CHECK(surveyed->info.sha256 == sha256_hex(bytes));
  CHECK(surveyed->info.lines.total == 5);
  CHECK(surveyed->info.lines.continued == 1);
  CHECK(surveyed->info.lines.blank == 1);
  CHECK(surveyed->info.warnings.size() == 1);

  RecordTally tally;
  const auto without_digest = survey(**source, nullptr, tally, nullptr);
  REQUIRE(without_digest);
  CHECK(without_digest->records == 2);
  CHECK(without_digest->info.sha256.empty());
}

TEST_CASE("a file that grows after it was opened is noticed by the survey") {
  TemporaryFile file("Name,Phone\nBob,1\n");
  auto source = Source::open(file.path(), {});
  REQUIRE(source);
  std::ofstream(file.path(), std::ios::app) << "Ann,2\n";
  auto surveyed = survey(**source);
  REQUIRE_FALSE(surveyed);
  CHECK(surveyed.error().kind == ErrorKind::Input);
  CHECK(surveyed.error().message.find("changed") != std::string::npos);

  RecordTally tally;
  const auto without_digest = survey(**source, nullptr, tally, nullptr);
  REQUIRE_FALSE(without_digest);
  CHECK(without_digest.error().message.find("changed") != std::string::npos);
}

TEST_CASE("readers of one source do not disturb each other") {
  TemporaryFile file("Name,Phone\nBob,1\nAnn,2\n");
  auto source = Source::open(file.path(), {});
  REQUIRE(source);
  auto first = (*source)->read();
  auto second = (*source)->read();
  Record a;
  Record b;
  REQUIRE(*(*first)->next(a));
  REQUIRE(*(*first)->next(a));
  REQUIRE(*(*second)->next(b));
  CHECK(a.cells.at(0) == "Ann");
  CHECK(b.cells.at(0) == "Bob");
}

TEST_CASE("a file that is written to after it was opened ends the reading before anything new is given out") {
  TemporaryFile file("Name,Phone\nBob,5551234567\nAnn,5551234568\n");
  auto source = Source::open(file.path(), {});
  REQUIRE(source);
  REQUIRE(survey(**source));
  {
    std::ofstream out(file.path(), std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(11);
    out << "Eve,5559999999";
  }
  // The clock of file systems ticks slowly: what was written within a tick of the opening may bear its time.
  const auto later = std::filesystem::last_write_time(file.path()) + std::chrono::seconds(2);
  std::filesystem::last_write_time(file.path(), later);
  auto reader = (*source)->read();
  REQUIRE(reader);
  Record record;
  const auto more = (*reader)->next(record);
  REQUIRE_FALSE(more);
  CHECK(more.error().kind == ErrorKind::Drift);
  CHECK(more.error().message.find("changed while it was read") != std::string::npos);
  CHECK(more.error().message.find("record that starts") == std::string::npos);
  const auto again = survey(**source);
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == ErrorKind::Input);
}

TEST_CASE("a rejects file has the source's header and records, and reads like it") {
  TemporaryFile file(
      "\xEF\xBB\xBFsep=;\r\nMy "
      "list;;\r\nName;Phone;Note\r\nBob;+442079460000;\"a;b\"\r\nAnn;+442079460001;\"x\"\"\"\r\n");
  auto source = Source::open(file.path(), {});
  REQUIRE(source);
  const std::string path = file.directory() + "/rejects.csv";
  auto writer = (*source)->write_rejects(path);
  REQUIRE(writer);
  for (const std::uint64_t row : {1, 2}) REQUIRE((*writer)->add({row, "c", "f", "m"}));
  REQUIRE((*writer)->finish());
  std::ifstream in(path, std::ios::binary);
  const std::string rejects{std::istreambuf_iterator<char>(in), {}};
  CHECK(
      rejects ==
      "\xEF\xBB\xBFsep=;\r\nName;Phone;Note;_row;_code;_field;_message\r\nBob;+442079460000;\"a;b\";1;c;f;m\r\n"
      "Ann;+442079460001;\"x\"\"\";2;c;f;m\r\n");
  const auto again = read_text(rejects);
  CHECK(again.info.columns.size() == (*source)->info().columns.size() + 4);
  CHECK(again.records.size() == 2);
}

TEST_CASE("whoever does not want a file any more is obeyed while it is opened, and not asked later") {
  TemporaryFile file("Name;Phone\r\nBob;1\r\n", "people.csv");
  CancelToken token;
  InputOptions options;
  options.cancel = &token;
  auto source = Source::open(file.path(), options);
  REQUIRE(source);
  token.cancel();
  auto reader = (*source)->read();
  REQUIRE(reader);
  Record record;
  CHECK((*reader)->next(record).value());
  const Error stopped = error_of(file.path(), options);
  CHECK(stopped.kind == ErrorKind::Unavailable);
  CHECK(stopped.message == "Stopped while people.csv was read.");
}
