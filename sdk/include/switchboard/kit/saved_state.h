// A chain's state as the ledger gives it back: members by name, refused where it cannot be read.
#pragma once

#include <switchboard/kit/batch.h>
#include <switchboard/kit/error.h>
#include <switchboard/kit/json.h>
#include <switchboard/kit/row_bits.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// Reads what StateWriter (chain_state.h) wrote. Throws where it is no state of this connector: the host then asks the vendor, or the user.
class SavedState {
 public:
  /// `version`: the newest that this connector understands. Of a step that carries a state.
  explicit SavedState(const Step& step, int version = 1) : SavedState(step.state(), version) {}
  explicit SavedState(std::string_view state, int version = 1) {
    auto json = Json::parse(state);
    if (!json || !json->is_object()) unreadable();
    if ((*json)["v"].int_or(1) > version)
      throw Error(SWB_E_INPUT, "the chain's saved state is of a later version of this connector; use that one");
    json_ = *std::move(json);
  }

  int version() const { return static_cast<int>(json_["v"].int_or(1)); }

  /// The enumerator that has this place in the list of names.
  template <class Phase, class Names>
  Phase phase(const Names& names, std::string_view member = "phase") const {
    const auto name = std::find(std::begin(names), std::end(names), text(member));
    if (name == std::end(names)) unreadable();
    return static_cast<Phase>(name - std::begin(names));
  }

  std::string text(std::string_view name) const { return json_[name].string_or(""); }
  std::int64_t number(std::string_view name, std::int64_t fallback = 0) const { return json_[name].int_or(fallback); }
  /// Never below zero.
  std::int64_t count(std::string_view name, std::int64_t fallback = 0) const {
    return std::max<std::int64_t>(0, number(name, fallback));
  }
  bool flag(std::string_view name, bool fallback = false) const { return json_[name].bool_or(fallback); }
  /// A yes or no for each row of the batch; what is not said is no.
  std::vector<bool> rows(std::string_view name, const Batch& batch) const { return unpack_rows(text(name), batch.rows()); }
  /// Numbers of rows, each of them one of the batch.
  std::vector<std::uint32_t> row_list(std::string_view name, const Batch& batch) const {
    std::vector<std::uint32_t> rows;
    for (const Json& item : json_[name].items()) {
      const std::int64_t row = item.int_or(-1);
      if (row < 0 || row >= batch.rows())
        throw Error(SWB_E_INPUT, "the chain's saved state names a row that it does not have");
      rows.push_back(static_cast<std::uint32_t>(row));
    }
    return rows;
  }
  const Json& operator[](std::string_view name) const { return json_[name]; }

  [[noreturn]] static void unreadable() { throw Error(SWB_E_INPUT, "the chain's saved state cannot be read"); }

 private:
  Json json_;
};

}  // namespace switchboard::kit
