#include <doctest/doctest.h>
#include <xlsxwriter.h>

#include <fstream>
#include <iterator>

#include "core/input/archive/zip_package.h"
#include "tests/core/input/read_file.h"
#include "tests/core/input/zip_file.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

const std::string kPeople = "Name,Phone\nAnn,+14155552671\nBob,+14155552672\n";

struct Zip {
  explicit Zip(const ZipParts& parts, const char* password = nullptr) : beside("", "x"), path(beside.directory() + "/contacts.zip") { make_zip(path, parts, password); }
  std::string content() const { return content_of(path); }
  Error error() const {
    auto source = Source::open(path, {});
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::Input);
    return source.error();
  }
  TemporaryFile beside;
  std::string path;
};

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string workbook() {
  const TemporaryFile beside("", "x");
  const std::string path = beside.directory() + "/people.xlsx";
  lxw_workbook* book = ::workbook_new(path.c_str());
  lxw_worksheet* sheet = ::workbook_add_worksheet(book, "People");
  for (int row = 0; row < 3; ++row) {
    ::worksheet_write_string(sheet, static_cast<lxw_row_t>(row), 0, row == 0 ? "Name" : "Ann", nullptr);
    ::worksheet_write_string(sheet, static_cast<lxw_row_t>(row), 1, row == 0 ? "Phone" : "+14155552671", nullptr);
  }
  REQUIRE(::workbook_close(book) == LXW_NO_ERROR);
  return content_of(path);
}

}  // namespace

TEST_CASE("the contact file in a zip archive is read, whatever systems put beside it") {
  const Zip zip({{"export/", ""}, {"__MACOSX/export/._people.csv", "junk"}, {"export/.DS_Store", "junk"}, {"export/people.csv", kPeople}});
  const auto read = read_file(zip.path);
  CHECK(read.records.size() == 2);
  const SourceInfo& info = read.source->info();
  CHECK(info.format == "csv");
  CHECK(info.bytes == zip.content().size());
  CHECK(info.warnings.empty());
  CHECK(rejects_name(info) == "contacts.rejects.csv");
}

TEST_CASE("a file beside the contacts is said, not read") {
  const Zip zip({{"README.txt", "Hello,\nthis is an export, made today.\n"}, {"photos/ann.jpg", "\xFF\xD8\xFF\xE0 picture"}, {"people.csv", kPeople}});
  const auto read = read_file(zip.path);
  CHECK(read.records.size() == 2);
  REQUIRE(read.source->info().warnings.size() == 1);
  CHECK(read.source->info().warnings[0] == "\"people.csv\" in the archive is read; left out: README.txt, photos/ann.jpg");
}

TEST_CASE("a contact file is found by its content where no name tells") {
  const Zip zip({{"picture", "\xFF\xD8\xFF\xE0 picture"}, {"export.dat", kPeople}});
  CHECK(read_file(zip.path).records.size() == 2);
}

TEST_CASE("a table saved as a web page is the contact file beside its style sheet") {
  const Zip zip({{"contacts.html", "<table><tr><th>Name</th><th>Phone</th></tr><tr><td>Ann</td><td>+14155550100</td></tr></table>"}, {"contacts_files/style.css", "td { color: red }\n"}});
  CHECK(read_file(zip.path).records.size() == 1);
}

TEST_CASE("several contact files in an archive are named, and none is read") {
  const Error error = Zip({{"a.csv", kPeople}, {"b.vcf", "BEGIN:VCARD\nFN:x\nEND:VCARD\n"}, {"c\x1b[31m.csv", kPeople}}).error();
  CHECK(says(error.message, "3 contact files: a.csv, b.vcf, c"));
  CHECK_FALSE(says(error.message, "\x1b"));
  CHECK(says(error.remedy, "unzip -p 'contacts.zip' 'a.csv'"));
}

TEST_CASE("an archive without a contact file says what is in it") {
  CHECK(says(Zip({{"a.jpg", "\xFF\xD8\xFF\xE0 picture"}}).error().message, "looks like a contact list: a.jpg"));
  CHECK(says(Zip({{"folder/", ""}}).error().message, "there is no file"));
}

TEST_CASE("an archive that is protected by a password says what to do") {
  const Error error = Zip({{"people.csv", kPeople}}, "secret").error();
  CHECK(says(error.message, "\"people.csv\" in this zip archive is protected by a password"));
  CHECK(says(error.remedy, "Unpack it with its password"));
}

TEST_CASE("a workbook in an archive is the workbook, an archive in an archive the file inside") {
  const auto in_zip = read_file(Zip({{"people.xlsx", workbook()}}).path);
  CHECK(in_zip.source->info().format == "xlsx");
  CHECK(in_zip.records.size() == 2);
  CHECK(read_file(Zip({{"inner.zip", Zip({{"people.csv", kPeople}}).content()}}).path).records.size() == 2);
  std::string innermost = kPeople, name = "people.csv";
  for (int i = 0; i < 5; ++i) {
    innermost = Zip({{name, innermost}}).content();
    name = "inner.zip";
  }
  const TemporaryFile deep(innermost, "deep.zip");
  const auto refused = Source::open(deep.path(), {});
  REQUIRE_FALSE(refused);
  CHECK(says(refused.error().message, "packed more than 3 times over"));
}

TEST_CASE("a damaged or swollen archive is refused before anything of it is used") {
  const std::string whole = Zip({{"people.csv", kPeople + std::string(5'000, 'x')}}).content();
  for (const std::size_t size : {whole.size() / 2, whole.size() - 10, std::size_t{40}}) {
    const TemporaryFile cut(whole.substr(0, size), "contacts.zip");
    const auto source = Source::open(cut.path(), {});
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::Input);
    CHECK(says(source.error().message, "cut or damaged"));
  }
  std::string flipped = whole;
  flipped[60] = static_cast<char>(flipped[60] ^ 0x55);
  const TemporaryFile damaged(flipped, "contacts.zip");
  CHECK_FALSE(Source::open(damaged.path(), {}));
  CHECK(says(Zip({{"people.csv", std::string(std::size_t{80} << 20, '\n')}}).error().message, "times its size"));
}

TEST_CASE("a binary workbook and other documents are told apart, and what to do is said") {
  const Error error = Zip({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.bin", "x"}}).error();
  CHECK(says(error.message, "a binary Excel workbook (.xlsb)"));
  CHECK(says(error.remedy, "save it as a workbook (.xlsx)"));
  CHECK(says(Zip({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "x"}}).error().message, "a Word document"));
  CHECK(says(Zip({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "x"}}).error().message, "no spreadsheet"));
}

TEST_CASE("an archive that is written to while it is read is told from a damaged one") {
  /// The bytes of an archive, until somebody writes to its file.
  class Changing final : public ByteStore {
   public:
    Changing(std::string bytes, const bool& changed) : bytes_(std::move(bytes)), changed_(changed) {}
    Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
      if (changed_) return Error{ErrorKind::Drift, "a.zip: the file changed while it was read", ""};
      return view_bytes(bytes_)->read_at(offset, out, size);
    }
    std::uint64_t size() const override { return bytes_.size(); }

   private:
    const std::string bytes_;
    const bool& changed_;
  };
  TemporaryFile file("", "a.zip");
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i * 7919) + ",";
  make_zip(file.path(), {{"a.csv", text}});
  std::ifstream made(file.path(), std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(made), {}};
  bool changed = false;
  auto package = ZipPackage::open(std::make_unique<Changing>(packed, changed), "a.zip");
  REQUIRE(package);
  auto entry = (*package)->read(0);
  REQUIRE(entry);
  std::string piece(1000, '\0');
  REQUIRE((*entry)->read(piece.data(), piece.size()));
  changed = true;
  for (;;) {
    auto got = (*entry)->read(piece.data(), piece.size());
    if (got) {
      REQUIRE(*got > 0);
      continue;
    }
    CHECK(got.error().kind == ErrorKind::Drift);
    break;
  }
  CHECK((*package)->read(0).error().kind == ErrorKind::Drift);
}
