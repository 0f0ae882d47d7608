// Three lines are a contact's phone, e-mail address and name; the rest is what a vendor says. Nothing of it may run out of
// bounds, and what stands there as a word of its own is blanked.

#include <switchboard/kit/words.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/require.h"

using namespace switchboard::kit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  swb_str cells[3];
  for (swb_str& cell : cells) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return 0;
    if (!is_utf8(rest.substr(0, end))) return 0;  // the host hands in nothing else
    cell = to_abi(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  const swb_str columns[3] = {to_abi("phone"), to_abi("email"), to_abi("name")};
  const swb_str id = to_abi("r");
  swb_batch batch{};
  batch.n_rows = 1;
  batch.n_columns = batch.n_fields = 3;
  batch.columns = columns;
  batch.cells = cells;
  batch.row_ids = &id;
  const Batch contacts(batch);
  ContactWords words(contacts);
  const std::string hidden = words.hidden(rest);
  require(is_utf8(hidden) || !is_utf8(rest), "a text is no text any more");
  require(words.hidden(hidden).size() <= hidden.size() + 3, "a text grows each time");
  // A plain number of ten digits: what it is, however it stands in a text, is known.
  const std::string_view phone = view(cells[0]);
  const bool plain = phone.size() == 10 && digits_of(phone) == phone;
  if (plain) require(words.hidden("tel. " + std::string(phone) + "!") == "tel. …!", "a phone stands in a text");
  return 0;
}
