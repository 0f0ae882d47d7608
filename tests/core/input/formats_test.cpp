// A format and a compression of their own, brought along by this file alone: what a new one has to do, and that nothing else
// needs to know of it.
#include "core/input/formats.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "core/base/output_file.h"
#include "core/base/whole_file.h"
#include "tests/core/input/input_fixture.h"
#include "tests/paths.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

constexpr std::string_view kMagic = "TOY1";

/// "TOY1" and then a byte a record, which is its only cell: no lines, no encoding, no dialect, two sheets.
class ToyReader final : public RecordReader {
 public:
  explicit ToyReader(std::unique_ptr<ByteStore> store) : store_(std::move(store)) {}
  Result<bool> next(Record& record) override {
    auto cell = read_part(*store_, kMagic.size() + count_, 1);
    if (!cell) return cell.error();
    if (cell->empty()) return false;
    cell_ = *cell;
    record.row = ++count_;
    record.cells = {cell_};
    counts_.records = counts_.total = count_;
    return true;
  }
  const LineCounts& lines() const override { return counts_; }
  std::uint64_t bytes_read() const override { return kMagic.size() + count_; }

 private:
  std::unique_ptr<ByteStore> store_;
  std::string cell_;
  std::uint64_t count_ = 0;
  LineCounts counts_;
};

class ToyRejects final : public RejectsWriter {
 public:
  ToyRejects(std::unique_ptr<OutputFile> file, std::unique_ptr<RecordReader> reader)
      : file_(std::move(file)), reader_(std::move(reader)) {}
  Result<void> add(const RejectNote& note) override {
    if (auto there = advance_to(note.row, *reader_, record_, "toy"); !there) return there;
    return file_->write(std::string(record_.cells[0]) + note.code);
  }
  Result<void> finish() override { return file_->commit(); }

 private:
  std::unique_ptr<OutputFile> file_;
  std::unique_ptr<RecordReader> reader_;
  Record record_;
};

class ToySource final : public FileSource {
 public:
  ToySource(OpenBytes bytes, OpenBytes file, SourceInfo info)
      : FileSource(std::move(file), std::move(info)), bytes_(std::move(bytes)) {}
  Result<std::unique_ptr<RecordReader>> read() const override {
    auto store = bytes_();
    if (!store) return store.error();
    return std::unique_ptr<RecordReader>(std::make_unique<ToyReader>(std::move(*store)));
  }
  Result<std::unique_ptr<RejectsWriter>> write_rejects(const std::string& path) const override {
    auto file = OutputFile::create(path, info().path);
    if (!file) return file.error();
    return std::unique_ptr<RejectsWriter>(std::make_unique<ToyRejects>(std::move(*file), *read()));
  }

 private:
  OpenBytes bytes_;
};

Format toy_format() {
  Format format;
  format.names = {"toy"};
  format.what = "a toy";
  format.has_sheets = true;
  format.detect = [](const Glimpse& glimpse) { return glimpse.head.starts_with(kMagic) ? Fit::Yes : Fit::No; };
  format.open = [](Opening opening) -> Result<std::unique_ptr<Source>> {
    opening.info.format = "toy";
    opening.info.columns = {"Letter"};
    opening.info.sheets = {{opening.options.sheet.value_or("one"), 0, true}, {"two", 0, false}};
    return std::unique_ptr<Source>(
        std::make_unique<ToySource>(std::move(opening.bytes), std::move(opening.file), std::move(opening.info)));
  };
  return format;
}

/// Three control characters and then bytes that are one too high.
class ToyUnpacked final : public ByteStore {
 public:
  explicit ToyUnpacked(std::unique_ptr<ByteStore> packed) : packed_(std::move(packed)) {}
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
    auto got = packed_->read_at(offset + 3, out, size);
    for (std::size_t i = 0; got && i < *got; ++i) --out[i];
    return got;
  }
  std::uint64_t size() const override { return packed_->size() - 3; }

 private:
  std::unique_ptr<ByteStore> packed_;
};

Compression toy_compression() {
  Compression compression;
  compression.what = "a packed toy";
  compression.ending = ".pkd";
  compression.detect = [](const Glimpse& glimpse) { return glimpse.head.starts_with("\1\2\3"); };
  compression.unpack = [](OpenBytes packed, const std::string&) -> Result<Unpacked> {
    return Unpacked{[packed = std::move(packed)]() -> Result<std::unique_ptr<ByteStore>> {
                      auto store = packed();
                      if (!store) return store.error();
                      return std::unique_ptr<ByteStore>(std::make_unique<ToyUnpacked>(std::move(*store)));
                    },
                    {}};
  };
  return compression;
}

std::string packed(std::string text) {
  for (char& c : text) ++c;
  return "\1\2\3" + text;
}

Registry with_toy() {
  Registry table = registry();
  table.formats.insert(table.formats.begin(), toy_format());
  table.compressions.push_back(toy_compression());
  return table;
}

Result<std::unique_ptr<Source>> open_toy(const TemporaryFile& file, const InputOptions& options = {}) {
  return open_source(file.path(), options, with_toy());
}

}  // namespace

TEST_CASE("a format is found by its table entry, and read, surveyed and written through it") {
  TemporaryFile file("TOY1abc", "letters.toy");
  auto source = open_toy(file);
  REQUIRE(source);
  CHECK((*source)->info().format == "toy");
  CHECK_FALSE((*source)->info().dialect);
  const auto surveyed = survey(**source);
  REQUIRE(surveyed);
  CHECK(surveyed->records == 3);
  CHECK(surveyed->info.bytes == 7);
  CHECK(rejects_name((*source)->info()) == "letters.rejects.toy");

  const std::string path = file.directory() + "/out.toy";
  auto writer = (*source)->write_rejects(path);
  REQUIRE(writer);
  REQUIRE((*writer)->add({2, "x", "", ""}));
  const auto behind = (*writer)->add({4, "x", "", ""});
  REQUIRE_FALSE(behind);
  CHECK(behind.error().kind == ErrorKind::Drift);
  REQUIRE((*writer)->finish());
  std::ifstream in(path);
  CHECK(std::string{std::istreambuf_iterator<char>(in), {}} == "bx");
}

TEST_CASE("what is packed is read as what is inside, and hashed and measured as it lies there") {
  TemporaryFile plain("TOY1abc");
  for (const std::string& bytes : {packed("TOY1abc"), packed(packed("TOY1abc"))}) {
    TemporaryFile file(bytes, "letters.toy.pkd");
    auto source = open_toy(file);
    REQUIRE(source);
    const auto surveyed = survey(**source);
    REQUIRE(surveyed);
    CHECK(surveyed->records == 3);
    CHECK(surveyed->info.bytes == bytes.size());
    CHECK(surveyed->info.sha256 != survey(**open_toy(plain))->info.sha256);
  }
  TemporaryFile text(packed("Name,Phone\nBob,1\n"));
  CHECK((*open_toy(text))->info().format == "csv");
  TemporaryFile deep(packed(packed(packed(packed("TOY1abc")))));
  CHECK_FALSE(open_toy(deep));
}

TEST_CASE("--format takes the names in the table, and a name that does not fit is told what the file is") {
  CHECK(with_toy().names() == "toy, " + registry().names());
  CHECK(registry().names().ends_with("csv, tsv"));
  TemporaryFile toy("TOY1abc");
  TemporaryFile text("Name,Phone\nBob,1\n");
  InputOptions options;
  options.format = "toy";
  CHECK(open_toy(toy, options));
  const auto wrong = open_toy(text, options);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::Input);
  CHECK(wrong.error().message == "contacts.csv: this is delimited text, and cannot be read as toy");
  options.format = "xml";
  const auto unknown = open_toy(toy, options);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().kind == ErrorKind::Usage);
  CHECK(unknown.error().remedy == "Readable are: toy, " + registry().names() + ".");
}

TEST_CASE("--sheet goes to a format with sheets, and to no other") {
  TemporaryFile toy("TOY1abc");
  TemporaryFile text("Name,Phone\nBob,1\n");
  InputOptions options;
  options.sheet = "two";
  CHECK((*open_toy(toy, options))->info().sheets.front().name == "two");
  const auto refused = open_toy(text, options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::Usage);
}

TEST_CASE("without the table's entry the toy is what it looks like to everybody else") {
  TemporaryFile file("TOY1abc");
  CHECK((*Source::open(file.path(), {}))->info().format == "csv");
}

TEST_CASE("every format is fuzzed from seeds, and docs/formats.md names it") {
  const auto root = switchboard::tests::source_dir();
  const std::string page = read_whole_file((root / "docs/formats.md").string(), 1 << 20, nullptr).text;
  const std::string fuzzers = read_whole_file((root / "tests/fuzz/CMakeLists.txt").string(), 1 << 20, nullptr).text;
  for (const Format& format : registry().formats) {
    const std::string& name = format.names.front();
    CAPTURE(name);
    CHECK(fuzzers.find("switchboard_fuzz(" + name + " ") != std::string::npos);
    CHECK(std::filesystem::exists(root / "tests/fuzz" / ("fuzz_" + name + ".cpp")));
    CHECK(std::filesystem::is_directory(switchboard::tests::data_dir() / "fuzz" / name));
    for (const std::string& word : format.names) CHECK_MESSAGE(page.find('`' + word + '`') != std::string::npos, word);
  }
}
