#!/usr/bin/env python3
"""Validates connector manifests against the schema; members that the schema does not know are failures here.

usage: manifests_test.py SCHEMA MANIFEST…
"""
import copy
import json
import sys

import jsonschema


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


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(strict(schema))
    problems = 0
    for path in sys.argv[2:]:
        text = open(path, encoding="utf-8").read().replace("@NAME@", "acme").replace("@TITLE@", "Acme")
        for error in validator.iter_errors(json.loads(text)):
            where = ".".join(str(step) for step in error.absolute_path)
            print(f"{path}: {where}: {error.message[:200]}")
            problems += 1
    print(f"{len(sys.argv) - 2} manifests, {problems} problems")
    return 1 if problems or len(sys.argv) < 3 else 0


sys.exit(main())
