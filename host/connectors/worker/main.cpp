// switchboard-worker: the process in which a foreign connector runs. It is started by the host, never by hand.

#include "host/connectors/worker/worker.h"

int main(int argc, char** argv) { return switchboard::connectors::worker::live(argc, argv); }
