#pragma once

#include "core/base/result.h"
#include "core/contact/numbering_plan.h"
#include "host/jobs/job_request.h"

namespace switchboard::jobs {

/// The numbering plans of an engine. libphonenumber's are in a library beside the program's own (lib/switchboard), which is
/// loaded at the first call and stays. Error (Usage): it is not there, or cannot be loaded.
Result<const contact::NumberingPlan*> plan_of(PhoneEngine engine);

}  // namespace switchboard::jobs
