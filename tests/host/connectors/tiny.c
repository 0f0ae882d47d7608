/* The smallest complete connector, in C: each row goes out as a line of text. Its setting "do" makes it
 * misbehave in one way; the TINY_* macros make variants that are wrong before anything is called. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <switchboard/abi.h>
#include <switchboard/note.h>

#ifndef TINY_ENTRY
#define TINY_ENTRY swb_entry_v1
#endif
#ifndef TINY_TABLE
#define TINY_TABLE &table
#endif
#ifndef TINY_STRUCT_SIZE
#define TINY_STRUCT_SIZE sizeof(swb_plugin)
#endif
#ifndef TINY_TABLE_MIN_HOST
#define TINY_TABLE_MIN_HOST 0
#endif
#ifndef TINY_FLAGS
#define TINY_FLAGS 0
#endif
#ifndef TINY_DECODE
#define TINY_DECODE decode
#endif
#ifndef TINY_MANIFEST_SIZE
#define TINY_MANIFEST_SIZE (sizeof kManifest - 1)
#endif
#ifndef TINY_SANDBOX
#define TINY_SANDBOX &sandbox
#endif
#ifndef TINY_SANDBOX_SIZE
#define TINY_SANDBOX_SIZE sizeof(swb_sandbox)
#endif
#ifndef TINY_NOTE_MAJOR
#define TINY_NOTE_MAJOR SWB_ABI_MAJOR
#endif
#ifndef TINY_NOTE_MIN_HOST
#define TINY_NOTE_MIN_HOST 0
#endif
#ifndef TINY_NOTE_ID
#define TINY_NOTE_ID "tiny"
#endif
#ifndef TINY_NOTE_VERSION
#define TINY_NOTE_VERSION "1.2.3"
#endif

#ifndef TINY_NO_NOTE
struct note {
  uint32_t name_size, desc_size, type;
  char name[SWB_NOTE_OWNER_SIZE];
  swb_note_desc desc;
  char id_and_version[(sizeof(TINY_NOTE_ID) + sizeof(TINY_NOTE_VERSION) + 3) & ~3u];
};
__attribute__((section(SWB_NOTE_SECTION), used, aligned(4))) static const struct note kNote = {
    SWB_NOTE_OWNER_SIZE,
    sizeof(swb_note_desc) + sizeof(TINY_NOTE_ID) + sizeof(TINY_NOTE_VERSION),
    SWB_NOTE_TYPE,
    SWB_NOTE_OWNER,
    {TINY_NOTE_MAJOR, SWB_ABI_MINOR, TINY_NOTE_MIN_HOST, 0},
    TINY_NOTE_ID "\0" TINY_NOTE_VERSION};
#endif

static const char kManifest[] =
    "{\"id\": \"tiny\", \"name\": \"Tiny\", \"version\": \"1.2.3\", \"abi\": 1,"
    " \"promise\": {\"all_or_nothing\": \"no\", \"row_results\": \"each\", \"resumable\": \"exact\","
    "               \"reimport_effect\": \"unchanged\"},"
    " \"base_urls\": [{\"name\": \"default\", \"url\": \"https://tiny.example\", \"source\": \"assumed\"}],"
    " \"settings\": [{\"name\": \"do\", \"type\": \"text\", \"help\": \"What to do wrong.\", \"source\": "
    "\"assumed\"}],"
    " \"fields\": [{\"name\": \"phone\", \"type\": \"phone\", \"meaning\": \"phone\", \"source\": "
    "\"assumed\"},"
    "              {\"name\": \"name\", \"type\": \"text\", \"meaning\": \"full_name\", \"source\": "
    "\"assumed\"}],"
    " \"limits\": {\"records_per_request\": 10, \"body_bytes\": 1024, \"in_flight\": 2,"
    "              \"rates\": [{\"requests\": 10, \"per_ms\": 1000, \"bucket\": \"slow\"}]},"
    " \"auth\": [{\"id\": \"key\", \"kind\": \"bearer\", \"token\": \"api_key\","
    "            \"secrets\": [{\"name\": \"api_key\", \"help\": \"Any.\"}]}],"
    " \"operations\": [\"import\", \"reconcile\", \"probe\", \"discover\"]}";

static const swb_host* host;

#ifdef TINY_THROWS
void throw_something(void);
#endif

struct swb_session {
  char what[64];
};
struct swb_account {
  uint32_t requests;
};

static swb_call* stale_call;

#define STR(text) ((swb_str){(text), sizeof(text) - 1})
#define DOES(word) (strcmp(session->what, word) == 0)

static int contains(swb_str text, const char* word) {
  size_t size = strlen(word);
  for (size_t i = 0; i + size <= text.size; ++i)
    if (memcmp(text.data + i, word, size) == 0) return 1;
  return 0;
}

struct errand {
  swb_call* call;
  swb_request* request;
};

static void* put_elsewhere(void* argument) {
  struct errand* errand = argument;
  host->put_request(errand->call, errand->request);
  return NULL;
}

static swb_status open_session(swb_call* call, swb_str settings, swb_session** out) {
  if (contains(settings, "bad_setting")) {
    host->fail(call, STR("do"), STR("is not something that can be done"));
    return SWB_E_CONFIG;
  }
  if (contains(settings, "no_session")) return SWB_OK;
  if (contains(settings, "outcome_in_open")) host->put_outcome(call, NULL);
  swb_session* session = calloc(1, sizeof *session);
  /* {"do": "word"} */
  const char* begin = NULL;
  for (size_t i = 0, quotes = 0; i < settings.size; ++i) {
    if (settings.data[i] != '"') continue;
    if (++quotes == 3) begin = settings.data + i + 1;
    if (quotes == 4 && settings.data + i - begin < 63)
      memcpy(session->what, begin, settings.data + i - begin);
  }
  *out = session;
  return SWB_OK;
}

static void close_session(swb_session* session) { free(session); }

static swb_request good_request(const swb_batch* batch) {
  swb_request request;
  memset(&request, 0, sizeof request);
  request.struct_size = sizeof request;
  request.replay = SWB_KEYED;
  request.count = batch->n_rows;
  request.method = STR("POST");
  request.path = STR("/contacts?dry=0");
  request.tag = 42;
  return request;
}

static swb_status encode(swb_call* call, const swb_session* session, const swb_batch* batch,
                         const swb_step* step) {
  static const swb_header kBadHeaders[] = {{{"X-Note", 6}, {"a\r\nHost: evil", 13}},
                                           {{"Authorization", 13}, {"Bearer x", 8}},
                                           {{"X Note", 6}, {"a", 1}},
                                           {{"content-LENGTH", 14}, {"1", 1}},
                                           {{"X-Null", 6}, {NULL, 5}}};
  swb_request request = good_request(batch);
  if (DOES("nothing")) return SWB_OK;
  if (DOES("fails")) {
    host->fail(call, STR("phone"), STR("cannot be\nsent"));
    return SWB_E_INPUT;
  }
  if (DOES("fails_silently")) return SWB_E_INTERNAL;
  if (DOES("positive_status")) return 7;
  if (DOES("null_request")) return host->put_request(call, NULL);
  if (DOES("small_request")) request.struct_size = 8;
  if (DOES("huge_struct")) request.struct_size = 1u << 31;
  if (DOES("unknown_replay")) request.replay = 3;
  if (DOES("lower_case_method")) request.method = STR("post");
  if (DOES("relative_path")) request.path = STR("contacts");
  if (DOES("path_with_blank")) request.path = STR("/con tacts");
  if (DOES("unknown_auth")) request.auth = STR("master");
  if (DOES("unknown_bucket")) request.bucket = STR("fast");
  if (DOES("known_bucket")) request.bucket = STR("slow");
  if (DOES("rows_out_of_range")) request.count = batch->n_rows + 1;
  if (DOES("rows_overflow")) request.first = 1, request.count = 0xffffffffu;
  if (DOES("leaves_rows_out")) request.count = batch->n_rows - 1;
  if (DOES("header_0")) request.headers = kBadHeaders + 0, request.n_headers = 1;
  if (DOES("header_1")) request.headers = kBadHeaders + 1, request.n_headers = 1;
  if (DOES("header_2")) request.headers = kBadHeaders + 2, request.n_headers = 1;
  if (DOES("header_3")) request.headers = kBadHeaders + 3, request.n_headers = 1;
  if (DOES("header_4")) request.headers = kBadHeaders + 4, request.n_headers = 1;
  if (DOES("headers_without_data")) request.n_headers = 3;
  if (DOES("million_headers")) request.headers = kBadHeaders, request.n_headers = 1000000;
  if (DOES("outcome_in_encode")) {
    swb_outcome outcome = {.struct_size = sizeof outcome, .row = 0, .result = SWB_CREATED};
    host->put_outcome(call, &outcome);
  }
  if (DOES("body_first")) return host->put_body(call, STR("x"));
  if (DOES("from_another_thread")) {
    struct errand errand = {call, &request};
    pthread_t thread;
    pthread_create(&thread, NULL, put_elsewhere, &errand);
    pthread_join(thread, NULL);
  }
#ifdef TINY_THROWS
  if (DOES("throws")) throw_something();
#endif
  if (DOES("keeps_the_call")) stale_call = call;
  if (DOES("uses_a_kept_call")) host->put_request(stale_call, &request);
  if (DOES("swallows_an_error")) {
    swb_request wrong = request;
    wrong.method = STR("no");
    host->put_request(call, &wrong);
  }
  if (DOES("logs")) {
    static const swb_header kValues[] = {{{"rows", 4}, {"2", 1}}};
    swb_log line = {.struct_size = sizeof line,
                    .level = SWB_LOG_WARNING,
                    .n_values = 1,
                    .message = STR("two rows left out")};
    line.values = kValues;
    if (host->log_enabled(call, SWB_LOG_WARNING)) host->log(call, &line);
  }
  if (DOES("looks_for_cancel") && host->cancelled(call)) return SWB_E_CANCELLED;
  if (DOES("two_requests") || DOES("overlap") || DOES("gap")) {
    uint32_t half = batch->n_rows / 2;
    request.count = half;
    host->put_request(call, &request);
    request.first = DOES("overlap") ? half - 1 : DOES("gap") ? half + 1 : half;
    request.count = batch->n_rows - request.first;
    request.tag = 43;
  }
  if (DOES("empty_second")) {
    host->put_request(call, &request);
    request.count = 0;
  }
  if (DOES("greedy")) {
    size_t got = 0;
    while (got < 5000 && host->scratch(call, 1 << 20, 16) != NULL) ++got;
    if (got != 256) host->fail(call, STR(""), STR("the cap is not where it should be"));
    return got == 256 ? SWB_E_LIMIT : SWB_E_INTERNAL;
  }
  if (DOES("odd_alignment") && host->scratch(call, 8, 3) != NULL) return SWB_E_INTERNAL;
  if (DOES("endless")) {
    while (host->put_request(call, &request) == SWB_OK) {
    }
    return SWB_OK;
  }
  swb_status status = host->put_request(call, &request);
  if (status != SWB_OK && !DOES("endless")) return status;
  if (DOES("bloats")) {
    char* block = host->scratch(call, 1 << 20, 1);
    memset(block, 'x', 1 << 20);
    for (int i = 0; i < 300; ++i) host->put_body(call, (swb_str){block, 1 << 20});
    return SWB_OK;
  }
  for (uint32_t r = 0; r < batch->n_rows; ++r) {
    host->put_body(call, batch->row_ids[r]);
    for (uint32_t c = 0; c < batch->n_columns; ++c) {
      swb_str cell = batch->cells[r * batch->n_columns + c];
      host->put_body(call, STR("|"));
      host->put_body(call, cell.data ? cell : STR("-"));
    }
    host->put_body(call, STR("\n"));
  }
  (void)step;
  return SWB_OK;
}

static swb_status decode(swb_call* call, const swb_session* session, const swb_batch* batch,
                         const swb_step* step, const swb_response* response) {
  swb_directive directive = {.struct_size = sizeof directive, .kind = SWB_DONE};
  for (uint32_t i = 0; i < response->n_headers; ++i)
    if (contains(response->headers[i].name, "cookie")) return SWB_E_INTERNAL;
  if (response->http_status == 500) return SWB_E_RESPONSE;
  for (uint32_t r = 0; r < batch->n_rows; ++r) {
    swb_outcome outcome = {.struct_size = sizeof outcome,
                           .row = r,
                           .result = SWB_CREATED,
                           .vendor_id = STR("id-1"),
                           .code = STR("Some Code!"),
                           .field = STR("phone"),
                           .message = STR("said \xff\x01 \xe2\x82\xac")};
    if (DOES("row_out_of_range")) outcome.row = batch->n_rows;
    if (DOES("same_row_twice")) outcome.row = 0;
    if (DOES("unknown_result")) outcome.result = 9;
    if (DOES("result_zero")) outcome.result = 0;
    if (DOES("absent_in_import")) outcome.result = SWB_ABSENT;
    if (DOES("id_not_utf8")) outcome.vendor_id = STR("\xff");
    if (DOES("unknown_field")) outcome.field = STR("contacts[0].phone");
    if (DOES("message_without_data")) outcome.message = (swb_str){NULL, 3};
    host->put_outcome(call, &outcome);
  }
  if (DOES("no_directive")) return SWB_OK;
  if (DOES("two_directives")) host->put_directive(call, &directive);
  if (DOES("unknown_directive")) directive.kind = 11;
  if (DOES("unknown_reason")) directive.kind = SWB_ABORT, directive.reason = 99;
  if (DOES("stray_reason")) directive.reason = SWB_REASON_QUOTA;
  if (DOES("for_ever")) directive.delay_ms = ~(uint64_t)0;
  if (DOES("next_for_ever")) directive.kind = SWB_NEXT, directive.delay_ms = ~(uint64_t)0;
  if (DOES("poll_for_ever")) directive.kind = SWB_POLL, directive.delay_ms = 2764800001;
  if (DOES("large_state")) {
    size_t size = (1u << 20) + 1;
    char* block = host->scratch(call, size, 1);
    memset(block, 's', size);
    directive.state = (swb_str){block, size};
  }
  if (DOES("empty_state")) directive.state = STR("");
  if (step->op == SWB_DISCOVER || DOES("items_in_import"))
    host->put_item(call, STR("group"), STR("7"), STR("Friends"));
  return host->put_directive(call, &directive);
}

static swb_status open_account(swb_call* call, swb_str options, swb_account** out) {
  (void)call, (void)options;
  *out = calloc(1, sizeof **out);
  return SWB_OK;
}
static void close_account(swb_account* account) { free(account); }

static swb_status serve(swb_call* call, swb_account* account, const swb_request* request, int64_t now_ms) {
  static const swb_header kHeaders[] = {{{"Content-Type", 12}, {"text/plain", 10}},
                                        {{"Content-Length", 14}, {"9", 1}}};
  swb_response response = {
      .struct_size = sizeof response, .http_status = 201, .headers = kHeaders, .n_headers = 2};
  (void)now_ms;
  ++account->requests;
  if (contains(request->path, "/silent")) return SWB_OK;
  if (contains(request->path, "/status-0")) response.http_status = 0;
  swb_status status = host->put_response(call, &response);
  if (contains(request->path, "/twice")) status = host->put_response(call, &response);
  if (status != SWB_OK) return status;
  return host->put_body(call, request->body);
}

static swb_status dump(swb_call* call, swb_account* account) {
  char text[] = "{\"requests\": 0}";
  text[13] = (char)('0' + account->requests);
  return host->put_body(call, STR(text));
}

static const swb_sandbox sandbox = {TINY_SANDBOX_SIZE, 0, open_account, close_account, serve, dump};

static const void* extension(swb_str id) {
  const void* found = TINY_SANDBOX;
  return id.size == strlen(SWB_EXT_SANDBOX) && memcmp(id.data, SWB_EXT_SANDBOX, id.size) == 0 ? found : NULL;
}

static swb_plugin table;

SWB_EXPORT const swb_plugin* TINY_ENTRY(const swb_host* theirs) {
  host = theirs;
  table = (swb_plugin){.struct_size = TINY_STRUCT_SIZE,
                       .min_host_minor = TINY_TABLE_MIN_HOST,
                       .flags = TINY_FLAGS,
                       .manifest = {kManifest, TINY_MANIFEST_SIZE},
                       .open = open_session,
                       .close = close_session,
                       .encode = encode,
                       .decode = TINY_DECODE,
                       .extension = extension};
  return TINY_TABLE;
}
