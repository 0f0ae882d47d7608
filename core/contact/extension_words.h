#pragma once

#include <string_view>

namespace switchboard::contact {

/// What people call the extension of a number, apart by '|' and as they write it: as a column's header (mapping/columns), and in a
/// cell before it ("… Nebenstelle 12").
inline constexpr std::string_view kExtensionWords =
    "ext|extn|extension|Durchwahl|Nebenstelle|DW|Klappe|poste|extensión|anexo|interno|ramal|extensão|toestel|"
    "anknytning|lokalnummer|alanumero|wewnętrzny|linka|klapka|mellék|dahili|"
    "добавочный|доб|внутренний|εσωτερικό|内線|內線|分机|分機|내선|تحويلة|שלוחה";

}  // namespace switchboard::contact
