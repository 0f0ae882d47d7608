#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// What TSan reports wrongly, because it cannot see it: Debian's libPocoNet is not built with TSan, so the
// atomic counts of references that order "a connection lets go of it" before "another thread destroys it" are
// invisible, and only the use and the end are seen. Two objects change hands so: the delegate that a connection
// shares with the server that stops (1 of 240 stops under load), and the socket that the accepting thread hands
// to a connection, and destroys itself where the connection ends first. No code of ours runs in that thread.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "race:Poco::Delegate<Poco::Net::HTTPServerConnection\n"
         "race:Poco::Net::TCPServer::run\n";
}
#endif
#endif
