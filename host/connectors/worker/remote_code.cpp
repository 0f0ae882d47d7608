#include "host/connectors/worker/remote_code.h"

#include <mutex>

#include "host/connectors/failure.h"
#include "host/connectors/library.h"
#include "host/connectors/worker_limits.h"
#include "host/connectors/text_check.h"
#include "host/connectors/worker/messages.h"
#include "host/connectors/worker/process.h"

namespace switchboard::connectors {
namespace {

using worker::Death;
using worker::FrameReader;
using worker::Kind;
using worker::Process;

worker::Mood mood() { return {wants_log(), wants_cancel()}; }

/// What all workers of a library share.
struct Setup {
  std::string path, program;
  std::shared_ptr<const worker::Image> image;
  std::shared_ptr<const mapping::Manifest> manifest;  ///< null: the first worker is asked for it
  std::string manifest_text;
  ElfNote note;
  WorkerLimits limits;
  const CancelToken* cancel = nullptr;
};

/// A worker that has loaded the library.
struct Loaded {
  std::unique_ptr<Process> process;
  std::string manifest_text;
  bool has_sandbox = false;
};

/// `how` it died while it was loading the library.
Error loading_failed(const Setup& setup, const std::string& how) {
  return Error{ErrorKind::Internal, connector_failed(setup.note.id, "loading it " + how),
               setup.path + ": this is a defect of the connector: tell its author."};
}

struct Failed {
  Error error;
  Death death;
};

/// Starts a worker and hears what it says of itself.
std::optional<Failed> load(const Setup& setup, Loaded& out) {
  auto started = Process::start(setup.program, *setup.image, setup.limits);
  if (!started) return Failed{started.error(), {}};
  auto process = std::move(*started);
  process->begin(setup.limits.start, setup.cancel);
  const auto dead = [&] { return Failed{loading_failed(setup, process->death().how), process->death()}; };
  Process::Received received;
  if (!process->receive(received)) return dead();
  FrameReader frame(received.payload);
  if (received.kind == Kind::Refusal) {
    const auto message = readable(frame.text(), 4'000), remedy = readable(frame.text(), 1'000);
    if (frame.done() && message.starts_with(setup.path)) return Failed{{ErrorKind::Usage, message, remedy}, {}};
  }
  const auto version = frame.text(), text = frame.text();
  const auto sandbox = frame.number();
  if (received.kind != Kind::Hello || !frame.done() || sandbox > 1) {
    process->condemn("something else than its greeting");
    return dead();
  }
  if (version != SWITCHBOARD_VERSION)
    return Failed{{ErrorKind::Usage, setup.program + " is of another version (" + readable(version, 64) + ") than this program (" SWITCHBOARD_VERSION ").",
                   "Install Switchboard whole (cmake --install)."},
                  {}};
  if (setup.manifest && text != setup.manifest_text)
    return Failed{{ErrorKind::Usage, setup.path + ": says two things about itself: it shows another manifest when it runs.",
                   "Do not use it; build it again with the SDK so that both come from connector.json."},
                  {"showed another manifest", false, false}};
  out = {std::move(process), std::string(text), sandbox == 1};
  return std::nullopt;
}

/// One call: the frame out, log lines and the reply in. What comes of it is in the Call.
swb_status ask(const Setup& setup, Process& process, Call& call, const std::string& frame, std::chrono::milliseconds time) {
  process.begin(time, setup.cancel);
  Process::Received received;
  if (!process.send(frame)) return call.died(process.death().how);
  while (process.receive(received)) {
    FrameReader reader(received.payload);
    if (received.kind == Kind::Log) {
      const auto level = reader.number();
      const auto line = readable(reader.text(), 64u << 10);
      if (!reader.done() || level > SWB_LOG_ERROR || !call.count_log_line()) {
        process.condemn("log lines that no connector can write");
        break;
      }
      emit_log(level, call.manifest().id, line);
      continue;
    }
    std::string why = "something else than a reply";
    if (received.kind == Kind::Reply) {
      why.clear();
      if (const auto status = worker::absorb_reply(received.payload, call, why)) return *status;
    }
    process.condemn("a reply that cannot be: " + why);
    break;
  }
  return call.died(process.death().how);
}

/// A session in a worker. The session is nothing but its settings: a worker that died in a call is replaced for the next one.
/// Not where it broke the rules of the worker itself: whoever does that once is not asked again.
class RemoteSession : public SessionCode {
 public:
  RemoteSession(std::shared_ptr<const Setup> setup, std::string settings, std::unique_ptr<Process> process)
      : setup_(std::move(setup)), settings_(std::move(settings)), process_(std::move(process)) {}

  swb_status encode(Call& call, const BatchView& batch, const Step& step) const override {
    return run(call, [&] { return worker::encode_frame(mood(), batch, step); });
  }
  swb_status decode(Call& call, const BatchView& batch, const Step& step, const Response& response) const override {
    return run(call, [&] { return worker::decode_frame(mood(), batch, step, response); });
  }

 private:
  template <class Frame>
  swb_status run(Call& call, Frame frame) const {
    const auto text = frame();
    const std::lock_guard lock(mutex_);
    if (!process_->alive() && !start_again()) return call.died(given_up_);
    const auto status = ask(*setup_, *process_, call, text, setup_->limits.call);
    if (process_->alive()) return status;
    const auto& death = process_->death();
    if (!death.believed) given_up_ = death.how + ", in an earlier call, and is not started again";
    if (death.by_us) given_up_ = "is not started again while the job stops";
    return status;
  }

  bool start_again() const {
    if (given_up_.empty() && ++restarts_ > kMaxRestarts)
      given_up_ = process_->death().how + ", and was started again " + std::to_string(kMaxRestarts) + " times already";
    if (!given_up_.empty()) return false;
    Loaded loaded;
    if (const auto failed = load(*setup_, loaded)) {
      given_up_ = "cannot be started again: " + failed->error.message;
      return false;
    }
    Call opening(kOpenCall, *setup_->manifest);
    const auto status = ask(*setup_, *loaded.process, opening, worker::open_frame(Kind::Open, mood(), settings_), setup_->limits.start);
    if (const auto error = opening.verdict(status)) {
      given_up_ = "cannot be started again: " + error->message;
      return false;
    }
    process_ = std::move(loaded.process);
    return true;
  }

  const std::shared_ptr<const Setup> setup_;  // shared by the library's sessions and accounts
  const std::string settings_;
  mutable std::mutex mutex_;  ///< a worker makes one call at a time
  mutable std::unique_ptr<Process> process_;
  mutable int restarts_ = 0;
  mutable std::string given_up_;  ///< why there will be no other worker; empty: there may be
};

/// An account in a worker. What it held is gone with the worker, so there is no second one.
class RemoteAccount : public AccountCode {
 public:
  RemoteAccount(std::shared_ptr<const Setup> setup, std::unique_ptr<Process> process)
      : setup_(std::move(setup)), process_(std::move(process)) {}

  swb_status serve(Call& call, const Request& request, std::int64_t now_ms) override {
    return run(call, worker::serve_frame(mood(), request, now_ms));
  }
  swb_status dump(Call& call) override { return run(call, worker::dump_frame(mood())); }

 private:
  swb_status run(Call& call, const std::string& frame) {
    if (!process_->alive()) return call.died(process_->death().how + ", in an earlier call, and its account is gone");
    return ask(*setup_, *process_, call, frame, setup_->limits.call);
  }

  const std::shared_ptr<const Setup> setup_;  // shared: see RemoteSession
  std::unique_ptr<Process> process_;
};

class RemoteCode : public Code {
 public:
  explicit RemoteCode(std::shared_ptr<const Setup> setup) : setup_(std::move(setup)) {}

  swb_status open(Call& call, const std::string& settings_json, std::unique_ptr<SessionCode>& out) const override {
    Loaded loaded;
    if (auto failed = load(*setup_, loaded)) return call.could_not_begin(std::move(failed->error));
    const auto status = begin(call, loaded, Kind::Open, settings_json);
    if (status == SWB_OK && !call.broken())
      out = std::make_unique<RemoteSession>(setup_, settings_json, std::move(loaded.process));
    return status;
  }

  swb_status open_account(Call& call, const std::string& options_json, std::unique_ptr<AccountCode>& out) const override {
    Loaded loaded;
    if (auto failed = load(*setup_, loaded)) return call.could_not_begin(std::move(failed->error));
    if (!loaded.has_sandbox) return SWB_OK;
    const auto status = begin(call, loaded, Kind::OpenAccount, options_json);
    if (status == SWB_OK && !call.broken()) out = std::make_unique<RemoteAccount>(setup_, std::move(loaded.process));
    return status;
  }

 private:
  swb_status begin(Call& call, Loaded& loaded, Kind kind, const std::string& json) const {
    return ask(*setup_, *loaded.process, call, worker::open_frame(kind, mood(), json), setup_->limits.start);
  }

  const std::shared_ptr<const Setup> setup_;  // shared with the sessions, which may outlive this
};

}  // namespace

Result<RemoteLibrary> code_in_workers(std::shared_ptr<const worker::Image> image, const ElfNote& note, const Loading& loading) {
  const auto& path = image->shown_path();
  auto setup = std::make_shared<Setup>();
  setup->path = path;
  setup->note = note;
  setup->limits = loading.limits;
  setup->cancel = loading.cancel;
  auto program = loading.worker.empty() ? worker::worker_program() : Result<std::string>(loading.worker);
  if (!program) return program.error();
  setup->program = std::move(*program);
  setup->image = image;
  setup->manifest_text = note.manifest.value_or("");
  if (!note.manifest) {
    Loaded loaded;
    if (auto failed = load(*setup, loaded)) return std::move(failed->error);
    setup->manifest_text = std::move(loaded.manifest_text);
  }
  auto manifest = read_manifest(path, setup->manifest_text, note);
  if (!manifest) return manifest.error();
  setup->manifest = std::make_shared<const mapping::Manifest>(std::move(*manifest));
  return RemoteLibrary{setup->manifest, std::make_unique<RemoteCode>(setup)};
}

}  // namespace switchboard::connectors
