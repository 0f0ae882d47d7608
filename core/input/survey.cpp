#include "core/input/survey.h"

#include <fmt/format.h>

#include <functional>
#include <future>
#include <memory>
#include <utility>

#include "core/base/sha256.h"

namespace switchboard::input {
namespace {

struct Digest {
  std::string sha256;
  std::uint64_t bytes = 0;
};

Error stopped(const Source& source) {
  return {ErrorKind::Unavailable, "Stopped while " + source.info().name + " was read.", ""};
}

Result<Digest> hash_bytes(const Source& source, const CancelToken* cancel) {
  auto store = source.bytes();
  if (!store) return store.error();
  constexpr std::size_t kBlockBytes = std::size_t{256} << 10;  // stays in the core's own cache between reading and digest
  const auto block = std::make_unique_for_overwrite<char[]>(kBlockBytes);
  Sha256 sha;
  Digest digest;
  for (;;) {
    auto got = (*store)->read_at(digest.bytes, block.get(), kBlockBytes);
    if (!got) return got.error();
    if (*got == 0) break;
    if (is_cancelled(cancel)) return stopped(source);
    sha.update({block.get(), *got});
    digest.bytes += *got;
  }
  const auto bytes = sha.finish();
  digest.sha256 = to_hex(bytes.data(), bytes.size());
  return digest;
}

/// Nothing has begun yet that the source could have changed under.
Error before_the_job(Error error) {
  if (error.kind == ErrorKind::Drift) error.kind = ErrorKind::Input;
  return error;
}

/// `step`: reads on, and adds the records to what it is given. False: there is none.
template <class Step>
Result<Survey> survey_by(const Source& source, const CancelToken* cancel, const Step& step) {
  Survey survey;
  survey.info = source.info();
  // The digest needs about as long as the records do: side by side on the two cores that every machine has.
  // Where no thread can be had, behind them.
  auto hashing = std::async(std::launch::async | std::launch::deferred, hash_bytes, std::cref(source), cancel);

  auto reader = source.read();
  if (!reader) return reader.error();
  for (;;) {
    auto more = step(**reader, survey.records);
    if (!more) return before_the_job(more.error());
    if (!*more) break;
    if (is_cancelled(cancel)) return stopped(source);
  }
  survey.info.lines = (*reader)->lines();
  const auto& warnings = (*reader)->warnings();
  survey.info.warnings.insert(survey.info.warnings.end(), warnings.begin(), warnings.end());

  auto digest = hashing.get();
  if (!digest) return before_the_job(digest.error());
  if (digest->bytes != survey.info.bytes) {
    return Error{ErrorKind::Input, fmt::format("{}: the file changed while it was read", survey.info.name),
                 "Wait until whatever writes it is done, then try again."};
  }
  survey.info.sha256 = digest->sha256;
  return survey;
}

}  // namespace

Result<Survey> survey(const Source& source, const CancelToken* cancel, const std::function<void(const Record&)>& visit) {
  Record record;
  return survey_by(source, cancel, [&](RecordReader& reader, std::uint64_t& records) {
    auto more = reader.next(record);
    if (more && *more) {
      visit(record);
      ++records;
    }
    return more;
  });
}

Result<Survey> survey(const Source& source, const CancelToken* cancel, std::vector<std::uint64_t>& filled) {
  RecordTally tally;
  tally.filled = std::move(filled);
  auto found = survey_by(source, cancel, [&](RecordReader& reader, std::uint64_t& records) {
    auto more = reader.pass(tally);
    records = tally.records;
    return more;
  });
  filled = std::move(tally.filled);
  return found;
}

Result<Survey> survey(const Source& source, const CancelToken* cancel) {
  std::vector<std::uint64_t> none;
  return survey(source, cancel, none);
}

}  // namespace switchboard::input
