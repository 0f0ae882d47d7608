#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "host/connectors/elf_file.h"
#include "host/connectors/worker_limits.h"
#include "host/connectors/worker/frame.h"

namespace switchboard::connectors::worker {

/// A copy of a library that nobody can change, for workers to load: what is checked and hashed is what runs.
class Image {
 public:
  /// Errors: no memory for it (Internal), the file became shorter meanwhile (Usage).
  static Result<std::shared_ptr<const Image>> of(std::string shown_path, const ElfFile& library);
  ~Image();
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  const std::string& shown_path() const { return shown_path_; }
  int descriptor() const { return descriptor_; }
  /// Where this process finds it.
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  Image(std::string shown_path, int descriptor) : shown_path_(std::move(shown_path)), descriptor_(descriptor) {}
  const std::string shown_path_;
  const int descriptor_;
};

/// Why there is no answer.
struct Death {
  std::string how;         ///< "crashed (segmentation fault)"
  bool believed = true;    ///< false: it lied, or tried what it may not; not started again
  bool by_us = false;      ///< the job was told to stop while it was at work
  bool line_closed = false;  ///< at its end: how the process ended says more
};

/// A worker's process and the line to it. Killed with its group, and reaped, at the latest by the destructor.
class Process {
 public:
  struct Received {
    Kind kind;
    std::string payload;
  };

  /// Starts the program; what it says first is for receive(). Error (Internal): it cannot be started.
  static Result<std::unique_ptr<Process>> start(const std::string& program, const Image& image, const WorkerLimits& limits);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// A span of work that the worker is given, from now: how long it may take, on the clock and on the processor; and what is
  /// left of it when `cancel` says that the job is to stop.
  void begin(std::chrono::milliseconds deadline, const CancelToken* cancel);
  /// Both within the span of begin(); false: the worker is dead, see death().
  bool send(const std::string& frame);
  bool receive(Received& out);

  /// Ends the worker for what it sent: "sent a reply that …".
  void condemn(const std::string& what);
  bool alive() const { return pid_ > 0; }
  const Death& death() const { return death_; }
  /// It could not get the memory that it asked for, during this span.
  void note_out_of_memory() { out_of_memory_ = true; }

 private:
  using Clock = std::chrono::steady_clock;
  Process(pid_t pid, int socket, const WorkerLimits& limits) : pid_(pid), socket_(socket), limits_(limits) {}
  bool wait(short events);
  bool read_exactly(std::string& out, std::size_t size);
  void end(Death death);
  void bury();
  std::string how_it_ended(int status) const;

  pid_t pid_;
  int socket_;
  const WorkerLimits limits_;
  Clock::time_point until_{};
  std::chrono::milliseconds allowed_{};
  const CancelToken* cancel_ = nullptr;
  bool stopping_ = false, out_of_memory_ = false;
  Death death_;
};

/// The installed worker program: beside this one, in ../libexec/switchboard, or this one itself (set_program_is_worker).
/// Error (Usage): there is none.
Result<std::string> worker_program();

}  // namespace switchboard::connectors::worker
