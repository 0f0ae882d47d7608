#pragma once

#include <string>

namespace switchboard::contact {

/// Undoes UTF-8 that was read in another encoding and written as UTF-8 again, once: `JÃ©ssica` (Windows-1252), `MĂĽller` (1250),
/// `РњР°СЂРёСЏ` (1251), `J√©r√¥me` (Mac), `M├╝ller` (DOS). Only sequences that nobody writes, and that give letters or
/// punctuation of names. False: there were none, the text is as it was;
/// `torn`: there were, but some of their bytes are gone ("ÐÐ²Ð°Ð½").
bool undo_misread_utf8(std::string& text, bool& torn);

}  // namespace switchboard::contact
