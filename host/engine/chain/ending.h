#pragma once

#include "host/engine/chain/judgement.h"

namespace switchboard::engine {

/// SWB_REAUTH: once a fresh credential, then the end of the job.
Verdict reauth(Judgement& j);

/// SWB_ABORT: the end of the job, for the reason that the connector names.
Verdict end_job(Judgement& j);

}  // namespace switchboard::engine
