#include "host/engine/job/codes.h"

namespace switchboard::engine {

const std::vector<mapping::CodeHelp>& codes() {
  static const std::vector<mapping::CodeHelp> all = {
      {code::kDuplicate, "Another row of the same file is the same contact, so this one was not sent.",
       "Nothing, or choose which one counts with --duplicates first, last or keep."},
      {code::kSameNumber, "Another row has the same number under another name, and the vendor knows contacts by their number.",
       "Nothing, or --shared-numbers send to send each name."},
      {code::kSameKey, "Another row has the same e-mail address or id under another name, and the vendor knows contacts by it.",
       "Nothing, or --shared-numbers send to send each name."},
      {code::kAlreadyDelivered,
       "An earlier job delivered exactly this contact to the same account (--only-new).",
       "Nothing. To send it all the same, leave --only-new out."},
      {code::kMayBeDelivered,
       "An earlier job sent exactly this contact to the same account, and what became of it is not known (--only-new).",
       "`switchboard resume` of that job clears it up, where the vendor can be asked; `switchboard jobs` lists the jobs."},
      {code::kNotUnique, "Another row has the same id, but is another contact; the vendor would take the two for one.",
       "Give each contact an id of its own, or leave the column out."},
      {code::kSuppressed, "The contact is on the suppression list, so it was not sent.",
       "Nothing. To send it, take it off the list."},
      {code::kInvalid, "The row cannot become a contact, and no reason was given.", "Look at the row, and report this: a reason belongs to it."},
      {code::kOptedOut, "A column of the file says that this person is not to be contacted in the way the vendor does it.",
       "Nothing. Where the column means something else, --ignore-consent sends the rows all the same, in that one run."},
      {code::kStopped, "The job stopped before this row was sent; nothing of it is stored at the vendor.",
       "Remove the reason that the job gives for stopping, then run `switchboard resume`."},
      {code::kGaveUp,
       "The vendor kept answering with errors that pass; after several attempts the row was given up. "
       "Nothing "
       "of it is stored at the vendor.",
       "Wait until the vendor works again, then run `switchboard resume`."},
      {code::kNoAnswer,
       "The row was sent, no answer came, and the vendor could not be asked whether it has the contact.",
       "`switchboard resume` asks, where the vendor can be asked. Else look for the contact there; `switchboard resume "
       "--resend-unknown` sends it again, which may store it twice."},
      {code::kStillWorking,
       "The vendor took the rows and was still working on them when the time to wait for it was over.",
       "`switchboard resume JOB` asks again what became of them; it sends nothing twice."},
      {code::kRefused, "The vendor refused this row; it was sent alone to be sure that it is this one.",
       "Correct the row in the rejects file and import that file."},
      {code::kNotStored, "The vendor said several times that it did not store this row, without a reason.",
       "Run `switchboard resume` later; if it happens again, ask the vendor."},
      {code::kUnclear, "The vendor's answer left open whether it stored the row, and so did its answers when it was asked.",
       "`switchboard resume` asks again, where the vendor can be asked. Else look for the contact there; `switchboard resume "
       "--resend-unknown` sends it again, which may store it twice."},
      {code::kTooLarge, "This row alone is larger than the vendor accepts in one request.",
       "Shorten its longest values in the rejects file and import that file."},
      {code::kConnector, "The connector failed (a crash, a hang, a broken contract with the host), so the row could not be sent.",
       "Report it to whoever maintains the connector, with the job's message; then `switchboard resume`."},
  };
  return all;
}

}  // namespace switchboard::engine
