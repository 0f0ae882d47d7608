#!/usr/bin/env python3
"""adopt_test.py SWITCHBOARD: what `connectors new` makes is taken in among those that ship with what tests/rules asks of them."""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def run(*command, cwd, code=0):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != code:
        sys.exit(f"{command}: exit code {done.returncode} instead of {code}\n{done.stdout}{done.stderr}")
    return done


with tempfile.TemporaryDirectory() as work:
    work = pathlib.Path(work)
    plugins = work / "plugins"
    plugins.mkdir()
    run(pathlib.Path(sys.argv[1]).resolve(), "connectors", "new", "acme", cwd=work)
    run(HERE / "adopt_connector.py", "acme", "--into", plugins, cwd=work)
    for file in ("CMakeLists.txt", "README.md", "connector.json", "connector.h", "connector.cpp", "request.cpp", "response.cpp", "sandbox.cpp", "test/cases.cpp"):
        if not (plugins / "acme" / file).is_file():
            sys.exit(f"{file} is missing")
    run(HERE / "connector_readme.py", "--check", plugins / "acme", cwd=work)
    if "switchboard_connector_test(acme)" not in (plugins / "acme/CMakeLists.txt").read_text(encoding="utf-8"):
        sys.exit("its tests are not built")
    again = run(HERE / "adopt_connector.py", "acme", "--into", plugins, cwd=work, code=1)
    if "is there already" not in again.stderr:
        sys.exit(again.stderr)
    (work / "empty").mkdir()
    run(HERE / "adopt_connector.py", "empty", "--into", plugins, cwd=work, code=1)
