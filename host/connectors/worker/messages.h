#pragma once

#include <switchboard/abi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "host/connectors/call.h"
#include "host/connectors/connector.h"
#include "host/connectors/worker/frame.h"

namespace switchboard::connectors::worker {

// The calls of the ABI as frames, written on one side and read on the other.

/// What holds for the process and not for the call.
struct Mood {
  bool logs = false, cancelled = false;
};

// ---- host to worker: one frame a call, payload begins with the mood
std::string open_frame(Kind kind, const Mood& mood, std::string_view json);
std::string encode_frame(const Mood& mood, const BatchView& batch, const Step& step);
std::string decode_frame(const Mood& mood, const BatchView& batch, const Step& step, const Response& response);
std::string serve_frame(const Mood& mood, const Request& request, std::int64_t now_ms);
std::string dump_frame(const Mood& mood);

void write_headers(FrameWriter& frame, const std::vector<std::pair<std::string, std::string>>& headers);

// ---- worker to host: what a call came to
/// Everything that the Call holds, and the status that the connector returned.
std::string reply_frame(Call& call, swb_status status);

/// Puts a worker's reply into the host's Call, through the same checks as if the connector had put it here. nullopt: the reply
/// is none that a worker sends, `why` says what is wrong with it.
std::optional<swb_status> absorb_reply(std::string_view payload, Call& call, std::string& why);

}  // namespace switchboard::connectors::worker
