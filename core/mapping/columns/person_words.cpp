#include "core/mapping/columns/person_words.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/mapping/columns/header_words.h"

namespace switchboard::mapping {
namespace {

using Kind = PersonWord::Kind;

struct Word {
  std::string_view words;  ///< folded, separated by blanks
  Kind kind;
};

/// Words for one party of several, the longer ones first.
constexpr std::array kWords = std::to_array<Word>({
    {"emergency contact", Kind::Family},
    {"next of kin", Kind::Family},
    {"ticket holder", Kind::Guest},
    {"household member", Kind::Plain},
    {"contact person", Kind::Plain},
    {"legal guardian", Kind::Parent},
    {"attendee", Kind::Guest},
    {"participant", Kind::Guest},
    {"registrant", Kind::Guest},
    {"invitee", Kind::Guest},
    {"guest", Kind::Guest},
    {"recipient", Kind::Guest},
    {"passenger", Kind::Guest},
    {"traveller", Kind::Guest},
    {"traveler", Kind::Guest},
    {"player", Kind::Guest},
    {"camper", Kind::Guest},
    {"student", Kind::Guest},
    {"ticket", Kind::Guest},
    {"teilnehmer", Kind::Guest},
    {"gast", Kind::Guest},
    {"participante", Kind::Guest},
    {"asistente", Kind::Guest},
    {"partecipante", Kind::Guest},
    {"invitado", Kind::Guest},
    {"invite", Kind::Guest},
    {"deelnemer", Kind::Guest},
    {"buyer", Kind::Payer},
    {"purchaser", Kind::Payer},
    {"payer", Kind::Payer},
    {"order", Kind::Payer},
    {"booker", Kind::Payer},
    {"host", Kind::Payer},
    {"organizer", Kind::Payer},
    {"organiser", Kind::Payer},
    {"user", Kind::Payer},
    {"provider", Kind::Payer},
    {"kaufer", Kind::Payer},
    {"kaeufer", Kind::Payer},
    {"besteller", Kind::Payer},
    {"acheteur", Kind::Payer},
    {"comprador", Kind::Payer},
    {"acquirente", Kind::Payer},
    {"parent", Kind::Parent},
    {"guardian", Kind::Parent},
    {"mother", Kind::Parent},
    {"father", Kind::Parent},
    {"mum", Kind::Parent},
    {"mom", Kind::Parent},
    {"dad", Kind::Parent},
    {"elternteil", Kind::Parent},
    {"mutter", Kind::Parent},
    {"vater", Kind::Parent},
    {"erziehungsberechtigter", Kind::Parent},
    {"erziehungsberechtigte", Kind::Parent},
    {"tuteur", Kind::Parent},
    {"tutor", Kind::Parent},
    {"ouder", Kind::Parent},
    {"spouse", Kind::Family},
    {"husband", Kind::Family},
    {"wife", Kind::Family},
    {"partner", Kind::Family},
    {"child", Kind::Family},
    {"ehepartner", Kind::Family},
    {"ehefrau", Kind::Family},
    {"ehemann", Kind::Family},
    {"lebenspartner", Kind::Family},
    {"conjoint", Kind::Family},
    {"conyuge", Kind::Family},
    {"coniuge", Kind::Family},
    {"conjuge", Kind::Family},
    {"echtgenoot", Kind::Family},
    // Parties of a sale, a ride, a delivery, a wedding.
    {"seller", Kind::Payer}, {"vendor", Kind::Payer}, {"sender", Kind::Payer}, {"driver", Kind::Payer}, {"caller", Kind::Payer},
    {"realtor", Kind::Payer}, {"lender", Kind::Payer}, {"landlord", Kind::Payer}, {"referrer", Kind::Payer},
    {"verkäufer", Kind::Payer}, {"verkaeufer", Kind::Payer}, {"vendeur", Kind::Payer}, {"vendedor", Kind::Payer},
    {"venditore", Kind::Payer}, {"fahrer", Kind::Payer}, {"absender", Kind::Payer}, {"vermieter", Kind::Payer},
    {"bride", Kind::Guest}, {"groom", Kind::Guest}, {"empfänger", Kind::Guest}, {"titulaire", Kind::Guest}, {"titular", Kind::Guest},
    {"schüler", Kind::Guest}, {"élève", Kind::Guest}, {"alumno", Kind::Guest}, {"aluno", Kind::Guest},
    // Parents.
    {"padre", Kind::Parent}, {"madre", Kind::Parent}, {"père", Kind::Parent}, {"mère", Kind::Parent}, {"pai", Kind::Parent},
    {"mãe", Kind::Parent}, {"moeder", Kind::Parent}, {"vader", Kind::Parent}, {"matka", Kind::Parent}, {"ojciec", Kind::Parent},
    {"matki", Kind::Parent}, {"ojca", Kind::Parent}, {"rodzic", Kind::Parent}, {"rodzica", Kind::Parent}, {"opiekun", Kind::Parent},
    {"opiekuna", Kind::Parent}, {"målsman", Kind::Parent}, {"vårdnadshavare", Kind::Parent}, {"forelder", Kind::Parent},
    {"foresatt", Kind::Parent}, {"huoltaja", Kind::Parent}, {"huoltajan", Kind::Parent}, {"veli", Kind::Parent}, {"velisi", Kind::Parent},
    {"anne", Kind::Parent}, {"baba", Kind::Parent}, {"보호자", Kind::Parent}, {"학부모", Kind::Parent}, {"保護者", Kind::Parent},
    {"家长", Kind::Parent}, {"家長", Kind::Parent}, {"监护人", Kind::Parent}, {"родитель", Kind::Parent}, {"родителя", Kind::Parent},
    {"мать", Kind::Parent}, {"матери", Kind::Parent}, {"отец", Kind::Parent}, {"отца", Kind::Parent}, {"опекун", Kind::Parent},
    {"опекуна", Kind::Parent}, {"ولي الأمر", Kind::Parent}, {"الأم", Kind::Parent}, {"الأب", Kind::Parent}, {"phụ huynh", Kind::Parent},
    {"rodič", Kind::Parent}, {"rodiče", Kind::Parent}, {"szülő", Kind::Parent}, {"γονέα", Kind::Parent}, {"orang tua", Kind::Parent},
    // Husband, wife, and whoever is called in an emergency.
    {"małżonka", Kind::Family}, {"małżonek", Kind::Family}, {"małżonki", Kind::Family}, {"żona", Kind::Family}, {"żony", Kind::Family},
    {"mąż", Kind::Family}, {"męża", Kind::Family}, {"vợ", Kind::Family}, {"chồng", Kind::Family}, {"épouse", Kind::Family},
    {"époux", Kind::Family}, {"esposa", Kind::Family}, {"esposo", Kind::Family}, {"marido", Kind::Family}, {"moglie", Kind::Family},
    {"marito", Kind::Family}, {"maka", Kind::Family}, {"make", Kind::Family}, {"ektefelle", Kind::Family}, {"ægtefælle", Kind::Family},
    {"puoliso", Kind::Family}, {"puolison", Kind::Family}, {"eş", Kind::Family}, {"eşi", Kind::Family}, {"eşinin", Kind::Family},
    {"배우자", Kind::Family}, {"配偶者", Kind::Family}, {"配偶", Kind::Family}, {"супруг", Kind::Family}, {"супруга", Kind::Family},
    {"супруги", Kind::Family}, {"жена", Kind::Family}, {"жены", Kind::Family}, {"муж", Kind::Family}, {"мужа", Kind::Family},
    {"الزوج", Kind::Family}, {"الزوجة", Kind::Family}, {"manžel", Kind::Family}, {"manželka", Kind::Family}, {"manželky", Kind::Family},
    {"házastárs", Kind::Family}, {"σύζυγος", Kind::Family}, {"συζύγου", Kind::Family}, {"suami", Kind::Family}, {"istri", Kind::Family},
    {"ผู้ปกครอง", Kind::Parent}, {"คู่สมรส", Kind::Family}, {"ฉุกเฉิน", Kind::Family}, {"母親", Kind::Parent}, {"父親", Kind::Parent}, {"母亲", Kind::Parent}, {"父亲", Kind::Parent}, {"어머니", Kind::Parent},
    {"아버지", Kind::Parent}, {"妻子", Kind::Family}, {"丈夫", Kind::Family}, {"妻", Kind::Family}, {"夫", Kind::Family},
    {"남편", Kind::Family}, {"아내", Kind::Family}, {"売主", Kind::Payer}, {"買主", Kind::Payer}, {"卖方", Kind::Payer},
    {"买方", Kind::Payer}, {"卖家", Kind::Payer}, {"买家", Kind::Payer},
    {"emergency", Kind::Family}, {"ice", Kind::Family}, {"relative", Kind::Family}, {"sibling", Kind::Family}, {"brother", Kind::Family},
    {"sister", Kind::Family}, {"notfallkontakt", Kind::Family}, {"notfall", Kind::Family}, {"personne à prévenir", Kind::Family},
    {"contact d urgence", Kind::Family}, {"urgence", Kind::Family}, {"emergencia", Kind::Family}, {"emergência", Kind::Family},
    {"emergenza", Kind::Family}, {"noodcontact", Kind::Family}, {"noodgeval", Kind::Family}, {"anhörig", Kind::Family},
    {"närmast anhörig", Kind::Family}, {"pårørende", Kind::Family}, {"acil durum", Kind::Family}, {"긴급", Kind::Family},
    {"비상", Kind::Family}, {"緊急", Kind::Family}, {"紧急", Kind::Family}, {"緊急連絡先", Kind::Family}, {"紧急联系人", Kind::Family},
    {"비상연락처", Kind::Family}, {"طوارئ", Kind::Family}, {"الطوارئ", Kind::Family}, {"khẩn cấp", Kind::Family},
    {"contact", Kind::Plain},
    {"person", Kind::Plain},
    {"customer", Kind::Plain},
    {"client", Kind::Plain},
    {"member", Kind::Plain},
    {"lead", Kind::Plain},
    {"adult", Kind::Plain},
    {"owner", Kind::Plain},
    {"tenant", Kind::Plain},
    {"resident", Kind::Plain},
    {"applicant", Kind::Plain},
    {"patient", Kind::Plain},
    {"donor", Kind::Plain},
    {"kontakt", Kind::Plain},
    {"ansprechpartner", Kind::Plain},
    {"ansprechperson", Kind::Plain},
    {"kontaktperson", Kind::Plain},
    {"kunde", Kind::Plain},
    {"mitglied", Kind::Plain},
    {"persona", Kind::Plain},
    {"contacto", Kind::Plain},
    {"contatto", Kind::Plain},
    {"contato", Kind::Plain},
    {"interlocuteur", Kind::Plain},
    {"contactpersoon", Kind::Plain},
});

}  // namespace

const std::vector<FoldedWord>& folded_words() {
  static const std::vector<FoldedWord> all = [] {
    std::vector<FoldedWord> list;
    for (const Word& word : kWords) {
      std::vector<std::string> words = header_words(word.words);
      std::string key = joined(words);
      list.push_back({std::move(words), std::move(key), word.kind});
    }
    // "emergency contact" before "emergency" and "contact".
    std::stable_sort(list.begin(), list.end(), [](const FoldedWord& a, const FoldedWord& b) { return a.words.size() > b.words.size(); });
    return list;
  }();
  return all;
}

}  // namespace switchboard::mapping
