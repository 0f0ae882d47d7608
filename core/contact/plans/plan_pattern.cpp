#include "core/contact/plans/plan_pattern.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/base/ascii.h"

namespace switchboard::contact {
namespace {

using Op = PatternStep::Op;
using Program = std::vector<PatternStep>;

constexpr std::size_t kMostSteps = 60'000;

std::uint16_t at(const Program& program) { return static_cast<std::uint16_t>(program.size()); }

/// Recursive descent; each part is a program of its own, moved into place by its targets' offset.
class PatternCompiler {
 public:
  explicit PatternCompiler(std::string_view pattern) : text_(pattern) {}

  Result<Program> run() {
    Program program = choice();
    if (position_ != text_.size()) failed_ = true;
    if (failed_ || program.size() > kMostSteps)
      return Error{ErrorKind::Internal, "The pattern " + std::string(text_) + " of a numbering plan is not understood.",
                   "Teach compile_pattern what is new in it."};
    program.push_back({Op::Match, 0, 0});
    return program;
  }

 private:
  static void append(Program& program, const Program& part) {
    const std::uint16_t offset = at(program);
    for (PatternStep step : part) {
      if (step.op == Op::Split || step.op == Op::Jump) {
        step.a = static_cast<std::uint16_t>(step.a + offset);
        step.b = static_cast<std::uint16_t>(step.b + offset);
      }
      program.push_back(step);
    }
  }

  char peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }

  bool take(char c) {
    if (peek() != c) return false;
    ++position_;
    return true;
  }

  Program choice() {
    Program first = sequence();
    if (!take('|')) return first;
    const Program rest = choice();
    Program both;
    both.push_back({Op::Split, 1, static_cast<std::uint16_t>(first.size() + 2)});
    append(both, first);
    both.push_back({Op::Jump, static_cast<std::uint16_t>(first.size() + 2 + rest.size()), 0});
    append(both, rest);
    return both;
  }

  Program sequence() {
    Program all;
    while (!failed_ && peek() != '\0' && peek() != '|' && peek() != ')') append(all, repeated());
    return all;
  }

  Program repeated() {
    const Program once = atom();
    std::size_t least = 1, most = 1;
    if (take('?')) {
      least = 0;
    } else if (take('{')) {
      least = most = number();
      if (take(',')) most = number();
      if (!take('}') || most < least || most > 40) failed_ = true;
    }
    Program all;
    for (std::size_t i = 0; !failed_ && i < most && all.size() < kMostSteps; ++i) {
      if (i >= least) {
        // Each further one is optional: leaving jumps behind the last.
        const std::size_t behind = all.size() + (most - i) * (once.size() + 1);
        const auto next = static_cast<std::uint16_t>(all.size() + 1);
        all.push_back({Op::Split, next, static_cast<std::uint16_t>(behind)});
      }
      append(all, once);
    }
    return all;
  }

  std::size_t number() {
    std::size_t value = 0;
    if (!is_digit(peek())) failed_ = true;
    while (is_digit(peek())) value = std::min<std::size_t>(value * 10 + static_cast<std::size_t>(text_[position_++] - '0'), 1000);
    return value;
  }

  Program atom() {
    if (is_digit(peek())) return digit(1U << static_cast<unsigned>(text_[position_++] - '0'));
    if (take('$')) return {{Op::End, 0, 0}};
    if (take('\\')) {
      if (!take('d')) failed_ = true;
      return digit(0x3FF);
    }
    if (take('[')) return digit(digit_class());
    if (!take('(')) {
      failed_ = true;
      return {};
    }
    const bool keeps = !take('?');
    if (!keeps && !take(':')) failed_ = true;
    const std::size_t group = keeps ? ++groups_ : 0;
    const Program inner = choice();
    if (!take(')')) failed_ = true;
    if (!keeps) return inner;
    Program all;
    all.push_back({Op::Save, static_cast<std::uint16_t>(2 * group), 0});
    append(all, inner);
    all.push_back({Op::Save, static_cast<std::uint16_t>(2 * group + 1), 0});
    return all;
  }

  std::uint32_t digit_class() {
    std::uint32_t bits = 0;
    while (!failed_ && !take(']')) {
      if (!is_digit(peek())) {
        failed_ = true;
        break;
      }
      const char first = text_[position_++];
      char last = first;
      if (take('-')) {
        last = peek();
        ++position_;
        if (!is_digit(last)) failed_ = true;
      }
      for (char c = first; c <= last; ++c) bits |= 1U << static_cast<unsigned>(c - '0');
    }
    return bits;
  }

  static Program digit(std::uint32_t bits) { return {{Op::Digit, static_cast<std::uint16_t>(bits), 0}}; }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t groups_ = 0;
  bool failed_ = false;
};

}  // namespace

Result<std::vector<PatternStep>> compile_pattern(std::string_view pattern) { return PatternCompiler(pattern).run(); }

}  // namespace switchboard::contact
