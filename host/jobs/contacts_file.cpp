#include "host/jobs/contacts_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string_view>

#include "core/base/json_text.h"

namespace switchboard::jobs {

namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;
/// Of a line, what stands around its values, at most.
constexpr std::size_t kAround = 64;
/// Memory of a line that is kept for others, and of the room in which they are made.
constexpr std::size_t kMostKept = 16 * 1024;
constexpr std::size_t kRoomKept = 64 * 1024;

/// Until the descriptor can be written to (-1: for a moment), or nobody wants it any more.
void wait_for_reader(int descriptor, const CancelToken* cancel) {
  constexpr int kLookAgainMs = 100;
  pollfd watched[] = {{descriptor, POLLOUT, 0}, {cancel != nullptr ? cancel->descriptor() : -1, POLLIN, 0}};
  ::poll(watched, 2, kLookAgainMs);
}

}  // namespace

Result<std::unique_ptr<ContactsFile>> ContactsFile::open(const std::string& path, bool goes_on,
                                                         const std::vector<std::string>& columns,
                                                         const mapping::Manifest& manifest, const CancelToken* cancel) {
  auto file = std::make_unique<ContactsFile>();
  // O_NONBLOCK: a pipe that nobody reads is refused (ENXIO) instead of waited for; it means nothing for a regular file.
  const int mode = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (goes_on ? O_APPEND : O_TRUNC);
  while ((file->descriptor_ = ::open(path.c_str(), mode, 0600)) < 0) {
    struct stat about {};
    if (errno != ENXIO || ::stat(path.c_str(), &about) != 0 || !S_ISFIFO(about.st_mode))
      return Error{ErrorKind::Usage, "The file for --contacts, " + path + ", cannot be written.", "Check its directory."};
    if (is_cancelled(cancel)) return Error{ErrorKind::Unavailable, "Stopped while nobody read " + path + ".", ""};
    wait_for_reader(-1, cancel);
  }
  file->cancel_ = cancel;
  for (const auto& column : columns) {
    const auto* field = manifest.field(column);
    using enum mapping::FieldType;
    const bool literal = field && (field->type == Int || field->type == Number || field->type == Boolean || field->type == List);
    file->literal_.push_back(literal);
    file->keys_.push_back(", " + json_quote(column) + (literal ? ": " : ": \""));
  }
  return file;
}

ContactsFile::~ContactsFile() {
  flush();
  if (descriptor_ >= 0) ::close(descriptor_);
}

void ContactsFile::write(const mapping::Contact& contact, std::string& text) const {
  // Into room that is made once, without a JsonWriter and its text: 4,800 instructions a row with that, 1,200 where every piece asks for
  // room of its own. It is the thread's: a string would be filled with zeros first, six times as many as the line has bytes.
  thread_local std::unique_ptr<char[]> room;
  thread_local std::size_t room_size = 0;
  std::size_t most = kAround;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (contact.values[i]) most += keys_[i].size() + kMostBytesOfJsonEscape * contact.values[i]->size() + 1;
  }
  if (most > room_size || room_size > kRoomKept) {
    room_size = std::max(most, kRoomKept);
    room = std::make_unique_for_overwrite<char[]>(room_size);
  }
  char* out = room.get();
  const auto put = [&out](std::string_view piece) { out = std::copy(piece.begin(), piece.end(), out); };
  put("{\"row\": ");
  if (contact.part == 0) {
    out = std::to_chars(out, room.get() + room_size, contact.row).ptr;
  } else {
    put("\"");
    put(RowId(contact.row, contact.part).text());
    put("\"");
  }
  put(", \"contact\": {");
  std::size_t begin = 2;  // of a key: behind its comma
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (!contact.values[i]) continue;
    put(std::string_view(keys_[i]).substr(begin));
    begin = 0;
    if (literal_[i]) {
      put(*contact.values[i]);
    } else {
      out = write_json_escaped(out, *contact.values[i]);
      put("\"");
    }
  }
  put("}}\n");
  text.append(room.get(), out);
  if (text.capacity() > kMostKept) text.shrink_to_fit();
}

void ContactsFile::add(std::string_view line) {
  buffer_ += line;
  if (buffer_.size() >= kBufferBytes) flush();
}

void ContactsFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && !failed_) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN && !is_cancelled(cancel_)) {
      wait_for_reader(descriptor_, cancel_);
    } else if (errno != EINTR) {
      failed_ = true;
    }
  }
  buffer_.clear();
}

bool ContactsFile::good() {
  flush();
  return !failed_;
}

}  // namespace switchboard::jobs
