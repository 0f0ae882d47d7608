#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/contact/numbering_plan.h"
#include "core/contact/plans/plan_tables.h"

namespace switchboard::contact {
namespace {

using Op = PatternStep::Op;

constexpr std::size_t kMostDigits = 17;  // what a national number may have at most, as libphonenumber reads it
constexpr std::size_t kDigits = 10;

/// What reaching the end of a pattern means.
struct Goal {
  enum class What : std::uint8_t { General, Kind, Leading } what = What::General;
  std::uint8_t region = 0;  ///< within the calling code
  std::uint8_t kind = 0;    ///< index in kPlanKinds
};

/// The automaton with choices of one calling code: all programs of all regions, one behind the other.
class Patterns {
 public:
  /// False: the pattern is not understood.
  bool add(const std::string& pattern, Goal goal) {
    if (pattern.empty()) return true;
    auto program = compile_pattern(pattern);
    if (!program) return false;
    const auto offset = static_cast<std::uint32_t>(steps_.size());
    starts_.push_back(offset);
    for (const PatternStep& step : *program) {
      steps_.push_back({step, offset + step.a, offset + step.b, step.op == Op::Match ? goals_.size() : 0});
    }
    goals_.push_back(goal);
    return true;
  }

  /// Steps that wait for a digit or are a goal; ordered.
  using Set = std::vector<std::uint32_t>;

  Set start() {
    Set set;
    mark();
    for (const std::uint32_t at : starts_) reach(at, set);
    std::sort(set.begin(), set.end());
    return set;
  }

  Set after(const Set& from, unsigned digit) {
    Set set;
    mark();
    for (const std::uint32_t at : from) {
      const Step& step = steps_[at];
      if (step.step.op == Op::Digit && (step.step.a >> digit & 1U) != 0) reach(at + 1, set);
      // Leading digits, once seen, stay seen.
      if (step.step.op == Op::Match && goals_[step.goal].what == Goal::What::Leading) reach(at, set);
    }
    std::sort(set.begin(), set.end());
    return set;
  }

  /// The goals of a set; of all its members, where no digit can lead to another one, none is left to wait for.
  void goals_in(const Set& set, std::vector<Goal>& goals) const {
    goals.clear();
    for (const std::uint32_t at : set) {
      if (steps_[at].step.op == Op::Match) goals.push_back(goals_[steps_[at].goal]);
    }
  }

  bool only_leading(const Set& set) const {
    return std::all_of(set.begin(), set.end(), [&](std::uint32_t at) {
      return steps_[at].step.op == Op::Match && goals_[steps_[at].goal].what == Goal::What::Leading;
    });
  }

 private:
  struct Step {
    PatternStep step;
    std::uint32_t a, b;
    std::size_t goal;
  };

  void mark() {
    seen_.resize(steps_.size(), 0);
    ++round_;
  }

  void reach(std::uint32_t at, Set& set) {
    if (seen_[at] == round_) return;
    seen_[at] = round_;
    const Step& step = steps_[at];
    switch (step.step.op) {
      case Op::Digit:
      case Op::Match:
        set.push_back(at);
        break;
      case Op::Jump:
        reach(step.a, set);
        break;
      case Op::Split:
        reach(step.a, set);
        reach(step.b, set);
        break;
      case Op::Save:
      case Op::End:
        reach(at + 1, set);
        break;
    }
  }

  std::vector<Step> steps_;
  std::vector<std::uint32_t> starts_;
  std::vector<Goal> goals_;
  std::vector<std::uint32_t> seen_;
  std::uint32_t round_ = 0;
};

/// The order in which libphonenumber asks for kinds: the first that fits is it.
NumberKind kind_of(std::uint32_t fitting) {
  static constexpr std::pair<std::string_view, NumberKind> kOrder[] = {
      {"premium_rate", NumberKind::PremiumRate}, {"toll_free", NumberKind::TollFree},
      {"shared_cost", NumberKind::SharedCost},   {"voip", NumberKind::Voip},
      {"personal", NumberKind::Personal},        {"pager", NumberKind::Pager},
      {"uan", NumberKind::Uan},                  {"voicemail", NumberKind::Voicemail}};
  const auto fits = [&](std::string_view name) {
    const auto index = std::find(kPlanKinds.begin(), kPlanKinds.end(), name) - kPlanKinds.begin();
    return (fitting >> static_cast<unsigned>(index) & 1U) != 0;
  };
  for (const auto& [name, kind] : kOrder) {
    if (fits(name)) return kind;
  }
  const bool fixed = fits("fixed_line"), mobile = fits("mobile");
  if (fixed) return mobile ? NumberKind::FixedOrMobile : NumberKind::FixedLine;
  return mobile ? NumberKind::Mobile : NumberKind::None;
}

class Compiler {
 public:
  explicit Compiler(const PlanText& text) : text_(text) {}

  Result<CompiledPlans> run() {
    out_.version = text_.version;
    out_.by_code.assign(1000, -1);
    out_.by_region.assign(26U * 26U, -1);
    out_.next.assign(kDigits, 0);
    out_.labels.push_back({});
    out_.label.push_back(0);
    for (std::size_t begin = 0; begin < text_.regions.size();) {
      std::size_t end = begin;
      while (end < text_.regions.size() && text_.regions[end].calling_code == text_.regions[begin].calling_code) ++end;
      if (!add_code({text_.regions.data() + begin, end - begin}) || out_.label.size() > 0xFFF0)
        return Error{ErrorKind::Internal,
                     "The plans of calling code " + text_.regions[begin].calling_code + " cannot be compiled.",
                     "Look at what is new in their patterns, or widen the tables."};
      begin = end;
    }
    return std::move(out_);
  }

 private:
  using Set = Patterns::Set;

  bool add_code(std::span<const PlanRegion> regions) {
    if (regions.size() > 32) return false;
    regions_ = regions;
    patterns_ = {};
    known_.clear();
    bool ok = true;
    PlanCode code;
    code.calling_code = static_cast<std::uint16_t>(std::stoul(regions[0].calling_code));
    code.first_region = static_cast<std::uint16_t>(out_.regions.size());
    code.regions = static_cast<std::uint16_t>(regions.size());
    for (std::size_t r = 0; r < regions.size(); ++r) {
      const auto region = static_cast<std::uint8_t>(r);
      ok = ok && patterns_.add(regions[r].general.pattern, {Goal::What::General, region, 0});
      ok = ok && patterns_.add(regions[r].leading, {Goal::What::Leading, region, 0});
      for (std::size_t k = 0; k < kPlanKinds.size(); ++k)
        ok = ok && patterns_.add(regions[r].kinds[k].pattern, {Goal::What::Kind, region, static_cast<std::uint8_t>(k)});
      ok = ok && add_region(regions[r], static_cast<std::uint16_t>(r));
    }
    if (!ok || code.calling_code >= out_.by_code.size()) return false;
    code.start = state_of(patterns_.start(), 0);
    out_.by_code[code.calling_code] = static_cast<std::int16_t>(out_.codes.size());
    out_.codes.push_back(code);
    return true;
  }

  bool add_region(const PlanRegion& region, std::uint16_t bit) {
    PlanRegionRow row;
    if (region.id.size() >= row.id.size() || region.transform.size() >= row.transform.size()) return false;
    std::copy(region.id.begin(), region.id.end(), row.id.begin());
    std::copy(region.transform.begin(), region.transform.end(), row.transform.begin());
    row.code = static_cast<std::uint16_t>(out_.codes.size());
    row.general_bit = bit;
    row.lengths = region.general.lengths;
    row.local = region.general.local;
    if (!add_program(region.idd, row.idd, row.idd_first, nullptr) ||
        !add_program(region.prefix, row.prefix, row.prefix_first, &row.groups))
      return false;
    if (region.id.size() == 2) {
      const auto letter = [&](std::size_t i) { return static_cast<std::size_t>(region.id[i] - 'A'); };
      if (letter(0) >= 26 || letter(1) >= 26) return false;
      out_.by_region[letter(0) * 26 + letter(1)] = static_cast<std::int16_t>(out_.regions.size());
    }
    out_.regions.push_back(row);
    return true;
  }

  bool add_program(const std::string& pattern, std::uint16_t& begin, std::uint16_t& first, std::uint16_t* groups) {
    begin = static_cast<std::uint16_t>(out_.steps.size());
    if (pattern.empty()) return true;
    auto program = compile_pattern(pattern);
    if (!program || out_.steps.size() + program->size() > 0xFFF0) return false;
    for (PatternStep step : *program) {
      if (step.op == Op::Split || step.op == Op::Jump) {
        step.a = static_cast<std::uint16_t>(step.a + begin);
        step.b = static_cast<std::uint16_t>(step.b + begin);
      }
      if (step.op == Op::Save && groups != nullptr) *groups = std::max<std::uint16_t>(*groups, step.a / 2);
      if (step.op == Op::Save && step.a > 5) return false;
      out_.steps.push_back(step);
    }
    Patterns alone;
    alone.add(pattern, {});
    const Set start = alone.start();
    for (unsigned digit = 0; digit < kDigits; ++digit) {
      if (!alone.after(start, digit).empty()) first = static_cast<std::uint16_t>(first | 1U << digit);
    }
    return true;
  }

  PlanLabel label_of(const Set& set, std::size_t digits) {
    PlanLabel label;
    patterns_.goals_in(set, goals_);
    std::uint32_t leading = 0;
    std::array<std::uint32_t, 32> fitting{};
    for (const Goal& goal : goals_) {
      if (goal.what == Goal::What::Leading) leading |= 1U << goal.region;
      if (goal.what == Goal::What::General) label.general |= 1U << goal.region;
      if (goal.what != Goal::What::Kind) continue;
      const std::uint32_t lengths = regions_[goal.region].kinds[goal.kind].lengths;
      if (lengths == 0 || (lengths >> digits & 1U) != 0) fitting[goal.region] |= 1U << goal.kind;
    }
    // A region's general pattern has its lengths too.
    const auto fits = [&](std::size_t r) {
      const PlanPattern& general = regions_[r].general;
      return (label.general >> r & 1U) != 0 && (general.lengths == 0 || (general.lengths >> digits & 1U) != 0);
    };
    for (std::size_t r = 0; r < regions_.size(); ++r) {
      const NumberKind kind = fits(r) ? kind_of(fitting[r]) : NumberKind::None;
      if (regions_.size() > 1 && !regions_[r].leading.empty()) {
        if ((leading >> r & 1U) == 0) continue;  // another one's
      } else if (kind == NumberKind::None) {
        continue;
      }
      label.kind = static_cast<std::uint8_t>(kind);
      break;
    }
    return label;
  }

  /// The state that a set is, `digits` into a number: equal ones are one state, so the automaton is the smallest.
  std::uint16_t state_of(const Set& set, std::size_t digits) {
    if (set.empty() || digits > kMostDigits || patterns_.only_leading(set)) return 0;
    const auto known = known_.find({digits, set});
    if (known != known_.end()) return known->second;
    State state;
    for (unsigned digit = 0; digit < kDigits; ++digit)
      state.next[digit] = state_of(patterns_.after(set, digit), digits + 1);
    const PlanLabel label = label_of(set, digits);
    const auto found = std::find(out_.labels.begin(), out_.labels.end(), label);
    state.label = static_cast<std::uint16_t>(found - out_.labels.begin());
    if (found == out_.labels.end()) out_.labels.push_back(label);
    std::uint16_t number = 0;
    const bool dead = state.label == 0 && std::all_of(state.next.begin(), state.next.end(), [](auto to) { return to == 0; });
    if (!dead) {
      const auto [place, fresh] = states_.emplace(state, static_cast<std::uint16_t>(out_.label.size()));
      number = place->second;
      if (fresh) {
        out_.next.insert(out_.next.end(), state.next.begin(), state.next.end());
        out_.label.push_back(state.label);
      }
    }
    known_.emplace(std::pair(digits, set), number);
    return number;
  }

  struct State {
    std::array<std::uint16_t, kDigits> next{};
    std::uint16_t label = 0;
    auto operator<=>(const State&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const std::pair<std::size_t, Set>& key) const {
      std::size_t hash = key.first;
      for (const std::uint32_t at : key.second) hash = hash * 1099511628211ULL + at;
      return hash;
    }
  };

  const PlanText& text_;
  CompiledPlans out_;
  std::span<const PlanRegion> regions_;
  Patterns patterns_;
  std::vector<Goal> goals_;
  std::unordered_map<std::pair<std::size_t, Set>, std::uint16_t, KeyHash> known_;
  std::map<State, std::uint16_t> states_;
};

}  // namespace

Result<CompiledPlans> compile_plans(const PlanText& text) { return Compiler(text).run(); }

}  // namespace switchboard::contact
