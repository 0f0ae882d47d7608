#include "core/input/archive/entry_ahead.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>

using namespace switchboard;
using namespace switchboard::input;

namespace {

/// `size` bytes that count up, in pieces of odd sizes; damage behind them, if it is told so.
class Counting final : public ZipEntry {
 public:
  explicit Counting(std::size_t size, bool damaged = false, std::atomic<bool>* gone = nullptr) : size_(size), damaged_(damaged), gone_(gone) {}
  ~Counting() override {
    if (gone_ != nullptr) *gone_ = true;
  }
  Result<std::size_t> read(char* out, std::size_t size) override {
    if (at_ == size_ && damaged_) return Error{ErrorKind::Input, "damaged", ""};
    const std::size_t count = std::min({size, size_ - at_, std::size_t{10'007}});
    for (std::size_t i = 0; i < count; ++i) out[i] = value_at(at_ + i);
    at_ += count;
    return count;
  }
  static char value_at(std::size_t at) { return static_cast<char>(at * 31 + (at >> 8)); }

 private:
  const std::size_t size_;
  const bool damaged_;
  std::atomic<bool>* const gone_;
  std::size_t at_ = 0;
};

/// All that comes, or the error behind it.
std::string read_all(ZipEntry& entry, std::string& error, std::size_t piece) {
  std::string all, bytes(piece, '\0');
  for (;;) {
    auto got = entry.read(bytes.data(), bytes.size());
    if (!got) error = got.error().message;
    if (!got || *got == 0) return all;
    all.append(bytes, 0, *got);
  }
}

bool counts_up(const std::string& bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != Counting::value_at(i)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("what is read ahead is what the entry holds, and its end stays the end") {
  for (const std::size_t size : {0u, 1u, 100'000u, 262'144u, 262'145u, 2'000'000u}) {
    for (const std::size_t piece : {1'000u, 65'536u, 1'000'000u}) {
      auto entry = read_ahead(std::make_unique<Counting>(size));
      std::string error;
      const std::string all = read_all(*entry, error, piece);
      CHECK(all.size() == size);
      CHECK(counts_up(all));
      CHECK(error.empty());
      CHECK(read_all(*entry, error, piece).empty());
    }
  }
}

TEST_CASE("damage in an entry that is read ahead is said behind what came before it, every time") {
  for (const std::size_t size : {5u, 262'144u, 1'000'000u}) {
    auto entry = read_ahead(std::make_unique<Counting>(size, true));
    std::string error;
    const std::string all = read_all(*entry, error, 65'536);
    CHECK(all.size() == size);
    CHECK(counts_up(all));
    CHECK(error == "damaged");
    error.clear();
    CHECK(read_all(*entry, error, 65'536).empty());
    CHECK(error == "damaged");
  }
}

TEST_CASE("an entry that is not read to its end is let go of with its thread") {
  std::atomic<bool> gone = false;
  {
    auto entry = read_ahead(std::make_unique<Counting>(50'000'000, false, &gone));
    std::string bytes(400'000, '\0');
    for (std::size_t read = 0; read < 400'000;) read += entry->read(bytes.data(), bytes.size()).value();
    CHECK_FALSE(gone);
  }
  CHECK(gone);
}
