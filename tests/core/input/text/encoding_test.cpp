#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/input/text/charset.h"
#include "core/input/text/text_encoding.h"
#include "core/input/delimited/csv_source.h"
#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string in(const std::string& charset, std::string_view utf8) {
  return Charset::open(charset)->from_utf8(utf8);
}

constexpr const char* kGerman =
    "Name;Straße\r\nJürgen Müller;Größlstraße 5\r\nFrançois Lefèvre;Rue de l'Été\r\n";
constexpr const char* kJapanese =
    "氏名,電話番号,住所\r\n山田太郎,09012345678,東京都千代田区ポ\r\n佐藤花子,08011112222,\"大阪府, "
    "大阪市表示\"\r\n";
constexpr const char* kRussian =
    "Имя;Фамилия;Телефон\r\nДмитрий;Иванов;+79161234567\r\nОльга;Кузнецова;+79161234568\r\n";
constexpr const char* kChinese =
    "姓名,电话,公司\r\n王伟,13800138000,北京科技有限公司\r\n李娜,13900139000,上海贸易公司\r\n";

/// Encoded and read, the text must come out as if it had been UTF-8, with the bytes of the encoded file.
void check_same(const std::string& charset, const std::string& utf8, const InputOptions& options = {}) {
  CAPTURE(charset);
  const std::string bytes = in(charset, utf8);
  const auto expected = read_text(utf8);
  const auto text = read_text(bytes, options);
  REQUIRE_FALSE(text.error);
  CHECK(text.info.columns == expected.info.columns);
  CHECK(text.rows() == expected.rows());
  CHECK(text.lines.total == expected.lines.total);
  for (const ReadRecord& record : text.records) {
    CHECK(bytes.substr(record.byte_begin, record.raw.size()) == record.raw);
  }
}

}  // namespace

TEST_CASE("common encodings are found out and cells come out as UTF-8") {
  check_same("windows-1252", kGerman);
  check_same("Shift_JIS", kJapanese);
  check_same("windows-1251", kRussian);
  check_same("KOI8-R", kRussian);
  check_same("GB18030", kChinese);
  check_same("UTF-16LE", kGerman);
  check_same("UTF-16BE", kJapanese);
}

TEST_CASE("the encoding is reported by its usual name, with a warning where it was guessed") {
  const auto german = read_text(in("windows-1252", kGerman));
  CHECK(german.info.encoding == "windows-1252");
  CHECK(german.warns_of("read as windows-1252"));
  CHECK(read_text(in("Shift_JIS", kJapanese)).info.encoding == "Shift_JIS");
  const auto wide = read_text("\xFF\xFE" + utf16(kGerman, false));
  CHECK(wide.info.encoding == "UTF-16LE");
  CHECK(wide.info.has_bom);
  CHECK(wide.warnings.empty());
  CHECK(read_text("Name\nBob\n").info.encoding == "UTF-8");
}

TEST_CASE("an encoding given by hand wins") {
  InputOptions options;
  for (const char* name : {"ISO-8859-2", "EUC-JP", "EUC-KR", "windows-1254", "ibm866", "macintosh"}) {
    options.encoding = name;
    check_same(name, "Name,Note\nx,y\n", options);
  }
  options.encoding = "ISO-8859-2";
  const auto czech = read_text(in("ISO-8859-2", "Jméno;Město\nTomáš;Plzeň\n"), options);
  CHECK(czech.info.encoding == "ISO-8859-2");
  CHECK(czech.rows() == Rows{{"Tomáš", "Plzeň"}});
  options.encoding = "utf-16";
  CHECK(read_text(utf16(kGerman, true), options).info.encoding == "UTF-16BE");
}

TEST_CASE("an encoding that cannot be is a usage error") {
  InputOptions options;
  for (const char* name : {"klingon", "", "ISO-2022-JP", "UTF-7", "ibm-37"}) {
    CAPTURE(name);
    options.encoding = name;
    const auto text = read_text("a,b\n", options);
    REQUIRE(text.error);
    CHECK(text.error->kind == ErrorKind::Usage);
    CHECK_FALSE(text.error->remedy.empty());
  }
}

TEST_CASE("the second byte of a character is not taken for a delimiter") {
  // U+30DD in Shift_JIS is 83 7C, and 7C is the vertical bar.
  std::string text = kJapanese;
  for (char& c : text) c = c == ',' ? '|' : c;
  check_same("Shift_JIS", text);
}

TEST_CASE("a file that stops being ASCII after the sample is decided on as a whole") {
  std::string bytes = "Name,Phone\n";
  for (int i = 0; i < 10000; ++i) bytes += "Bob,5551234567\n";
  const auto text = read_text(bytes + in("windows-1252", "Jürgen,5551234567\n"));
  CHECK(text.info.encoding == "windows-1252");
  CHECK(text.records.back().cells.front() == "Jürgen");
  const auto utf8 = read_text(bytes + "Jürgen,5551234567\n");
  CHECK(utf8.info.encoding == "UTF-8");
  CHECK(utf8.records.back().cells.front() == "Jürgen");
}

TEST_CASE("UTF-8 with a few wrong bytes stays UTF-8, and the records with them are rejected by line") {
  std::string bytes = "Name,Phone\n";
  for (int i = 0; i < 10; ++i) bytes += "Jürgen,5551234567\n";
  const auto text = read_text(bytes + "J\xFCrgen,5551234567\n" + bytes);
  REQUIRE_FALSE(text.error);
  CHECK(text.info.encoding == "UTF-8");
  CHECK(text.warns_of("the first: line 12"));
  REQUIRE(text.records.size() == 21);
  CHECK(text.records[10].issue == "row.not_in_encoding");
  CHECK(text.records[9].issue.empty());
  CHECK(text.records[11].issue.empty());
}

TEST_CASE("UTF-8 that ends inside a character is a file that was cut") {
  const auto text = read_text("Name,Phone\nJürgen,1\nJ\xC3");
  REQUIRE(text.error);
  CHECK(text.error->kind == ErrorKind::Input);
  CHECK(text.error->message.find("line 3") != std::string::npos);
  CHECK(text.error->remedy.find("--encoding") != std::string::npos);
}

TEST_CASE("a wrong byte met while reading ends the records before it") {
  InputOptions options;
  options.encoding = "UTF-8";
  for (const std::size_t block : {std::size_t{4}, std::size_t{4096}}) {
    const auto text = read_text("Name,Phone\nBob,1\nAnn,2\nJ\xFCrgen,3\nDan,4\n", options, block);
    REQUIRE(text.error);
    CHECK(text.error->kind == ErrorKind::Input);
    CHECK(text.error->message.find("line 4") != std::string::npos);
    CHECK(text.rows() == Rows{{"Bob", "1"}, {"Ann", "2"}});
  }
  options.encoding = "Shift_JIS";
  const auto text = read_text("Name,Phone\nBob,1\nx\x81,2\n", options);
  REQUIRE(text.error);
  CHECK(text.error->message.find("line 3") != std::string::npos);
}

TEST_CASE("UTF-16 cut inside a character is refused") {
  const auto text = read_text("\xFF\xFE" + utf16("Name,Phone\nBob,1\n", false) + "x");
  REQUIRE(text.error);
  CHECK(text.error->message.find("middle of a character") != std::string::npos);
}

TEST_CASE("offsets in UTF-16 are those of the file") {
  const std::string bytes = "\xFE\xFF" + utf16("Näme,Note\r\nZoë,\"a\"\"b\r\nc\"\r\n名,x\r\n", true);
  const auto text = read_text(bytes);
  REQUIRE(text.records.size() == 2);
  CHECK(text.rows() == Rows{{"Zoë", "a\"b\r\nc"}, {"名", "x"}});
  CHECK(text.records[0].byte_begin == 24);
  CHECK(text.records[1].byte_end == bytes.size());
  CHECK(text.records[0].raw == utf16("Zoë,\"a\"\"b\r\nc\"", true));
  CHECK(text.records[1].line == 4);
  CHECK(text.header_bytes == bytes.substr(0, 24));
}

TEST_CASE("sister encodings of a family are told apart by their letters") {
  constexpr const char* polish =
      "Imię,Nazwisko,Miasto\nŁukasz,Wiśniewski,Łódź\nGrażyna,Dąbrowska,Gdańsk\nElżbieta,Wójcik,Kraków\nPaweł,"
      "Żak,Poznań\n"
      "Michał,Zieliński,Wrocław\n";
  check_same("windows-1250", polish);
  check_same("ISO-8859-2", polish);
  constexpr const char* romanian =
      "Nume,Prenume,Oraş\nŞtefan,Bălan,Iaşi\nMihăiţă,Ţurcan,Braşov\nCătălin,Brânză,Bucureşti\nRăzvan,Păun,"
      "Timişoara\n";
  check_same("windows-1250", romanian);
  constexpr const char* western =
      "First Name,Last Name,City\nSøren,Østergård,København\nJosé,Muñoz,Málaga\nFrançois,Lefèvre,Besançon\n"
      "João,Gonçalves,São Paulo\nÅsa,Åkesson,Malmö\nJürgen,Weiß,Köln\nNicolò,Cantù,Forlì\n";
  check_same("windows-1252", western);
}

TEST_CASE("UTF-16 without a mark is seen though some characters end in a NUL byte") {
  check_same("UTF-16LE", "Name,City\n一郎,東京\nBob,London\nĀris,Rīga\n");
  check_same("UTF-16BE", "Name,City\n一郎,東京\nBob,London\nĀris,Rīga\n");
}

TEST_CASE("UTF-32 is read by its mark") {
  for (const char* name : {"UTF-32LE", "UTF-32BE"}) {
    const std::string mark = in(name, "\xEF\xBB\xBF");
    const auto text = read_text(mark + in(name, "Name;Note\r\nZoë 😀;\"a\"\"b\"\r\n"));
    CHECK(text.info.encoding == name);
    CHECK(text.rows() == Rows{{"Zoë 😀", "a\"b"}});
  }
}

TEST_CASE("encode gives text in the source's encoding") {
  const auto encode = [](const std::string& bytes, std::string_view utf8) {
    const auto open_bytes = [&]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(bytes); };
    auto source = open_csv(*begin_opening(open_bytes, "x", "", {}));
    return (*source)->encoder()(utf8);
  };
  CHECK(encode("Name\nBob\n", "Zoë 名") == "Zoë 名");
  CHECK(encode(in("windows-1252", kGerman), "Zoë 名 😀!") == "Zo\xEB ? ?!");
  CHECK(encode("\xFF\xFE" + utf16(kGerman, false), "ë") == std::string("\xEB\0", 2));
  CHECK(encode("\xFE\xFF" + utf16(kGerman, true), "ë") == std::string("\0\xEB", 2));
  CHECK(encode(in("windows-1252", kGerman), "") == "");
}

TEST_CASE("a large source is looked through in two halves, with the same finding as in one") {
  // Characters of four bytes, so that the middle is inside of one for most sizes.
  std::string text = "name\n";
  while (text.size() < (std::size_t{5} << 20)) text += "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80 Ann\n";
  const auto found = [](const std::string& bytes) {
    const auto store = view_bytes(bytes);
    REQUIRE(store->reads_side_by_side());
    return find_encoding(*store, bytes.substr(0, 4096), "list.csv", std::nullopt);
  };
  for (int pad = 0; pad < 4; ++pad) {
    CHECK(found(text).value().proven);
    text.insert(0, "x");
  }
  // One wrong byte: before, at and behind the middle, and at the end.
  const std::size_t middle = text.size() / 2;
  for (const std::size_t at : {std::size_t{5000}, middle - 3, middle - 2, middle - 1, middle, middle + 1, middle + 2, middle + 3, text.size() - 2}) {
    CAPTURE(at);
    std::string wrong = text;
    wrong[at] = '\xFF';
    const auto encoding = found(wrong);
    REQUIRE(encoding);
    CHECK(encoding->is_utf8());
    CHECK(encoding->tolerates);
    CHECK_FALSE(encoding->proven);
    const auto line = std::to_string(1 + std::count(wrong.begin(), wrong.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    CHECK(encoding->warning.find("the first: line " + line + ")") != std::string::npos);
  }
  const auto cut = found(text.substr(0, text.size() - 6));  // inside of the last character
  REQUIRE_FALSE(cut);
  CHECK(cut.error().message.find("a character here is not UTF-8") != std::string::npos);
}
