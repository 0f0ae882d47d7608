#include "core/input/survey.h"

#include <fmt/format.h>

namespace switchboard::input {
namespace {

/// Nothing has begun yet that the source could have changed under.
Error before_the_job(Error error) {
  if (error.kind == ErrorKind::Drift) error.kind = ErrorKind::Input;
  return error;
}

/// As a digest that nobody made: how many bytes there are now.
Result<Digest> bytes_of(const Source& source) {
  auto store = source.bytes();
  if (!store) return store.error();
  return Digest{"", (*store)->size()};
}

}  // namespace

Result<Survey> survey(const Source& source, const CancelToken* cancel, RecordTally& tally, SourceDigest* digest) {
  Survey survey;
  survey.info = source.info();
  if (digest != nullptr && !digest->has_begun()) digest->begin([&source] { return source.bytes(); }, survey.info.name);

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

  const auto read = digest != nullptr ? digest->get() : bytes_of(source);
  if (!read) return before_the_job(read.error());
  if (read->bytes != survey.info.bytes) {
    return Error{ErrorKind::Input, fmt::format("{}: the file changed while it was read", survey.info.name),
                 "Wait until whatever writes it is done, then try again."};
  }
  survey.info.sha256 = read->sha256;
  return survey;
}

Result<Survey> survey(const Source& source, const CancelToken* cancel) {
  RecordTally tally;
  SourceDigest digest(cancel);
  return survey(source, cancel, tally, &digest);
}

}  // namespace switchboard::input
