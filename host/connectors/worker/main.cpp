// switchboard-worker: the process in which a foreign connector runs. It is started by the host, never by hand.

#include "host/connectors/worker/worker.h"

#if defined(SWITCHBOARD_SANITIZED)
// A crash is left to the system, so that the host sees what it was; the options of the tests' environment do not come here.
#define SIGNALS_ARE_THE_SYSTEMS "handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigill=0:handle_sigfpe=0:use_sigaltstack=0"
extern "C" const char* __asan_default_options() {
  return SIGNALS_ARE_THE_SYSTEMS ":detect_leaks=0:detect_odr_violation=0:allocator_may_return_null=1:max_allocation_size_mb=1024";
}
extern "C" const char* __ubsan_default_options() { return SIGNALS_ARE_THE_SYSTEMS; }
extern "C" const char* __tsan_default_options() { return SIGNALS_ARE_THE_SYSTEMS; }
#endif

int main(int argc, char** argv) { return switchboard::connectors::worker::live(argc, argv); }
