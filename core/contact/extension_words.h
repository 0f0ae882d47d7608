#pragma once

#include <string_view>

namespace switchboard::contact {

/// What people call the extension of a number, apart by '|' and as they write it: as a column's header (mapping/columns), and in a
/// cell before it ("… Nebenstelle 12").
inline constexpr std::string_view kExtensionWords =
    "ext|extn|extension|Durchwahl|Nebenstelle|DW|Klappe|poste|extensión|anexo|interno|ramal|extensão|toestel|"
    "anknytning|lokalnummer|alanumero|wewnętrzny|linka|klapka|mellék|dahili|"
    "добавочный|доб|внутренний|εσωτερικό|内線|內線|分机|分機|내선|تحويلة|שלוחה";

/// Likewise, in a cell alone: nobody would write them above a column. Words for headers alone stand in the lexicon of headers
/// (mapping/columns/lexicon_reach_words.cpp).
inline constexpr std::string_view kExtensionMarks = "x|xt|ekst|int|вн|внутр|kl|wew|ankn|tst|lokal|转|轉";

}  // namespace switchboard::contact
