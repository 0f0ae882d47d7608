/* Switchboard connector ABI, major 1, minor 2.
 *
 * A connector is a shared library that exports one symbol, swb_entry_v1. Host and connector exchange two static
 * tables of functions through it; everything else is data. This header is the whole contract: it is C11 and
 * C++11, needs nothing but the two headers below, and never changes in a way that breaks what was built against
 * an earlier minor of the same major. sdk/ABI.md says what is promised and how that is proved.
 *
 * Reading order: the rules, the values, the tables at the end.
 *
 *   Borrow only   Every pointer, either way, is valid until the call that passed it returns. Nobody frees the
 *                 other's memory. Results travel through the host's put_*() sinks, which copy at once.
 *   Pure          A connector does no input or output, starts no thread, reads no clock, environment, locale or
 *                 file and keeps no mutable global. The same arguments give the same sink calls, byte for byte.
 *   No escape     No exception, panic, longjmp or exit crosses this boundary. Failure is a swb_status.
 *   Growth        A struct that starts with struct_size may grow at its tail in a later minor. The writer sets
 *                 struct_size to its own sizeof; the reader copies min(struct_size, own sizeof) bytes into a
 *                 zeroed struct of its own. Too small is what is below SWB_…_SIZE_1_0, never below sizeof. A value of an enumeration that the reader does not know is an error
 *                 of the writer, never a success. Reserved members are 0.
 *   Threads       [any]: the host may call it from several threads at once, also for one session.
 *                 [excl]: the host calls it from one thread at a time for one object.
 */
#ifndef SWITCHBOARD_ABI_H
#define SWITCHBOARD_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SWB_ABI_MAJOR 1u
#define SWB_ABI_MINOR 2u

/* The exported symbol. Its name carries the major, so that a host can offer two majors and a library serve two. */
#define SWB_ENTRY_SYMBOL "swb_entry_v1"

/* UTF-8 text or plain bytes. data == NULL: absent. data != NULL with size 0: present and empty. Frozen. */
typedef struct swb_str {
  const char *data;
  size_t size;
} swb_str;

/* A name and a value: an HTTP header, or a key of a log line. Frozen. */
typedef struct swb_header {
  swb_str name;
  swb_str value;
} swb_header;

typedef struct swb_call swb_call;       /* the host's context of one call; dies with the call */
typedef struct swb_session swb_session; /* the connector's parsed settings; immutable after open() */
typedef struct swb_account swb_account; /* a sandbox's account: what the emulated vendor holds */

typedef int32_t swb_status;
#define SWB_OK 0
#define SWB_E_CONFIG (-1)      /* a setting is wrong; fail() says which */
#define SWB_E_INPUT (-2)       /* the batch or the step cannot be encoded */
#define SWB_E_RESPONSE (-3)    /* the vendor's answer makes no sense; the host treats the request as in doubt */
#define SWB_E_LIMIT (-4)       /* a sink or the connector ran into a limit (size, number of calls, memory) */
#define SWB_E_CANCELLED (-5)   /* cancelled() was non-zero and the connector gave up */
#define SWB_E_UNSUPPORTED (-6) /* this operation is not offered */
#define SWB_E_INTERNAL (-7)    /* a defect of the connector, e.g. an exception that the kit caught */

/* ---- What the host hands in --------------------------------------------------------------------------------- */

/* Contacts, as a dense table: cell (r, c) is cells[r * n_columns + c].
 * Columns 0 .. n_fields-1 are the manifest's fields, in the manifest's order; columns n_fields .. n_columns-1 are
 * custom columns, named by the user. A cell of a text-like field holds text (already normalised); a cell of an
 * int, number, boolean or list field holds one valid JSON value, so that it may be pasted into a JSON body.
 * An absent cell: the contact has no value there. */
typedef struct swb_batch {
  uint32_t struct_size;
  uint32_t n_rows; /* 1 or more where the operation is about rows, 0 where it is not (SWB_PROBE, SWB_DISCOVER) */
  uint32_t n_columns;
  uint32_t n_fields;
  const swb_str *columns; /* n_columns names */
  const swb_str *cells;   /* n_rows * n_columns */
  const swb_str *row_ids; /* n_rows ids, no other row's of whatever job, stable across retries and restarts; [A-Za-z0-9-] */
} swb_batch;

/* swb_step.op. One mechanism for everything that talks to the vendor. */
enum {
  SWB_IMPORT = 0,    /* send the batch */
  SWB_RECONCILE = 1, /* ask the vendor which of the batch's rows it has (after a request whose fate is unknown). The rows are
                      * those of one chain, or some of them. The question begins at step 0 with no state of its own; what the
                      * import knew is in import_state (since minor 2) */
  SWB_PROBE = 2,     /* check the credential with the cheapest harmless request; the batch has no rows */
  SWB_DISCOVER = 3   /* list what only the account knows (folders, groups, …) with put_item(); no rows */
};

/* Where a chain stands. A chain is the sequence of requests that one set of rows needs: upload, poll, fetch. */
typedef struct swb_step {
  uint32_t struct_size;
  uint32_t op;
  uint32_t step;     /* 0 for the first request of a chain; + 1 after each NEXT */
  uint32_t attempt;  /* 0 for the first try of this step; + 1 after each RETRY, POLL does not count */
  int64_t now_ms;    /* milliseconds since 1970-01-01 UTC: the only clock that a connector has */
  swb_str state;     /* what the chain's last directive carried; empty at step 0; kept in the ledger, <= 1 MiB */
  swb_str chain_id;  /* [a-z0-9-], <= 64 bytes; stable across retries and restarts, and no other chain's, of whatever job:
                      * idempotency keys, file names, boundaries, tags */
  int64_t job_ms;    /* since minor 1: when the job began, as now_ms; earlier runs of it count. 0: no job, or a host of minor 0 */
  swb_str import_state; /* since minor 2, RECONCILE: the state of the import that it asks about, as the request whose fate is
                         * unknown was given it; of the very rows of this batch, in their order. Absent: it had none, it is not
                         * known, the rows are not all of its rows any more, or the host is older. So it is help, never needed */
} swb_step;

/* swb_response.transport: why there is no HTTP status. */
enum {
  SWB_TRANSPORT_OK = 0,
  SWB_TRANSPORT_REFUSED = 1, /* no connection: nothing was sent */
  SWB_TRANSPORT_TLS = 2,     /* the peer could not be verified: nothing was sent */
  SWB_TRANSPORT_TIMEOUT = 3, /* sent at least in part; no (complete) answer in time */
  SWB_TRANSPORT_CUT = 4,     /* sent at least in part; the connection ended before a complete answer */
  SWB_TRANSPORT_TOO_LARGE = 5 /* the answer is larger than the host accepts */
};

typedef struct swb_response {
  uint32_t struct_size;
  uint32_t http_status; /* 100..599; 0: none came, see transport */
  uint32_t transport;
  uint32_t n_headers;
  const swb_header *headers; /* names in lower case; credentials and cookies are removed */
  swb_str body;
  uint64_t tag;       /* swb_request.tag of the request that this answers */
  int64_t elapsed_ms; /* from the first byte sent to the last byte received */
} swb_response;

/* ---- What the connector puts out ---------------------------------------------------------------------------- */

/* swb_request.replay: may this very request be sent again when no answer came? */
enum {
  SWB_UNSAFE = 0, /* no: it could be carried out twice. The host reconciles first */
  SWB_SAFE = 1,   /* yes: it changes nothing, or the same thing again */
  SWB_KEYED = 2   /* yes: the vendor recognises the key (idempotency key, upsert by id) that it carries */
};

typedef struct swb_request {
  uint32_t struct_size;
  uint32_t replay;
  uint32_t first; /* the rows that this request carries: [first, first + count) of the batch */
  uint32_t count;
  swb_str method; /* upper case */
  swb_str path;   /* below the base URL, starting with '/', query included; or a URL on a host that the manifest declares */
  swb_str auth;   /* id in the manifest's auth list; empty: its first entry; "none": no credential */
  swb_str bucket; /* name of the rate-limit bucket; empty: the default one */
  const swb_header *headers; /* no credential, no Host, no Content-Length: those are the host's */
  uint32_t n_headers;
  uint32_t reserved0;
  swb_str body; /* or absent, with put_body() calls after put_request() */
  uint64_t tag; /* comes back in the response */
} swb_request;

/* swb_outcome.result: the fate of one row. */
enum {
  SWB_ACCEPTED = 1,  /* the vendor took it and does not say which of the next three */
  SWB_CREATED = 2,
  SWB_UPDATED = 3,
  SWB_UNCHANGED = 4, /* the vendor already had it */
  SWB_REJECTED = 5,  /* the vendor refused this row: final */
  SWB_UNKNOWN = 6,   /* nobody can say; reported to the user as such */
  SWB_ABSENT = 7,    /* RECONCILE only: the vendor does not have it, so it may be sent again */
  SWB_RESEND = 8     /* this row was certainly not stored and may be sent again (in a new chain) */
};

typedef struct swb_outcome {
  uint32_t struct_size;
  uint32_t row; /* index in the batch */
  uint32_t result;
  uint32_t reserved0;
  swb_str vendor_id; /* the vendor's id of the contact, in UTF-8; absent where it gives none. A vendor that has no other may use
                      * the phone or e-mail address as its id: only here may it stand */
  swb_str code;      /* the vendor's or connector's stable code, lower-case words joined by '_' or '.' */
  swb_str field;     /* manifest field to blame; absent: the row */
  swb_str message;   /* for people: what the vendor said. No whole contact */
} swb_outcome;

/* swb_directive.kind: what the host does next with the chain. */
enum {
  SWB_DONE = 1,     /* every row of the chain has its outcome (from this or an earlier step) */
  SWB_NEXT = 2,     /* encode() again with step + 1 and this state (after delay_ms) */
  SWB_POLL = 3,     /* the same step again after delay_ms, with this state */
  SWB_RETRY = 4,    /* certainly not carried out; the same step again, attempt + 1, after back-off (or delay_ms) */
  SWB_THROTTLE = 5, /* certainly not carried out; the whole bucket waits delay_ms, then the same step again */
  SWB_SPLIT = 6,    /* refused as a whole for some row in it; a single row is rejected with code and message */
  SWB_SHRINK = 7,   /* too large; nothing was stored; smaller requests from here on */
  SWB_REAUTH = 8,   /* the credential was not accepted; the host renews it once, then stops the job */
  SWB_IN_DOUBT = 9, /* may or may not have been carried out */
  SWB_ABORT = 10    /* stop the job; reason says why. The chain's rows without outcome were not stored (of a later step,
                     * and not for a setting: nothing is said of them) */
};

/* swb_directive.reason, with ABORT. */
enum {
  SWB_REASON_NONE = 0,
  SWB_REASON_CREDENTIAL = 1,  /* the vendor refuses the credential */
  SWB_REASON_PERMISSION = 2,  /* the credential may not do this */
  SWB_REASON_QUOTA = 3,       /* quota, credit or plan is spent */
  SWB_REASON_UNAVAILABLE = 4, /* the vendor is down or closed for maintenance */
  SWB_REASON_SETTING = 5      /* a setting names something that does not exist (folder, phone, group, …) */
};

typedef struct swb_directive {
  uint32_t struct_size;
  uint32_t kind;
  uint32_t reason;
  uint32_t reserved0;
  uint64_t delay_ms; /* 0: the host's own back-off or the manifest's poll interval */
  swb_str state;     /* the chain's new state; absent: unchanged */
  swb_str code;      /* the vendor's code, as in swb_outcome; for SPLIT, ABORT, RETRY, THROTTLE, IN_DOUBT */
  swb_str message;   /* for people */
} swb_directive;

/* Log levels. */
enum { SWB_LOG_DEBUG = 0, SWB_LOG_INFO = 1, SWB_LOG_WARNING = 2, SWB_LOG_ERROR = 3 };

typedef struct swb_log {
  uint32_t struct_size;
  uint32_t level;
  uint32_t line;
  uint32_t n_values;
  swb_str file;
  swb_str message;
  const swb_header *values; /* never contact data, never a secret */
} swb_log;

/* ---- The tables --------------------------------------------------------------------------------------------- */

/* Host -> connector. Static: valid as long as the process. Every function is [any], but only during the call whose
 * swb_call it is given. A sink returns SWB_OK, or an error that the connector returns from its own call at once. */
typedef struct swb_host {
  uint32_t struct_size;
  uint32_t abi_minor;
  swb_str name;
  swb_str version;
  uint32_t (*log_enabled)(swb_call *, uint32_t level);
  void (*log)(swb_call *, const swb_log *);
  void *(*scratch)(swb_call *, size_t size, size_t align); /* freed when the call returns; NULL: no memory left */
  uint32_t (*cancelled)(swb_call *);                       /* non-zero: the user wants to stop */
  void (*fail)(swb_call *, swb_str setting_or_field, swb_str message); /* the reason behind a negative status */
  swb_status (*put_request)(swb_call *, const swb_request *); /* encode(): 1..n; two or more only at step 0 of IMPORT. Then
                                                                 each is a chain of its own over its rows, and these bytes
                                                                 are not sent: encode() is called again for each chain, with
                                                                 its rows alone and its own chain_id */
  swb_status (*put_body)(swb_call *, swb_str chunk);          /* appends to the last request, response or dump */
  swb_status (*put_outcome)(swb_call *, const swb_outcome *); /* decode(): at most once a row and call */
  swb_status (*put_directive)(swb_call *, const swb_directive *);         /* decode(): exactly once */
  swb_status (*put_item)(swb_call *, swb_str kind, swb_str id, swb_str label); /* decode() of DISCOVER */
  swb_status (*put_response)(swb_call *, const swb_response *);           /* sandbox serve(): exactly once */
  const void *(*extension)(swb_str id);
} swb_host;

/* Connector -> host. Static. */
typedef struct swb_plugin {
  uint32_t struct_size;
  uint32_t abi_minor;      /* of the header that it was built against */
  uint32_t min_host_minor; /* the oldest host that it works with; 0 unless it calls something newer */
  uint32_t flags;          /* 0 */
  swb_str manifest;        /* UTF-8 JSON, see sdk/schema/manifest.schema.json */

  /* [any] Parses settings (one JSON object: the manifest's settings with defaults applied). Sets *out on SWB_OK. */
  swb_status (*open)(swb_call *, swb_str settings_json, swb_session **out);
  /* [excl] */
  void (*close)(swb_session *);
  /* [any] What to send: put_request() at least once. */
  swb_status (*encode)(swb_call *, const swb_session *, const swb_batch *, const swb_step *);
  /* [any] What an answer means: put_outcome() for rows that now have one, put_directive() once. The batch holds
   * exactly the chain's rows: after a step 0 that put several requests, those of the request that is answered. */
  swb_status (*decode)(swb_call *, const swb_session *, const swb_batch *, const swb_step *, const swb_response *);
  /* [any] A static table for "name/revision", or NULL. */
  const void *(*extension)(swb_str id);
} swb_plugin;

/* The vendor's emulator. The host owns sockets, clock and faults; the emulator is a pure state machine.
 * A request header "x-switchboard-fault: STATUS" asks it to answer with that status in the vendor's own error shape
 * and to change nothing. */
#define SWB_EXT_SANDBOX "switchboard.sandbox/1"
typedef struct swb_sandbox {
  uint32_t struct_size;
  uint32_t reserved0;
  /* [any] An empty account. options: {"base_url": URL, "secrets": {name: value}, "options": {switch: value}}. */
  swb_status (*open)(swb_call *, swb_str options_json, swb_account **out);
  void (*close)(swb_account *);
  /* [excl] One request; path is what followed the origin. Exactly one put_response(). */
  swb_status (*serve)(swb_call *, swb_account *, const swb_request *, int64_t now_ms);
  /* [excl] What the account holds, as one JSON object, through put_body(). */
  swb_status (*dump)(swb_call *, swb_account *);
} swb_sandbox;

/* ---- Sizes -------------------------------------------------------------------------------------------------- */

/* What the structs had when they were released: a reader that refuses a struct_size compares it with these, never with
 * sizeof, which grows and would refuse everybody who was built before. A member of a later minor is there where struct_size
 * reaches to its end: SWB_STEP_SIZE_1_1 for job_ms, SWB_STEP_SIZE_1_2 for import_state. */
#define SWB_SIZE_THROUGH(type, member) (offsetof(type, member) + sizeof(((type *)0)->member))
#define SWB_BATCH_SIZE_1_0 SWB_SIZE_THROUGH(swb_batch, row_ids)
#define SWB_STEP_SIZE_1_0 SWB_SIZE_THROUGH(swb_step, chain_id)
#define SWB_STEP_SIZE_1_1 SWB_SIZE_THROUGH(swb_step, job_ms)
#define SWB_STEP_SIZE_1_2 SWB_SIZE_THROUGH(swb_step, import_state)
#define SWB_RESPONSE_SIZE_1_0 SWB_SIZE_THROUGH(swb_response, elapsed_ms)
#define SWB_REQUEST_SIZE_1_0 SWB_SIZE_THROUGH(swb_request, tag)
#define SWB_OUTCOME_SIZE_1_0 SWB_SIZE_THROUGH(swb_outcome, message)
#define SWB_DIRECTIVE_SIZE_1_0 SWB_SIZE_THROUGH(swb_directive, message)
#define SWB_LOG_SIZE_1_0 SWB_SIZE_THROUGH(swb_log, values)
#define SWB_HOST_SIZE_1_0 SWB_SIZE_THROUGH(swb_host, extension)
#define SWB_PLUGIN_SIZE_1_0 SWB_SIZE_THROUGH(swb_plugin, extension)
#define SWB_SANDBOX_SIZE_1_0 SWB_SIZE_THROUGH(swb_sandbox, dump)

/* The one exported symbol. Returns NULL if it cannot work with this host. */
#if defined(__GNUC__)
#define SWB_EXPORT __attribute__((visibility("default")))
#else
#define SWB_EXPORT
#endif
typedef const swb_plugin *(*swb_entry_fn)(const swb_host *);
SWB_EXPORT const swb_plugin *swb_entry_v1(const swb_host *host);

#ifdef __cplusplus
}
#endif

#endif
