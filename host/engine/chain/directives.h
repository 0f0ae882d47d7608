#pragma once

#include "host/engine/chain/judgement.h"

namespace switchboard::engine {

/// What follows from what the connector says of an answer that it understood.
Verdict follow(Judgement& j);

}  // namespace switchboard::engine
