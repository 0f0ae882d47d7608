#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace switchboard {

/// A text that does not change, and that whoever copies it shares: what is said of a row is said of a million others too. Eight bytes;
/// a copy is counted, and allocates nothing. Copies may belong to several threads.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string_view text) : held_(hold(text, 1)) {}
  SharedText(const std::string& text) : SharedText(std::string_view(text)) {}
  SharedText(const char* text) : SharedText(std::string_view(text)) {}
  /// One that is never freed: its copies are not even counted, which costs the threads that would count in one place. For constants.
  static SharedText forever(std::string_view text) {
    SharedText made;
    made.held_ = hold(text, kForever);
    return made;
  }

  SharedText(const SharedText& other) : held_(other.held_) {
    if (is_counted()) held_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  SharedText(SharedText&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  SharedText& operator=(SharedText other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~SharedText() {
    if (is_counted() && held_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      held_->~Held();
      ::operator delete(held_);
    }
  }

  std::string_view view() const { return held_ == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(held_ + 1), held_->size); }
  std::string str() const { return std::string(view()); }
  operator std::string_view() const { return view(); }
  bool empty() const { return held_ == nullptr; }

  bool operator==(const SharedText& other) const { return held_ == other.held_ || view() == other.view(); }
  bool operator==(std::string_view text) const { return view() == text; }
  bool operator==(const char* text) const { return view() == text; }
  bool operator==(const std::string& text) const { return view() == text; }
  friend std::ostream& operator<<(std::ostream& out, const SharedText& text) { return out << text.view(); }

 private:
  /// Its characters come behind it.
  struct Held {
    std::atomic<std::uint32_t> owners;
    std::size_t size;
  };
  static constexpr std::uint32_t kForever = 0;  ///< owners: not counted

  bool is_counted() const { return held_ != nullptr && held_->owners.load(std::memory_order_relaxed) != kForever; }
  /// nullptr: of the empty text.
  static Held* hold(std::string_view text, std::uint32_t owners) {
    if (text.empty()) return nullptr;
    auto* const held = new (::operator new(sizeof(Held) + text.size())) Held{owners, text.size()};
    text.copy(reinterpret_cast<char*>(held + 1), text.size());
    return held;
  }

  Held* held_ = nullptr;
};

/// As they print it.
inline std::string_view format_as(const SharedText& text) { return text.view(); }

}  // namespace switchboard
