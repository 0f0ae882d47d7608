#include "core/input/survey.h"

#include <fmt/format.h>

#include <optional>

namespace switchboard::input {
namespace {

/// Nothing has begun yet that the source could have changed under.
Error before_the_job(Error error) {
  if (error.kind == ErrorKind::Drift) error.kind = ErrorKind::Input;
  return error;
}

}  // namespace

Result<Survey> survey(const Source& source, const CancelToken* cancel, RecordTally& tally, SourceDigest* shared) {
  Survey survey;
  survey.info = source.info();
  std::optional<SourceDigest> own;
  SourceDigest& sum = shared != nullptr ? *shared : own.emplace(cancel);
  if (!sum.has_begun()) sum.begin([&source] { return source.bytes(); }, survey.info.name);

  auto reader = source.read();
  if (!reader) return reader.error();
  for (;;) {
    auto more = (*reader)->pass(tally);
    if (!more) return before_the_job(more.error());
    if (!*more) break;
    if (is_cancelled(cancel)) return stopped_reading(survey.info.name);
  }
  survey.records = tally.records;
  survey.info.lines = (*reader)->lines();
  const auto& warnings = (*reader)->warnings();
  survey.info.warnings.insert(survey.info.warnings.end(), warnings.begin(), warnings.end());

  auto digest = sum.get();
  if (!digest) return before_the_job(digest.error());
  if (digest->bytes != survey.info.bytes) {
    return Error{ErrorKind::Input, fmt::format("{}: the file changed while it was read", survey.info.name),
                 "Wait until whatever writes it is done, then try again."};
  }
  survey.info.sha256 = digest->sha256;
  return survey;
}

Result<Survey> survey(const Source& source, const CancelToken* cancel) {
  RecordTally tally;
  return survey(source, cancel, tally);
}

}  // namespace switchboard::input
