#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/mapping/manifest/manifest.h"
#include "host/connectors/connector.h"
#include "host/transport/http.h"

namespace switchboard::engine {

/// A request that may be asked together with others (limits.joint of the manifest): they differ in the values of one
/// list of their body alone.
struct Question {
  std::string kind;                 ///< what all of them have in common: place, credential, headers, the rest of the body
  std::string before, after;        ///< the body around the values
  std::vector<std::string> values;  ///< JSON texts, as the connector wrote them
  std::size_t most = 1;             ///< values that one request may carry
  std::int64_t within_ms = 0;       ///< how long the first one waits for others

  std::string body(const std::vector<std::string>& all) const;
};

/// The request as a question; nullopt: it travels alone. `url` is where it goes.
std::optional<Question> as_question(const mapping::Limits& limits, const connectors::Request& request,
                                    const std::string& url);

/// Puts questions that several chains, of one job or of several, ask at about the same time into one request, whose answer
/// all of them get. Nobody leads: whoever finds that nobody else is to be waited for sends for all. Thread-safe.
class JointRequests {
 public:
  explicit JointRequests(Clock& clock) : clock_(clock) {}

  /// "A question of this kind will be asked at that time": those that are asked a little earlier wait for it. Ends when it
  /// is asked, or with the object.
  class Announcement {
   public:
    Announcement() = default;
    Announcement(JointRequests& joint, const std::string& kind, std::int64_t due_ms);
    Announcement(Announcement&& other) noexcept { swap(other); }
    Announcement& operator=(Announcement&& other) noexcept {
      swap(other);
      return *this;
    }
    ~Announcement();

   private:
    friend class JointRequests;
    void swap(Announcement& other) noexcept;
    void end();  ///< the mutex is held
    JointRequests* joint_ = nullptr;
    std::string kind_;
    std::int64_t due_ms_ = 0;
  };

  /// Sends a body; nullopt: nothing was sent, because whoever sends is stopping.
  using Send = std::function<std::optional<transport::HttpResponse>(const std::string& body)>;

  /// Blocks until there is an answer. `send` is called on one thread of those that ask. nullopt: `stopping` became true
  /// before the question was sent.
  std::optional<transport::HttpResponse> ask(const Question& question, Announcement announced,
                                             const std::function<bool()>& stopping, const Send& send);

  /// Kinds of questions that are asked or announced now.
  std::size_t groups();

 private:
  struct Asker {
    const Question& question;
    bool taken = false;  ///< on its way, by another thread or this one
    std::optional<transport::HttpResponse> answer;
  };
  struct Group {
    std::multiset<std::int64_t> due;  ///< announced
    std::list<Asker*> waiting;        ///< asked, in this order
    std::int64_t since_ms = 0;        ///< the first of them
    std::size_t asking = 0;           ///< threads in ask(), which refer to it
  };

  /// Forgets a group that nobody asks in, or will. The mutex is held.
  void drop_if_idle(const std::string& kind);
  bool complete(const Group& group, const Question& question) const;
  static std::vector<Asker*> take(Group& group, Asker& first);

  Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Group> groups_;  ///< by kind
};

}  // namespace switchboard::engine
