#include "host/engine/vendor/shared_pages.h"

#include <algorithm>
#include <utility>

#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

std::size_t size_of(const std::string& key, const SharedPages::Page& page) {
  std::size_t bytes = 2 * key.size() + page.answer.body.size() + sizeof page;
  for (const auto& [name, value] : page.answer.headers) bytes += name.size() + value.size();
  return bytes;
}

}  // namespace

bool reads_list(const mapping::Limits& limits, const connectors::Request& request) {
  if (request.replay != SWB_SAFE || request.method != "GET" || !request.body.empty()) return false;
  const auto path = std::string_view(request.path).substr(0, request.path.find('?'));
  return std::find(limits.lists.begin(), limits.lists.end(), path) != limits.lists.end();
}

std::uint64_t SharedPages::next() {
  const std::lock_guard lock(mutex_);
  return ++last_;
}

std::string SharedPages::key_of(const transport::HttpRequest& request, const std::string& auth) {
  std::string key = request.url + '\n' + auth;
  for (const auto& [name, value] : request.headers) key += '\n' + name + ':' + value;
  return key;
}

std::optional<SharedPages::Page> SharedPages::find(const std::string& key, std::uint64_t known, std::int64_t from_ms) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  const Page& page = found->second->second;
  if (page.asked <= known || page.asked_ms < from_ms) return std::nullopt;
  return page;
}

void SharedPages::keep(const std::string& key, Page page) {
  if (page.answer.status < 200 || page.answer.status > 299) return;
  const std::lock_guard lock(mutex_);
  if (const auto known = by_key_.find(key); known != by_key_.end()) drop(known->second);
  bytes_ += size_of(key, page);
  kept_.emplace_back(key, std::move(page));
  by_key_[key] = std::prev(kept_.end());
  while (bytes_ > most_bytes_ && !kept_.empty()) drop(kept_.begin());
}

void SharedPages::drop(Kept::iterator page) {
  bytes_ -= size_of(page->first, page->second);
  by_key_.erase(page->first);
  kept_.erase(page);
}

}  // namespace switchboard::engine
