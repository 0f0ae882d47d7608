#include "core/input/compressed/gzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/input/compressed/unpacked_store.h"
#include "core/input/file_kind.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kPackedBlockBytes = std::size_t{64} << 10;
/// zlib's way to ask for a gzip header: 16 added to the largest window (zlib.h, inflateInit2).
constexpr int kGzipWindow = 15 + 16;

class GzipUnpacker final : public Unpacker {
 public:
  GzipUnpacker(std::unique_ptr<ByteStore> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), block_(kPackedBlockBytes) {
    ready_ = ::inflateInit2(&stream_, kGzipWindow) == Z_OK;
  }
  ~GzipUnpacker() override {
    if (ready_) ::inflateEnd(&stream_);
  }
  GzipUnpacker(const GzipUnpacker&) = delete;
  GzipUnpacker& operator=(const GzipUnpacker&) = delete;

  Result<std::size_t> read(char* out, std::size_t size) override {
    if (!ready_) return Error{ErrorKind::Internal, fmt::format("{}: no memory is left to unpack it", name_), ""};
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30));
    const uInt room = stream_.avail_out;
    while (stream_.avail_out == room) {
      if (stream_.avail_in == 0) {
        if (auto more = fetch(); !more) return more.error();
      }
      if (between_members_) {
        auto another = begin_member();
        if (!another) return another.error();
        if (!*another) break;
      }
      if (stream_.avail_in == 0) return damaged("ends in its middle");
      const int code = ::inflate(&stream_, Z_NO_FLUSH);
      if (code == Z_STREAM_END)
        between_members_ = true;
      else if (code != Z_OK && code != Z_BUF_ERROR)
        return damaged(code == Z_NEED_DICT ? "needs a dictionary" : "is damaged");
    }
    return static_cast<std::size_t>(room - stream_.avail_out);
  }

 private:
  Result<void> fetch() {
    auto got = packed_->read_at(offset_, block_.data(), block_.size());
    if (!got) return got.error();
    offset_ += *got;
    stream_.next_in = reinterpret_cast<Bytef*>(block_.data());
    stream_.avail_in = static_cast<uInt>(*got);
    return {};
  }

  /// False: the file is over. Zeros behind the last member are padding, as tapes and some servers leave it.
  Result<bool> begin_member() {
    for (;;) {
      while (stream_.avail_in > 0 && *stream_.next_in == 0 && offset_ > 0 && members_ > 0) {
        ++stream_.next_in;
        --stream_.avail_in;
      }
      if (stream_.avail_in > 0) break;
      if (auto more = fetch(); !more) return more.error();
      if (stream_.avail_in == 0) return false;
    }
    if (*stream_.next_in != 0x1F) return damaged("has something behind its end that is not gzip");
    ::inflateReset(&stream_);
    between_members_ = false;
    ++members_;
    return true;
  }

  Error damaged(const char* how) const {
    return {ErrorKind::Input, fmt::format("{}: this gzip file {}", name_, how), "Get a complete copy of it."};
  }

  std::unique_ptr<ByteStore> packed_;
  std::string name_;
  std::vector<char> block_;
  std::uint64_t offset_ = 0;
  z_stream stream_{};
  bool ready_ = false;
  bool between_members_ = true;
  std::uint64_t members_ = 0;
};

}  // namespace

Compression gzip() {
  Compression compression;
  compression.what = what_of(FileKind::Gzip);
  compression.ending = ".gz";
  compression.detect = [](const Glimpse& glimpse) { return glimpse.head.starts_with("\x1F\x8B"); };
  compression.unpack = [](OpenBytes packed, const std::string& name) -> Result<Unpacked> {
    auto bytes = unpack_bytes(std::move(packed), "gzip file", name, [](std::unique_ptr<ByteStore> store, const std::string& called) {
      return std::unique_ptr<Unpacker>(std::make_unique<GzipUnpacker>(std::move(store), called));
    });
    if (!bytes) return bytes.error();
    return Unpacked{std::move(*bytes), {}};
  };
  return compression;
}

}  // namespace switchboard::input
