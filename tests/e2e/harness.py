"""What the end-to-end cases share: running the program, serving emulators, reading what they hold."""

import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.request

PROGRAM = os.environ.get("SWITCHBOARD", "switchboard")
ROOT = pathlib.Path(__file__).resolve().parents[2]
LOOK_AGAIN_S, PATIENCE_S = 0.01, 60
EXAMPLE = ROOT / "docs" / "examples" / "google-contacts.csv"

SECRETS = {
    "SWITCHBOARD_TRUEDY_API_KEY": "e2e-truedy-key-Qx71",
    "SWITCHBOARD_8X8_API_KEY": "e2e-8x8-key-Qx72",
    "SWITCHBOARD_KOREAI_CLIENT_ID": "e2e-koreai-id-Qx73",
    "SWITCHBOARD_KOREAI_CLIENT_SECRET": "e2e-koreai-secret-Qx74",
    "SWITCHBOARD_APPTOTO_USER": "e2e-apptoto-user-Qx75",
    "SWITCHBOARD_APPTOTO_API_KEY": "e2e-apptoto-key-Qx76",
    "SWITCHBOARD_GEELARK_TOKEN": "e2e-geelark-token-Qx77",
}


def wait_until(condition):
    """Fails where it does not come true in PATIENCE_S."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("waited in vain")
        time.sleep(LOOK_AGAIN_S)


class Run:
    """A finished run of the program."""

    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout
        self.err = process.stderr

    def json(self):
        return json.loads(self.out)


class Sandbox:
    """Emulators served by the program itself."""

    def __init__(self, case, *connectors, faults=(), options=(), env=None, port=0, flags=(), program=None):
        command = [program or PROGRAM, "sandbox", *connectors, *(["--port", str(port)] if port else [])]
        for fault in faults:
            command += ["--fault", fault]
        for option in options:
            command += ["--option", option]
        command += map(str, flags)
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=case.environment(env))
        self.urls = dict(self.process.stdout.readline().split() for _ in connectors)
        case.addCleanup(self.stop)

    def account(self, connector):
        with urllib.request.urlopen(self.urls[connector] + "/.sandbox/account") as answer:
            return json.load(answer)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)
        self.process.stdout.close()


class Case(unittest.TestCase):
    """A case with a directory of its own: working directory, state directory, files."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="switchboard-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.state = self.folder / "state"

    def environment(self, extra=None):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("SWITCHBOARD_", "XDG_"))}
        env.update(SECRETS, HOME=str(self.folder), NO_COLOR="1")
        env.update(extra or {})
        return {k: v for k, v in env.items() if v is not None}

    def command(self, *arguments):
        return [PROGRAM, *map(str, arguments)]

    def run_program(self, *arguments, env=None, stdin=None, code=None, timeout=120):
        process = subprocess.run(self.command(*arguments), cwd=self.folder, env=self.environment(env),
                                 input=stdin, capture_output=True, text=True, timeout=timeout)
        run = Run(process)
        if code is not None:
            self.assertEqual(run.code, code, f"{arguments}\n{run.out}\n{run.err}")
        for secret in SECRETS.values():
            self.assertNotIn(secret, run.out + run.err)
        return run

    def start_program(self, *arguments, env=None):
        process = subprocess.Popen(self.command(*arguments), cwd=self.folder, env=self.environment(env),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()

    def write(self, name, text, encoding="utf-8"):
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def people(self, count, name="people.csv"):
        """A file of valid contacts, a line each."""
        lines = ["phone,name,email,company"]
        lines += [f"+1212{5550000 + i % 10000 + 1000000 * (i // 10000)},Person {i},p{i}@example.com,Acme" for i in range(count)]
        return self.write(name, "\n".join(lines) + "\n")

    def assert_law(self, report):
        rows = dict(report["rows"])
        self.assertEqual(rows.pop("read"), sum(rows.values()), report["rows"])

    def rows_of(self, job, *flags):
        """Outcome of every row, by row number."""
        run = self.run_program("report", job, "--format", "ndjson", *flags, code=0)
        return {line["row"]: line for line in map(json.loads, run.out.splitlines())}

    @staticmethod
    def read_csv(path, encoding="utf-8"):
        with open(path, newline="", encoding=encoding) as file:
            return list(csv.DictReader(file))
