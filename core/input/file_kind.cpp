#include "core/input/file_kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/ascii.h"
#include "core/input/archive/zip_kind.h"
#include "core/input/damaged_beginning.h"
#include "core/input/text/text_encoding.h"
#include "core/input/text/utf8_check.h"
#include "core/input/xls/biff_records.h"
#include "core/input/bytes/little_endian.h"

namespace switchboard::input {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSaveAsCsv = "Open it in a spreadsheet program and save it as CSV (UTF-8).";
constexpr std::string_view kExportCsv = "Export the contacts from the program it comes from as CSV.";
constexpr std::string_view kUnpack = "Unpack it first and name the contact file inside.";

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  FileKind kind;
  std::string_view what;  ///< empty: as the kind says
  std::string_view remedy;
};

constexpr std::array kSignatures = {
    Signature{
        0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, FileKind::Cfb,
        "",
        "Open it in a spreadsheet program, with its password if it has one, and save it as CSV (UTF-8)."},
    Signature{0, "\x1F\x8B"sv, FileKind::Gzip, "", kUnpack},
    Signature{0, "\x28\xB5\x2F\xFD"sv, FileKind::Zstd, "", kUnpack},
    Signature{0, "BZh"sv, FileKind::Foreign, "a bzip2-compressed file", kUnpack},
    Signature{0,
              "\xFD"
              "7zXZ\0"sv,
              FileKind::Foreign, "an xz-compressed file", kUnpack},
    Signature{0, "7z\xBC\xAF\x27\x1C"sv, FileKind::Foreign, "a 7-Zip archive", kUnpack},
    Signature{0, "Rar!\x1A\x07"sv, FileKind::Foreign, "a RAR archive", kUnpack},
    Signature{257, "ustar"sv, FileKind::Foreign, "a tar archive", kUnpack},
    Signature{0, "%PDF-"sv, FileKind::Foreign, "a PDF document", kExportCsv},
    Signature{0, "{\\rtf"sv, FileKind::Foreign, "a rich text document (RTF)", kExportCsv},
    Signature{0, "\x89PNG\r\n\x1A\n"sv, FileKind::Foreign, "a picture (PNG)", kExportCsv},
    Signature{0, "\xFF\xD8\xFF"sv, FileKind::Foreign, "a picture (JPEG)", kExportCsv},
    Signature{0, "GIF8"sv, FileKind::Foreign, "a picture (GIF)", kExportCsv},
    Signature{8, "WEBPVP8"sv, FileKind::Foreign, "a picture (WebP)", kExportCsv},
    Signature{4, "ftyphei"sv, FileKind::Foreign, "a picture (HEIC)", kExportCsv},
    Signature{0, "II*\0"sv, FileKind::Foreign, "a picture (TIFF)", kExportCsv},
    Signature{0, "MM\0*"sv, FileKind::Foreign, "a picture (TIFF)", kExportCsv},
    Signature{0,
              "\x7F"
              "ELF"sv,
              FileKind::Foreign, "a program (ELF)", "Name a contact list instead."},
    Signature{0, "SQLite format 3\0"sv, FileKind::Foreign, "a SQLite database",
              "Export the contacts table as CSV: sqlite3 -header -csv FILE 'SELECT * FROM …'."},
    Signature{0, "PAR1"sv, FileKind::Foreign, "a Parquet file", "Convert it to CSV first."},
    Signature{0, "!BDN"sv, FileKind::Foreign, "an Outlook data file (.pst)",
              "In Outlook, export the contacts as comma separated values."},
    Signature{0, "\0\0\x02\0\x04\x04"sv, FileKind::Foreign, "a spreadsheet of Lotus 1-2-3", kSaveAsCsv},
    Signature{0, "\0\0\x02\0\x06\x04"sv, FileKind::Foreign, "a spreadsheet of Lotus 1-2-3", kSaveAsCsv},
    Signature{0, "\0\0\x1A\0"sv, FileKind::Foreign, "a spreadsheet of Lotus 1-2-3", kSaveAsCsv},
    Signature{0, "TABLE\r\n0,1\r\n"sv, FileKind::Foreign, "a spreadsheet in the data interchange format (.dif)", kSaveAsCsv},
    Signature{0, "TABLE\n0,1\n"sv, FileKind::Foreign, "a spreadsheet in the data interchange format (.dif)", kSaveAsCsv},
    Signature{0, "socialcalc:version:"sv, FileKind::Foreign, "a spreadsheet of EtherCalc", kSaveAsCsv},
    Signature{0, "-----BEGIN PGP MESSAGE"sv, FileKind::Foreign, "an encrypted message (PGP)",
              "Decrypt it first."},
    Signature{0, "bplist00"sv, FileKind::Foreign, "an Apple property list", kExportCsv},
};

bool starts_with_ignoring_case(std::string_view text, std::string_view upper) {
  return text.size() >= upper.size() &&
         std::equal(upper.begin(), upper.end(), text.begin(), [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}

std::string_view without_leading_space(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto first = text.find_first_not_of(" \t\r\n\v\f");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// UTF-16 and UTF-32 with their NULs taken out: good enough to recognise ASCII words.
std::string without_nuls(std::string_view head) {
  std::string text(head);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) text.erase(0, 2);
  std::erase(text, '\0');
  return text;
}

/// Behind frames that are to be passed over, with which parallel packers begin (RFC 8878, 3.1.2).
bool is_zstd(std::string_view head) {
  constexpr std::size_t kHeaderBytes = 8;
  while (head.size() > kHeaderBytes && (static_cast<unsigned char>(head[0]) & 0xF0) == 0x50 && head.substr(1).starts_with("\x2A\x4D\x18")) {
    head.remove_prefix(std::min<std::size_t>(head.size(), kHeaderBytes + u32_at(head, 4)));
  }
  return head.starts_with("\x28\xB5\x2F\xFD");
}

bool is_zip(std::string_view head) {
  return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06") || head.starts_with("PK\x07\x08");
}

/// Behind a bracket: numbers and commas up to the bracket that closes, or to the end of what there is. Headers in brackets have words.
bool is_list_of_numbers(std::string_view text) {
  if (!is_digit(text.front()) && text.front() != '+' && text.front() != '-') return false;
  const std::size_t end = text.find_first_not_of("0123456789+-.eE, \t\r\n");
  return end == std::string_view::npos || (text[end] == ']' && without_leading_space(text.substr(end + 1)).empty());
}

/// `[` and `{` also begin headers ("[Name];[Phone]") and templates, so more than the bracket is asked for.
bool looks_like_json(std::string_view text) {
  if (text.starts_with('\x1E')) text.remove_prefix(1);  // RFC 7464
  if (text.empty() || (text.front() != '[' && text.front() != '{')) return false;
  const bool array = text.front() == '[';
  text = without_leading_space(text.substr(1));
  if (text.empty()) return false;
  if (array) return text.front() == '{' || text.front() == '[' || text.front() == ']' || text.front() == '"' || is_list_of_numbers(text);
  if (text.front() == '}') return true;
  if (text.front() != '"') return false;
  const auto close = text.find('"', 1);
  if (close == std::string_view::npos) return false;
  return without_leading_space(text.substr(close + 1)).starts_with(':');
}

bool is_html(std::string_view text) {
  for (const std::string_view begin : {"<!DOCTYPE HTML", "<HTML", "<HEAD", "<META", "<TABLE", "<BODY", "<STYLE", "<CENTER"})
    if (starts_with_ignoring_case(text, begin)) return true;
  text = text.substr(0, 1024);
  return starts_with_ignoring_case(text, "<?XML") && (text.find("<html") != std::string_view::npos || text.find("<!DOCTYPE html") != std::string_view::npos);
}

bool is_markup(std::string_view text) {
  return starts_with_ignoring_case(text, "<!DOCTYPE") || starts_with_ignoring_case(text, "<HTML") ||
         starts_with_ignoring_case(text, "<TABLE") || starts_with_ignoring_case(text, "<?XML") ||
         starts_with_ignoring_case(text, "<META");
}

/// Lines of a symbolic link file (.slk): a word of one or two capitals, then fields of one capital and more. Lists whose first
/// header is "ID" begin like one, too.
bool is_sylk(std::string_view text) {
  if (!text.starts_with("ID;P")) return false;
  for (int line = 0; line < 3; ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return line > 0;
    text.remove_prefix(end + 1);
    const std::size_t word = text.find(';');
    if (word == std::string_view::npos || word == 0 || word > 2 || word + 1 >= text.size()) return false;
    if (!std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(word), is_ascii_upper) || !is_ascii_upper(text[word + 1])) return false;
  }
  return true;
}

/// By the namespace of its outermost element, which stands near the beginning.
bool is_xml2003(std::string_view text) {
  text = text.substr(0, 4096);
  if (!starts_with_ignoring_case(text, "<?XML") && !text.starts_with("<Workbook") && !text.starts_with("<ss:Workbook")) return false;
  return text.find("urn:schemas-microsoft-com:office:spreadsheet") != std::string_view::npos && text.find("Workbook") != std::string_view::npos;
}

/// Control characters beyond those that text has. NULs inside a text are tolerated as long as they are few.
bool is_binary(std::string_view head) {
  std::size_t controls = 0;
  for (const char c : head) {
    const auto byte = static_cast<unsigned char>(c);
    // 0x1A ends old DOS files; 0x1B begins terminal and ISO-2022 sequences; 0x1C to 0x1F are separators.
    if (byte == 0x7F || (byte < 0x20 && !(byte >= '\t' && byte <= '\r') && byte < 0x1A)) ++controls;
  }
  const std::size_t tolerated_percent = is_utf8(head.substr(0, head.size() - cut_character(head))) ? 10 : 2;
  return controls * 100 > head.size() * tolerated_percent;
}

/// The code units of UTF-16 that are Latin as they are, a letter for each other one: bytes of Arabic look like control characters.
std::string latin_units(std::string_view head, bool big_endian) {
  std::string text;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    const char high = head[big_endian ? i : i + 1], low = head[big_endian ? i + 1 : i];
    text += high == '\0' ? low : 'x';
  }
  return text;
}

/// UTF-16 by its mark or by NULs on one side only; then NULs say nothing about being binary.
bool is_wide_text(std::string_view head) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") || head.starts_with("\0\0\xFE\xFF"sv))
    return true;
  // Binary formats also have such patterns, but little else that text has.
  const std::string_view encoding = utf16_by_nuls(head);
  return !encoding.empty() && !is_binary(latin_units(head, encoding == "UTF-16BE"));
}

/// Text that formats begin with; those of kSignatures besides.
constexpr std::array kBeginnings = {
    Signature{0, "PK\x03\x04"sv, FileKind::Damaged, "a zip archive or workbook", ""},
    Signature{0, "BEGIN:VCARD"sv, FileKind::Damaged, "a vCard file (.vcf)", ""},
    Signature{0, "<?xml "sv, FileKind::Damaged, "an XML file", ""},
    Signature{0, "<!DOCTYPE "sv, FileKind::Damaged, "a web page", ""},
};

/// Of a file that ends before the bytes that would tell what it is: all that it has is how something known begins.
std::optional<Looks> cut_beginning(std::string_view whole) {
  const std::string lower = lower_case(whole);
  const auto cut = [&](const Signature& known) -> std::optional<Looks> {
    const bool is_text = known.kind == FileKind::Damaged;
    const std::string bytes = is_text ? lower_case(known.bytes) : std::string(known.bytes);
    if (known.offset != 0 || whole.size() >= bytes.size() || !std::string_view(bytes).starts_with(is_text ? lower : std::string(whole))) return std::nullopt;
    return Looks{FileKind::Damaged, fmt::format("the first {} of {}", whole.size() == 1 ? "byte" : fmt::format("{} bytes", whole.size()), known.what.empty() ? what_of(known.kind) : known.what),
                 "Take it from its source again."};
  };
  for (const Signature& known : kBeginnings) {
    if (auto looks = cut(known)) return looks;
  }
  for (const Signature& known : kSignatures) {
    if (known.kind == FileKind::Foreign) continue;  // short words, and "I" or "MM" may be a header
    if (auto looks = cut(known)) return looks;
  }
  return std::nullopt;
}

Looks looks_like(FileKind kind, std::string_view remedy, std::string_view what = {}) {
  return {kind, std::string(what.empty() ? what_of(kind) : what), std::string(remedy)};
}

}  // namespace

std::string_view what_of(FileKind kind) {
  switch (kind) {
    case FileKind::Text:
      return "delimited text";
    case FileKind::VCard:
      return "a vCard file (.vcf)";
    case FileKind::Json:
      return "a JSON file";
    case FileKind::Zip:
      return "a zip archive";
    case FileKind::Xlsx:
      return "an Excel workbook (.xlsx)";
    case FileKind::Ods:
      return "an OpenDocument spreadsheet (.ods)";
    case FileKind::Cfb:
      return "an old Excel workbook (.xls), or one that is protected by a password";
    case FileKind::Biff:
      return "an old Excel workbook (.xls)";
    case FileKind::Xml2003:
      return "an Excel workbook in XML (of 2003)";
    case FileKind::FlatOds:
      return "an OpenDocument spreadsheet (.fods)";
    case FileKind::Html:
      return "a web page";
    case FileKind::Gzip:
      return "a gzip-compressed file";
    case FileKind::Zstd:
      return "a zstd-compressed file";
    case FileKind::Empty:
    case FileKind::Foreign:
    case FileKind::Binary:
    case FileKind::Damaged:
      break;
  }
  return {};
}

Looks looks_of(std::string_view head) {
  for (const Signature& signature : kSignatures) {
    if (head.size() < signature.offset || !head.substr(signature.offset).starts_with(signature.bytes))
      continue;
    return looks_like(signature.kind, signature.remedy, signature.what);
  }
  if (is_zstd(head)) return looks_like(FileKind::Zstd, kUnpack);
  if (biff_version(head) != 0) return looks_like(FileKind::Biff, kSaveAsCsv);
  if (is_zip(head)) return looks_of_zip(head);

  std::string narrow;
  std::string_view text = head;
  const bool wide = is_wide_text(head);
  if (wide) text = narrow = without_nuls(head);
  text = without_leading_space(text);
  if (text.empty()) {
    return {FileKind::Empty, "an empty file",
            "Check the export that made it; a contact list has at least a header line."};
  }
  if (starts_with_ignoring_case(text, "BEGIN:VCARD")) return looks_like(FileKind::VCard, "Import it into an address book and export that as CSV.");
  if (starts_with_ignoring_case(text, "BEGIN:VCALENDAR")) {
    return {FileKind::Foreign, "a calendar (.ics)", std::string(kExportCsv)};
  }
  if (looks_like_json(text)) return looks_like(FileKind::Json, "Have the program write it anew that it comes from.");
  if (is_sylk(text)) return {FileKind::Foreign, "a spreadsheet as a symbolic link file (.slk)", std::string(kSaveAsCsv)};
  if (is_xml2003(text)) return looks_like(FileKind::Xml2003, kSaveAsCsv);
  if (text.front() == '<' && text.substr(0, 4096).find("application/vnd.oasis.opendocument.spreadsheet") != std::string_view::npos)
    return looks_like(FileKind::FlatOds, kSaveAsCsv);
  if (!wide && is_html(text)) return looks_like(FileKind::Html, kSaveAsCsv, "a web page (whatever its name ends in)");
  if (is_markup(text)) {
    return {FileKind::Foreign, "a web page or XML file (whatever its name ends in)", std::string(kSaveAsCsv)};
  }
  if (!wide && is_binary(head)) {
    return {FileKind::Binary, "a binary file of an unknown kind", std::string(kExportCsv)};
  }
  return {};
}

Looks looks_of(std::string_view head, ByteStore& store) {
  if (is_zip(head)) {
    if (auto looks = looks_of_zip(store)) return *looks;
  }
  Looks looks = looks_of(head);
  const bool whole = head.size() == store.size();
  if (looks.kind == FileKind::Html && head.find("\0\0\0\0"sv) != std::string_view::npos)
    return {FileKind::Damaged, "a web page that was overwritten with zeros", "Take it from its source again."};
  if (looks.kind != FileKind::Text && looks.kind != FileKind::Binary && looks.kind != FileKind::Foreign) return looks;
  std::string narrow;
  std::string_view text = head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head;
  if (is_wide_text(head)) text = narrow = without_nuls(head);
  if (whole) {
    if (auto cut = cut_beginning(text)) return *std::move(cut);
  }
  if (looks.kind != FileKind::Text) return looks;
  if (auto damaged = looks_behind_damage(text, whole)) return *std::move(damaged);
  if (text.front() == '\0') return {FileKind::Damaged, "a file whose beginning was overwritten with zeros", "Take it from its source again."};
  return looks;
}

Error refuse(const Looks& looks, const std::string& source_name) {
  return {ErrorKind::Input,
          looks.kind == FileKind::Empty
              ? fmt::format("{}: the file is empty", source_name)
              : looks.kind == FileKind::Damaged ? fmt::format("{}: the file is cut or damaged: this is {}", source_name, looks.what)
              : fmt::format("{}: this is {}; it cannot be read", source_name, looks.what),
          looks.remedy};
}

}  // namespace switchboard::input
