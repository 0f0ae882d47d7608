#include "core/input/survey.h"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <utility>

namespace switchboard::input {
namespace {

/// Nothing has begun yet that the source could have changed under.
Error before_the_job(Error error) {
  if (error.kind == ErrorKind::Drift) error.kind = ErrorKind::Input;
  return error;
}

/// `step`: reads on, and adds the records to what it is given. False: there is none.
template <class Step>
Result<Survey> survey_by(const Source& source, const CancelToken* cancel, SourceDigest* begun, const Step& step) {
  Survey survey;
  survey.info = source.info();
  std::optional<SourceDigest> own;
  if (begun == nullptr) begun = &own.emplace(source, cancel);

  auto reader = source.read();
  if (!reader) return reader.error();
  for (;;) {
    auto more = step(**reader, survey.records);
    if (!more) return before_the_job(more.error());
    if (!*more) break;
    if (is_cancelled(cancel)) return stopped_reading(source);
  }
  survey.info.lines = (*reader)->lines();
  const auto& warnings = (*reader)->warnings();
  survey.info.warnings.insert(survey.info.warnings.end(), warnings.begin(), warnings.end());

  auto digest = begun->get();
  if (!digest) return before_the_job(digest.error());
  if (digest->bytes != survey.info.bytes) {
    return Error{ErrorKind::Input, fmt::format("{}: the file changed while it was read", survey.info.name),
                 "Wait until whatever writes it is done, then try again."};
  }
  survey.info.sha256 = digest->sha256;
  return survey;
}

}  // namespace

Result<Survey> survey(const Source& source, const CancelToken* cancel, const std::function<void(const Record&)>& visit, SourceDigest* begun) {
  Record record;
  return survey_by(source, cancel, begun, [&](RecordReader& reader, std::uint64_t& records) {
    auto more = reader.next(record);
    if (more && *more) {
      visit(record);
      ++records;
    }
    return more;
  });
}

Result<Survey> survey(const Source& source, const CancelToken* cancel, std::vector<std::uint64_t>& filled, SourceDigest* begun) {
  RecordTally tally;
  tally.filled = std::move(filled);
  auto found = survey_by(source, cancel, begun, [&](RecordReader& reader, std::uint64_t& records) {
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
