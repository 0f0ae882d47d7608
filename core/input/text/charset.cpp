#include "core/input/text/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <vector>

namespace switchboard::input {
namespace {

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

constexpr std::string_view kSeparators = "\t\n\r\"',;|^~ \x1f";

std::size_t unit_bytes_of(UConverterType type) {
  switch (type) {
    case UCNV_UTF16_BigEndian:
    case UCNV_UTF16_LittleEndian:
    case UCNV_UTF16:
      return 2;
    case UCNV_UTF32_BigEndian:
    case UCNV_UTF32_LittleEndian:
    case UCNV_UTF32:
      return 4;
    default:
      return 1;
  }
}

// Charsets with shift states: a comma's byte is a comma only in some of them.
bool is_stateful(UConverterType type) {
  switch (type) {
    case UCNV_SBCS:
    case UCNV_DBCS:
    case UCNV_MBCS:
    case UCNV_LATIN_1:
    case UCNV_UTF8:
    case UCNV_US_ASCII:
    case UCNV_CESU8:
      return false;
    default:
      return true;
  }
}

std::string best_name(UConverter* converter, const std::string& given) {
  UErrorCode code = U_ZERO_ERROR;
  const char* own = ucnv_getName(converter, &code);
  for (const char* standard : {"MIME", "IANA"}) {
    code = U_ZERO_ERROR;
    const char* name = ucnv_getStandardName(own, standard, &code);
    if (U_SUCCESS(code) && name != nullptr) return name;
  }
  return own != nullptr ? own : given;
}

}  // namespace

struct Charset::Impl {
  std::unique_ptr<UConverter, Close> converter;
  std::vector<char16_t> wide;
};

Charset::Charset(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Charset::~Charset() = default;

std::unique_ptr<Charset> Charset::open(const std::string& name) {
  // ICU takes an empty name for the platform's default.
  if (name.empty()) return nullptr;
  UErrorCode code = U_ZERO_ERROR;
  auto impl = std::make_unique<Impl>();
  impl->converter.reset(ucnv_open(name.c_str(), &code));
  if (U_FAILURE(code) || impl->converter == nullptr) return nullptr;
  UConverter* converter = impl->converter.get();
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
  const char16_t question = u'?';
  ucnv_setSubstString(converter, &question, 1, &code);
  if (U_FAILURE(code)) return nullptr;
  auto charset = std::unique_ptr<Charset>(new Charset(std::move(impl)));
  charset->name_ = best_name(converter, name);
  charset->examine();
  return charset;
}

bool Charset::is_single_byte() const {
  return unit_bytes_ == 1 && ucnv_getMaxCharSize(impl_->converter.get()) == 1;
}

void Charset::examine() {
  const UConverterType type = ucnv_getType(impl_->converter.get());
  unit_bytes_ = unit_bytes_of(type);
  if (unit_bytes_ > 1) {
    keeps_separators_ = type != UCNV_UTF16 && type != UCNV_UTF32;
    return;
  }
  if (is_stateful(type)) return;
  keeps_separators_ = keeps_ascii_ = true;
  for (int byte = 1; byte < 0x80; ++byte) {
    const char c = static_cast<char>(byte);
    std::string text;
    const bool same = append_utf8(std::string_view(&c, 1), text) && text == std::string_view(&c, 1);
    if (same) continue;
    keeps_ascii_ = false;
    if (kSeparators.find(c) != std::string_view::npos) keeps_separators_ = false;
  }
}

bool Charset::append_utf8(std::string_view bytes, std::string& out) {
  UConverter* converter = impl_->converter.get();
  auto& wide = impl_->wide;
  // No charset of ICU's makes more UTF-16 units than it has bytes, but for a few that decompose: grow on
  // demand.
  if (wide.size() < bytes.size() + 16) wide.resize(bytes.size() * 2 + 16);
  std::int32_t length = 0;
  for (;;) {
    UErrorCode code = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter);
    length = ucnv_toUChars(converter, wide.data(), static_cast<std::int32_t>(wide.size()), bytes.data(),
                           static_cast<std::int32_t>(bytes.size()), &code);
    if (code == U_BUFFER_OVERFLOW_ERROR) {
      wide.resize(wide.size() * 2);
      continue;
    }
    if (U_FAILURE(code)) return false;
    break;
  }
  const std::size_t before = out.size();
  out.resize(before + static_cast<std::size_t>(length) * 3);
  std::int32_t written = 0;
  UErrorCode code = U_ZERO_ERROR;
  u_strToUTF8(out.data() + before, static_cast<std::int32_t>(out.size() - before), &written, wide.data(),
              length, &code);
  if (U_FAILURE(code)) {
    out.resize(before);
    return false;
  }
  out.resize(before + static_cast<std::size_t>(written));
  return true;
}

std::string Charset::from_utf8(std::string_view utf8) {
  if (utf8.empty()) return {};
  std::vector<char16_t> wide(utf8.size() + 1);
  std::int32_t units = 0;
  UErrorCode code = U_ZERO_ERROR;
  u_strFromUTF8WithSub(wide.data(), static_cast<std::int32_t>(wide.size()), &units, utf8.data(),
                       static_cast<std::int32_t>(utf8.size()), U'?', nullptr, &code);
  if (U_FAILURE(code)) return {};
  UConverter* converter = impl_->converter.get();
  std::string out(
      static_cast<std::size_t>(UCNV_GET_MAX_BYTES_FOR_STRING(units, ucnv_getMaxCharSize(converter))), '\0');
  code = U_ZERO_ERROR;
  const std::int32_t size = ucnv_fromUChars(converter, out.data(), static_cast<std::int32_t>(out.size()),
                                            wide.data(), units, &code);
  if (U_FAILURE(code)) return {};
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::optional<std::array<bool, 256>> Charset::lead_bytes_hiding(char separator) {
  // Shift_JIS, GBK and Big5 use 0x40 to 0x7E as second bytes, GB18030 also the digits.
  if (unit_bytes_ > 1 || ucnv_getMaxCharSize(impl_->converter.get()) < 2 || separator < '0')
    return std::nullopt;
  std::array<bool, 256> leads{};
  bool hidden = false;
  for (int byte = 0x80; byte < 0x100; ++byte) {
    const char pair[2] = {static_cast<char>(byte), separator};
    std::string alone;
    std::string together;
    leads[static_cast<std::size_t>(byte)] = !append_utf8(std::string_view(pair, 1), alone);
    if (leads[static_cast<std::size_t>(byte)] && append_utf8(std::string_view(pair, 2), together))
      hidden = true;
  }
  if (!hidden) return std::nullopt;
  return leads;
}

}  // namespace switchboard::input
