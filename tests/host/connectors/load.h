#pragma once

#include "host/connectors/connector.h"

namespace switchboard::connectors {

/// What is promised of a call holds wherever the code runs: these tests are compiled once for this process and once for workers.
inline Result<std::unique_ptr<Connector>> load(const std::string& path) {
#if defined(IN_WORKERS)
  Loading loading;
  loading.isolate = Isolate::Always;
  loading.worker = WORKER;
  loading.limits.call = std::chrono::seconds(100);  // no limit of this machine's load
  return Connector::load(path, loading);
#else
  return Connector::load(path);
#endif
}

}  // namespace switchboard::connectors
