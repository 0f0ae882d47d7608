// A chain's state as JSON text: {"phase":"poll","batch":"b-1",…}. It is kept in the ledger and may be read by a later
// version of the connector, so what cannot be read is refused in one way, and what is missing has a default.
//
// A connector lists what its chain knows once, and reads and writes it with that:
//
//   struct Chain {
//     static constexpr int kVersion = 1;   // optional; raise it where an older version would misread the state
//     Phase phase = Phase::Send;
//     std::string batch;
//     std::vector<bool> decided;           // by row
//
//     template <class State>
//     void members(State& state) { state.phase(phase, kPhaseNames).text("batch", batch).rows("decided", decided); }
//   };
//
//   Chain chain;
//   if (!kit::read_state(step, batch, chain)) chain.phase = …;   // the chain's first step
//   kit::go_on(chain, answer);                                   // the next step
#pragma once

#include <switchboard/kit/answer.h>
#include <switchboard/kit/batch.h>
#include <switchboard/kit/json.h>
#include <switchboard/kit/row_bits.h>
#include <switchboard/kit/saved_state.h>
#include <switchboard/limits.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// Takes members out of a saved state; what it does not say stays as it is. For Chain::members().
class StateReader {
 public:
  /// `saved` null: there is none yet. Rows get their places all the same.
  StateReader(const SavedState* saved, const Batch& batch) : saved_(saved), batch_(batch) {}

  template <class Phase, class Names>
  StateReader& phase(Phase& value, const Names& names) {
    if (saved_ != nullptr) value = saved_->phase<Phase>(names);
    return *this;
  }
  /// One of a list of names besides the phase.
  template <class Choice, class Names>
  StateReader& choice(std::string_view name, Choice& value, const Names& names) {
    if (has(name)) value = saved_->phase<Choice>(names, name);
    return *this;
  }
  StateReader& text(std::string_view name, std::string& value) {
    if (has(name)) value = saved_->text(name);
    return *this;
  }
  template <std::integral Number>
  StateReader& number(std::string_view name, Number& value) {
    if (has(name)) value = static_cast<Number>(saved_->number(name, static_cast<std::int64_t>(value)));
    return *this;
  }
  /// Never below zero. `usual`: the value that stays out of the state.
  template <std::integral Number>
  StateReader& count(std::string_view name, Number& value, std::int64_t /*usual*/ = 0) {
    if (has(name)) value = static_cast<Number>(saved_->count(name, static_cast<std::int64_t>(value)));
    return *this;
  }
  StateReader& flag(std::string_view name, bool& value) {
    if (has(name)) value = saved_->flag(name, value);
    return *this;
  }
  StateReader& rows(std::string_view name, std::vector<bool>& value) {
    value = saved_ != nullptr ? saved_->rows(name, batch_) : std::vector<bool>(batch_.rows(), false);
    return *this;
  }
  StateReader& row_list(std::string_view name, std::vector<std::uint32_t>& value) {
    if (saved_ != nullptr) value = saved_->row_list(name, batch_);
    return *this;
  }
  /// A text for some of the rows.
  StateReader& row_texts(std::string_view name, std::map<std::uint32_t, std::string>& value) {
    if (!has(name)) return *this;
    const Json& texts = (*saved_)[name];
    for (std::size_t i = 0; i < texts.keys().size(); ++i) {
      const auto row = parse_int(texts.keys()[i]);
      if (row && *row >= 0 && *row < batch_.rows()) value[static_cast<std::uint32_t>(*row)] = texts.values()[i].string_or("");
    }
    return *this;
  }
  /// Numbers of a struct, as one array.
  template <class Struct, class... Number>
  StateReader& numbers(std::string_view name, Struct& value, Number Struct::*... members) {
    if (!has(name)) return *this;
    std::size_t at = 0;
    ((value.*members = (*saved_)[name].at(at++).int_or(0)), ...);
    return *this;
  }
  template <class Struct, class... Number>
  StateReader& numbers(std::string_view name, std::optional<Struct>& value, Number Struct::*... members) {
    return has(name) ? numbers(name, value.emplace(), members...) : *this;
  }

 private:
  bool has(std::string_view name) const { return saved_ != nullptr && !(*saved_)[name].is_null(); }

  const SavedState* saved_;
  const Batch& batch_;
};

/// Members in the order of the calls; what is empty, zero or no stays out, unless said otherwise. For Chain::members(), or by
/// itself.
class StateWriter {
 public:
  /// For a state that begins with phase().
  StateWriter() { json_.object(); }
  /// `version`: raise it where an older version of the connector would misread the state.
  explicit StateWriter(std::string_view phase, int version = 1) : StateWriter() {
    json_.member("phase", phase);
    of_version(version);
  }

  StateWriter& of_version(int version) {
    if (version > 1) json_.member("v", version);
    return *this;
  }
  template <class Phase, class Names>
  StateWriter& phase(Phase value, const Names& names) {
    json_.member("phase", names[static_cast<std::size_t>(value)]);
    return *this;
  }
  template <class Choice, class Names>
  StateWriter& choice(std::string_view name, Choice value, const Names& names) {
    json_.member(name, names[static_cast<std::size_t>(value)]);
    return *this;
  }
  StateWriter& text(std::string_view name, const std::string& value) {
    if (!value.empty()) json_.member(name, value);
    return *this;
  }
  template <std::integral Number>
  StateWriter& number(std::string_view name, Number value) {
    if (value != 0) json_.member(name, value);
    return *this;
  }
  template <std::integral Number>
  StateWriter& count(std::string_view name, Number value, std::int64_t usual = 0) {
    if (static_cast<std::int64_t>(value) != usual) json_.member(name, value);
    return *this;
  }
  StateWriter& flag(std::string_view name, bool value) {
    if (value) json_.member(name, true);
    return *this;
  }
  StateWriter& rows(std::string_view name, const std::vector<bool>& bits) {
    if (count_rows(bits) > 0) json_.member(name, pack_rows(bits));
    return *this;
  }
  StateWriter& row_list(std::string_view name, const std::vector<std::uint32_t>& rows) {
    if (rows.empty()) return *this;
    json_.key(name).array();
    for (const std::uint32_t row : rows) json_.value(row);
    json_.end();
    return *this;
  }
  StateWriter& row_texts(std::string_view name, const std::map<std::uint32_t, std::string>& texts) {
    if (texts.empty()) return *this;
    json_.key(name).object();
    for (const auto& [row, text] : texts) json_.member(std::to_string(row), text);
    json_.end();
    return *this;
  }
  template <class Struct, class... Number>
  StateWriter& numbers(std::string_view name, const Struct& value, Number Struct::*... members) {
    if (((value.*members == 0) && ...)) return *this;
    return array(name, value, members...);
  }
  /// What is not there stays out; zeros that are there do not.
  template <class Struct, class... Number>
  StateWriter& numbers(std::string_view name, const std::optional<Struct>& value, Number Struct::*... members) {
    return value ? array(name, *value, members...) : *this;
  }
  /// For what has a shape of its own.
  JsonWriter& json() { return json_; }

  std::string take() { return json_.end().take(); }

 private:
  template <class Struct, class... Number>
  StateWriter& array(std::string_view name, const Struct& value, Number Struct::*... members) {
    json_.key(name).array();
    (json_.value(value.*members), ...);
    json_.end();
    return *this;
  }

  JsonWriter json_;
};

template <class Chain>
constexpr int state_version() {
  if constexpr (requires { Chain::kVersion; }) return Chain::kVersion;
  return 1;
}

/// Reads the chain's members from the step's state. False at a chain's first step: there is none, and the members are as they
/// were, with a place for each row.
template <class Chain>
bool read_state(const Step& step, const Batch& batch, Chain& chain) {
  std::optional<SavedState> saved;
  if (!step.state().empty()) saved.emplace(step, state_version<Chain>());
  StateReader reader(saved ? &*saved : nullptr, batch);
  chain.members(reader);
  return saved.has_value();
}

/// For the first step of a RECONCILE: what the import that it asks about knew. False, and the chain is as it was: the host does
/// not hand it on, or it cannot be read. Take from it what helps to ask (the id of a job); what is known of rows is asked anew.
template <class Chain>
bool read_state_of_import(const Step& step, const Batch& batch, Chain& chain) {
  if (step.import_state().empty()) return false;
  try {
    Chain import = chain;
    const SavedState saved(step.import_state(), state_version<Chain>());
    StateReader reader(&saved, batch);
    import.members(reader);
    chain = std::move(import);
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// The text that read_state() understands.
template <class Chain>
std::string state_text(Chain chain) {
  StateWriter writer;
  chain.members(writer);
  return writer.of_version(state_version<Chain>()).take();
}

/// Where an id or a cursor of the vendor's makes the state longer than the host keeps, the answer is one that makes no sense.
inline Directive within_state(Directive directive) {
  if (!directive.state || directive.state->size() <= kMaxStateBytes) return directive;
  return Directive::in_doubt("bad_answer", "the vendor's answer is too long to go on from");
}

/// Ends decode(): encode() again with step + 1 and this chain, after the delay.
template <class Chain>
void go_on(const Chain& chain, Answer& answer, std::uint64_t delay_ms = 0) {
  answer.finish(within_state(Directive::next(state_text(chain), delay_ms)));
}
/// Ends decode(): the same step again with this chain, after the delay.
template <class Chain>
void poll(const Chain& chain, Answer& answer, std::uint64_t delay_ms = 0) {
  answer.finish(within_state(Directive::poll(delay_ms, state_text(chain))));
}

}  // namespace switchboard::kit
