#include "core/input/text/utf8_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/input/text/utf8_check.h"

namespace switchboard::input {
namespace {

class Utf8Store final : public ByteStore {
 public:
  Utf8Store(std::unique_ptr<ByteStore> store, std::string name)
      : store_(std::move(store)), name_(std::move(name)) {}

  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
    if (begin_ == kUnset) begin_ = offset;
    auto got = store_->read_at(offset, out, size);
    if (!got) return got;
    const bool valid = *got == 0 ? check_.finish() : check_.feed({out, *got});
    if (valid) return got;
    const std::uint64_t wrong = begin_ + check_.invalid_at();
    if (wrong > offset) return static_cast<std::size_t>(std::min<std::uint64_t>(*got, wrong - offset));
    return Error{
        ErrorKind::Input, fmt::format("{}: byte {} is not UTF-8, as the text before it is", name_, wrong),
        "Correct that place (the file may be cut, or put together from several), or name the encoding with "
        "--encoding."};
  }
  std::uint64_t size() const override { return store_->size(); }

 private:
  static constexpr std::uint64_t kUnset = ~std::uint64_t{0};
  std::unique_ptr<ByteStore> store_;
  std::string name_;
  Utf8Check check_;
  std::uint64_t begin_ = kUnset;
};

}  // namespace

std::unique_ptr<ByteStore> check_utf8(std::unique_ptr<ByteStore> store, std::string name) {
  return std::make_unique<Utf8Store>(std::move(store), std::move(name));
}

}  // namespace switchboard::input
