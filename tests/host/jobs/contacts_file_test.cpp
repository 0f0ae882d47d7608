#include "host/jobs/contacts_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

using namespace switchboard;
using namespace switchboard::jobs;

namespace {

struct NamedPipe {
  const std::string path = (std::filesystem::temp_directory_path() / ("switchboard-contacts-" + std::to_string(::getpid()))).string();
  NamedPipe() { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }
  ~NamedPipe() { std::filesystem::remove(path); }
};

mapping::Contact named(const std::string& name) {
  mapping::Contact contact;
  contact.row = 1;
  contact.values = {name};
  return contact;
}

std::string line_of(const ContactsFile& file, const mapping::Contact& contact) {
  std::string line;
  file.write(contact, line);
  return line;
}

}  // namespace

TEST_CASE("contacts may go into a pipe; one that nobody opens is given up when the job is stopped") {
  const NamedPipe pipe;
  CancelToken cancel;
  std::thread presser([&] { cancel.cancel(); });
  const auto nobody = ContactsFile::open(pipe.path, false, {"name"}, {}, &cancel);
  presser.join();
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().kind == ErrorKind::Unavailable);

  const int reader = ::open(pipe.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  auto file = ContactsFile::open(pipe.path, false, {"name"}, {}, nullptr);
  REQUIRE(file);
  (*file)->add(line_of(**file, named("Ann")));
  CHECK((*file)->good());
  char text[100];
  const auto size = ::read(reader, text, sizeof text);
  CHECK(std::string(text, static_cast<std::size_t>(std::max<ssize_t>(size, 0))) == "{\"row\": 1, \"contact\": {\"name\": \"Ann\"}}\n");
  ::close(reader);
}

TEST_CASE("a pipe whose reader takes nothing holds a stopped job up no longer, and the loss is told") {
  const NamedPipe pipe;
  CancelToken cancel;
  const int reader = ::open(pipe.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  auto file = ContactsFile::open(pipe.path, false, {"name"}, {}, &cancel);
  REQUIRE(file);
  std::thread presser([&] { cancel.cancel(); });
  for (int i = 0; i < 4; ++i) (*file)->add(line_of(**file, named(std::string(100'000, 'x'))));
  presser.join();
  CHECK_FALSE((*file)->good());
  ::close(reader);
}
