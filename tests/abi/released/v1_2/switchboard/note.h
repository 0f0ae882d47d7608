/* The ELF note that names a connector without running any of its code. C11 and C++11.
 *
 * Section .note.switchboard, in a PT_NOTE segment (4-byte aligned, little or big endian as the file is):
 *
 *   u32 namesz = 12   u32 descsz   u32 type = 1
 *   "Switchboard\0"
 *   desc: u32 abi_major, abi_minor, min_host_minor, reserved = 0; id "\0" version "\0"; padded with zeros to 4 bytes
 *
 * Section .switchboard.manifest, read-only data: the manifest's bytes, the very ones that swb_plugin.manifest shows, perhaps
 * with a zero byte at the end. Optional: a host that finds it need not run the library to know its settings, fields and limits.
 *
 * switchboard_add_connector() writes both; a connector in another language writes the same bytes. */
#ifndef SWITCHBOARD_NOTE_H
#define SWITCHBOARD_NOTE_H

#include <stdint.h>

#define SWB_NOTE_SECTION ".note.switchboard"
#define SWB_MANIFEST_SECTION ".switchboard.manifest"
#define SWB_NOTE_OWNER "Switchboard"
#define SWB_NOTE_OWNER_SIZE 12u
#define SWB_NOTE_TYPE 1u

/* The fixed part of the description; "id\0version\0" follows. */
typedef struct swb_note_desc {
  uint32_t abi_major;
  uint32_t abi_minor;
  uint32_t min_host_minor;
  uint32_t reserved;
} swb_note_desc;

#endif
