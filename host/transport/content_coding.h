#pragma once

#include <cstdint>
#include <string>

#include "host/transport/http.h"

namespace switchboard::transport {

/// Unpacks a body that came as gzip or deflate although `Accept-Encoding: identity` was sent: some proxies do that to all.
/// Takes the header content-encoding away. Empty: the body can be read now. Else why it cannot, for people: another coding,
/// damaged, or (`too_large`) more than `max_bytes` when unpacked.
std::string unpack_body(HttpResponse& response, std::uint64_t max_bytes, bool& too_large);

}  // namespace switchboard::transport
