#include "core/input/text/text_encoding.h"

#include <fmt/format.h>
#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <functional>
#include <future>
#include <memory>
#include <vector>

#include "core/base/ascii.h"
#include "core/input/text/charset.h"
#include "core/input/text/best_reading.h"
#include "core/input/text/latin_guess.h"
#include "core/input/text/utf8_check.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{64} << 10;
constexpr std::size_t kScanBlockBytes = std::size_t{1} << 20;

struct Mark {
  std::string_view bytes;
  std::string_view name;
  std::size_t unit_bytes;
  bool big_endian;
};
using namespace std::string_view_literals;
// UTF-32LE before UTF-16LE, whose mark it begins with.
constexpr std::array kMarks = {
    Mark{"\xEF\xBB\xBF"sv, "UTF-8", 1, false},   Mark{"\xFF\xFE\0\0"sv, "UTF-32LE", 4, false},
    Mark{"\0\0\xFE\xFF"sv, "UTF-32BE", 4, true}, Mark{"\xFF\xFE"sv, "UTF-16LE", 2, false},
    Mark{"\xFE\xFF"sv, "UTF-16BE", 2, true},
};

const Mark* find_mark(std::string_view head) {
  for (const Mark& mark : kMarks) {
    if (head.starts_with(mark.bytes)) return &mark;
  }
  return nullptr;
}

void set_width(TextEncoding& encoding) {
  for (const Mark& mark : kMarks) {
    if (mark.name != encoding.name) continue;
    encoding.unit_bytes = mark.unit_bytes;
    encoding.big_endian = mark.big_endian;
  }
}

Result<TextEncoding> wished(const std::string& wish, std::string_view head, const std::string& source_name) {
  TextEncoding encoding;
  const std::string plain = lower_case(wish);
  const Mark* mark = find_mark(head);
  if (plain == "utf-8-sig" || plain == "utf8-bom" || plain == "utf-8-bom") {
    encoding.name = "UTF-8";
  } else if (plain == "utf-16" || plain == "utf16" || plain == "utf-32" || plain == "utf32" ||
             plain == "unicode") {
    // The byte order stands in the file, or shows in it.
    const std::size_t width = plain.find("32") != std::string::npos ? 4 : 2;
    if (mark != nullptr && mark->unit_bytes == width)
      encoding.name = mark->name;
    else
      encoding.name = width == 4 ? "UTF-32LE" : utf16_by_nuls(head) == "UTF-16BE" ? "UTF-16BE" : "UTF-16LE";
  } else {
    auto charset = Charset::open(wish);
    if (charset == nullptr) {
      return Error{ErrorKind::Usage, fmt::format("--encoding {}: there is no encoding of this name", wish),
                   "Names are, for example, UTF-8, UTF-16LE, windows-1252, ISO-8859-2, Shift_JIS, GB18030."};
    }
    if (!charset->keeps_separators()) {
      return Error{ErrorKind::Usage,
                   fmt::format("--encoding {}: delimited text in this encoding cannot be read", wish),
                   fmt::format("Convert the file first: iconv -f {} -t UTF-8.", wish)};
    }
    encoding.name = charset->name();
  }
  set_width(encoding);
  if (mark != nullptr && mark->name == encoding.name) {
    encoding.bom_bytes = mark->bytes.size();
  } else if (mark != nullptr) {
    encoding.warning =
        fmt::format("{} begins with the byte order mark of {}, but is read as {} because --encoding says so",
                    source_name, mark->name, encoding.name);
  }
  return encoding;
}

struct Detector {
  void operator()(uchardet_t detector) const { uchardet_delete(detector); }
};

/// uchardet's answer as a charset of ICU's, with what it is known to confuse put right.
std::string ask_uchardet(std::string_view sample) {
  std::unique_ptr<std::remove_pointer_t<uchardet_t>, Detector> detector(uchardet_new());
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return "windows-1252";
  uchardet_data_end(detector.get());
  std::string answer = lower_case(uchardet_get_charset(detector.get()));
  if (answer == "iso-8859-1" || answer.starts_with("mac-") || answer.starts_with("utf-") ||
      answer == "ascii") {
    return settle_latin("windows-1252", sample);
  }
  if (answer == "iso-8859-9") return settle_latin("windows-1254", sample);
  if (answer == "uhc" || answer == "euc-kr") return "windows-949";
  if (answer == "gb2312" || answer == "gbk" || answer == "hz-gb-2312") return "GB18030";
  auto charset = Charset::open(answer);
  // ICU has no ISO-8859-16, which uchardet takes Romanian for.
  if (charset == nullptr || !charset->keeps_separators()) return settle_latin("windows-1252", sample);
  return settle_latin(charset->name(), sample);
}

bool decodes(const std::string& name, std::string_view lines) {
  auto charset = Charset::open(name);
  std::string text;
  return charset != nullptr && charset->append_utf8(lines, text);
}

/// The lines that stand whole in a part of the source.
std::string_view whole_lines(std::string_view part, bool from_start, bool to_end) {
  const auto first = from_start ? 0 : part.find('\n');
  const auto last = to_end ? part.size() : part.rfind('\n');
  if (first == std::string_view::npos || last == std::string_view::npos || last <= first) return part;
  return part.substr(first, last - first);
}

/// One pass over the source: where UTF-8 ends, and whether the rest speaks for or against it.
struct Utf8Finding {
  std::uint64_t invalid_at = Utf8Check::kValid;
  std::uint64_t line = 0;  // of the invalid byte
  bool is_cut = false;     // all that is wrong is a character that the source ends in
  Utf8Tally tally;
  std::uint64_t good_lines = 0;  // with characters beyond ASCII, all of them right
  std::uint64_t bad_lines = 0;

  /// By chance, other encodings give valid UTF-8 now and then, but not in as many lines as not.
  bool is_mostly_utf8() const {
    return good_lines > 0 && good_lines >= bad_lines && tally.characters > tally.wrong_bytes;
  }
};

/// Checks from `begin` to `end`, or to the end of the source where that is nearer.
Result<Utf8Check> check_part(ByteStore& store, std::uint64_t begin, std::uint64_t end) {
  Utf8Check check;
  if (begin >= end) return check;
  // Not filled with zeros first, which took as long as the check of a small source.
  const auto bytes = static_cast<std::size_t>(std::clamp<std::uint64_t>(store.size(), 1, kScanBlockBytes));
  const auto block = std::make_unique_for_overwrite<char[]>(bytes);
  while (begin < end) {
    auto got = store.read_at(begin, block.get(), static_cast<std::size_t>(std::min<std::uint64_t>(bytes, end - begin)));
    if (!got) return got.error();
    if (*got == 0) break;
    check.feed({block.get(), *got});
    begin += *got;
  }
  return check;
}

/// Where a character begins in the middle of a source that is worth two threads; 0: it is not.
Result<std::uint64_t> middle_of(ByteStore& store, std::uint64_t offset) {
  constexpr std::uint64_t kWorthTwo = std::uint64_t{4} << 20;
  if (!store.reads_side_by_side() || store.size() < offset + kWorthTwo) return std::uint64_t{0};
  const std::uint64_t middle = offset + (store.size() - offset) / 2;
  auto bytes = read_part(store, middle, 4);
  if (!bytes) return bytes.error();
  for (std::size_t i = 0; i < bytes->size(); ++i) {
    if ((static_cast<unsigned char>((*bytes)[i]) & 0xC0) != 0x80) return middle + i;
  }
  return std::uint64_t{0};
}

/// Where the first byte is that is not UTF-8, or kValid, and whether that is only a character cut by the end.
struct FirstWrong {
  std::uint64_t at = Utf8Check::kValid;
  bool is_cut = false;
};
Result<FirstWrong> find_wrong(ByteStore& store, std::uint64_t offset) {
  auto middle = middle_of(store, offset);
  if (!middle) return middle.error();
  const std::uint64_t begin_last = std::max(*middle, offset);
  auto last = std::async(std::launch::deferred | (*middle != 0 ? std::launch::async : std::launch::deferred), check_part, std::ref(store),
                         begin_last, Utf8Check::kValid);
  auto first = check_part(store, offset, begin_last);
  auto check = last.get();
  if (!first) return first.error();
  if (!first->finish()) return FirstWrong{offset + first->invalid_at(), false};
  if (!check) return check.error();
  const bool well_so_far = check->invalid_at() == Utf8Check::kValid;
  if (check->finish()) return FirstWrong{};
  return FirstWrong{begin_last + check->invalid_at(), well_so_far};
}

Result<Utf8Finding> scan_utf8(ByteStore& store, std::uint64_t offset) {
  Utf8Finding finding;
  const auto wrong = find_wrong(store, offset);
  if (!wrong) return wrong.error();
  if (wrong->at == Utf8Check::kValid) return finding;
  finding.is_cut = wrong->is_cut;
  finding.invalid_at = wrong->at;

  // Only a source that is not UTF-8 pays for the slower second pass.
  std::vector<char> block(static_cast<std::size_t>(std::clamp<std::uint64_t>(store.size(), 1, kScanBlockBytes)));
  finding.line = 1;
  Utf8Tally of_line;
  const auto close_line = [&] {
    finding.tally.characters += of_line.characters;
    finding.tally.wrong_bytes += of_line.wrong_bytes;
    if (of_line.wrong_bytes > 0)
      ++finding.bad_lines;
    else if (of_line.characters > 0)
      ++finding.good_lines;
    of_line = {};
  };
  for (std::uint64_t at = offset;;) {
    auto got = store.read_at(at, block.data(), block.size());
    if (!got) return got.error();
    if (*got == 0) break;
    std::string_view piece(block.data(), *got);
    // A character cut at the end of a block is left for the next one.
    if (const std::size_t cut = cut_character(piece); cut < piece.size()) piece.remove_suffix(cut);
    for (std::string_view rest = piece; !rest.empty();) {
      const auto line_end = rest.find('\n');
      const auto part = rest.substr(0, line_end);
      const Utf8Tally tally = tally_utf8(part);
      of_line.characters += tally.characters;
      of_line.wrong_bytes += tally.wrong_bytes;
      if (line_end == std::string_view::npos) break;
      close_line();
      rest.remove_prefix(line_end + 1);
    }
    if (at < finding.invalid_at) {
      const auto before = piece.substr(
          0, static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), finding.invalid_at - at)));
      finding.line += static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
    }
    at += piece.size();
  }
  close_line();
  return finding;
}

}  // namespace

std::string_view utf16_by_nuls(std::string_view head) {
  std::array<std::size_t, 2> nuls{};
  for (std::size_t i = 0; i < head.size(); ++i) nuls[i % 2] += head[i] == '\0' ? 1 : 0;
  const std::size_t units = head.size() / 2;
  // The high bytes of ASCII are NUL, all on one side. Text in other scripts has them at blanks, digits and
  // separators only, and now and then one on the other side (U+4E00); a stray NUL in a text of bytes is rarer
  // than both.
  const auto shows = [&](std::size_t high, std::size_t low) {
    return high >= 2 && high * 10 >= units && low * 8 <= high;
  };
  if (shows(nuls[1], nuls[0])) return "UTF-16LE";
  if (shows(nuls[0], nuls[1])) return "UTF-16BE";
  return {};
}

Result<TextEncoding> find_encoding(ByteStore& store, std::string_view head, const std::string& source_name,
                                   const std::optional<std::string>& wish) {
  if (wish) return wished(*wish, head, source_name);

  TextEncoding encoding;
  if (const Mark* mark = find_mark(head)) {
    encoding.name = mark->name;
    encoding.bom_bytes = mark->bytes.size();
    set_width(encoding);
    if (!encoding.is_utf8()) return encoding;
  } else if (const auto utf16 = utf16_by_nuls(head); !utf16.empty()) {
    encoding.name = utf16;
    set_width(encoding);
    return encoding;
  }

  auto finding = scan_utf8(store, encoding.bom_bytes);
  if (!finding) return finding.error();
  if (finding->invalid_at == Utf8Check::kValid) {
    encoding.proven = true;
    return encoding;
  }
  if (finding->is_mostly_utf8() && !finding->is_cut) {
    encoding.tolerates = true;
    encoding.warning = fmt::format(
        "{}: {} not UTF-8, as the rest of the file is (the first: line {}); the records there are rejected, one by one",
        source_name, finding->bad_lines == 1 ? "1 line is" : fmt::format("{} lines are", finding->bad_lines), finding->line);
    return encoding;
  }
  if (encoding.bom_bytes > 0 || (finding->is_cut && finding->tally.characters > 0)) {
    return Error{
        ErrorKind::Input,
        fmt::format("{}: line {}: a character here is not UTF-8, as the rest of the file is", source_name,
                    finding->line),
        "Correct that line (the file may be cut, or put together from several), or read it all in another "
        "encoding, for example with --encoding windows-1252."};
  }

  const std::uint64_t before = std::min<std::uint64_t>(finding->invalid_at, kSampleBytes / 8);
  const std::uint64_t begin = finding->invalid_at - before;
  auto sample = read_part(store, begin, kSampleBytes);
  if (!sample) return sample.error();
  constexpr std::string_view kFallback = "windows-1252";
  const auto lines = whole_lines(*sample, begin == encoding.bom_bytes, begin + sample->size() >= store.size());
  std::string guess = ask_uchardet(*sample);
  if (!decodes(guess, lines)) guess = kFallback;
  guess = best_reading(guess, lines);
  encoding.tolerates = true;
  encoding.name = guess;
  // Text that is right in a multi-byte encoding is hardly ever right in it by chance.
  const auto charset = Charset::open(guess);
  if (guess != kFallback && charset != nullptr && charset->is_single_byte()) encoding.runner_up = kFallback;
  encoding.warning =
      fmt::format("{} is not UTF-8; it is read as {}. If names look wrong, name the encoding with --encoding",
                  source_name, guess);
  return encoding;
}

}  // namespace switchboard::input
