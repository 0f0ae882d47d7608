// Everything that a connector needs. The kit is compiled into each connector and may change from release to
// release; only abi.h is a promise.
#pragma once

#include <switchboard/kit/answer.h>
#include <switchboard/kit/base64.h>
#include <switchboard/kit/batch.h>
#include <switchboard/kit/batch_csv.h>
#include <switchboard/kit/chain_state.h>
#include <switchboard/kit/connector.h>
#include <switchboard/kit/csv.h>
#include <switchboard/kit/error.h>
#include <switchboard/kit/fault.h>
#include <switchboard/kit/growth.h>
#include <switchboard/kit/hash.h>
#include <switchboard/kit/ids.h>
#include <switchboard/kit/json.h>
#include <switchboard/kit/json_text.h>
#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/list_cell.h>
#include <switchboard/kit/multipart.h>
#include <switchboard/kit/paging.h>
#include <switchboard/kit/request.h>
#include <switchboard/kit/row_bits.h>
#include <switchboard/kit/row_index.h>
#include <switchboard/kit/sandbox.h>
#include <switchboard/kit/sandbox_book.h>
#include <switchboard/kit/sandbox_limits.h>
#include <switchboard/kit/sandbox_routes.h>
#include <switchboard/kit/sandbox_server.h>
#include <switchboard/kit/saved_state.h>
#include <switchboard/kit/settings.h>
#include <switchboard/kit/text.h>
#include <switchboard/kit/time.h>
#include <switchboard/kit/url.h>
#include <switchboard/kit/vendor_clock.h>
#include <switchboard/kit/words.h>
