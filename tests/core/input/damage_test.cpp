// Small files of every format, cut at every byte and damaged at every byte: never half a file taken for the whole.
#include <doctest/doctest.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/input/formats.h"
#include "core/input/source.h"
#include "tests/core/input/gzipped.h"
#include "tests/core/input/input_fixture.h"
#include "tests/core/input/read_file.h"
#include "tests/core/input/xls/xls_fixture.h"
#include "tests/core/input/zip_file.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

/// What reading a file came to.
struct Reading {
  std::optional<Error> error;
  std::string format;
  std::vector<std::string> records;  ///< cells of the sound ones, apart by "|"
  std::size_t rejected = 0;
};

Reading read(const std::string& bytes, const std::string& ending) {
  const TemporaryFile file(bytes, "contacts" + ending);
  Reading reading;
  auto source = Source::open(file.path(), {});
  if (!source) {
    reading.error = source.error();
    return reading;
  }
  reading.format = (*source)->info().format;
  auto reader = (*source)->read();
  if (!reader) {
    reading.error = reader.error();
    return reading;
  }
  Record record;
  for (;;) {
    auto more = (*reader)->next(record);
    if (!more) reading.error = more.error();
    if (!more || !*more) return reading;
    if (record.issue != nullptr) {
      ++reading.rejected;
      continue;
    }
    std::string& line = reading.records.emplace_back();
    for (const auto& cell : record.cells) line += std::string(cell) + "|";
  }
}

std::string zipped(const ZipParts& parts) {
  const TemporaryFile beside("", "x");
  make_zip(beside.directory() + "/made.zip", parts);
  return content_of(beside.directory() + "/made.zip");
}

/// With a check sum at its end, as the program "zstd" makes it.
std::string zstd_of(const std::string& text) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> packer(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress2(packer.get(), packed.data(), packed.size(), text.data(), text.size()));
  return packed;
}

struct Sample {
  std::string ending, bytes, format;
  bool by_lines = false;  ///< a cut between two records cannot be told
};

std::vector<Sample> samples() {
  const std::string card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nTEL:+14155552671\nEND:VCARD\n";
  const std::string other = "BEGIN:VCARD\nVERSION:3.0\nFN:Bob Day\nTEL:+14155552672\nEND:VCARD\n";
  const std::string ann = R"({"name": "Ann Lee", "phone": "+14155552671"})", bob = R"({"name": "Bob Day", "phone": "+14155552672"})";
  const std::string sheet =
      R"(<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>Name</t></is></c><c t="inlineStr"><is><t>Phone</t></is></c></row>)"
      R"(<row r="2"><c t="inlineStr"><is><t>Ann</t></is></c><c><v>4155552671</v></c></row></sheetData></worksheet>)";
  const std::string table = "<table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Name</text:p></table:table-cell>"
      "<table:table-cell office:value-type=\"string\"><text:p>Phone</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell "
      "office:value-type=\"string\"><text:p>Ann</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"4155552671\"/></table:table-row></table:table>";
  const std::string names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"t\" xmlns:text=\"x\"";
  BiffWriter cells;
  cells.label(0, 0, "Name").label(0, 1, "Phone").label(1, 0, "Ann").number(1, 1, 4155552671.0);
  return {
      {".vcf", card + other, "vcard", true},
      {".json", "[" + ann + ", " + bob + "]", "json"},
      {".json", "[\n  " + ann + ",\n  " + bob + "\n]\n", "json"},
      {".json", "{\"contacts\": [" + ann + ", " + bob + "]}", "json"},
      {".json", R"([["Name","Phone"],["Ann Lee","+14155552671"]])", "json"},
      {".json", R"(["vcard",[["version",{},"text","4.0"],["fn",{},"text","Ann"],["tel",{},"uri","tel:+14155552671"]]])", "jcard"},
      {".ndjson", ann + "\n" + bob + "\n", "ndjson", true},
      {".fods", "<?xml version=\"1.0\"?>\n<office:document " + names + " office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet>" + table +
                    "</office:spreadsheet></office:body></office:document>", "fods"},
      {".xls", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet Name=\"A\"><Table><Row><Cell><Data>Name</Data></Cell>"
               "<Cell><Data>Phone</Data></Cell></Row><Row><Cell><Data>Ann</Data></Cell><Cell><Data>+14155552671</Data></Cell></Row></Table></Worksheet></Workbook>", "xml2003"},
      {".xls", "<html><table><tr><td>Name</td><td>Phone</td></tr><tr><td>Ann</td><td>+14155552671</td></tr></table></html>", "html"},
      {".xls", compound({{"Workbook", workbook8({{"A", cells.bytes}})}}), "xls"},
      {".xlsx", zipped({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", R"(<workbook xmlns:r="v"><sheets><sheet name="A" r:id="s"/></sheets></workbook>)"},
                        {"xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="s.xml"/></Relationships>)"}, {"xl/s.xml", sheet}}), "xlsx"},
      {".ods", zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<office:document-content " + names + "><office:body><office:spreadsheet>" + table +
                    "</office:spreadsheet></office:body></office:document-content>"}}), "ods"},
      {".csv.gz", gzipped("Name,Phone\nAnn Lee,+14155552671\n"), "csv"},
      {".csv.zst", zstd_of("Name,Phone\nAnn Lee,+14155552671\n"), "csv"},
      {".zip", zipped({{"contacts.csv", "Name,Phone\nAnn Lee,+14155552671\n"}}), "csv"},
  };
}

/// Calls `visit` with some of the offsets of a long file, with each of a short one: these tests must stay short.
void at_offsets(const std::string& bytes, const std::function<void(std::size_t)>& visit) {
  for (std::size_t i = 0; i < bytes.size(); i += i < 40 || i + 25 > bytes.size() ? 1 : std::max<std::size_t>(bytes.size() / 50, 1)) visit(i);
}

/// Damage is refused, or rejected, or hides in a value: then the records are all there.
void check_told(const Reading& damaged, const Reading& whole) {
  if (damaged.error) CHECK(damaged.error->kind == ErrorKind::Input);
  else CHECK_MESSAGE((damaged.rejected > 0 || damaged.records.size() >= whole.records.size()), damaged.format);
}

}  // namespace

TEST_CASE("of every format and every packing there is a sample here, and what it begins with is known") {
  const auto all = samples();
  const auto has_sample = [&](const std::function<bool(const Sample&)>& fits) { return std::any_of(all.begin(), all.end(), fits); };
  for (const Format& format : registry().formats) {
    CAPTURE(format.names.front());
    CHECK(has_sample([&](const Sample& sample) { return std::find(format.names.begin(), format.names.end(), sample.format) != format.names.end(); }));
  }
  for (const Compression& packing : registry().compressions) {
    CAPTURE(packing.what);
    CHECK(has_sample([&](const Sample& sample) { return sample.ending.ends_with(packing.ending); }));
  }
  for (const Sample& sample : all) {
    CAPTURE(sample.format);
    const Looks looks = looks_of(sample.bytes);
    // What is neither is passed over in an archive whose names do not tell.
    CHECK(looks.kind != FileKind::Foreign);
    CHECK(looks.kind != FileKind::Binary);
    // Delimited text begins with anything.
    if (!sample.by_lines) CHECK(looks.kind != FileKind::Text);
  }
}

TEST_CASE("a file cut anywhere is refused as cut, or its whole records are read where they stand alone") {
  for (const Sample& sample : samples()) {
    const Reading whole = read(sample.bytes, sample.ending);
    REQUIRE_MESSAGE(!whole.error, sample.format);
    CHECK(whole.format == sample.format);
    REQUIRE_FALSE(whole.records.empty());
    at_offsets(sample.bytes, [&](std::size_t size) {
      if (size == 0) return;
      CAPTURE(sample.format);
      CAPTURE(size);
      const Reading cut = read(sample.bytes.substr(0, size), sample.ending);
      if (cut.error) {
        CHECK(cut.error->kind == ErrorKind::Input);
        CHECK_FALSE(cut.error->remedy.empty());
        return;
      }
      // Only line ends and closing tags may be missing, or, where records stand alone, whole records.
      if (!sample.by_lines) CHECK(cut.records == whole.records);
      CHECK(cut.format == sample.format);
      for (const auto& record : cut.records) CHECK(std::find(whole.records.begin(), whole.records.end(), record) != whole.records.end());
    });
  }
}

TEST_CASE("a file with a byte that was changed is read as what it is: no record goes missing in silence") {
  for (const Sample& sample : samples()) {
    const Reading whole = read(sample.bytes, sample.ending);
    at_offsets(sample.bytes, [&](std::size_t at) {
      const std::size_t change = at % 3 == 0 ? 0x01 : at % 3 == 1 ? 0x20 : 0x04;
      std::string bytes = sample.bytes;
      bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ change);
      CAPTURE(sample.format);
      CAPTURE(at);
      CAPTURE(change);
      check_told(read(bytes, sample.ending), whole);
    });
  }
}

TEST_CASE("a file with a run of zeros in it is read as what it is: no record goes missing in silence") {
  for (const Sample& sample : samples()) {
    const Reading whole = read(sample.bytes, sample.ending);
    at_offsets(sample.bytes, [&](std::size_t at) {
      std::string bytes = sample.bytes;
      const std::size_t run = std::min<std::size_t>(16, bytes.size() - at);
      bytes.replace(at, run, run, '\0');
      CAPTURE(sample.format);
      CAPTURE(at);
      check_told(read(bytes, sample.ending), whole);
    });
  }
}

TEST_CASE("the first bytes of a known file are no header of delimited text") {
  for (const char* bytes : {"P", "PK", "PK\x03", "<", "<?xm", "<!DOC", "BEGIN:VC", "begin:vcar", "{", "[", "{\n  ", "{\n  \"meta", "\xD0\xCF\x11\xE0", "\x1F", "(\xB5"}) {
    CAPTURE(bytes);
    const Reading cut = read(bytes, ".csv");
    REQUIRE(cut.error);
    CHECK(cut.error->kind == ErrorKind::Input);
  }
  CHECK(read("Name", ".csv").format == "csv");
  CHECK(read("[Name];[Phone]\nAnn;1\n", ".csv").format == "csv");
  CHECK(read("BEGIN\nAnn\n", ".csv").format == "csv");
  CHECK(read("PK\n4155552671\n", ".csv").format == "csv");
}
