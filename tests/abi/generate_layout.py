#!/usr/bin/env python3
"""Writes abi_v1_N_layout.inc: sizes, offsets and values of abi.h as it was released. Never run it to make a test pass:
a released layout is frozen. A later minor gets a file of its own (abi_v1_3_layout.inc) beside these.

usage: generate_layout.py path/to/switchboard/abi.h > abi_v1_3_layout.inc
"""
import re
import subprocess
import sys
import tempfile

header = open(sys.argv[1], encoding="utf-8").read()
code = re.sub(r"/\*.*?\*/", "", header, flags=re.S)

structs = []
for match in re.finditer(r"typedef struct (\w+) \{(.*?)\} \1;", code, flags=re.S):
    members = []
    for line in match.group(2).split(";"):
        line = line.strip()
        if not line:
            continue
        function = re.search(r"\(\*(\w+)\)\(", line)
        members.append(function.group(1) if function else re.findall(r"(\w+)$", line)[0])
    structs.append((match.group(1), members))
structs = [(name, members if name != "swb_header" else ["name", "value"]) for name, members in structs]

values = []
for body in re.findall(r"enum \{(.*?)\}", code, flags=re.S):
    values += re.findall(r"(SWB_\w+) =", body)
values += re.findall(r"#define (SWB_OK|SWB_E_\w+) ", code)

program = '#include <switchboard/abi.h>\n#include <stdio.h>\nint main(void) {\n'
for name, members in structs:
    program += f'printf("SWB_LAYOUT_SIZE({name}, %zu)\\n", sizeof({name}));\n'
    for member in members:
        program += f'printf("SWB_LAYOUT_OFFSET({name}, {member}, %zu)\\n", offsetof({name}, {member}));\n'
for value in values:
    program += f'printf("SWB_LAYOUT_VALUE({value}, %d)\\n", (int){value});\n'
program += "return 0;\n}\n"

with tempfile.TemporaryDirectory() as folder:
    open(f"{folder}/layout.c", "w").write(program)
    include = sys.argv[1].rsplit("/switchboard/", 1)[0]
    subprocess.run(["cc", "-std=c11", f"-I{include}", f"{folder}/layout.c", "-o", f"{folder}/layout"], check=True)
    lines = subprocess.run([f"{folder}/layout"], check=True, capture_output=True, text=True).stdout

minor = re.search(r"#define SWB_ABI_MINOR (\d+)u", header).group(1)
print(f"/* Frozen layout of ABI 1.{minor} on LP64 (x86-64 and AArch64 Linux). Written by generate_layout.py; never edited. */")
print(lines, end="")
