#include "host/engine/chain/ending.h"

#include <string>

#include "fmt/format.h"
#include "host/engine/job/codes.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// Of the credential.
std::string where_it_is(const Judgement& j) {
  return j.rules.credential.empty() ? "" : "; check " + j.rules.credential + ", or the profile's references";
}

}  // namespace

Verdict reauth(Judgement& j) {
  if (j.at.renewals == 0) {
    j.verdict.renew = true;
    j.verdict.next.renewals = 1;
    return j.go_on(0, "");
  }
  j.stop(EndReason::Credential,
         fmt::format("{} does not accept the credential: {}{}", j.rules.vendor, j.said(), where_it_is(j)));
  return j.undelivered(code::kStopped, "not sent: the credential was not accepted");
}

Verdict end_job(Judgement& j) {
  const auto reason = j.answer.directive.reason;
  auto ends = EndReason::Unavailable;
  std::string what = "stopped";
  switch (reason) {
    case SWB_REASON_CREDENTIAL:
      ends = EndReason::Credential;
      what = "does not accept the credential";
      break;
    case SWB_REASON_PERMISSION:
      ends = EndReason::Credential;
      what = "does not permit this";
      break;
    case SWB_REASON_QUOTA:
      what = "has no quota left";
      break;
    case SWB_REASON_UNAVAILABLE:
      what = "is not available";
      break;
    case SWB_REASON_SETTING:
      ends = EndReason::Usage;
      what = "does not accept a setting, or is not at this address";
      break;
    default:
      if (j.answer.http_status == 401 || j.answer.http_status == 403) ends = EndReason::Credential;
      what = "asked to stop";
  }
  j.stop(ends, fmt::format("{} {}: {}{}", j.rules.vendor, what, j.said(),
                           reason == SWB_REASON_CREDENTIAL ? where_it_is(j) : std::string()));
  if (j.answer.undecided == 0) return j.finish(Outcome::Pending, "", "");  // its rows go elsewhere
  if (traits_of(j.at.op).settles_doubt) return j.keep();
  // The connector says that the rows were not stored. After a step that was carried out, a refused
  // credential or a spent quota says nothing about that step, so the chain is kept where it stands.
  const bool about_the_rows = reason == SWB_REASON_SETTING || reason == SWB_REASON_NONE;
  if (about_the_rows && !j.at.doubt) return j.finish(Outcome::Failed, j.code_or(code::kStopped), j.said());
  return j.undelivered(code::kStopped, j.said());
}

}  // namespace switchboard::engine
