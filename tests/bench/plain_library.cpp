#include "tests/bench/plain_library.h"

#include <phonenumbers/phonenumberutil.h>

namespace switchboard::tests {

std::string plain_e164(const std::string& text, const std::string& region) {
  using i18n::phonenumbers::PhoneNumberUtil;
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  std::string e164;
  if (util.Parse(text, region, &number) == PhoneNumberUtil::NO_PARSING_ERROR && util.IsValidNumber(number))
    util.Format(number, PhoneNumberUtil::E164, &e164);
  return e164;
}

}  // namespace switchboard::tests
