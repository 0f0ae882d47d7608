#include "core/input/delimited/delimited_rejects.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/core/input/read_file.h"
#include "tests/temporary_directory.h"

using namespace switchboard;
using namespace switchboard::input;
using switchboard::input::testing::content_of;
using switchboard::testing::TemporaryDirectory;

namespace {

RejectsShape shape_of(const std::string& header, std::vector<std::string> columns,
                      const std::string& delimiter = ",") {
  RejectsShape shape;
  shape.info.name = "contacts.csv";
  shape.info.format = "csv";
  shape.info.encoding = "UTF-8";
  shape.info.dialect = Dialect{delimiter, "\"", "\n", header.empty() ? 0u : 1u};
  shape.info.columns = std::move(columns);
  shape.header_bytes = header;
  shape.encode = [](std::string_view text) { return std::string(text); };
  return shape;
}

struct Row {
  std::string raw;
  std::vector<std::string> cells;
};

/// What the writer makes of these rows, rejected for one reason.
std::string written(const RejectsShape& shape, const std::vector<Row>& rows,
                    const RejectNote& note = {17, "phone.too_short", "phone", "Too short"}) {
  const TemporaryDirectory root;
  auto writer = DelimitedRejects::create(root / "out.csv", shape);
  REQUIRE(writer);
  for (const auto& row : rows) {
    RawRecord record;
    record.raw = row.raw;
    for (const auto& cell : row.cells) record.cells.push_back(cell);
    REQUIRE((*writer)->add(record, note));
  }
  REQUIRE((*writer)->finish());
  return content_of(root / "out.csv");
}

std::vector<std::string> names_in(const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    names.push_back(entry.path().filename());
  return names;
}

}  // namespace

TEST_CASE("the source's bytes are kept, quoting included, and four cells follow") {
  CHECK(written(shape_of("Name,Phone\n", {"Name", "Phone"}),
                {{"\"Doe, \"\"J\"\"\",  12 ", {"Doe, \"J\"", "  12 "}}}) ==
        "Name,Phone,_row,_code,_field,_message\n"
        "\"Doe, \"\"J\"\"\",  12 ,17,phone.too_short,phone,Too short\n");
}

TEST_CASE("header and records keep their own line ends, a missing one is made good") {
  auto shape = shape_of("\xEF\xBB\xBFsep=;\r\nName;Phone\r\n", {"Name", "Phone"}, ";");
  shape.info.has_bom = true;
  shape.info.dialect->line_end = "\r\n";
  CHECK(written(shape, {{"a;1", {"a", "1"}}}) ==
        "\xEF\xBB\xBFsep=;\r\nName;Phone;_row;_code;_field;_message\r\na;1;17;phone.too_short;phone;Too "
        "short\r\n");
  CHECK(written(shape_of("Name", {"Name"}), {{"a", {"a"}}}) ==
        "Name,_row,_code,_field,_message\na,17,phone.too_short,phone,Too short\n");
}

TEST_CASE("a source without a header gets none") {
  auto shape = shape_of("", {"column_1", "column_2"});
  CHECK(written(shape, {{"a,1", {"a", "1"}}}) == "a,1,17,phone.too_short,phone,Too short\n");
  shape.info.has_bom = true;
  CHECK(written(shape, {{"a,1", {"a", "1"}}})
            .starts_with("\xEF\xBB\xBF"
                         "a,1,"));
}

TEST_CASE("a record with too few cells is filled up, so that ours stand under their names") {
  const auto shape = shape_of("A,B,C\n", {"A", "B", "C"});
  CHECK(written(shape, {{"1", {"1"}}}).ends_with("\n1,,,17,phone.too_short,phone,Too short\n"));
  CHECK(written(shape, {{"1,2,", {"1", "2", ""}}}).ends_with("\n1,2,,17,phone.too_short,phone,Too short\n"));
  const TemporaryDirectory root;
  auto writer = DelimitedRejects::create(root / "out.csv", shape);
  RawRecord record;
  record.raw = "1";
  record.cells = {"1", {}, {}};  // absent cells instead of missing ones
  REQUIRE((*writer)->add(record, {1, "c", "", ""}));
  REQUIRE((*writer)->finish());
  CHECK(content_of(root / "out.csv").ends_with("\n1,,,1,c,,\n"));
}

TEST_CASE("behind a record with too many cells ours still come last, so that they fit once it is corrected") {
  CHECK(written(shape_of("A,B\n", {"A", "B"}), {{"1,2,3", {"1", "2", "3"}}})
            .ends_with("\n1,2,3,17,phone.too_short,phone,Too short\n"));
}

TEST_CASE("formulas are made harmless in our columns and left alone in the source's") {
  const auto shape = shape_of("A\n", {"A"});
  for (const std::string start : {"=", "+", "-", "@", "\t=", "\r@", "\n="}) {
    const std::string text =
        written(shape, {{"=1+1", {"=1+1"}}}, {17, start + "cmd", start + "f", start + "m"});
    const std::string harmless = "'" + start.substr(start.size() - 1);
    CHECK(text.ends_with("\n=1+1,17," + harmless + "cmd," + harmless + "f," + harmless + "m\n"));
  }
}

TEST_CASE("our cells are quoted where the dialect needs it and stand on one line") {
  const auto shape = shape_of("A;B\n", {"A", "B"}, ";");
  CHECK(written(shape, {{"1;2", {"1", "2"}}}, {5, "c", "f", "say \"no\"; then\r\nstop, please"})
            .ends_with("\n1;2;5;c;f;\"say \"\"no\"\"; then stop, please\"\n"));
}

TEST_CASE("in a file that quotes with ' no other quote of ours turns up") {
  auto shape = shape_of("'A',B\n", {"A", "B"});
  shape.info.dialect->quote = "'";
  CHECK(written(shape, {{"'1',2", {"1", "2"}}}, {5, "c", "f", "\"x\" in column \"A\""})
            .ends_with("\n'1',2,5,c,f,'''x'' in column ''A'''\n"));
}

TEST_CASE("a rejects file that is imported again gets new columns in place of the old ones") {
  const std::string header = "A,B,_row,_code,_field,_message\n";
  const auto shape = shape_of(header, {"A", "B", "_row", "_code", "_field", "_message"});
  const RejectNote note{3, "new", "f", "m"};
  CHECK(written(shape, {{"\"1,1\",2,17,old,f,\"a, b\"", {"1,1", "2", "17", "old", "f", "a, b"}}}, note) ==
        header + "\"1,1\",2,3,new,f,m\n");
  CHECK(written(shape, {{"1", {"1"}}}, note) == header + "1,,3,new,f,m\n");  // they were cut off
  CHECK(written(shape, {{"1,2,17", {"1", "2", "17"}}}, note) == header + "1,2,3,new,f,m\n");
  // Not corrected yet: one cell too many, before the old four.
  CHECK(written(shape, {{"1,2,x,17,old,f,m", {"1", "2", "x", "17", "old", "f", "m"}}}, note) ==
        header + "1,2,x,3,new,f,m\n");
  // One cell too many behind them: nothing of the user's is lost.
  CHECK(written(shape, {{"1,2,17,old,f,m,x", {"1", "2", "17", "old", "f", "m", "x"}}}, note) ==
        header + "1,2,x,3,new,f,m\n");
}

TEST_CASE("old columns are found wherever they were moved to") {
  auto shape = shape_of("\xEF\xBB\xBFsep=,\n_code,A,_row,\"B\nb\"\n", {"_code", "A", "_row", "B\nb"});
  shape.info.has_bom = true;
  CHECK(written(shape, {{"old,1,17,2", {"old", "1", "17", "2"}}}, {3, "new", "", ""}) ==
        "\xEF\xBB\xBFsep=,\nA,\"B\nb\",_row,_code,_field,_message\n1,2,3,new,,\n");
}

TEST_CASE("in UTF-16 marks are found and written as whole code units") {
  const auto wide = [](std::string_view text) {  // ASCII is enough here
    std::string out;
    for (char c : text) out += {c, '\0'};
    return out;
  };
  auto shape = shape_of("\xFF\xFE" + wide("A\tB\t_row\r\n"), {"A", "B", "_row"}, "\t");
  shape.info.has_bom = true;
  shape.info.encoding = "UTF-16LE";
  shape.info.dialect->line_end = "\r\n";
  shape.encode = [&](std::string_view text) { return text == "\xEF\xBB\xBF" ? "\xFF\xFE" : wide(text); };
  const std::string tricky("\x09\x09\x22\x09", 4);  // U+0909 U+0922: the bytes of tab and quote, but neither
  CHECK(written(shape, {{tricky + wide("\tx\t9"), {"?", "x", "9"}}}, {1, "c", "f", "m"}) ==
        "\xFF\xFE" + wide("A\tB\t_row\t_code\t_field\t_message\r\n") + tricky + wide("\tx\t1\tc\tf\tm\r\n"));
}

TEST_CASE("in Shift_JIS a second byte that looks like the delimiter is none") {
  auto shape = shape_of("A|B|_row\n", {"A", "B", "_row"}, "|");
  shape.info.encoding = "Shift_JIS";
  const std::string kana = "\x83\x7C";  // ポ
  CHECK(written(shape, {{kana + "|x|9", {"p", "x", "9"}}}, {1, "c", "f", "m"}) ==
        "A|B|_row|_code|_field|_message\n" + kana + "|x|1|c|f|m\n");
}

TEST_CASE("the file appears whole, private, and only when there is something in it") {
  const TemporaryDirectory root;
  const auto shape = shape_of("A\n", {"A"});
  {
    auto writer = DelimitedRejects::create(root / "out.csv", shape);
    REQUIRE(writer);
    REQUIRE((*writer)->finish());
  }
  CHECK(names_in(root.path()).empty());
  RawRecord record;
  record.raw = "1";
  record.cells = {"1"};
  {
    auto writer = DelimitedRejects::create(root / "out.csv", shape);
    REQUIRE((*writer)->add(record, {1, "c", "", ""}));
    CHECK_FALSE(std::filesystem::exists(root / "out.csv"));
  }
  CHECK(names_in(root.path()).empty());  // not finished, nothing left
  std::ofstream(root / "out.csv") << "an older one";
  auto writer = DelimitedRejects::create(root / "out.csv", shape);
  REQUIRE((*writer)->add(record, {1, "c", "", ""}));
  CHECK(content_of(root / "out.csv") == "an older one");
  REQUIRE((*writer)->finish());
  CHECK(content_of(root / "out.csv").ends_with("\n1,1,c,,\n"));
  CHECK(names_in(root.path()) == std::vector<std::string>{"out.csv"});
  struct stat facts {};
  REQUIRE(::stat((root / "out.csv").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("the source, a directory and a device are never written over") {
  const TemporaryDirectory root;
  auto shape = shape_of("A\n", {"A"});
  shape.info.path = root / "contacts.csv";
  std::ofstream(shape.info.path) << "A\n1\n";
  std::filesystem::create_symlink(shape.info.path, root / "link.csv");
  for (const std::string& path :
       {shape.info.path, root / "link.csv", root.path(), std::string("/dev/null")}) {
    auto writer = DelimitedRejects::create(path, shape);
    INFO(path);
    REQUIRE_FALSE(writer);
    CHECK(writer.error().kind == ErrorKind::Usage);
    CHECK(writer.error().message.find(path) != std::string::npos);
  }
  CHECK(content_of(shape.info.path) == "A\n1\n");
  auto nowhere = DelimitedRejects::create(root / "no/such/out.csv", shape);
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().kind == ErrorKind::Storage);
}

TEST_CASE("when the disk is full there is an error and no half file") {
  const TemporaryDirectory root;
  std::ofstream(root / "out.csv") << "an older one";
  const pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit narrow{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &narrow);
    auto writer = DelimitedRejects::create(root / "out.csv", shape_of("A\n", {"A"}));
    RawRecord record;
    record.raw = "1";
    record.cells = {"1"};
    Result<void> result;
    for (int i = 0; i < 100'000 && result; ++i) result = (*writer)->add(record, {1, "c", "", "message"});
    if (result) result = (*writer)->finish();
    writer->reset();
    ::_exit(!result && result.error().kind == ErrorKind::Storage && !result.error().remedy.empty() ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(content_of(root / "out.csv") == "an older one");
  CHECK(names_in(root.path()) == std::vector<std::string>{"out.csv"});
}

TEST_CASE("the rejects file is called after its source") {
  const auto name_for = [](const std::string& name, const std::string& format) {
    SourceInfo info;
    info.name = name;
    info.format = format;
    return rejects_name(info);
  };
  CHECK(name_for("contacts.csv", "csv") == "contacts.rejects.csv");
  CHECK(name_for("-", "csv") == "stdin.rejects.csv");
  CHECK(name_for("-", "tsv") == "stdin.rejects.tsv");
  CHECK(name_for("contacts", "csv") == "contacts.rejects.csv");
  CHECK(name_for("a.b.TXT", "csv") == "a.b.rejects.TXT");
  CHECK(name_for("contacts.csv.gz", "csv") == "contacts.rejects.csv");
  CHECK(name_for(".csv", "csv") == ".csv.rejects.csv");
  CHECK(name_for("contacts.", "csv") == "contacts..rejects.csv");
  CHECK(name_for("contacts.rejects.csv", "csv") == "contacts.rejects.rejects.csv");
}
