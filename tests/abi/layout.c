/* Compiled as C11 … C17 and C++11 … C++20: the header is legal there, and its layout is the released one. */
#include <switchboard/abi.h>
#include <switchboard/note.h>

#ifdef __cplusplus
#define ASSERT_THAT(condition, text) static_assert(condition, text)
#else
#define ASSERT_THAT(condition, text) _Static_assert(condition, text)
#endif

/* A later minor may let a struct grow at its tail. */
#define SWB_LAYOUT_SIZE(type, size) ASSERT_THAT(sizeof(type) >= (size), "size of " #type);
#define SWB_LAYOUT_OFFSET(type, member, at) \
  ASSERT_THAT(offsetof(type, member) == (at), "offset of " #type "." #member);
#define SWB_LAYOUT_VALUE(name, value) ASSERT_THAT((name) == (value), "value of " #name);

#include "abi_v1_0_layout.inc"
#include "abi_v1_1_layout.inc"
#include "abi_v1_2_layout.inc"

/* The least sizes are the released ones for good, however the structs grow. */
ASSERT_THAT(SWB_BATCH_SIZE_1_0 == 40 && SWB_STEP_SIZE_1_0 == 56 && SWB_STEP_SIZE_1_1 == 64 && SWB_STEP_SIZE_1_2 == 80, "least sizes");
ASSERT_THAT(SWB_RESPONSE_SIZE_1_0 == 56 && SWB_REQUEST_SIZE_1_0 == 120 && SWB_OUTCOME_SIZE_1_0 == 80, "least sizes");
ASSERT_THAT(SWB_DIRECTIVE_SIZE_1_0 == 72 && SWB_LOG_SIZE_1_0 == 56, "least sizes");
ASSERT_THAT(SWB_HOST_SIZE_1_0 == 136 && SWB_PLUGIN_SIZE_1_0 == 72 && SWB_SANDBOX_SIZE_1_0 == 40, "least sizes");

ASSERT_THAT(sizeof(swb_str) == 16 && sizeof(swb_header) == 32, "elements of arrays never grow");
ASSERT_THAT(SWB_ABI_MAJOR == 1u, "another major is another header");
ASSERT_THAT(sizeof(SWB_ENTRY_SYMBOL) == sizeof("swb_entry_v1"), "the entry's name carries the major");
ASSERT_THAT(sizeof(swb_note_desc) == 16, "the note's fixed part");
ASSERT_THAT(sizeof(SWB_NOTE_OWNER) == SWB_NOTE_OWNER_SIZE, "the note's owner");

/* The header can be included twice and used from a function of either language. */
#include <switchboard/abi.h>

static const swb_plugin *entry(const swb_host *host) {
  (void)host;
  return NULL;
}

int main(void) {
  swb_entry_fn function = entry;
  return function(NULL) == NULL ? 0 : 1;
}
