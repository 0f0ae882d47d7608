#include "core/input/source_digest.h"

#include <chrono>
#include <memory>
#include <utility>

#include "core/base/sha256.h"

namespace switchboard::input {

Error stopped_reading(const std::string& name) { return {ErrorKind::Unavailable, "Stopped while " + name + " was read.", ""}; }

void SourceDigest::begin(OpenBytes file, std::string name) {
  digest_ = std::async(std::launch::async | std::launch::deferred,
                       [this, file = std::move(file), name = std::move(name)] { return make(file, name); });
}

SourceDigest::~SourceDigest() {
  unwanted_ = true;
  if (digest_.valid() && digest_.wait_for(std::chrono::seconds(0)) != std::future_status::deferred) digest_.wait();
}

Result<Digest> SourceDigest::make(const OpenBytes& file, const std::string& name) const {
  auto store = file();
  if (!store) return store.error();
  constexpr std::size_t kBlockBytes = std::size_t{256} << 10;  // stays in the core's own cache between reading and digest
  const auto block = std::make_unique_for_overwrite<char[]>(kBlockBytes);
  Sha256 sha;
  Digest digest;
  for (;;) {
    auto got = (*store)->read_at(digest.bytes, block.get(), kBlockBytes);
    if (!got) return got.error();
    if (*got == 0) break;
    if (unwanted_ || is_cancelled(cancel_)) return stopped_reading(name);
    sha.update({block.get(), *got});
    digest.bytes += *got;
  }
  const auto bytes = sha.finish();
  digest.sha256 = to_hex(bytes.data(), bytes.size());
  return digest;
}

}  // namespace switchboard::input
