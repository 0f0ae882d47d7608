// What a column's content says to what its header says.

#include "core/contact/meaning.h"
#include "core/mapping/columns/open_column.h"

namespace switchboard::mapping {
namespace {

using enum Concept;
using Open = HeaderMeaning::Open;

constexpr std::size_t kTimesAgain = 3;   // so often values come back that tell no rows apart
constexpr std::size_t kEnoughAlone = 5;  // values that content alone may be judged by

/// A word that we do not know stands in the header: it counts only with the content's support.
void settle_stranger(OpenColumn& column) {
  const ColumnContent& content = column.content;
  const std::string meaning = column.header.meaning;
  std::size_t support = 0;
  const char* what = "";
  if (contact::is_phone(meaning)) {
    support = content.phones;
    what = "phone numbers";
  } else if (meaning == "email") {
    support = content.emails;
    what = "e-mail addresses";
  } else if (meaning == "country") {
    support = content.countries;
    what = "countries";
  } else if (meaning == "phone.dial_code") {
    support = content.calling_codes;
    what = "calling codes";
  }
  if (support > 0 && content.mostly(support, 0.7)) {
    settle(column, meaning, 0.8, content_reason(support, content.total, what));
  } else {
    column.looked_like = meaning;
    settle_other(column, "looked like " + meaning + ", but " + column.header.reason);
  }
}

/// does not).
void settle_unnamed(OpenColumn& column, bool made_up) {
  const ColumnContent& content = column.content;
  const bool own = content.total >= kEnoughAlone && content.mostly(content.distinct, 0.9);
  if (content.mostly(content.emails, 0.8) && (made_up || own)) {
    settle(column, "email", made_up ? 0.85 : 0.65,
           content_reason(content.emails, content.total, "e-mail addresses"));
  } else if (content.mostly(content.plus_phones, 0.8) && (made_up || own)) {
    settle(column, "phone", made_up ? 0.8 : 0.65,
           content_reason(content.plus_phones, content.total, "phone numbers"));
  } else if (made_up && content.mostly(content.phones, 0.9) && (own || (content.written_phones == content.total && content.distinct == content.total))) {
    settle(column, "phone", 0.65, content_reason(content.phones, content.total, "phone numbers"));
  } else {
    settle_other(column, column.header.reason);
  }
}

}  // namespace

std::string content_reason(std::size_t count, std::size_t total, const char* what) {
  return "content: " + std::to_string(count) + " of " + std::to_string(total) + " are " + what;
}

void settle(OpenColumn& column, std::string meaning, double score, std::string reason) {
  column.header.meaning = std::move(meaning);
  column.header.score = score;
  column.header.reason = std::move(reason);
  column.header.open = Open::No;
}

void settle_other(OpenColumn& column, std::string reason) { settle(column, "other", 0.5, std::move(reason)); }

void settle_by_content(OpenColumn& column) {
  const ColumnContent& content = column.content;
  const Reading& words = column.header.reading;
  switch (column.header.open) {
    case Open::NeedsContent:
      settle_stranger(column);
      break;
    case Open::BareContact:
      if (content.mostly(content.phones, 0.7)) {
        settle(column, "phone", 0.8, content_reason(content.phones, content.total, "phone numbers"));
      } else if (content.mostly(content.emails, 0.7)) {
        settle(column, "email", 0.8, content_reason(content.emails, content.total, "e-mail addresses"));
      } else if (content.mostly(content.several_words, 0.6)) {
        settle(column, "full_name", 0.7,
               content_reason(content.several_words, content.total, "of several words"));
      } else {
        settle_other(column, "says neither name nor phone");
      }
      break;
    case Open::BareNumber:
      if (content.mostly(content.phones, 0.9) &&
          (content.plus_phones > 0 || content.distinct >= kEnoughAlone)) {
        settle(column, "phone", 0.65, content_reason(content.phones, content.total, "phone numbers"));
      } else {
        settle_other(column, "a number of some kind");
      }
      break;
    case Open::BareSms:
      if (content.mostly(content.booleans, 0.6)) {
        settle(column, "consent.sms", 0.8, "consent is never data");
      } else if (content.total == 0 || content.mostly(content.phones, 0.5)) {
        settle(column, "phone.mobile", 0.7, "synonym");
      } else {
        settle_other(column, "text messages of some kind");
      }
      break;
    case Open::CountryCode:
      if (content.mostly(content.calling_codes, 0.6)) {
        settle(column, "phone.dial_code", 0.95,
               content_reason(content.calling_codes, content.total, "calling codes"));
      } else {
        settle(column, "country", 0.9, "synonym");
      }
      break;
    case Open::Nothing:
      settle_unnamed(column, words.unknown.empty());
      break;
    case Open::No:
      contradict(column);
      break;
    default:
      break;
  }
}

void contradict(OpenColumn& column) {
  const ColumnContent& content = column.content;
  const std::string& meaning = column.header.meaning;
  if (meaning == "phone.dial_code" && content.calling_codes == 0 && content.mostly(content.countries, 1))
    settle(column, "country", 0.9, content_reason(content.countries, content.total, "countries"));
  if (meaning == "email" && column.header.reading.has(Id) && content.emails == 0 && content.total > 0)
    settle_other(column, "content: no e-mail addresses");
  if (content.total < kEnough) return;
  const bool flags = content.mostly(content.booleans, 0.8);
  const bool links = content.mostly(content.links, 0.8);
  const bool dates = content.mostly(content.dates, 0.8);
  if (contact::is_phone(meaning)) {
    if (content.phones > 0) return;
    if (flags || links) settle_other(column, "content: no phone numbers");
    if (content.mostly(content.emails, 0.8))
      settle(column, "email", 0.7, content_reason(content.emails, content.total, "e-mail addresses"));
  } else if (meaning == "email") {
    if (content.emails > 0) return;
    if (flags || links || dates || content.mail_types == content.total)
      settle_other(column, "content: no e-mail addresses");
  } else if (meaning == "country") {
    if (content.countries == 0 && (flags || links || dates)) settle_other(column, "content: no countries");
  } else if (meaning == "full_name" || meaning == "first_name" || meaning == "last_name" ||
             meaning == "company") {
    if (flags || content.mostly(content.links, 0.8) || content.mostly(content.phones, 0.9))
      settle_other(column, "content: no names");
  } else if (meaning == "external_id") {
    const bool same_again = content.distinct <= kEnough && content.total >= kTimesAgain * content.distinct;
    if (flags || same_again) settle_other(column, "content: the same few values again and again, no ids");
  }
}

void settle_dial_code(OpenColumn& column) {
  const ColumnContent& content = column.content;
  if (column.header.meaning == "phone.dial_code" || column.header.meaning == "phone.extension" ||
      column.header.meaning == "phone.area_code" ||
      content.total == 0)
    return;
  const bool all_plus = content.plus_codes == content.total;
  const bool hinted = contact::is_phone(column.header.meaning) || column.header.meaning == "country" ||
                      column.header.reading.has_any({Country, DialCode, Prefix});
  const bool bare = hinted && content.total >= kEnough && content.mostly(content.calling_codes, 0.9);
  if (all_plus || bare) {
    settle(column, "phone.dial_code", 0.9,
           content_reason(content.calling_codes, content.total, "calling codes"));
  }
}

}  // namespace switchboard::mapping
