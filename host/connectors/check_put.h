#pragma once

#include <switchboard/abi.h>

#include <optional>
#include <string>
#include <string_view>

#include "host/connectors/call.h"
#include "host/connectors/connector_limits.h"

namespace switchboard::connectors {

// The contract of every sink. Each function checks one thing that a connector put, copies it into the call,
// and returns SWB_OK; or notes a breach and returns what the connector should hand back.

/// A string of the connector as a view; absent and empty are both empty. False: null with a size, or too
/// long.
bool borrow(Call& call, swb_str text, std::size_t limit, const char* what, std::string_view& out);

swb_status check_request(Call& call, const swb_request& request);
swb_status check_outcome(Call& call, const swb_outcome& outcome);
swb_status check_directive(Call& call, const swb_directive& directive);
swb_status check_item(Call& call, swb_str kind, swb_str id, swb_str label);
swb_status check_response(Call& call, const swb_response& response);
std::optional<std::string> check_log(Call& call, const swb_log& log);

/// Do the requests of one encode() share the batch out among themselves? Also says which bodies are too
/// large.
std::optional<std::string> check_request_set(Call& call);

}  // namespace switchboard::connectors
