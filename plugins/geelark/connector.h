// GeeLark: up to a hundred contacts a task on a cloud phone, made by `POST /open/v1/rpa/task/importContacts`
// and followed until it has ended. The facts and where they come from: README.md.
#pragma once

#include <switchboard/kit/kit.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace geelark {

namespace kit = switchboard::kit;
using kit::Answer, kit::Batch, kit::Directive, kit::Json, kit::Operation, kit::Outcome, kit::Reason,
    kit::Request, kit::Response, kit::Step;

/// The settings, checked.
struct Connector : kit::Configured {
  explicit Connector(const kit::Settings& given);

  void encode(const Batch& batch, const Step& step, kit::Requests& out) const;  // request.cpp
  void decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const;  // response.cpp

  /// Milliseconds; the time that was set, or (a second from) now where none was or it has passed.
  std::int64_t schedule_at(std::int64_t now_ms) const;

  std::string phone_id = settings.text("id", "");  ///< empty: probing asks about the credential only
  std::string name = settings.text_of_at_most("name", 128).value_or("Switchboard import");
  std::optional<std::string> remark = settings.text_of_at_most("remark", 200);
  std::optional<std::int64_t> scheduled_ms = settings.time_ms("schedule_at");
  std::uint32_t contacts_per_task = static_cast<std::uint32_t>(settings.integer("contacts_per_task", 100, 1, 1000));
  std::int64_t first_poll_ms = settings.integer("first_poll_ms", 15'000, 100, 3'600'000);
  std::int64_t max_poll_ms = settings.integer("max_poll_ms", 60'000, 100, 3'600'000);
  std::int64_t deadline_ms = settings.integer("deadline_ms", 1'800'000, 0, 86'400'000);
  std::int64_t busy_retries = settings.integer("busy_retries", 3, 0, 5);
  std::uint64_t settle_ms = kit::settle_ms_of(settings, 5000);
};

/// The vendor's largest page of tasks.
inline constexpr std::size_t kPageSize = 100;

/// Where a chain stands; travels as the host's `state`.
struct Chain {
  enum class Phase {
    Send,     ///< creating the task
    Watch,    ///< asking what became of it
    Restart,  ///< having it run again, because its phone was busy
    Search,   ///< looking for it in the history, because its creation was not answered or failed
    Phone     ///< of a probe: asking about the phone
  };

  Phase phase = Phase::Send;
  std::string task;               ///< id; while searching: of the newest one that bears our tag
  std::int64_t scheduled_ms = 0;  ///< when it is to run
  std::int64_t polls = 0;
  std::int64_t missed = 0;  ///< times in a row that the vendor did not know the task
  std::int64_t restarts = 0;
  bool ran = false;  ///< seen in progress
  bool restarting = false;  ///< of a reconciliation: whether its restart was carried out is not known yet

  std::string failure;        ///< while searching: code with which GeeLark said that the creation failed
  std::int64_t retries = 0;   ///< creations of this task that failed before
  std::int64_t asked_ms = 0;  ///< while searching: the time that the failed creation asked for
  bool untagged = false;      ///< a task was seen that may be it, but does not show its name
  kit::Paging history;        ///< tasks of this look, and the last id of the page before
  std::int64_t looks = 0;     ///< through the whole history

  static constexpr std::string_view kPhaseNames[] = {"send", "watch", "restart", "search", "phone"};
  template <class State>
  void members(State& state) {
    state.phase(phase, kPhaseNames).text("task", task).count("scheduled_ms", scheduled_ms);
    state.count("polls", polls).count("missed", missed).count("restarts", restarts).flag("ran", ran);
    state.flag("restarting", restarting);
    state.text("failure", failure).count("retries", retries).count("asked_ms", asked_ms).flag("untagged", untagged);
    history.members(state, "last_id", "seen");
    state.count("looks", looks);
  }
  void begin(const Connector& connector, const Batch& batch, const Step& step);
  void check(const Connector& connector);
};

/// The end of a task's name: the same for the same rows in every chain, other for other rows.
std::string tag_of(const Batch& batch, std::uint32_t first, std::uint32_t count);

// ---- fault.cpp ----

/// {traceId, code, msg, data}; a code other than 0 is a failure although the HTTP status is 200.
struct Envelope {
  std::int64_t code = 0;
  std::string message;  ///< "GeeLark answered 40004: …"
  Json data;

  std::string code_text() const { return "code." + std::to_string(code); }
};

inline constexpr const char* kNotUnderstood = "GeeLark's answer cannot be understood";
/// nullopt where the answer has not this form.
std::optional<Envelope> read_envelope(std::string_view body);
/// What the code means, whatever was asked for: of pace or credential, or (SWB_ABORT) that nothing can go on and nothing was created.
/// nullopt: codes that do not mean the same everywhere.
std::optional<Directive> rule_for(const Envelope& envelope, const Connector& connector);
/// A failure while rows are under way: it says nothing about them. What no repetition cures stops the job; the next run asks on.
Directive fault_under_way(const Envelope& envelope, const Connector& connector);
/// Whether a task that ended with this failCode left its phone as it was.
bool ran_nothing(std::int64_t fail_code);

inline constexpr std::uint64_t kNextMinuteMs = 61'000;
inline constexpr std::uint64_t kBusyMs = 60'000;
inline constexpr std::uint64_t kFirstLookMs = 1000;

struct Reading : kit::Reading<Connector, Chain> {
  const std::optional<Envelope> envelope = read_envelope(response.body());

  /// Goes on by asking what became of the chain's task (response.cpp).
  void watch();
  /// A page of the history: asks for the next, or ends the search (lookup.cpp).
  void read_history() const;
};

std::string id_of(const Json& task);
/// The tasks that an answer's data lists; nullptr: there is no list.
const Json* tasks_in(const Json& data);

}  // namespace geelark
