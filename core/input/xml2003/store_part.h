#pragma once

#include "core/input/bytes/byte_store.h"
#include "core/input/archive/zip_package.h"

namespace switchboard::input {

/// A file from its first "<" on, as a part that is read in order: some programs write blank lines before the XML declaration.
/// The store must outlive it.
class StorePart final : public ZipEntry {
 public:
  explicit StorePart(ByteStore& store) : store_(store) {}
  Result<std::size_t> read(char* out, std::size_t size) override {
    if (at_ == 0) {
      auto head = read_part(store_, 0, 1024);
      if (!head) return head.error();
      const std::size_t begin = head->find_first_not_of(" \t\r\n");
      if (begin != std::string::npos && (*head)[begin] == '<') at_ = begin;
    }
    auto got = store_.read_at(at_, out, size);
    if (got) at_ += *got;
    return got;
  }

 private:
  ByteStore& store_;
  std::uint64_t at_ = 0;
};

}  // namespace switchboard::input
