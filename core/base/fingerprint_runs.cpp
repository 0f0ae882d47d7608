#include "core/base/fingerprint_runs.h"

#include <algorithm>
#include <array>
#include <utility>

namespace switchboard {
namespace {

constexpr std::size_t kEntryBytes = sizeof(FingerprintEntry);

Result<void> read_entries(const ScratchFile& file, std::uint64_t offset, std::span<FingerprintEntry> into) {
  return file.read(offset, reinterpret_cast<char*>(into.data()), into.size_bytes());
}

bool has_lesser_key(const FingerprintEntry& one, const FingerprintEntry& other) { return one.key < other.key; }

}  // namespace

/// The entries of a run, in their order, a few pages at a time.
class FingerprintRuns::Reader {
 public:
  Reader(const ScratchFile& file, const Run& run) : file_(file), run_(run) {}

  /// nullptr: the end.
  const FingerprintEntry* front() const { return next_ < entries_.size() ? &entries_[next_] : nullptr; }
  Result<void> advance() {
    if (++next_ < entries_.size()) return {};
    return fill();
  }
  Result<void> fill() {
    entries_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(run_.entries - read_, kAtOnce)));
    next_ = 0;
    const auto begin = std::exchange(read_, read_ + entries_.size());
    return read_entries(file_, run_.offset + begin * kEntryBytes, entries_);
  }

 private:
  static constexpr std::size_t kAtOnce = 16 * kPage;
  const ScratchFile& file_;
  const Run& run_;
  std::uint64_t read_ = 0;
  std::size_t next_ = 0;
  std::vector<FingerprintEntry> entries_;
};

/// A run in the making. Nothing else may be appended to the file meanwhile.
class FingerprintRuns::Writer {
 public:
  Writer(ScratchFile& file, unsigned level) : file_(file) { run_.level = level; }

  Result<void> add(const FingerprintEntry& entry) {
    if ((run_.entries + entries_.size()) % kPage == 0) run_.first_keys.push_back(entry.key);
    entries_.push_back(entry);
    return entries_.size() < kAtOnce ? Result<void>() : flush(entries_);
  }
  Result<void> add(std::span<const FingerprintEntry> sorted) {
    for (std::size_t i = 0; i < sorted.size(); i += kPage) run_.first_keys.push_back(sorted[i].key);
    return flush(sorted);
  }
  Result<Run> finish() {
    if (!entries_.empty()) {
      if (auto done = flush(entries_); !done) return done.error();
    }
    run_.first_keys.shrink_to_fit();
    return std::move(run_);
  }

 private:
  static constexpr std::size_t kAtOnce = 16 * kPage;

  Result<void> flush(std::span<const FingerprintEntry> entries) {
    const auto offset = file_.append({reinterpret_cast<const char*>(entries.data()), entries.size_bytes()});
    if (!offset) return offset.error();
    if (run_.entries == 0) run_.offset = *offset;
    run_.entries += entries.size();
    entries_.clear();
    return {};
  }

  ScratchFile& file_;
  Run run_;
  std::vector<FingerprintEntry> entries_;
};

Result<void> FingerprintRuns::add(std::span<const FingerprintEntry> sorted) {
  if (sorted.empty()) return {};
  Writer writer(file_, 0);
  if (auto done = writer.add(sorted); !done) return done;
  auto run = writer.finish();
  if (!run) return run.error();
  runs_.push_back(std::move(*run));
  while (runs_.size() >= kFanIn && runs_[runs_.size() - kFanIn].level == runs_.back().level) {
    const auto before = runs_.size();
    merge();
    if (runs_.size() == before) break;
  }
  return {};
}

void FingerprintRuns::merge() {
  const std::span<Run> merged(runs_.end() - kFanIn, runs_.end());
  Writer writer(file_, merged.front().level + 1);
  std::vector<Reader> readers;
  for (const Run& run : merged) {
    readers.emplace_back(file_, run);
    if (!readers.back().fill()) return;
  }
  while (true) {
    const FingerprintEntry* least = nullptr;
    // Newest last: of equal keys its entry is the one that stays.
    for (const Reader& reader : readers) {
      const auto* front = reader.front();
      if (front != nullptr && (least == nullptr || front->key <= least->key)) least = front;
    }
    if (least == nullptr) break;
    const FingerprintEntry entry = *least;
    if (!writer.add(entry)) return;
    for (Reader& reader : readers) {
      const auto* front = reader.front();
      if (front != nullptr && front->key == entry.key && !reader.advance()) return;
    }
  }
  auto run = writer.finish();
  if (!run) return;
  for (const Run& old : merged) file_.give_back(old.offset, old.entries * kEntryBytes);
  runs_.resize(runs_.size() - kFanIn);
  runs_.push_back(std::move(*run));
}

Result<std::optional<FingerprintEntry>> FingerprintRuns::find(std::uint64_t key) const {
  std::array<FingerprintEntry, kPage> page;
  for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
    const auto after = std::upper_bound(run->first_keys.begin(), run->first_keys.end(), key);
    if (after == run->first_keys.begin()) continue;
    const auto begin = static_cast<std::uint64_t>(after - run->first_keys.begin() - 1) * kPage;
    const std::span entries(page.data(), static_cast<std::size_t>(std::min<std::uint64_t>(kPage, run->entries - begin)));
    if (auto done = read_entries(file_, run->offset + begin * kEntryBytes, entries); !done) return done.error();
    const auto found = std::lower_bound(entries.begin(), entries.end(), FingerprintEntry{key, 0, 0}, has_lesser_key);
    if (found != entries.end() && found->key == key) return std::optional(*found);
  }
  return std::optional<FingerprintEntry>();
}

Result<void> FingerprintRuns::for_each_key(const std::function<void(std::uint64_t key)>& visit) const {
  for (const Run& run : runs_) {
    Reader reader(file_, run);
    auto done = reader.fill();
    for (; done && reader.front() != nullptr; done = reader.advance()) visit(reader.front()->key);
    if (!done) return done;
  }
  return {};
}

std::uint64_t FingerprintRuns::memory_bytes() const {
  std::uint64_t bytes = runs_.capacity() * sizeof(Run);
  for (const Run& run : runs_) bytes += run.first_keys.capacity() * sizeof(std::uint64_t);
  return bytes;
}

}  // namespace switchboard
