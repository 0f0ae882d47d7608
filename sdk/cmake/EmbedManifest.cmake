# Writes a C file with the manifest's bytes and the ELF note of sdk/include/switchboard/note.h.
# Needs MANIFEST, OUTPUT, ID, VERSION, MIN_HOST_MINOR.
file(READ ${MANIFEST} hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")

file(WRITE ${OUTPUT} "/* Generated from the connector's manifest by switchboard_add_connector(). */
#include <stddef.h>
#include <switchboard/abi.h>
#include <switchboard/note.h>

#define ID \"${ID}\"
#define VERSION \"${VERSION}\"
#define PADDED(size) (((size) + 3u) & ~3u)

extern const unsigned char swb_manifest_data[];
extern const size_t swb_manifest_size;

const size_t swb_manifest_size = ${size};
/* In a section of its own, where a host reads it without running the library. */
__attribute__((section(\".switchboard.manifest\"), used)) const unsigned char swb_manifest_data[] = {
${bytes}
0};

struct note {
  uint32_t name_size;
  uint32_t desc_size;
  uint32_t type;
  char name[SWB_NOTE_OWNER_SIZE];
  swb_note_desc desc;
  char id_and_version[PADDED(sizeof(ID) + sizeof(VERSION))];
};

__attribute__((section(SWB_NOTE_SECTION), used, aligned(4))) static const struct note note = {
    SWB_NOTE_OWNER_SIZE,
    sizeof(swb_note_desc) + sizeof(ID) + sizeof(VERSION),
    SWB_NOTE_TYPE,
    SWB_NOTE_OWNER,
    {SWB_ABI_MAJOR, SWB_ABI_MINOR, ${MIN_HOST_MINOR}u, 0u},
    ID \"\\0\" VERSION};
")
