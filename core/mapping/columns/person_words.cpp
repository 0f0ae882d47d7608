#include "core/mapping/columns/person_words.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

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
    // Grandparents, relatives, neighbours, friends.
    {"nok", Kind::Family}, {"grandparent", Kind::Family}, {"grandmother", Kind::Family}, {"grandfather", Kind::Family},
    {"grandma", Kind::Family}, {"grandpa", Kind::Family}, {"granny", Kind::Family}, {"aunt", Kind::Family}, {"uncle", Kind::Family},
    {"cousin", Kind::Family}, {"daughter", Kind::Family}, {"son", Kind::Family}, {"kid", Kind::Family}, {"neighbor", Kind::Family},
    {"neighbour", Kind::Family}, {"friend", Kind::Family}, {"fiance", Kind::Family}, {"girlfriend", Kind::Family},
    {"boyfriend", Kind::Family}, {"roommate", Kind::Family}, {"caregiver", Kind::Family}, {"carer", Kind::Family},
    {"babysitter", Kind::Family}, {"nanny", Kind::Family}, {"großmutter", Kind::Family}, {"großvater", Kind::Family},
    {"oma", Kind::Family}, {"opa", Kind::Family}, {"tante", Kind::Family}, {"onkel", Kind::Family}, {"nachbar", Kind::Family},
    {"nachbarin", Kind::Family}, {"bruder", Kind::Family}, {"schwester", Kind::Family}, {"tochter", Kind::Family}, {"sohn", Kind::Family},
    {"angehöriger", Kind::Family}, {"angehörige", Kind::Family}, {"angehörigen", Kind::Family}, {"betreuer", Kind::Family},
    {"pflegeperson", Kind::Family}, {"grand mère", Kind::Family}, {"grand père", Kind::Family}, {"oncle", Kind::Family},
    {"voisin", Kind::Family}, {"voisine", Kind::Family}, {"frère", Kind::Family}, {"soeur", Kind::Family}, {"proche", Kind::Family},
    {"aidant", Kind::Family}, {"abuela", Kind::Family}, {"abuelo", Kind::Family}, {"tía", Kind::Family}, {"tío", Kind::Family},
    {"vecino", Kind::Family}, {"vecina", Kind::Family}, {"hermano", Kind::Family}, {"hermana", Kind::Family}, {"familiar", Kind::Family},
    {"hijo", Kind::Family}, {"hija", Kind::Family}, {"nonna", Kind::Family}, {"nonno", Kind::Family}, {"zia", Kind::Family},
    {"zio", Kind::Family}, {"vicino", Kind::Family}, {"fratello", Kind::Family}, {"sorella", Kind::Family}, {"figlio", Kind::Family},
    {"figlia", Kind::Family}, {"avó", Kind::Family}, {"avô", Kind::Family}, {"tia", Kind::Family}, {"tio", Kind::Family},
    {"vizinho", Kind::Family}, {"irmão", Kind::Family}, {"irmã", Kind::Family}, {"filho", Kind::Family}, {"filha", Kind::Family},
    {"grootmoeder", Kind::Family}, {"grootvader", Kind::Family}, {"buurman", Kind::Family}, {"buurvrouw", Kind::Family},
    {"mantelzorger", Kind::Family}, {"broer", Kind::Family}, {"zus", Kind::Family}, {"mormor", Kind::Family}, {"farmor", Kind::Family},
    {"morfar", Kind::Family}, {"farfar", Kind::Family}, {"granne", Kind::Family}, {"babcia", Kind::Family}, {"babci", Kind::Family},
    {"dziadek", Kind::Family}, {"dziadka", Kind::Family}, {"ciocia", Kind::Family}, {"cioci", Kind::Family}, {"wujek", Kind::Family},
    {"sąsiad", Kind::Family}, {"sąsiada", Kind::Family}, {"syn", Kind::Family}, {"córka", Kind::Family}, {"córki", Kind::Family},
    {"babička", Kind::Family}, {"babičky", Kind::Family}, {"dědeček", Kind::Family}, {"nagymama", Kind::Family}, {"nagypapa", Kind::Family},
    {"bunica", Kind::Family}, {"bunic", Kind::Family}, {"mama", Kind::Parent}, {"tata", Kind::Parent}, {"babaanne", Kind::Family},
    {"anneanne", Kind::Family}, {"dede", Kind::Family}, {"komşu", Kind::Family}, {"бабушка", Kind::Family}, {"бабушки", Kind::Family},
    {"дедушка", Kind::Family}, {"дедушки", Kind::Family}, {"сосед", Kind::Family}, {"соседа", Kind::Family}, {"тётя", Kind::Family},
    {"мама", Kind::Parent}, {"мамы", Kind::Parent}, {"папа", Kind::Parent}, {"папы", Kind::Parent}, {"брата", Kind::Family},
    {"сестры", Kind::Family}, {"сына", Kind::Family}, {"дочери", Kind::Family}, {"祖母", Kind::Family}, {"祖父", Kind::Family},
    {"奶奶", Kind::Family}, {"爷爷", Kind::Family}, {"할머니", Kind::Family}, {"할아버지", Kind::Family}, {"妈妈", Kind::Parent},
    {"爸爸", Kind::Parent}, {"엄마", Kind::Parent}, {"아빠", Kind::Parent}, {"الجدة", Kind::Family}, {"الجد", Kind::Family},
    // Whom the list is not about: those who look after its people.
    {"coach", Kind::Unknown}, {"teacher", Kind::Unknown}, {"trainer", Kind::Unknown}, {"instructor", Kind::Unknown},
    {"doctor", Kind::Unknown}, {"physician", Kind::Unknown}, {"dentist", Kind::Unknown}, {"therapist", Kind::Unknown},
    {"nurse", Kind::Unknown}, {"lawyer", Kind::Unknown}, {"attorney", Kind::Unknown}, {"agent", Kind::Unknown}, {"broker", Kind::Unknown},
    {"adjuster", Kind::Unknown}, {"officiant", Kind::Unknown}, {"celebrant", Kind::Unknown}, {"opposing party", Kind::Unknown}, {"opposing counsel", Kind::Unknown}, {"counsel", Kind::Unknown},
    {"opponent", Kind::Unknown}, {"defendant", Kind::Unknown}, {"witness", Kind::Unknown}, {"caseworker", Kind::Unknown}, {"case manager", Kind::Unknown}, {"case worker", Kind::Unknown},
    {"social worker", Kind::Unknown}, {"counselor", Kind::Unknown}, {"supervisor", Kind::Unknown}, {"loan officer", Kind::Unknown},
    {"property manager", Kind::Unknown}, {"account manager", Kind::Unknown}, {"lehrer", Kind::Unknown}, {"lehrerin", Kind::Unknown},
    {"hausarzt", Kind::Unknown}, {"arzt", Kind::Unknown}, {"anwalt", Kind::Unknown}, {"rechtsanwalt", Kind::Unknown},
    {"makler", Kind::Unknown}, {"médecin", Kind::Unknown}, {"avocat", Kind::Unknown}, {"enseignant", Kind::Unknown},
    {"médico", Kind::Unknown}, {"abogado", Kind::Unknown}, {"profesor", Kind::Unknown}, {"maestro", Kind::Unknown},
    {"medico", Kind::Unknown}, {"avvocato", Kind::Unknown}, {"insegnante", Kind::Unknown}, {"huisarts", Kind::Unknown},
    {"lekarz", Kind::Unknown}, {"nauczyciel", Kind::Unknown}, {"врач", Kind::Unknown}, {"врача", Kind::Unknown}, {"учитель", Kind::Unknown},
    {"учителя", Kind::Unknown}, {"担任", Kind::Unknown}, {"老师", Kind::Unknown}, {"선생님", Kind::Unknown},
    {"pharmacy", Kind::Place}, {"apotheke", Kind::Place}, {"pharmacie", Kind::Place}, {"farmacia", Kind::Place},
    {"farmácia", Kind::Place}, {"apotheek", Kind::Place}, {"apteka", Kind::Place}, {"school", Kind::Place}, {"schule", Kind::Place},
    {"école", Kind::Place}, {"escuela", Kind::Place}, {"scuola", Kind::Place}, {"escola", Kind::Place}, {"szkoła", Kind::Place},
    {"kindergarten", Kind::Place}, {"daycare", Kind::Place}, {"clinic", Kind::Place}, {"hospital", Kind::Place},
    {"krankenhaus", Kind::Place}, {"vet", Kind::Place}, {"veterinarian", Kind::Place}, {"tierarzt", Kind::Place},
    {"insurer", Kind::Place}, {"insurance company", Kind::Place}, {"insurance", Kind::Place}, {"bank", Kind::Place},
    {"hotel", Kind::Place}, {"restaurant", Kind::Place}, {"venue", Kind::Place}, {"supplier", Kind::Place}, {"dealer", Kind::Place},
    {"head of household", Kind::Plain}, {"head of family", Kind::Plain}, {"hoh", Kind::Plain}, {"HoH", Kind::Plain}, {"haushaltsvorstand", Kind::Plain},
    {"chef de famille", Kind::Plain}, {"cabeza de familia", Kind::Plain}, {"jefe de hogar", Kind::Plain}, {"capofamiglia", Kind::Plain},
    {"foster parent", Kind::Parent}, {"foster mother", Kind::Parent}, {"foster father", Kind::Parent}, {"foster carer", Kind::Parent},
    {"stepmother", Kind::Parent}, {"stepfather", Kind::Parent}, {"step parent", Kind::Parent}, {"stepparent", Kind::Parent},
    {"godparent", Kind::Family}, {"godmother", Kind::Family}, {"godfather", Kind::Family}, {"best man", Kind::Family},
    {"maid of honor", Kind::Family}, {"maid of honour", Kind::Family}, {"bridesmaid", Kind::Family}, {"groomsman", Kind::Family},
    {"introducer", Kind::Unknown}, {"recommender", Kind::Unknown}, {"promoter", Kind::Unknown}, {"ambassador", Kind::Unknown},
    {"affiliate", Kind::Unknown}, {"recruiter", Kind::Unknown}, {"mentor", Kind::Unknown}, {"advisor", Kind::Unknown}, {"adviser", Kind::Unknown},
    {"consultant", Kind::Unknown}, {"dispatcher", Kind::Unknown}, {"courier", Kind::Unknown}, {"sales rep", Kind::Unknown},
    {"salesperson", Kind::Unknown}, {"technician", Kind::Unknown}, {"installer", Kind::Unknown}, {"contractor", Kind::Unknown},
    {"inspector", Kind::Unknown}, {"appraiser", Kind::Unknown}, {"notary", Kind::Unknown}, {"notaire", Kind::Unknown}, {"notario", Kind::Unknown}, {"notaio", Kind::Unknown}, {"notar", Kind::Unknown},
    {"makelaar", Kind::Unknown}, {"adjuster", Kind::Unknown}, {"lekarza", Kind::Unknown}, {"accountant", Kind::Unknown},
    {"executor", Kind::Unknown}, {"trustee", Kind::Unknown}, {"secretary", Kind::Unknown}, {"interpreter", Kind::Unknown},
    // Whom somebody else leaves for an emergency or a message.
    {"avisar", Kind::Family}, {"aviso", Kind::Family}, {"recado", Kind::Family}, {"recados", Kind::Family}, {"avvisare", Kind::Family},
    {"nagłych wypadkach", Kind::Family}, {"nagłym wypadku", Kind::Family}, {"nagły wypadek", Kind::Family}, {"en cas d urgence", Kind::Family},
    {"bij nood", Kind::Family}, {"nood", Kind::Family}, {"mamma", Kind::Parent}, {"maman", Kind::Parent}, {"mutti", Kind::Parent}, {"mami", Kind::Parent},
    {"vati", Kind::Parent}, {"papi", Kind::Parent}, {"mummy", Kind::Parent}, {"mommy", Kind::Parent}, {"daddy", Kind::Parent}, {"お母さん", Kind::Parent},
    {"お父さん", Kind::Parent}, {"أمي", Kind::Parent}, {"أبي", Kind::Parent}, {"ماما", Kind::Parent}, {"بابا", Kind::Parent}, {"annem", Kind::Parent},
    {"babam", Kind::Parent}, {"eşim", Kind::Family}, {"kocam", Kind::Family}, {"karım", Kind::Family}, {"אמא", Kind::Parent},
    {"אבא", Kind::Parent}, {"мамочка", Kind::Parent}, {"папочка", Kind::Parent}, {"老婆", Kind::Family}, {"老公", Kind::Family}, {"와이프", Kind::Family}, {"μαμά", Kind::Parent}, {"μπαμπάς", Kind::Parent},
    {"showing", Kind::Place}, {"listing", Kind::Place},
    {"account holder", Kind::Plain}, {"card holder", Kind::Plain}, {"cardholder", Kind::Plain}, {"policy holder", Kind::Plain},
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
    {"insured", Kind::Plain}, {"homeowner", Kind::Plain}, {"borrower", Kind::Plain}, {"beneficiary", Kind::Plain},
    {"policyholder", Kind::Plain}, {"occupant", Kind::Plain}, {"lessee", Kind::Plain}, {"renter", Kind::Plain},
    {"kapcsolattartó", Kind::Plain}, {"osoba kontaktowa", Kind::Plain}, {"kontaktní osoba", Kind::Plain},
    {"persona da avvisare", Kind::Family}, {"persona a avisar", Kind::Family}, {"persona que avisar", Kind::Family}, {"pessoa a avisar", Kind::Family},
    {"personne à avertir", Kind::Family},
    {"persona de contacto", Kind::Plain}, {"personne de contact", Kind::Plain}, {"persona di contatto", Kind::Plain},
    {"pessoa de contato", Kind::Plain}, {"контактное лицо", Kind::Plain}, {"persoană de contact", Kind::Plain},
    {"担当者", Kind::Plain}, {"联系人", Kind::Plain}, {"聯絡人", Kind::Plain}, {"담당자", Kind::Plain},
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

/// The same word in another case: "Мама", "Тел. мамы".
constexpr std::pair<std::string_view, std::string_view> kInflected[] = {
    {"мамы", "мама"},     {"папы", "папа"},       {"мужа", "муж"},         {"жены", "жена"},           {"супруги", "супруга"},   {"бабушки", "бабушка"},
    {"дедушки", "дедушка"}, {"соседа", "сосед"},   {"врача", "врач"}, {"lekarza", "lekarz"},       {"учителя", "учитель"},     {"babci", "babcia"},      {"dziadka", "dziadek"},
    {"cioci", "ciocia"},  {"sąsiada", "sąsiad"},  {"córki", "córka"},      {"babičky", "babička"},     {"manželky", "manželka"}, {"matki", "matka"},
    {"ojca", "ojciec"},   {"opiekuna", "opiekun"}, {"rodzica", "rodzic"},  {"małżonka", "małżonek"},   {"matky", "matka"},       {"otce", "otec"},
    {"puolison", "puoliso"}, {"συζύγου", "σύζυγος"}, {"матери", "мать"},   {"отца", "отец"},           {"родителя", "родитель"}, {"ребенка", "ребенок"},
    {"dziecka", "dziecko"}, {"żony", "żona"},      {"męża", "mąż"},         {"eşinin", "eşi"},          {"επείγον", "επείγουσα"},
    {"nok", "next of kin"}, {"hoh", "head of household"}, {"HoH", "head of household"}, {"head of family", "head of household"}};

}  // namespace

const std::vector<FoldedWord>& folded_words() {
  static const std::vector<FoldedWord> all = [] {
    std::vector<FoldedWord> list;
    std::unordered_map<std::string, std::string> bases;
    for (const auto& [form, base] : kInflected) bases.emplace(joined(header_words(form)), joined(header_words(base)));
    for (const Word& word : kWords) {
      std::vector<std::string> words = header_words(word.words);
      std::string key = joined(words);
      if (const auto base = bases.find(key); base != bases.end()) key = base->second;
      list.push_back({std::move(words), std::move(key), word.kind});
    }
    // "emergency contact" before "emergency" and "contact".
    std::stable_sort(list.begin(), list.end(), [](const FoldedWord& a, const FoldedWord& b) { return a.words.size() > b.words.size(); });
    return list;
  }();
  return all;
}

}  // namespace switchboard::mapping
