// A chain's state out of the ledger, of whatever version. It is refused, or read into a chain whose own text says the same.

#include <switchboard/kit/chain_state.h>
#include <switchboard/kit/paging.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/require.h"

using namespace switchboard::kit;

namespace {

constexpr std::uint32_t kRows = 5;
constexpr std::string_view kNames[] = {"send", "look"};

struct Counts {
  std::int64_t made = 0, refused = 0;
};

struct Chain {
  enum class Phase { Send, Look } phase = Phase::Send, before = Phase::Send;
  std::string id;
  std::int64_t since = 0, limit = 100;
  ListSearch list;
  std::vector<std::uint32_t> left;
  std::map<std::uint32_t, std::string> words;
  Counts counts;
  std::optional<Counts> perhaps;

  template <class State>
  void members(State& state) {
    list.members(state.phase(phase, kNames).text("id", id).number("since", since).count("limit", limit, 100));
    state.choice("before", before, kNames).row_list("left", left).row_texts("words", words);
    state.numbers("counts", counts, &Counts::made, &Counts::refused).numbers("perhaps", perhaps, &Counts::made, &Counts::refused);
  }
};

std::optional<Chain> read(std::string_view text, const Batch& batch) {
  swb_step where{};
  where.state = to_abi(text);
  Chain chain;
  try {
    read_state(Step(where), batch, chain);
  } catch (const Error&) {
    return std::nullopt;
  }
  return chain;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  swb_batch table{};
  table.n_rows = kRows;
  const Batch batch(table);
  const auto chain = read({reinterpret_cast<const char*>(data), size}, batch);
  if (!chain) return 0;
  require(chain->list.found.size() == kRows, "a row has no place");
  require(chain->list.paging.offset >= 0 && chain->limit >= 0, "a count is below zero");
  for (const std::uint32_t row : chain->left) require(row < kRows, "a row of another batch");
  for (const auto& [row, text] : chain->words) require(row < kRows, "words about a row of another batch");
  const std::string text = state_text(*chain);
  const auto again = read(text, batch);
  require(again.has_value(), "what was written cannot be read");
  require(state_text(*again) == text, "what was written is read otherwise");
  return 0;
}
