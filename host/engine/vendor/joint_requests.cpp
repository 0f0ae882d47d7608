#include "host/engine/vendor/joint_requests.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Stringifier.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <utility>

#include "core/base/json_text.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

namespace json = Poco::JSON;

/// How often a stop is looked for while nothing else happens.
constexpr std::chrono::milliseconds kSlice(10);

std::string text_of(const Poco::Dynamic::Var& value) {
  std::ostringstream out;
  json::Stringifier::stringify(value, out);
  return out.str();
}

/// Takes the body apart at the list. False: it is no object with such a list.
bool split_body(const std::string& body, const std::string& list, Question& question) {
  try {
    json::Parser parser(new json::ParseHandler(/*preserveObjectOrder=*/true));
    const auto document = parser.parse(body);
    if (document.type() != typeid(json::Object::Ptr)) return false;
    const auto& object = *document.extract<json::Object::Ptr>();
    const auto values = object.getArray(list);
    if (values.isNull() || values->size() == 0) return false;
    for (const auto& value : *values) question.values.push_back(text_of(value));
    std::string* out = &question.before;
    for (const auto& name : object.getNames()) {
      *out += (out->empty() && out == &question.before ? "{" : ",") + json_quote(name) + ":";
      if (name == list) {
        *out += '[';
        out = &question.after;
        *out += ']';
      } else {
        *out += text_of(object.get(name));
      }
    }
    *out += '}';
    return true;
  } catch (const Poco::Exception&) {
    return false;
  }
}

}  // namespace

std::string Question::body(const std::vector<std::string>& all) const {
  std::string text = before;
  for (std::size_t i = 0; i < all.size(); ++i) text += (i == 0 ? "" : ",") + all[i];
  return text + after;
}

std::optional<Question> as_question(const mapping::Limits& limits, const connectors::Request& request,
                                    const std::string& url) {
  if (request.replay != SWB_SAFE) return std::nullopt;
  const auto rule = std::find_if(limits.joint.begin(), limits.joint.end(),
                                 [&](const auto& joint) { return joint.path == request.path; });
  if (rule == limits.joint.end()) return std::nullopt;
  Question question;
  if (!split_body(request.body, rule->list, question) || question.values.size() > rule->most) return std::nullopt;
  question.most = rule->most;
  question.within_ms = static_cast<std::int64_t>(rule->within_ms);
  question.kind = request.method + ' ' + url + '\n' + request.auth + '\n' + request.bucket + '\n';
  for (const auto& [name, value] : request.headers) question.kind += name + ':' + value + '\n';
  question.kind += question.before + question.after;
  return question;
}

JointRequests::Announcement::Announcement(JointRequests& joint, const std::string& kind, std::int64_t due_ms)
    : joint_(&joint), kind_(kind), due_ms_(due_ms) {
  const std::lock_guard lock(joint.mutex_);
  joint.groups_[kind].due.insert(due_ms);
}

JointRequests::Announcement::~Announcement() {
  if (joint_ == nullptr) return;
  auto& joint = *joint_;
  {
    const std::lock_guard lock(joint.mutex_);
    end();
  }
  joint.changed_.notify_all();
}

void JointRequests::Announcement::end() {
  if (joint_ == nullptr) return;
  auto& due = joint_->groups_[kind_].due;
  due.erase(due.find(due_ms_));
  joint_ = nullptr;
}

void JointRequests::Announcement::swap(Announcement& other) noexcept {
  std::swap(joint_, other.joint_);
  std::swap(kind_, other.kind_);
  std::swap(due_ms_, other.due_ms_);
}

bool JointRequests::complete(const Group& group, const Question& question) const {
  const auto until = group.since_ms + question.within_ms;
  if (group.due.empty() || *group.due.begin() > until || clock_.steady_ms() >= until) return true;
  std::size_t values = 0;
  for (const auto* asker : group.waiting) values += asker->question.values.size();
  return values >= question.most;
}

std::vector<JointRequests::Asker*> JointRequests::take(Group& group, Asker& first) {
  group.waiting.remove(&first);
  std::vector<Asker*> taken = {&first};
  auto room = first.question.most - first.question.values.size();
  for (auto asker = group.waiting.begin(); asker != group.waiting.end();) {
    const auto size = (*asker)->question.values.size();
    if (size > room) {
      ++asker;
      continue;
    }
    room -= size;
    taken.push_back(*asker);
    asker = group.waiting.erase(asker);
  }
  for (auto* asker : taken) asker->taken = true;
  return taken;
}

std::optional<transport::HttpResponse> JointRequests::ask(const Question& question, Announcement announced,
                                                          const std::function<bool()>& stopping, const Send& send) {
  Asker mine{question, false, std::nullopt};
  std::unique_lock lock(mutex_);
  announced.end();
  auto& group = groups_[question.kind];
  if (group.waiting.empty()) group.since_ms = clock_.steady_ms();
  group.waiting.push_back(&mine);
  changed_.notify_all();
  while (!mine.answer) {
    if (!mine.taken && stopping()) {
      group.waiting.remove(&mine);
      changed_.notify_all();
      return std::nullopt;
    }
    if (mine.taken || !complete(group, question)) {
      changed_.wait_for(lock, kSlice);
      continue;
    }
    const auto together = take(group, mine);
    std::vector<std::string> values;
    for (const auto* asker : together)
      values.insert(values.end(), asker->question.values.begin(), asker->question.values.end());
    lock.unlock();
    auto answer = send(question.body(values));
    lock.lock();
    for (auto* asker : together) {
      if (asker == &mine) continue;
      asker->answer = answer;
      asker->taken = false;
      if (!answer) group.waiting.push_front(asker);  // somebody else of them sends
    }
    changed_.notify_all();
    return answer;
  }
  return std::move(mine.answer);
}

}  // namespace switchboard::engine
