#include "core/input/compressed/unpacked_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace switchboard::input {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
/// Kept from the first pass: where a reader looks for the total below a table. Of a smaller file all is: a workbook in an archive
/// is read here and there.
constexpr std::size_t kTailBytes = std::size_t{64} << 10, kWholeBytes = std::size_t{8} << 20;

struct Measured {
  std::uint64_t size = 0;
  std::shared_ptr<const std::string> tail;  ///< shared by all stores of one file
};

class UnpackedStore final : public ByteStore {
 public:
  UnpackedStore(OpenBytes packed, std::string name, MakeUnpacker make_unpacker, Measured measured)
      : packed_(std::move(packed)),
        name_(std::move(name)),
        make_unpacker_(std::move(make_unpacker)),
        measured_(std::move(measured)) {}

  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
    if (offset >= measured_.size) return std::size_t{0};
    const std::uint64_t tail_begin = measured_.size - measured_.tail->size();
    if (offset >= tail_begin && (offset != position_ || tail_begin == 0)) {
      const auto from = static_cast<std::size_t>(offset - tail_begin);
      return measured_.tail->copy(out, size, from);
    }
    if (auto there = go_to(offset); !there) return there.error();
    std::size_t got = 0;
    while (got < size) {
      auto more = unpacker_->read(out + got, size - got);
      if (!more) return more.error();
      if (*more == 0) break;
      got += *more;
      position_ += *more;
    }
    return got;
  }
  std::uint64_t size() const override { return measured_.size; }

 private:
  Result<void> go_to(std::uint64_t offset) {
    if (unpacker_ == nullptr || offset < position_) {
      auto store = packed_();
      if (!store) return store.error();
      unpacker_ = make_unpacker_(std::move(*store), name_);
      position_ = 0;
    }
    if (offset == position_) return {};
    std::vector<char> passed(kBlockBytes);
    while (position_ < offset) {
      auto more = unpacker_->read(passed.data(), static_cast<std::size_t>(std::min<std::uint64_t>(passed.size(), offset - position_)));
      if (!more) return more.error();
      if (*more == 0) break;
      position_ += *more;
    }
    return {};
  }

  OpenBytes packed_;
  std::string name_;
  MakeUnpacker make_unpacker_;
  Measured measured_;
  std::unique_ptr<Unpacker> unpacker_;
  std::uint64_t position_ = 0;  ///< of the unpacker
};

}  // namespace

Result<OpenBytes> unpack_bytes(OpenBytes packed, const std::string& what, const std::string& name, MakeUnpacker make_unpacker,
                               const UnpackLimits& limits) {
  auto store = packed();
  if (!store) return store.error();
  const std::uint64_t packed_size = (*store)->size();
  const auto unpacker = make_unpacker(std::move(*store), name);
  std::vector<char> block(kBlockBytes);
  Measured measured;
  std::string tail;
  for (;;) {
    auto got = unpacker->read(block.data(), block.size());
    if (!got) return got.error();
    if (*got == 0) break;
    measured.size += *got;
    if (auto fine = limits.check(measured.size, packed_size, name, what); !fine) return fine.error();
    tail.append(block.data(), *got);
    if (tail.size() > kWholeBytes + kBlockBytes) tail.erase(0, tail.size() - kTailBytes);
  }
  if (measured.size > kWholeBytes && tail.size() > kTailBytes) tail.erase(0, tail.size() - kTailBytes);
  tail.shrink_to_fit();
  measured.tail = std::make_shared<const std::string>(std::move(tail));
  return OpenBytes([packed = std::move(packed), name, make_unpacker = std::move(make_unpacker),
                    measured]() -> Result<std::unique_ptr<ByteStore>> {
    return std::unique_ptr<ByteStore>(std::make_unique<UnpackedStore>(packed, name, make_unpacker, measured));
  });
}

}  // namespace switchboard::input
