#pragma once

#include <string_view>

namespace switchboard::contact {

/// What people call the extension of a number, apart by '|' and as they write it: as a column's header (mapping/columns), and in a
/// cell before it ("… Nebenstelle 12").
inline constexpr std::string_view kExtensionWords =
    "ext|extn|extension|Durchwahl|Nebenstelle|DW|Klappe|poste|extensión|anexo|interno|ramal|extensão|toestel|"
    "anknytning|lokalnummer|alanumero|wewnętrzny|linka|klapka|mellék|dahili|"
    "добавочный|доб|внутренний|εσωτερικό|内線|內線|分机|分機|내선|تحويلة|שלוחה";

/// Likewise, in a cell alone: nobody would write them above a column.
inline constexpr std::string_view kExtensionMarks = "x|xt|ekst|int|вн|внутр|kl|wew|ankn|tst|lokal|转|轉";

/// Likewise, above a column alone: before a number in a cell they say something else, or nobody writes them.
inline constexpr std::string_view kExtensionHeaders = "phone ext|toestelnummer|interior|内線番号|내선번호";

}  // namespace switchboard::contact
