#include "core/input/source.h"

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <utility>

#include "core/input/file_kind.h"
#include "core/input/formats.h"
#include "core/input/source_digest.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;
/// Packings around packings; more are made only to do harm.
constexpr int kMaxPackings = 3;

Error no_such_format(const std::string& name, const Registry& registry) {
  return {ErrorKind::Usage, fmt::format("--format {}: this format cannot be read", name),
          fmt::format("Readable are: {}.", registry.names())};
}

/// The format that takes these bytes: the one that was named, else the first that says yes. nullptr: none does.
const Format* choose(const Glimpse& glimpse, const Format* named, const Registry& registry) {
  if (named != nullptr) return named->detect(glimpse) == Fit::No ? nullptr : named;
  for (const Format& format : registry.formats) {
    if (format.detect(glimpse) == Fit::Yes) return &format;
  }
  return nullptr;
}

Error cannot_read(const Glimpse& glimpse, const Format* named, const Opening& opening, const Registry& registry) {
  const std::string& name = opening.info.name;
  const Looks& looks = glimpse.looks;
  if (looks.kind == FileKind::Empty && glimpse.head.size() < glimpse.store.size()) {
    return {ErrorKind::Input, fmt::format("{}: the first {} bytes are all white space", name, glimpse.head.size()),
            "Take the blank lines at its start out."};
  }
  if (named != nullptr) {
    if (const Format* other = choose(glimpse, nullptr, registry); other != nullptr) {
      return {ErrorKind::Input,
              fmt::format("{}: this is {}, and cannot be read as {}", name, other->what, *opening.options.format),
              "Leave --format out."};
    }
  }
  return refuse(looks, name);
}

/// While a source is opened, whoever does not want it any more is obeyed: the file's bytes say so.
class StoppableStore final : public ByteStore {
 public:
  using Token = std::shared_ptr<std::atomic<const CancelToken*>>;
  StoppableStore(std::unique_ptr<ByteStore> store, Token token, std::string name) : store_(std::move(store)), token_(std::move(token)), name_(std::move(name)) {}
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
    if (is_cancelled(token_->load())) return Error{ErrorKind::Unavailable, "Stopped while " + name_ + " was read.", ""};
    return store_->read_at(offset, out, size);
  }
  bool reads_side_by_side() const override { return store_->reads_side_by_side(); }
  std::uint64_t size() const override { return store_->size(); }

 private:
  const std::unique_ptr<ByteStore> store_;
  const Token token_;
  const std::string name_;
};

OpenBytes stoppable(OpenBytes file, StoppableStore::Token token, const std::string& name) {
  return [file = std::move(file), token = std::move(token), name]() -> Result<std::unique_ptr<ByteStore>> {
    auto store = file();
    if (!store) return store;
    return std::unique_ptr<ByteStore>(std::make_unique<StoppableStore>(std::move(*store), token, name));
  };
}

/// From then on the token is not asked any more, and need not live.
struct ForgetAtEnd {
  StoppableStore::Token token;
  ~ForgetAtEnd() { token->store(nullptr); }
};

}  // namespace

Result<bool> RecordReader::pass(RecordTally& tally) {
  auto more = next(tally.shown);
  if (!more || !*more) return more;
  ++tally.records;
  const std::size_t cells = std::min(tally.shown.cells.size(), tally.filled.size());
  for (std::size_t i = 0; i < cells; ++i) tally.filled[i] += tally.shown.cells[i].empty() ? 0 : 1;
  if (tally.watch != nullptr) tally.watch->show(tally.shown);
  return true;
}

Result<Opening> begin_opening(OpenBytes file, const std::string& name, const std::string& path,
                              const InputOptions& options) {
  auto store = file();
  if (!store) return store.error();
  Opening opening;
  opening.info.name = name;
  opening.info.path = path;
  opening.info.bytes = (*store)->size();
  opening.options = options;
  opening.bytes = file;
  opening.file = std::move(file);
  return opening;
}

Result<std::unique_ptr<Source>> open_source(const std::string& path, const InputOptions& options, const Registry& registry) {
  const Format* named = options.format ? registry.find(*options.format) : nullptr;
  if (options.format && named == nullptr) return no_such_format(*options.format, registry);

  const std::string name = options.name.value_or(base_name(path));
  auto file = open_file(path, name);
  if (!file) return file.error();
  if (options.digest != nullptr) options.digest->begin(*file, name);
  const ForgetAtEnd opened{std::make_shared<std::atomic<const CancelToken*>>(options.cancel)};
  if (options.cancel != nullptr) *file = stoppable(std::move(*file), opened.token, name);
  auto opening = begin_opening(std::move(*file), name, path, options);
  if (!opening) return opening.error();

  for (int packings = 0;; ++packings) {
    auto store = opening->bytes();
    if (!store) return store.error();
    auto head = read_part(**store, 0, kHeadBytes);
    if (!head) return head.error();
    const Glimpse glimpse{*head, **store, looks_of(*head, **store)};

    if (const Format* format = choose(glimpse, named, registry); format != nullptr) {
      if (options.sheet && !format->has_sheets) {
        return Error{ErrorKind::Usage,
                     fmt::format("--sheet {}: {} is {} and has no sheets", *options.sheet, name, format->what),
                     "Leave --sheet out."};
      }
      opening->info.format = format->names.front();
      return format->open(std::move(*opening));
    }
    const Compression* packing = nullptr;
    for (const Compression& compression : registry.compressions) {
      if (packing == nullptr && compression.detect(glimpse)) packing = &compression;
    }
    if (packing == nullptr) return cannot_read(glimpse, named, *opening, registry);
    if (packings == kMaxPackings)
      return Error{ErrorKind::Input, fmt::format("{}: it is packed more than {} times over, as no contact list is", name, kMaxPackings),
                   "If it is one all the same, unpack it and name the contact file inside."};
    auto unpacked = packing->unpack(opening->bytes, name);
    if (!unpacked) return unpacked.error();
    opening->bytes = std::move(unpacked->bytes);
    auto& warnings = opening->info.warnings;
    warnings.insert(warnings.end(), unpacked->warnings.begin(), unpacked->warnings.end());
  }
}

Result<void> advance_to(std::uint64_t row, RecordReader& reader, Record& record, const std::string& source_name) {
  while (record.row < row) {
    auto more = reader.next(record);
    if (!more) return more.error();
    if (!*more) return Error{ErrorKind::Drift, source_name + " became shorter during the run.", ""};
  }
  return {};
}

Result<std::unique_ptr<Source>> Source::open(const std::string& path, const InputOptions& options) {
  return open_source(path, options, registry());
}

}  // namespace switchboard::input
