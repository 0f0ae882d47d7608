#include "core/ledger/job_store.h"

namespace switchboard::ledger {

Error unknown_job(const std::string& id) {
  return {ErrorKind::Usage, "There is no job " + id + ".", "`switchboard jobs` lists the jobs."};
}

}  // namespace switchboard::ledger
