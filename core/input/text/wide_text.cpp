#include "core/input/text/wide_text.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "core/input/text/charset.h"

namespace switchboard::input {
namespace {

/// A text that all who read it hold together.
class SharedText final : public ByteStore {
 public:
  explicit SharedText(std::shared_ptr<const std::string> text) : text_(std::move(text)) {}
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
    if (offset >= text_->size()) return std::size_t{0};
    const std::size_t count = std::min<std::size_t>(size, text_->size() - static_cast<std::size_t>(offset));
    std::memcpy(out, text_->data() + offset, count);
    return count;
  }
  std::uint64_t size() const override { return text_->size(); }

 private:
  std::shared_ptr<const std::string> text_;  // readers of one source outlive one another in any order
};

}  // namespace

Result<OpenBytes> as_utf8(const OpenBytes& bytes, const TextEncoding& encoding, const std::string& source_name) {
  auto store = bytes();
  if (!store) return store.error();
  if ((*store)->size() > kMostWideBytes)
    return Error{ErrorKind::Input, fmt::format("{}: it is {} and larger than {} MiB", source_name, encoding.name, kMostWideBytes >> 20),
                 "Save it as UTF-8, then try again."};
  auto text = read_part(**store, encoding.bom_bytes, static_cast<std::size_t>((*store)->size() - std::min((*store)->size(), encoding.bom_bytes)));
  if (!text) return text.error();
  auto charset = Charset::open(encoding.name);
  auto utf8 = std::make_shared<std::string>();
  if (charset == nullptr || !charset->append_utf8(*text, *utf8))
    return Error{ErrorKind::Input, fmt::format("{}: it is not {} throughout, as its beginning is", source_name, encoding.name),
                 "The file may be cut, or put together from several; take it from its source again, or name the encoding with --encoding."};
  return OpenBytes([utf8]() -> Result<std::unique_ptr<ByteStore>> { return std::unique_ptr<ByteStore>(std::make_unique<SharedText>(utf8)); });
}

}  // namespace switchboard::input
