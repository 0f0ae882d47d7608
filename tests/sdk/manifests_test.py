#!/usr/bin/env python3
"""Validates connector manifests against the schema; members that the schema does not know are failures here.

The reference, MANIFEST.md in the folder above the schema's, is held to the schema too: it names every member, and its
examples are valid.

usage: manifests_test.py SCHEMA MANIFEST…
"""
import copy
import json
import pathlib
import re
import sys

import jsonschema

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def strict(schema):
    """The schema with every object closed that lists its properties and does not open itself."""
    if isinstance(schema, dict):
        closed = {key: strict(value) for key, value in schema.items()}
        lists_members = "properties" in closed and closed.get("type") == "object"
        if lists_members and "additionalProperties" not in closed:
            closed["additionalProperties"] = False
        return closed
    if isinstance(schema, list):
        return [strict(entry) for entry in schema]
    return copy.copy(schema)


def members(schema, root):
    """Names of the properties in a schema, at any depth and behind references."""
    if isinstance(schema, list):
        return set().union(*(members(entry, root) for entry in schema))
    if not isinstance(schema, dict):
        return set()
    names = set(schema.get("properties", {}))
    if "$ref" in schema:
        names |= members(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    return names.union(*(members(value, root) for value in schema.values()))


def undocumented(schema, text):
    """Names that the reference does not have in backticks where they belong: in the section whose heading names the
    manifest's own member, or before all sections."""
    common, *sections = re.split(r"^## ", FENCE.sub("", text), flags=re.MULTILINE)
    for name, value in schema["properties"].items():
        section = next((s for s in sections if f"`{name}`" in s.splitlines()[0]), None)
        if section is None:
            yield f"no section for `{name}`"
            continue
        for member in sorted(members(value, schema)):
            if f"`{member}`" not in common + section:
                yield f"no `{member}` in the section of `{name}`"


def examples(text):
    """The manifest that the reference begins with, and again with each of the fragments that follow."""
    whole, *fragments = [json.loads(body) for language, body in FENCE.findall(text) if language == "json"]
    return [whole] + [{**whole, **fragment} for fragment in fragments]


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(strict(schema))
    reference = pathlib.Path(sys.argv[1]).parent.parent / "MANIFEST.md"
    text = reference.read_text(encoding="utf-8")
    documents = [(f"{reference}, example {number}", example) for number, example in enumerate(examples(text), 1)]
    for path in sys.argv[2:]:
        manifest = open(path, encoding="utf-8").read().replace("@NAME@", "acme").replace("@TITLE@", "Acme")
        documents.append((path, json.loads(manifest)))
    problems = 0
    for path, document in documents:
        for error in validator.iter_errors(document):
            where = ".".join(str(step) for step in error.absolute_path)
            print(f"{path}: {where}: {error.message[:200]}")
            problems += 1
    for problem in undocumented(schema, text):
        print(f"{reference}: {problem}")
        problems += 1
    print(f"{len(sys.argv) - 2} manifests, {problems} problems")
    return 1 if problems or len(sys.argv) < 3 else 0


sys.exit(main())
