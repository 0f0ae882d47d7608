#include "host/sandbox/faults.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/nearest.h"

namespace switchboard::sandbox {
namespace {

const std::vector<std::string> kNames = {"status", "throttle",  "cut-before", "cut-after",
                                         "slow",   "malformed", "half"};

Error usage(const std::string& spec, const std::string& why) {
  return Error{
      ErrorKind::Usage, "the fault \"" + spec + "\" is not one: " + why,
      "For example status=503@3, throttle@2-4, cut-after:/contacts@1, slow=2000, every:7 status=500."};
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Takes what follows `mark` off the text.
std::optional<std::string_view> take_behind(std::string_view& text, char mark, bool last) {
  auto at = last ? text.rfind(mark) : text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  auto behind = text.substr(at + 1);
  text = text.substr(0, at);
  return behind;
}

/// [every:N ]NAME[=VALUE][:[METHOD ]PATH][@FIRST[-[LAST]]]
Result<Fault> parse_fault(const std::string& spec) {
  Fault fault;
  std::string_view text = spec;
  if (text.starts_with("every:")) {
    auto blank = std::min(text.find(' '), text.size());
    auto every = number(text.substr(6, blank - 6));
    if (!every || *every == 0) return usage(spec, "every:N wants a number from 1");
    fault.every = *every;
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  if (auto when = take_behind(text, '@', true)) {
    auto last = take_behind(*when, '-', false);
    auto from = number(*when);
    if (!from || *from == 0) return usage(spec, "@N wants a number from 1");
    fault.first = fault.last = *from;
    if (last && last->empty()) {
      fault.last = UINT64_MAX;
    } else if (last) {
      auto to = number(*last);
      if (!to || *to < *from) return usage(spec, "@FIRST-LAST wants two numbers, the smaller one first");
      fault.last = *to;
    }
  }
  if (auto filter = take_behind(text, ':', false)) {
    auto blank = filter->find(' ');
    if (blank != std::string_view::npos) {
      fault.method = filter->substr(0, blank);
      filter->remove_prefix(blank + 1);
    }
    if (!filter->starts_with('/')) return usage(spec, "a path begins with '/'");
    fault.path = *filter;
  }
  auto value = take_behind(text, '=', false);
  std::optional<std::uint64_t> amount;
  if (value) amount = number(*value);
  std::string name(text);
  if (std::ranges::find(kNames, name) == kNames.end())
    return usage(spec, "\"" + name + "\" is unknown" + did_you_mean(name, kNames));
  bool wants_value = name == "status" || name == "slow";
  if (wants_value && !amount)
    return usage(spec, name + " wants a number, as in " + name + "=" + (name == "slow" ? "2000" : "503"));
  if (!wants_value && value) return usage(spec, name + " takes no value");
  if (name == "status" && (amount.value_or(0) < 200 || amount.value_or(0) > 599))
    return usage(spec, "a status is between 200 and 599");
  if (name == "slow" && amount.value_or(0) > 3'600'000) return usage(spec, "that is more than an hour");

  fault.value = amount.value_or(0);
  if (name == "throttle") fault.value = 429;
  if (name == "cut-before") fault.kind = Fault::Kind::CutBefore;
  if (name == "cut-after") fault.kind = Fault::Kind::CutAfter;
  if (name == "slow") fault.kind = Fault::Kind::Slow;
  if (name == "malformed") fault.kind = Fault::Kind::Malformed;
  if (name == "half") fault.kind = Fault::Kind::Half;
  return fault;
}

}  // namespace

FaultPlan::FaultPlan(std::vector<Fault> faults) {
  for (auto& fault : faults) faults_.push_back({std::move(fault), 0});
}

Verdict FaultPlan::judge(std::string_view method, std::string_view path) {
  Verdict verdict;
  std::lock_guard lock(mutex_);
  for (auto& [fault, seen] : faults_) {
    bool passes =
        (fault.method.empty() || fault.method == method) && path.find(fault.path) != std::string_view::npos;
    if (!passes) continue;
    ++seen;
    if (seen < fault.first || seen > fault.last || (seen - fault.first + 1) % fault.every != 0) continue;
    switch (fault.kind) {
      case Fault::Kind::Status:
        verdict.status = static_cast<std::uint32_t>(fault.value);
        break;
      case Fault::Kind::CutBefore:
        verdict.cut_before = true;
        break;
      case Fault::Kind::CutAfter:
        verdict.cut_after = true;
        break;
      case Fault::Kind::Slow:
        verdict.slow_ms = fault.value;
        break;
      case Fault::Kind::Malformed:
        verdict.malformed = true;
        break;
      case Fault::Kind::Half:
        verdict.half = true;
        break;
    }
  }
  return verdict;
}

Result<std::shared_ptr<FaultPlan>> parse_faults(const std::vector<std::string>& specs) {
  std::vector<Fault> faults;
  for (const auto& spec : specs) {
    auto fault = parse_fault(spec);
    if (!fault) return fault.error();
    faults.push_back(std::move(*fault));
  }
  return std::make_shared<FaultPlan>(std::move(faults));
}

}  // namespace switchboard::sandbox
