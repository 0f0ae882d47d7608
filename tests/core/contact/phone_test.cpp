#include "core/contact/phone.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/whole_file.h"
#include "core/contact/calling_code.h"
#include "tests/core/contact/both_readings.h"
#include "tests/paths.h"

using namespace switchboard::contact;
using Evidence = Phone::Evidence;

namespace {

std::string e164(std::string_view text, std::string_view region = {}, std::string_view dial_code = {}) {
  CHECK(switchboard::tests::is_read_alike(text));
  const Phone phone = parse_phone(text, {region, dial_code});
  return phone.ok() ? phone.e164 : std::string(phone.code);
}

}  // namespace

TEST_CASE("international numbers need no region") {
  CHECK(e164("+44 7911 123456") == "+447911123456");
  CHECK(e164("+44 (0)20 7946 0018") == "+442079460018");
  CHECK(e164("0044 7911 123456") == "+447911123456");
  CHECK(e164("(+44) 7911-123456") == "+447911123456");
  CHECK(e164("+0044 7911 123456") == "+447911123456");
  CHECK(e164("+39 02 4567 8901") == "+390245678901");
  CHECK(e164("+34 (0)915 123 456") == "+34915123456");
}

TEST_CASE("national numbers take the region they are given") {
  CHECK(e164("(212) 555-2368", "US") == "+12125552368");
  CHECK(e164("07911 123456", "GB") == "+447911123456");
  CHECK(e164("030/1234567", "DE") == "+49301234567");
  CHECK(e164("090-1234-5678", "JP") == "+819012345678");
  CHECK(e164("447911123456", "GB") == "+447911123456");
  CHECK(e164("011 44 7911 123456", "US") == "+447911123456");
  CHECK(e164("0044 7911 123456", "US") == "+447911123456");
  CHECK(e164("7911123456", "GB") == "+447911123456");
}

TEST_CASE("the longest way of dialling abroad still reaches the longest numbers") {
  CHECK(e164("1474 0011 878 102 327 425 659", "AU") == "+878102327425659");
  CHECK(e164("1411 0011 49 302 391 819 884 360", "AU") == "+49302391819884360");
}

TEST_CASE("a dial code beside the number is its country") {
  CHECK(e164("98765 00001", {}, "91") == "+919876500001");
  CHECK(e164("07911 123456", "US", "44") == "+447911123456");
  CHECK(e164("447911123456", {}, "44") == "+447911123456");
  CHECK(e164("4162345678", {}, "1") == "+14162345678");
  CHECK(parse_phone("98765 00001", {{}, "91"}).evidence == Evidence::DialCode);
}

TEST_CASE("without region and plus nobody can know the country") {
  CHECK(e164("07911 123456") == "phone.no_region");
  CHECK(e164("447911123456") == "phone.no_region");
}

TEST_CASE("the numbers of an international column carry their calling code, with or without +") {
  const auto read = [](const char* text, const char* region) { return parse_phone(text, {region, {}, true}); };
  CHECK(read("447911123456", "DE").e164 == "+447911123456");
  CHECK(parse_phone("447911123456", {"DE", {}}).e164 != "+447911123456");
  CHECK_FALSE(read("447911123456", "DE").assumed_international);
  CHECK(read("491711234567", "DE").e164 == "+491711234567");
  CHECK(read("6591234567", "DE").e164 == "+6591234567");
  CHECK(read("0171 1234567", "DE").e164 == "+491711234567");
}

TEST_CASE("a number that is only valid as if it had a plus is taken as international, and says so") {
  const Phone phone = parse_phone("447911123456", {"US", {}});
  CHECK(phone.e164 == "+447911123456");
  CHECK(phone.assumed_international);
  CHECK(phone.evidence == Evidence::OwnCode);
  CHECK_FALSE(parse_phone("07911 123456", {"GB", {}}).assumed_international);
  // Digits that begin with their own calling code; German ones are valid either way.
  CHECK(e164("491711234567", "DE") == "+491711234567");
  CHECK(parse_phone("491711234567", {"DE", {}}).assumed_international);
  CHECK(e164("436641234567", "AT") == "+436641234567");
  CHECK(e164("6281234567890", "ID") == "+6281234567890");
  CHECK(e164("0491 7112345", "DE") == "+494917112345");
  CHECK(e164("55991234567", "BR") == "+5555991234567");  // area 55, a mobile of eleven digits
  CHECK_FALSE(parse_phone("12125552368", {"US", {}}).assumed_international);
  CHECK(e164("6591234567", "DE") != "+6591234567");  // ten digits could be anybody's typing error
}

TEST_CASE("possible but unknown ranges pass only in international form") {
  const Phone phone = parse_phone("+1 012 345 6789", {});
  CHECK(phone.ok());
  CHECK(phone.possible_only);
  CHECK(e164("012 345 6789", "US") == "phone.invalid");
  CHECK_FALSE(parse_phone("+12125552368", {}).possible_only);
}

TEST_CASE("what cannot be a phone says why") {
  CHECK(e164("+49 1") == "phone.too_short");
  CHECK(e164("12 34", "US") == "phone.too_short");
  CHECK(e164("12") == "phone.too_short");
  CHECK(e164("+4479111234567890") == "phone.too_long");
  CHECK(e164("+8133576626076626000") == "phone.too_long");  // libphonenumber calls it possible
  CHECK(e164("+999 123456789") == "phone.unknown_country_code");
  for (const char* text : {"n/a", "call me", "see notes", "17/05/2024", "2024-05-17", "jane@example.com",
                           "1234567.89", "51.5074, -0.1278", "*123#"}) {
    CHECK_MESSAGE(e164(text, "US") == "phone.not_a_number", text);
  }
}

TEST_CASE("spreadsheet damage is repaired exactly or refused") {
  CHECK(e164("4.47911E+11", "GB") == "phone.damaged");
  CHECK(e164("1.3288888888E+10", "CN") == "+8613288888888");
  CHECK(parse_phone("1.3288888888E+10", {"CN", {}}).repaired);
  CHECK(e164("447911123456.0", "GB") == "+447911123456");
  CHECK(e164("'+447911123456") == "+447911123456");
  CHECK(e164("=\"+447911123456\"") == "+447911123456");
  CHECK(e164("########", "GB") == "phone.damaged");
}

TEST_CASE("unusual characters and labels are understood") {
  CHECK(e164("＋４４ ７９１１ １２３４５６") == "+447911123456");
  CHECK(e164("tel:+44-7911-123456") == "+447911123456");
  CHECK(e164("+44\xC2\xA0"
             "7911\xC2\xA0"
             "123456") == "+447911123456");
  CHECK(e164("\xE2\x80\xAA+447911123456\xE2\x80\xAC") == "+447911123456");
  CHECK(e164("Tel.: 030 1234567", "DE") == "+49301234567");
  CHECK(e164("0171 1234567 (mobil)", "DE") == "+491711234567");
  CHECK(e164("٠٥٠١٢٣٤٥٦٧", "SA") == "+966501234567");
}

TEST_CASE("a number cell has lost the zero that is part of the number, and gets it back where there is no number without") {
  const auto cell = [](const char* text, const char* region) {
    PhoneContext context;
    context.region = region;
    context.number_cell = true;
    const Phone phone = parse_phone(text, context);
    return (phone.ok() ? phone.e164 : std::string(phone.code)) + (phone.zero_restored ? " restored" : "");
  };
  CHECK(cell("669812345", "IT") == "+390669812345 restored");
  CHECK(cell("504458020", "CI") == "+2250504458020 restored");
  CHECK(cell("3331234567", "IT") == "+393331234567");  // a mobile, which has none
  CHECK(cell("1712345678", "DE") == "+491712345678");  // dialled inside the country only
  CHECK(cell("2671", "US") == "phone.too_short");
  CHECK(e164("669812345", "IT") == "phone.invalid");
}

TEST_CASE("a long text is a note, and costs nothing") {
  CHECK(e164(std::string(100'000, '1')) == "phone.not_a_number");
  CHECK(e164(std::string(100'000, '\xC3')) == "phone.not_a_number");
}

TEST_CASE("an extension is split off, not dialled") {
  for (const char* text : {"+1 212 555 2368 ext. 12", "+1 212 555 2368 x12", "tel:+1-212-555-2368;ext=12",
                           "+1 212 555 2368 #12", "+1 212 555 2368,12"}) {
    const Phone phone = parse_phone(text, {});
    CHECK_MESSAGE(phone.e164 == "+12125552368", text);
    CHECK_MESSAGE(phone.extension == "12", text);
  }
  CHECK(e164("03-3501-1511 内線12", "JP") == "+81335011511");
  CHECK(e164("010-8888 8888转12", "CN") == "+861088888888");
  CHECK(e164("0212 345 67 89 dahili 12", "TR") == "+902123456789");
  CHECK(e164("4155552671 x 12 (work)", "US") == "+14155552671");
  CHECK(e164("030 1234567 Nebenstelle 12", "DE") == "+49301234567");
  CHECK(e164("8 (495) 123-45-67 добавочный 12", "RU") == "+74951234567");
  CHECK(e164("(061) 123-4567 mellék: 12", "HU") == "+3611234567");
  CHECK(e164("415-555-2671 ext", "US") == "+14155552671");
  CHECK(e164("415-555-267 x", "US") != "+14155552679");
}

TEST_CASE("two numbers in one cell are refused") {
  for (const char* text :
       {"+44 7911 123456 / +44 7911 123457", "+447911123456;+447911123457", "07911 123456 or 07911 123457",
        "+44 7911 123456\n+44 7911 123457", "030 12345678/79", "+447911123456 +447911123457"}) {
    CHECK_MESSAGE(e164(text, "GB") == "phone.several", text);
  }
  CHECK(e164("0171/1234567", "DE") == "+491711234567");
}

TEST_CASE("the parts of a number add up to it") {
  for (const char* text : {"+390245678901", "+919876500001", "+12125552368", "+4930123456"}) {
    const Phone phone = parse_phone(text, {});
    CHECK("+" + phone.calling_code + phone.national == phone.e164);
  }
}

TEST_CASE("calling codes are told from other numbers") {
  for (const char* text : {"+44", "0091", "1", "1-684", "39-06", "44.0", "(44)", "1684", "00 44"}) CHECK_MESSAGE(is_calling_code(text, newest_plan()), text);
  for (const char* text : {"", "+", "999", "0", "US", "12345", "4.4", "20.5", "2024-05-17"})
    CHECK_MESSAGE(!is_calling_code(text, newest_plan()), text);
  CHECK(read_dial_code("+44", newest_plan()).code == "44");
  CHECK(read_dial_code("1-684", newest_plan()).area == "684");
  CHECK(read_dial_code("441481", newest_plan()).area == "1481");
  CHECK(read_dial_code("Deutschland", newest_plan()).code == "49");
  for (const char* text : {"", "999", "0", "12345", "n/a", "030"}) CHECK_MESSAGE(read_dial_code(text, newest_plan()).code.empty(), text);
}

TEST_CASE("the plan that was chosen says which calling codes there are") {
  /// Plans of another world: one country, whose code is 999.
  class Elsewhere final : public NumberingPlan {
   public:
    std::string_view version() const override { return "elsewhere"; }
    PlanNumber read_international(std::string_view) const override { return {}; }
    PlanNumber read_national(std::string_view, std::string_view) const override { return {}; }
    std::string_view main_region(unsigned code) const override { return code == 999 ? "GB" : ""; }
    unsigned calling_code(std::string_view region) const override { return region == "GB" ? 999 : 0; }
  };
  const Elsewhere plan;
  CHECK(is_calling_code("+999", plan));
  CHECK_FALSE(is_calling_code("+44", plan));
  CHECK(read_dial_code("999", plan).code == "999");
  CHECK(read_dial_code("United Kingdom", plan).code == "999");
  CHECK(read_dial_code("44", plan).code.empty());
  CHECK(is_phone_region("GB", plan));
  CHECK_FALSE(is_phone_region("DE", plan));
}

TEST_CASE("every refusal comes with advice") {
  for (const char* code :
       {"phone.too_short", "phone.too_long", "phone.not_a_number", "phone.invalid", "phone.no_region",
        "phone.unknown_country_code", "phone.damaged", "phone.several",
        "phone.ambiguous"}) {
    CHECK(phone_advice(code) != nullptr);
  }
}

TEST_CASE("any bytes at all give a phone or a reason") {
  std::uint64_t state = 42;
  const auto next = [&] {
    return state = state * 6364136223846793005ULL + 1442695040888963407ULL, state >> 33U;
  };
  const std::string alphabet = "0123456789+-() ./,;xeE#'\"=\xC2\xA0\xEF\xBC\x91\xFF";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::uint64_t n = next() % 24; n > 0; --n) text += alphabet[next() % alphabet.size()];
    const Phone phone = parse_phone(text, {i % 2 == 0 ? "DE" : "", i % 3 == 0 ? "44" : ""});
    if (phone.ok()) {
      CHECK(phone.e164.size() >= 4);
      CHECK(phone.e164.size() <= 19);
    } else {
      CHECK(phone_advice(phone.code) != nullptr);
    }
  }
}

TEST_CASE("masks and words for nothing are no keypad letters") {
  for (const char* text : {"(212) 555-XXXX", "07400 1xxxxx", "415-555-null", "415 555 test", "1-800-XXX-XXXX", "1-800-nnn-nnnn",
                           "800-555-null", "1-800-555-TEST", "212-555-****", "212 555 12##", "0171 ??????"}) {
    CHECK_MESSAGE(e164(text, "US") == "phone.not_a_number", text);
    CHECK_MESSAGE(e164(text, "GB") == "phone.not_a_number", text);
  }
}

TEST_CASE("signs that separate do not where they stand for digits") {
  for (const char* text : {"+49 171 ••• 1234", "+49 30 ··· 12345", "+43 •• 1234567", "+49 171 • • • 1234", "0171 1234...", "0171 1234567…", "030---12345678",
                           "030 ––– 12345678", "03ーーー12345678", "03〜〜〜12345678", "••• 1234567", "(212) 555-... 2671"}) {
    CHECK_MESSAGE(e164(text, "DE") == "phone.not_a_number", text);
    CHECK_MESSAGE(e164(text, "US") == "phone.not_a_number", text);
  }
  CHECK(e164("+49·171·1234567", {}) == "+491711234567");
  CHECK(e164("• +49 171 • 1234567", {}) == "+491711234567");
  CHECK(e164("03・1234・5678", "JP") == "+81312345678");
  CHECK(e164("03○12345678", "JP") == "phone.not_a_number");
  CHECK(e164("0171..1234567", "DE") == "+491711234567");
  CHECK(e164("0171--1234567", "DE") == "+491711234567");
  CHECK(e164("--- 0171 1234567 ---", "DE") == "+491711234567");
  CHECK(e164("0171 / 12 . 34 . 567", "DE") == "+491711234567");
}

TEST_CASE("letters are dialled only where numbers are advertised by words, and it is said") {
  const Phone flowers = parse_phone("1-800-FLOWERS", {"US", {}});
  CHECK(flowers.e164 == "+18003569377");
  CHECK(flowers.from_letters);
  CHECK(e164("+1 888 GO FEDEX", {}) == "+18884633339");
  CHECK(e164("212-FLOWERS", "US") == "phone.not_a_number");   // nobody's area code is a word's
  CHECK(e164("1-800-4FLOWER", "US") == "phone.not_a_number");  // part of a word
  CHECK_FALSE(parse_phone("+12125552368", {}).from_letters);
}

TEST_CASE("one digit too many is a slip, not a foreign country") {
  CHECK(e164("41555526712", "US") == "phone.too_long");  // +41 would be Switzerland
  CHECK(e164("2125550123 4", "US") == "phone.too_long");
  CHECK(e164("61455526712", "US") == "phone.too_long");
  CHECK(e164("7911123456 7", "GB") == "phone.too_long");  // +7 would be Russia
  CHECK(e164("98450123451", "IN") == "phone.too_long");   // +98 would be Iran
  CHECK(e164("447400123456", "US") == "+447400123456");
  CHECK(e164("33612345678", "US") == "+33612345678");
  CHECK(parse_phone("33612345678", {"US", {}}).assumed_international);
  CHECK(e164("14155552671 2", "US") == "phone.too_long");
  CHECK(parse_phone("41555526712", {"US", {}, true}).e164 == "+41555526712");  // a column that says it is international
}

TEST_CASE("what is dialled after a pause is an extension") {
  const auto both = [](const char* text) {
    const Phone phone = parse_phone(text, {"US", {}});
    return phone.ok() ? phone.e164 + " " + phone.extension : std::string(phone.code);
  };
  CHECK(both("+12025551212,,345#") == "+12025551212 345");
  CHECK(both("2025551213;;,;") == "+12025551213 ");
  CHECK(both("+12025551214p99") == "+12025551214 99");
  CHECK(both("202-555-1215w1234") == "+12025551215 1234");
  CHECK(both("1-800-555-0199,,,1234567#") == "+18005550199 1234567");
  CHECK(both("+1 202 555 1212;ext=34") == "+12025551212 34");
  CHECK(both("+16505551212,0012025551212") == "phone.several");
  CHECK(both("202-555-1212,,202-555-1213") == "phone.several");
  CHECK(both("202-555-1212;2025551213") == "phone.several");
}

TEST_CASE("a code beside a number may hold its area too") {
  const auto beside = [](const char* code, const char* local) {
    const DialCode read = read_dial_code(code, newest_plan());
    const Phone phone = parse_phone(local, {{}, read.code, false, false, read.area});
    return phone.ok() ? phone.e164 : std::string(phone.code);
  };
  CHECK(beside("+1-684", "633-1234") == "+16846331234");
  CHECK(beside("1684", "6331234") == "+16846331234");
  CHECK(beside("+1 684", "6331234") == "+16846331234");
  CHECK(beside("+1-684", "684 633 1234") == "+16846331234");
  CHECK(beside("+44-1481", "720123") == "+441481720123");
  CHECK(beside("44-1481", "01481 720123") == "+441481720123");
  CHECK(beside("39-06", "69812345") == "+390669812345");
  CHECK(beside("+599-9", "4351234") == "+59994351234");
  CHECK(beside("+1", "876-555-1235") == "+18765551235");
  CHECK(beside("00 44", "7400123456") == "+447400123456");
  CHECK(beside("44.0", "7400123458") == "+447400123458");
  CHECK(beside("(+44)", "07400123459") == "+447400123459");
  CHECK(beside("US +1", "4155552671") == "+14155552671");
  CHECK(beside("Germany (+49)", "1711234569") == "+491711234569");
  CHECK(beside("DE", "1711234567") == "+491711234567");
  CHECK(beside("1", "+447400123460") == "+447400123460");
  CHECK(beside("49-30", "1711234567") == "phone.ambiguous");  // a mobile, or a long number in Berlin
  CHECK(beside("999", "1711234567") == "phone.no_region");
}

TEST_CASE("an area code in a cell of its own goes before the number") {
  const auto beside = [](const char* area, const char* local, const char* region) {
    const Phone phone = parse_phone(local, {region, {}, false, false, area});
    return phone.ok() ? phone.e164 : std::string(phone.code);
  };
  CHECK(beside("415", "555-2671", "US") == "+14155552671");
  CHECK(beside("030", "1234567", "DE") == "+49301234567");
  CHECK(beside("30", "1234567", "DE") == "+49301234567");
  CHECK(beside("030", "030 1234567", "DE") == "+49301234567");
  CHECK(beside("11", "91234-5678", "BR") == "+5511912345678");
  CHECK(beside("06", "69812345", "IT") == "+390669812345");
}

TEST_CASE("the short way to read plain numbers finds what the long way finds") {
  std::uint64_t state = 7;
  const auto next = [&] {
    return state = state * 6364136223846793005ULL + 1442695040888963407ULL, state >> 33U;
  };
  const std::string alphabet = "01234567890123456789 -()+0";
  for (int i = 0; i < 30000; ++i) {
    std::string text = i % 3 == 0 ? "+" : "";
    for (std::uint64_t n = 2 + next() % 20; n > 0; --n) text += alphabet[next() % alphabet.size()];
    if (i % 50 == 0) text += "000000";
    CHECK_MESSAGE(switchboard::tests::is_read_alike(text), text);
  }
  // All texts of so many pieces, behind beginnings of several kinds and before ends that make them long enough.
  const auto check_all = [](const std::vector<std::string>& pieces, std::size_t most, const std::vector<std::string>& begins, const std::vector<std::string>& ends) {
    for (const std::string& begin : begins) {
      for (const std::string& end : ends) {
        for (std::size_t size = 0, count = 1; size <= most; ++size, count *= pieces.size()) {
          for (std::size_t number = 0; number < count; ++number) {
            std::string text = begin;
            for (std::size_t i = 0, rest = number; i < size; ++i, rest /= pieces.size()) text += pieces[rest % pieces.size()];
            text += end;
            if (!switchboard::tests::is_read_alike(text)) FAIL(text);
          }
        }
      }
    }
  };
  check_all({"0", "5", "-", "(", ")", " ", "+"}, 4, {"", "+", "00", "(0", "1-", "555 12", "+49 (0) 171"}, {"", "1234567", " 000000", "-12 34 567", ")"});
  // The same with dots, blanks that break no line, their bytes alone, and a zero in brackets.
  check_all({"0", "5", "12", "2024", " ", "-", ".", "..", "(0)", "\xC2\xA0", "\xC2", "\xA0", "/"}, 3,
            {"", "+", "00", "12.", "310.51", "447911123456", "555 12", "+49 (0) 171", "\xC2\xA0", "12345."},
            {"", "1234567", " 000000", "000000", ".0", ".00", ".123", "\xC2\xA0", ".12.2024", "-12 34 567"});
}

TEST_CASE("a prefix that Mexico gave up is left out, and told") {
  for (const char* text : {"044 55 1234 5678", "045 55 1234 5678", "01 55 1234 5678", "+52 1 55 1234 5678", "521 55 1234 5678", "00 52 1 55 1234 5678"}) {
    CAPTURE(std::string(text));
    const Phone phone = parse_phone(text, {"MX", {}});
    CHECK(phone.e164 == "+525512345678");
    CHECK(phone.old_prefix);
  }
  CHECK(parse_phone("+52 1 55 1234 5678", {"US", {}}).e164 == "+525512345678");
  CHECK_FALSE(parse_phone("55 1234 5678", {"MX", {}}).old_prefix);
  CHECK(std::string(parse_phone("044 55 1234 56789", {"MX", {}}).code) == "phone.too_long");
}

TEST_CASE("a + that was typed into a spreadsheet as a formula is a +") {
  CHECK(parse_phone("=+14155552674", {}).e164 == "+14155552674");
  CHECK_FALSE(parse_phone("=4155552674", {"US", {}}).ok());
}

TEST_CASE("a number that says it is a fax is no number to call, and a picture of a phone is nothing") {
  for (const char* fax : {"415-555-2671 (fax)", "Fax: 415-555-2671", "F 415-555-2671", "Telefax 415 555 2671"}) {
    CAPTURE(std::string(fax));
    CHECK(e164(fax, "US") == "phone.not_a_number");
  }
  CHECK(e164("☎ 0151/23456701", "DE") == "+4915123456701");
  CHECK(e164("📱+49 151 23456701") == "+4915123456701");
  CHECK(e164("06 12 34 56 70 perso", "FR") == "+33612345670");
}

TEST_CASE("whatever stands in the files that people had trouble with is read the same in one go and closely") {
  std::size_t cells = 0;
  for (const char* folder : {"field-cases", "input/field", "input/csv"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(switchboard::tests::data_dir() / folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string file = switchboard::read_whole_file(entry.path().string(), 1 << 20, nullptr).text;
      for (std::size_t begin = 0; begin <= file.size();) {
        const std::size_t end = std::min(file.find_first_of(",;\t|\"\r\n", begin), file.size());
        const std::string cell = file.substr(begin, end - begin);
        if (!switchboard::tests::is_read_alike(cell)) FAIL(entry.path().filename().string() << ": " << cell);
        begin = end + 1;
        ++cells;
      }
    }
  }
  CHECK(cells > 1000);
}
