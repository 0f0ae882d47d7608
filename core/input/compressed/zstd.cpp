#include "core/input/compressed/zstd.h"

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <utility>
#include <vector>

#include "core/input/compressed/unpacked_store.h"
#include "core/input/file_kind.h"

namespace switchboard::input {
namespace {

constexpr int kMaxWindowLog = 27;  // 128 MiB, what zstd itself takes without being told (zstd.h, ZSTD_WINDOWLOG_LIMIT_DEFAULT)

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ::ZSTD_freeDStream(stream); }
};

class ZstdUnpacker final : public Unpacker {
 public:
  ZstdUnpacker(std::unique_ptr<ByteStore> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), stream_(::ZSTD_createDStream()), block_(::ZSTD_DStreamInSize()) {
    if (stream_ != nullptr) ::ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  }

  Result<std::size_t> read(char* out, std::size_t size) override {
    if (stream_ == nullptr) return Error{ErrorKind::Internal, fmt::format("{}: no memory is left to unpack it", name_), ""};
    ZSTD_outBuffer target{out, size, 0};
    while (target.pos == 0) {
      if (input_.pos == input_.size && !holds_more_) {
        auto got = packed_->read_at(offset_, block_.data(), block_.size());
        if (!got) return got.error();
        offset_ += *got;
        input_ = {block_.data(), *got, 0};
        if (*got == 0) {
          if (!between_frames_) return damaged("ends in its middle");
          break;
        }
      }
      const std::size_t code = ::ZSTD_decompressStream(stream_.get(), &target, &input_);
      if (::ZSTD_isError(code)) {
        return damaged(::ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge
                           ? "needs more memory to unpack than a contact list does"
                           : "is damaged");
      }
      between_frames_ = code == 0;
      holds_more_ = target.pos == target.size && code != 0;  // unpacked already, but there was no room for it
    }
    return target.pos;
  }

 private:
  Error damaged(const char* how) const {
    return {ErrorKind::Input, fmt::format("{}: this zstd file {}", name_, how), "Get a complete copy of it."};
  }

  std::unique_ptr<ByteStore> packed_;
  std::string name_;
  std::unique_ptr<ZSTD_DStream, FreeStream> stream_;
  std::vector<char> block_;
  ZSTD_inBuffer input_{nullptr, 0, 0};
  std::uint64_t offset_ = 0;
  bool between_frames_ = true;
  bool holds_more_ = false;
};

}  // namespace

Compression zstd() {
  Compression compression;
  compression.what = what_of(FileKind::Zstd);
  compression.ending = ".zst";
  compression.detect = [](const Glimpse& glimpse) { return glimpse.looks.kind == FileKind::Zstd; };
  compression.unpack = [](OpenBytes packed, const std::string& name) -> Result<Unpacked> {
    auto bytes = unpack_bytes(std::move(packed), "zstd file", name, [](std::unique_ptr<ByteStore> store, const std::string& called) {
      return std::unique_ptr<Unpacker>(std::make_unique<ZstdUnpacker>(std::move(store), called));
    });
    if (!bytes) return bytes.error();
    return Unpacked{std::move(*bytes), {}};
  };
  return compression;
}

}  // namespace switchboard::input
