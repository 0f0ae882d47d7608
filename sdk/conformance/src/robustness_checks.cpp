#include <cstdint>
#include <string>
#include <vector>

#include "dice.h"
#include "operations.h"
#include "subject.h"

namespace switchboard::conformance {

namespace {

std::string mutated(const std::string& text, Dice& dice) {
  std::string out = text;
  switch (dice.below(5)) {
    case 0:
      return out.substr(0, dice.below(out.size() + 1));
    case 1:
      for (int i = 0; i < 4 && !out.empty(); ++i)
        out[dice.below(out.size())] = static_cast<char>(dice.below(256));
      return out;
    case 2:
      return out + out;
    case 3:
      return out.insert(dice.below(out.size() + 1),
                        std::string(1 + dice.below(4), static_cast<char>(dice.below(256))));
    default:
      for (char& c : out) {
        if (c >= '0' && c <= '9' && dice.below(3) == 0) c = static_cast<char>('0' + dice.below(10));
      }
      return out;
  }
}

}  // namespace

void check_damaged_input(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  Dice dice(subject.options.seed);
  std::size_t calls = 0;
  const auto judge = [&](const Emitted& emitted, const std::string& what) {
    ++calls;
    const bool refused = emitted.status == SWB_E_RESPONSE || emitted.status == SWB_E_INPUT ||
                         emitted.status == SWB_E_LIMIT || emitted.status == SWB_E_UNSUPPORTED;
    for (const std::string& violation : emitted.violations) problems.push_back(what + ": " + violation);
    if (emitted.status != SWB_OK && !refused)
      problems.push_back(what + ": status " + std::to_string(emitted.status) + " " + emitted.reason);
  };
  for (const Exchange& at : subject.positions) {
    const std::string place = op_name(at.where.op) + " step " + std::to_string(at.where.step);
    for (int i = 0; i < 200; ++i) {
      Response response = at.response;
      response.body = mutated(at.response.body, dice);
      judge(subject.session->decode(at.contacts, at.where, response),
            "decode() of " + place + " with a damaged body");
    }
    for (const std::string& body : {std::string(200'000, '['), "{\"data\":" + std::string(100, '{'),
                                    std::string("\xFF\xFE\0", 3), std::string(1 << 20, 'x')}) {
      Response response = at.response;
      response.body = body;
      judge(subject.session->decode(at.contacts, at.where, response),
            "decode() of " + place + " with a hostile body");
    }
    for (int i = 0; i < 100 && !at.where.state.empty(); ++i) {
      Where where = at.where;
      where.state = mutated(at.where.state, dice);
      Emitted encoded = subject.session->encode(at.contacts, where);
      // An address that was kept is damaged like everything else; the host refuses it then.
      std::erase_if(encoded.violations, [](const std::string& violation) { return violation.starts_with("path "); });
      judge(encoded, "encode() of " + place + " with a damaged state");
      judge(subject.session->decode(at.contacts, where, at.response),
            "decode() of " + place + " with a damaged state");
    }
  }
  // What an import knew is help for the question about it: damaged, or of somebody else, it is passed over.
  if (subject.library.offers(SWB_RECONCILE)) {
    std::vector<std::string> states = {"", "x", "{}", "[]", "null", R"({"phase":"no such phase"})", R"({"v":99})", std::string("\xFF\0{", 3)};
    for (const Exchange& at : subject.positions) {
      for (const std::string& own : {at.where.state, at.where.import_state})
        for (int i = 0; i < 50 && !own.empty() && at.contacts.size() == subject.sample.size(); ++i) states.push_back(mutated(own, dice));
    }
    for (const std::string& state : states) {
      Where where;
      where.op = SWB_RECONCILE;
      where.import_state = state;
      Emitted emitted = subject.session->encode(subject.sample, where);
      std::erase_if(emitted.violations, [](const std::string& violation) { return violation.starts_with("path "); });
      judge(emitted, "encode() of reconcile with a damaged import_state");
      if (emitted.status != SWB_OK)
        problems.push_back("encode() of reconcile refuses an import_state that it cannot read (" + emitted.reason + "): the rows could never be asked about");
    }
  }
  for (std::uint32_t step = 0; step < 8; ++step) {
    for (const auto& operation : kOperations) {
      Where where;
      where.op = operation.number;
      where.step = step;
      where.state = step % 2 == 0 ? "" : "{}";
      judge(subject.session->encode(subject.sample, where), "encode() at an unexpected step");
      judge(subject.session->decode(subject.sample, where, Response{200, SWB_TRANSPORT_OK, {}, "{}", 0, 5}),
            "decode() at an unexpected step");
    }
  }
  if (subject.library.sandbox()) {
    const auto account = subject.account();
    for (const Exchange& at : subject.positions) {
      for (int i = 0; i < 100; ++i) {
        Request request = with_credential(subject.library.manifest(),
                                          kit::Json::parse(subject.settings).value_or(kit::Json()), {},
                                          at.request, 1'750'000'000'000, static_cast<std::uint64_t>(i));
        (dice.below(2) == 0 ? request.body : request.path) =
            mutated(dice.below(2) == 0 ? request.body : request.path, dice);
        const Emitted emitted = account->serve(request, 1'750'000'000'000);
        ++calls;
        if (!emitted.ok()) problems.push_back("the sandbox on a damaged request: " + emitted.trouble());
      }
    }
  }
  results.judge("damaged_input", problems,
                std::to_string(calls) + " calls with damaged bodies, states and requests");

}

void check_sink_refusal(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  for (const Exchange& at : subject.positions) {
    for (const swb_status status : {SWB_E_CANCELLED, SWB_E_LIMIT}) {
      const Emitted encoded = subject.session->encode(at.contacts, at.where, status);
      if (encoded.status != status || encoded.requests.size() > 1)
        problems.push_back("encode() goes on, or returns " + std::to_string(encoded.status) +
                           ", after a sink refused");
      const Emitted decoded = subject.session->decode(at.contacts, at.where, at.response, status);
      if (decoded.status != status ||
          decoded.outcomes.size() + decoded.directives.size() + decoded.items.size() > 1) {
        problems.push_back("decode() goes on, or returns " + std::to_string(decoded.status) +
                           ", after a sink refused");
      }
    }
  }
  results.judge("sink_refusal", problems, "ends at once with the sink's status");
  // Nothing crashed on the way: all buffers of all calls above became inaccessible when their call returned.
  results.pass("lifetime", "no borrowed pointer was used after its call");
}

}  // namespace switchboard::conformance
