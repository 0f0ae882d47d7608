/* A whole connector in C, without the C++ kit: what the ABI asks for, and nothing else.
 *
 * Its made-up vendor takes lines of "phone TAB name" and answers 201 with "stored N". */
#include <stdio.h>
#include <string.h>
#include <switchboard/abi.h>

/* Generated from connector.json by switchboard_add_connector(). */
extern const unsigned char swb_manifest_data[];
extern const size_t swb_manifest_size;

static const swb_host *host;

/* What minor 0 gave the host's table: all that is used here. Not sizeof, so that a newer header asks for nothing newer. */
static const size_t kHostSize = offsetof(swb_host, extension) + sizeof(host->extension);

static swb_str str(const char *text) {
  swb_str out;
  out.data = text;
  out.size = strlen(text);
  return out;
}

static swb_status open_session(swb_call *call, swb_str settings_json, swb_session **out) {
  static char no_settings; /* nothing to keep: the address is the session */
  (void)call;
  (void)settings_json;
  *out = (swb_session *)&no_settings;
  return SWB_OK;
}

static void close_session(swb_session *session) { (void)session; }

static swb_status encode(swb_call *call, const swb_session *session, const swb_batch *batch, const swb_step *step) {
  swb_header content_type;
  swb_request request;
  swb_status status;
  uint32_t row;
  (void)session;
  if (step->op != SWB_IMPORT) return SWB_E_UNSUPPORTED;

  content_type.name = str("Content-Type");
  content_type.value = str("text/plain; charset=utf-8");
  memset(&request, 0, sizeof request);
  request.struct_size = sizeof request;
  request.replay = SWB_UNSAFE; /* sent twice, the vendor would store it twice */
  request.count = batch->n_rows;
  request.method = str("POST");
  request.path = str("/lines");
  request.headers = &content_type;
  request.n_headers = 1;
  status = host->put_request(call, &request);

  for (row = 0; row < batch->n_rows && status == SWB_OK; ++row) {
    const swb_str *cells = batch->cells + (size_t)row * batch->n_columns;
    status = host->put_body(call, cells[0]);
    if (status == SWB_OK) status = host->put_body(call, str("\t"));
    if (status == SWB_OK && cells[1].data != NULL) status = host->put_body(call, cells[1]);
    if (status == SWB_OK) status = host->put_body(call, str("\n"));
  }
  return status;
}

static swb_status finish_after(swb_call *call, uint64_t delay_ms, uint32_t kind, uint32_t reason, const char *code, const char *message) {
  swb_directive directive;
  memset(&directive, 0, sizeof directive);
  directive.struct_size = sizeof directive;
  directive.kind = kind;
  directive.reason = reason;
  directive.delay_ms = delay_ms;
  directive.code = str(code);
  directive.message = str(message);
  return host->put_directive(call, &directive);
}

static swb_status finish(swb_call *call, uint32_t kind, uint32_t reason, const char *code, const char *message) {
  return finish_after(call, 0, kind, reason, code, message);
}

/* Days since 1970 of a day of the Gregorian calendar, month 1 to 12. */
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
  const int64_t y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9; /* a year that begins with March */
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719469;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", the form that vendors send today, as milliseconds since 1970; -1: it is none. */
static int64_t date_ms(swb_str value) {
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec", form[] = "www, 00 www 0000 00:00:00 GMT";
  int64_t number[5] = {0, 0, 0, 0, 0}, month;
  size_t i, field = 0;
  if (value.size != sizeof form - 1) return -1;
  for (i = 0; i < value.size; ++i) {
    const char c = value.data[i];
    const int digit = c >= '0' && c <= '9';
    if (form[i] == '0' ? !digit : form[i] != 'w' && form[i] != c) return -1;
    if (!digit) continue;
    number[field] = number[field] * 10 + (c - '0');
    if (form[i + 1] != '0' && field < 4) ++field;
  }
  for (month = 0; month < 12; ++month)
    if (memcmp(months + 3 * month, value.data + 8, 3) == 0) break;
  if (month == 12) return -1;
  /* day, year, hour, minute, second */
  return (((days_of(number[1], month + 1, number[0]) * 24 + number[2]) * 60 + number[3]) * 60 + number[4]) * 1000;
}

/* Retry-After, in seconds or as a date, as milliseconds from now; 0, the host's own back-off, where it cannot be read. */
static uint64_t retry_after_ms(const swb_response *response, int64_t now_ms) {
  uint32_t i;
  for (i = 0; i < response->n_headers; ++i) { /* names come in lower case */
    const swb_str name = response->headers[i].name, value = response->headers[i].value;
    uint64_t seconds = 0;
    int64_t then_ms;
    size_t k;
    if (name.size != strlen("retry-after") || memcmp(name.data, "retry-after", name.size) != 0) continue;
    for (k = 0; k < value.size && k < 6 && value.data[k] >= '0' && value.data[k] <= '9'; ++k)
      seconds = seconds * 10 + (uint64_t)(value.data[k] - '0');
    if (k == value.size) return seconds * 1000;
    then_ms = date_ms(value);
    return then_ms > now_ms ? (uint64_t)(then_ms - now_ms) : 0;
  }
  return 0;
}

static int says_stored(swb_str body, uint32_t rows) {
  char expected[32];
  int size = snprintf(expected, sizeof expected, "stored %u", (unsigned)rows);
  return body.size == (size_t)size && memcmp(body.data, expected, body.size) == 0;
}

static swb_status decode(swb_call *call, const swb_session *session, const swb_batch *batch, const swb_step *step,
                         const swb_response *response) {
  swb_outcome outcome;
  swb_status status;
  const uint32_t http = response->http_status;
  (void)session;
  if (step->op != SWB_IMPORT) return SWB_E_UNSUPPORTED;
  if (response->transport == SWB_TRANSPORT_REFUSED) return finish(call, SWB_RETRY, 0, "refused", "no connection");
  if (http == 401) return finish(call, SWB_REAUTH, 0, "credential", "the key was not accepted");
  if (http == 402) return finish(call, SWB_ABORT, SWB_REASON_QUOTA, "quota", "the account has used up its quota");
  if (http == 403) return finish(call, SWB_ABORT, SWB_REASON_PERMISSION, "permission", "the key may not do this");
  if (http == 413) return finish(call, SWB_SHRINK, 0, "too_large", "the body is too large");
  if (http == 429) return finish_after(call, retry_after_ms(response, step->now_ms), SWB_THROTTLE, 0, "rate_limited", "too many requests");
  if (http >= 400 && http < 500 && http != 408) return finish(call, SWB_SPLIT, 0, "refused", "a line was refused");
  /* No answer, a server error, or a 200 from somebody else: the lines may be there. Never claim success here. */
  if (http != 201 || !says_stored(response->body, batch->n_rows)) {
    return finish(call, SWB_IN_DOUBT, 0, "no_proof", "the answer does not say that the lines were stored");
  }
  memset(&outcome, 0, sizeof outcome);
  outcome.struct_size = sizeof outcome;
  outcome.result = SWB_CREATED;
  for (outcome.row = 0; outcome.row < batch->n_rows; ++outcome.row) {
    status = host->put_outcome(call, &outcome);
    if (status != SWB_OK) return status;
  }
  return finish(call, SWB_DONE, 0, "", "");
}

static const void *extension(swb_str id) {
  (void)id;
  return NULL;
}

const swb_plugin *swb_entry_v1(const swb_host *given) {
  static swb_plugin table;
  if (given == NULL || given->struct_size < kHostSize) return NULL;
  host = given; /* static for the life of the process */
  table.struct_size = sizeof table;
  table.abi_minor = SWB_ABI_MINOR;
  table.manifest.data = (const char *)swb_manifest_data;
  table.manifest.size = swb_manifest_size;
  table.open = open_session;
  table.close = close_session;
  table.encode = encode;
  table.decode = decode;
  table.extension = extension;
  return &table;
}
