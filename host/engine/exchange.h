#pragma once

#include <string>

#include "core/base/result.h"
#include "host/connectors/connector.h"
#include "host/engine/engine.h"

namespace switchboard::engine {

struct Cursor;

/// A connector's request as HTTP, without its credential yet.
struct Prepared {
  transport::HttpRequest http;
  bool with_credential = false;
};

/// Resolves where it goes. Error (Internal): to a place where it may not go; the connector is to blame.
Result<Prepared> prepare(const connectors::Request& request, const transport::Egress& egress);

/// Adds the credential, where the place may see it. Error: there is none, or none can be made.
Result<void> authorise(Prepared& prepared, const connectors::Request& request,
                       transport::Authenticator& auth);

/// What the connector may see of an answer: names in lower case, no cookies, no credentials.
connectors::Response to_response(transport::HttpResponse&& http, std::uint64_t tag);

/// Where the chain stands, as the connector is told. Borrows state and id.
connectors::Step step_of(const Cursor& cursor, const std::string& chain_id, std::int64_t now_ms, std::int64_t job_ms);

}  // namespace switchboard::engine
