#include "host/engine/vendor/joint_requests.h"

#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// Does something when a block is left.
struct Leave {
  std::function<void()> act;
  ~Leave() { act(); }
};

/// How often a stop is looked for while nothing else happens.
constexpr std::chrono::milliseconds kSlice(10);

namespace json = simdjson::ondemand;

/// The text of a value as it stands in the body; empty: it is no JSON.
std::string_view text_of(json::value value) {
  std::string_view text;
  json::json_type type;
  json::array array;
  json::object object;
  if (value.type().get(type)) return {};
  if (type == json::json_type::array) {
    if (value.get_array().get(array) || array.raw_json().get(text)) return {};
  } else if (type == json::json_type::object) {
    if (value.get_object().get(object) || object.raw_json().get(text)) return {};
  } else {
    text = value.raw_json_token();
  }
  // What simdjson shows ends where the next token begins.
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

/// Takes the body apart at the list, every byte of it kept. False: it is no object with such a list.
bool split_body(const std::string& body, const std::string& list, Question& question) {
  const simdjson::padded_string padded(body);
  // On demand nothing is checked that is not looked at. (A whole number of more than 64 bits travels alone, too.)
  if (simdjson::dom::parser whole; whole.parse(padded).error()) return false;
  json::parser parser;
  json::document document;
  json::object object;
  if (parser.iterate(padded).get(document) || document.get_object().get(object)) return false;
  for (auto field : object) {
    std::string_view key;
    json::value value;
    if (field.unescaped_key().get(key) || field.value().get(value)) return false;
    if (key != list) continue;
    json::array array;
    if (!question.values.empty() || value.get_array().get(array)) return false;
    std::size_t begin = 0, end = 0;
    for (auto element : array) {
      json::value one;
      if (element.get(one)) return false;
      const auto text = text_of(one);
      if (text.empty()) return false;
      end = static_cast<std::size_t>(text.data() - padded.data()) + text.size();
      if (question.values.empty()) begin = end - text.size();
      question.values.emplace_back(text);
    }
    question.before = body.substr(0, begin);
    question.after = body.substr(end);
  }
  return !question.values.empty();
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
  auto& group = joint_->groups_[kind_];
  group.due.erase(group.due.find(due_ms_));
  joint_->drop_if_idle(kind_);
  joint_ = nullptr;
}

void JointRequests::Announcement::swap(Announcement& other) noexcept {
  std::swap(joint_, other.joint_);
  std::swap(kind_, other.kind_);
  std::swap(due_ms_, other.due_ms_);
}

void JointRequests::drop_if_idle(const std::string& kind) {
  const auto group = groups_.find(kind);
  if (group != groups_.end() && group->second.due.empty() && group->second.asking == 0) groups_.erase(group);
}

std::size_t JointRequests::groups() {
  const std::lock_guard lock(mutex_);
  return groups_.size();
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
  auto& group = groups_[question.kind];
  ++group.asking;
  const Leave leave{[&] {
    --group.asking;
    drop_if_idle(question.kind);
  }};
  announced.end();
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
