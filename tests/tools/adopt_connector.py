#!/usr/bin/env python3
"""Takes a connector in among those that ship.

    tests/tools/adopt_connector.py acme          the folder that `switchboard connectors new acme` made

Copies it to plugins/acme and adds what ships with the others: its own tests (test/cases.cpp, with one to begin with) and the
generated tables of its README.md. The build finds it by its CMakeLists.txt.
"""

import argparse
import json
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True
import connector_readme  # noqa: E402  (beside this file)

TITLES = {"settings": "Settings", "fields": "Fields", "rules": "Rules", "limits": "Limits", "auth": "Credentials", "sandbox": "Sandbox"}
SAMPLES = {"phone": "+14155552671", "email": "ann@example.org", "date": "2026-04-12", "int": "1", "number": "1.5", "boolean": "true", "list": "[]"}

CASES = """#include <doctest/doctest.h>
#include <switchboard/conformance/fixture.h>
#include <switchboard/kit/kit.h>

using namespace switchboard::conformance;

namespace {{

const std::string kDir = CONNECTOR_TEST_DIR;

}}  // namespace

TEST_SUITE("requests") {{
  TEST_CASE("a contact becomes the vendor's request") {{
    const Fixture connector(CONNECTOR_LIBRARY, R"({settings})");
    const Request request = connector.encode(connector.contacts({{{{{fields}}}}}));
    CHECK(as_text(request) == golden(kDir + "/golden/import.txt", as_text(request)));
  }}
}}
"""


def cases(manifest):
    wanted = [field for field in manifest["fields"] if field.get("required")] or manifest["fields"][:1]
    pairs = ", ".join(f'{{"{field["name"]}", "{SAMPLES.get(field.get("type"), "Ann")}"}}' for field in wanted)
    # The host fills in the defaults; in a test the settings are all that there is.
    settings = {setting["name"]: setting.get("default", (setting.get("enum") or ["1"])[0])
                for setting in manifest.get("settings", []) if "default" in setting or setting.get("required")}
    return CASES.format(fields=pairs, settings=json.dumps(settings))


def adopt(folder, into):
    name = folder.resolve().name
    target = into / name
    if not (folder / "connector.json").is_file():
        return f"{folder} has no connector.json; give a folder that `switchboard connectors new` made"
    if target.exists():
        return f"{target} is there already; give the connector another name, or move that one away"
    manifest = json.loads((folder / "connector.json").read_text(encoding="utf-8"))
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("build"))
    if not (target / "test/cases.cpp").exists():
        (target / "test/golden").mkdir(parents=True, exist_ok=True)
        (target / "test/cases.cpp").write_text(cases(manifest), encoding="utf-8")
    cmake = (target / "CMakeLists.txt").read_text(encoding="utf-8")
    if "switchboard_connector_test" not in cmake:
        cmake += f"if(COMMAND switchboard_connector_test)\n  switchboard_connector_test({name})\nendif()\n"
        (target / "CMakeLists.txt").write_text(cmake, encoding="utf-8")
    readme = (target / "README.md").read_text(encoding="utf-8")
    for section in TITLES:
        if section in connector_readme.required_sections(manifest) and f"<!-- generated: {section} -->" not in readme:
            readme += f"\n## {TITLES[section]}\n\n<!-- generated: {section} -->\n<!-- /generated -->\n"
    (target / "README.md").write_text(readme, encoding="utf-8")
    filled, _, problems = connector_readme.render(target)
    if problems:
        shutil.rmtree(target)
        return f"{target}/README.md: {'; '.join(problems)}"
    (target / "README.md").write_text(filled, encoding="utf-8")
    return None


def main():
    parser = argparse.ArgumentParser(description="Takes a connector in among those that ship.")
    parser.add_argument("folder", type=pathlib.Path, help="a folder that `switchboard connectors new` made")
    parser.add_argument("--into", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "plugins", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    trouble = adopt(arguments.folder, arguments.into)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    name = arguments.folder.resolve().name
    print(f"{arguments.into / name} is one of those that ship. Build, then write test/golden/ with\n"
          f"  SWITCHBOARD_UPDATE_GOLDEN=1 ctest --test-dir build/dev -R connector_{name}\nand look at what was written. {arguments.folder} may go.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
