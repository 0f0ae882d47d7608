// An emulator's entries, in the order of their making: found by id, by what the vendor tells them apart by, and shown in pages.
#pragma once

#include <switchboard/kit/json_text.h>
#include <switchboard/kit/sandbox.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// The entry with this id; nullptr: there is none.
template <class Entries, class Id>
auto find_id(Entries& entries, const Id& id) {
  return find_entry(entries, [&id](const auto& entry) { return entry.id == id; });
}

/// The same where the request is refused without it: what `refusal()` makes is thrown, and answered (SandboxServer).
template <class Entries, class Id, class Refusal>
auto& known(Entries& entries, const Id& id, Refusal refusal) {
  const auto entry = find_id(entries, id);
  if (entry == nullptr) throw refusal();
  return *entry;
}

/// A page of a list, and of how many entries.
struct SandboxPage {
  JsonText items;
  std::int64_t total = 0;
};

/// Of those entries that match, [first, first + limit), each as `make` or its json() has it.
template <class Entries, class Matches, class Make>
SandboxPage page_of(const Entries& entries, std::int64_t first, std::int64_t limit, Matches matches, Make make) {
  std::int64_t found = 0;
  std::vector<JsonText> items;
  for (const auto& entry : entries) {
    if (!matches(entry)) continue;
    if (found >= first && found - first < limit) items.emplace_back(make(entry));
    ++found;
  }
  return {array(items), found};
}
template <class Entries, class Matches>
SandboxPage page_of(const Entries& entries, std::int64_t first, std::int64_t limit, Matches matches) {
  return page_of(entries, first, limit, matches, [](const auto& entry) -> const auto& { return entry; });
}
template <class Entries>
SandboxPage page_of(const Entries& entries, std::int64_t first, std::int64_t limit) {
  return page_of(entries, first, limit, [](const auto&) { return true; });
}

/// Entries that a member tells apart, a phone number: looked up without reading them all. The member must not change.
template <class Entry, std::string Entry::*key>
class SandboxBook {
 public:
  Entry& add(Entry entry) {
    ++made_;
    by_key_.emplace(entry.*key, entries_.size());
    return entries_.emplace_back(std::move(entry));
  }

  /// The first with this key that matches; nullptr: there is none. Until the next is added.
  template <class Matches>
  Entry* find(const std::string& wanted, Matches matches) {
    const auto [first, last] = by_key_.equal_range(wanted);
    for (auto at = first; at != last; ++at)
      if (matches(entries_[at->second])) return &entries_[at->second];
    return nullptr;
  }
  Entry* find(const std::string& wanted) {
    return find(wanted, [](const Entry&) { return true; });
  }

  template <class Matches>
  void erase(Matches matches) {
    std::erase_if(entries_, matches);
    by_key_.clear();
    for (std::size_t i = 0; i < entries_.size(); ++i) by_key_.emplace(entries_[i].*key, i);
  }

  /// Those that were erased included: for ids that never come twice.
  std::uint64_t made() const { return made_; }
  std::size_t size() const { return entries_.size(); }
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  std::vector<Entry> entries_;
  std::multimap<std::string, std::size_t> by_key_;
  std::uint64_t made_ = 0;
};

}  // namespace switchboard::kit
