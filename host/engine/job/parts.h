#pragma once

#include <functional>
#include <thread>

#include "core/base/clock.h"
#include "core/base/scratch_file.h"
#include "core/input/source.h"
#include "core/ledger/job_journal.h"
#include "core/ledger/sent_index.h"
#include "core/mapping/rows/contact_mapper.h"
#include "host/connectors/connector.h"
#include "host/transport/auth.h"
#include "host/transport/egress.h"
#include "host/transport/http.h"

namespace switchboard::engine {

/// What a run works with. Everything is borrowed and must outlive the engine.
struct Parts {
  const connectors::Connector* connector = nullptr;
  const connectors::Session* session = nullptr;
  const input::Source* source = nullptr;
  const mapping::ContactMapper* mapper = nullptr;
  ledger::JobJournal* journal = nullptr;  ///< of this job alone
  ledger::SentIndex* sent = nullptr;
  transport::HttpClient* http = nullptr;
  transport::Authenticator* auth = nullptr;
  const transport::Destinations* egress = nullptr;
  ScratchPlace* scratch = nullptr;  ///< for what grows with the rows; nullptr: it stays in memory
  Clock* clock = nullptr;
  std::function<double()> dice;  ///< uniform in [0, 1); thread-safe
  /// Starts a thread; may throw std::system_error. nullptr: std::thread.
  std::function<std::thread(std::function<void()>)> start_thread;
};

}  // namespace switchboard::engine
