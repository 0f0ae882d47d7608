"""The program and a connector that misbehaves (tests/host/isolation/zoo.cpp): stopped by a signal or killed, it leaves nothing behind,
and its terminal stays as it was."""

import contextlib
import json
import os
import pathlib
import pty
import signal
import sqlite3
import subprocess
import time
import unittest

import harness
from harness import PATIENCE_S, Case, Sandbox, wait_until

ZOO = pathlib.Path(os.environ["SWITCHBOARD_ZOO"])
SANITIZED = bool(os.environ.get("SWITCHBOARD_SANITIZED"))  # such a program has no bound on its memory
SOON_S = 5  # long before the limits of a call, or of a check, would end it
TICKS_OF_A_LOOP = 5  # of the processor: far more than a worker takes until it is told to do something


def fields_of(pid):
    """Of /proc/PID/stat, from the state on; None where there is no such process, or it has ended and nobody has asked for it yet."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else fields


def children_of(pid):
    found = []
    for children in pathlib.Path("/proc").glob(f"{pid}/task/*/children"):
        try:
            found += map(int, children.read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def descendants_of(pid):
    children = children_of(pid)
    return children + [each for child in children for each in descendants_of(child)]


def loops(pid):
    fields = fields_of(pid)
    return fields is not None and int(fields[11]) >= TICKS_OF_A_LOOP


def was_answered(state):
    """The ledger there has a request of the running job as carried out: what kills the process now finds it polling."""
    with contextlib.closing(sqlite3.connect(f"file:{state}/switchboard.db?mode=ro", uri=True)) as ledger:
        return ledger.execute("SELECT count(*) FROM chain WHERE length(carried_out) > 0").fetchone()[0] > 0


def is_stopped(pid):
    fields = fields_of(pid)
    return fields is not None and fields[0] == "T"


class Rogues(Case):
    def zoo(self, misdeed):
        """The library with a misdeed instead of its health, in a directory of its own."""
        healthy = b"zoo: healthy\0"
        library = self.folder / "zoo" / "zoo.so"
        library.parent.mkdir(exist_ok=True)
        at = (code := ZOO.read_bytes()).index(healthy)
        word = misdeed.encode() + b"\0"
        library.write_bytes(code[:at + 5] + word + code[at + 5 + len(word):])
        return library

    def begin(self, *arguments, stdout=subprocess.PIPE):
        process = subprocess.Popen(self.command(*arguments), cwd=self.folder, env=self.environment({"SWITCHBOARD_ZOO_API_KEY": "any"}),
                                   stdout=stdout, stderr=subprocess.PIPE, start_new_session=True)
        self.addCleanup(self.end, process)
        return process

    def preview(self, misdeed, *flags, **given):
        library = self.zoo(misdeed)
        people = self.write("people.csv", "phone,name\n+12125551000,BOOM\n")
        return self.begin("preview", people, "--to", "zoo", "--connector-path", library.parent, *flags, **given)

    def expect_soon(self, process, code):
        began = time.monotonic()
        out, err = process.communicate(timeout=PATIENCE_S)
        self.assertEqual(process.returncode, code, (out, err))
        self.assertLess(time.monotonic() - began, SOON_S)
        return err

    def expect_nothing_left(self, before, processes):
        wait_until(lambda: not any(map(fields_of, processes)))
        self.assertEqual(sorted(self.folder.rglob("*")), before)


class PreviewStopped(Rogues):
    def test_a_connector_that_loops_ends_with_the_preview(self):
        for misdeed in ("encode.loop", "constructor.loop"):
            for sent, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
                with self.subTest(misdeed=misdeed, signal=sent):
                    process = self.preview(misdeed)
                    wait_until(lambda: any(map(loops, descendants_of(process.pid))))
                    before, processes = sorted(self.folder.rglob("*")), descendants_of(process.pid)
                    process.send_signal(sent)
                    self.assertEqual(self.expect_soon(process, code), b"")
                    self.expect_nothing_left(before, processes)


class WhatConnectorsWrite(Rogues):
    SENT = b"\x1b[2J\xc2\x9b31m\xe2\x80\xaeone\rtwo\n"

    def on_terminal(self, begin):
        """What a terminal is given, whose own line ends are taken out."""
        terminal, ours = pty.openpty()
        process = begin(stdout=ours)
        os.close(ours)
        shown = b""
        while True:
            try:
                read = os.read(terminal, 65536)
            except OSError:  # nobody has it open any more
                read = b""
            if not read:
                break
            shown += read
        os.close(terminal)
        self.expect_soon(process, 0)
        return shown.replace(b"\r\n", b"\n")

    def test_a_pipe_is_given_a_body_byte_by_byte_and_a_terminal_nothing_that_moves_its_cursor(self):
        out, _ = self.preview("escapes").communicate(timeout=PATIENCE_S)
        self.assertIn(self.SENT, out)
        shown = self.on_terminal(lambda stdout: self.preview("escapes", stdout=stdout))
        self.assertIn(b"one", shown)
        for moves in (b"\x1b", b"\x9b", "\u202e".encode(), b"\r"):
            self.assertNotIn(moves, shown)

    def test_so_it_is_with_the_name_of_a_file(self):
        library = self.zoo("healthy")
        library.rename(library.with_name("zoo\x1b[2J.so"))
        library.with_name("zoo\x1b[2J.so").write_bytes(b"none")
        listed = ("connectors", "--connector-path", library.parent)
        self.assertIn(b"zoo\x1b[2J.so", self.begin(*listed).communicate(timeout=PATIENCE_S)[0])
        shown = self.on_terminal(lambda stdout: self.begin(*listed, stdout=stdout))
        self.assertIn(b"[2J.so", shown)
        self.assertNotIn(b"\x1b", shown)


class Emulators(Rogues):
    def test_an_emulator_that_fails_is_told_as_what_failed(self):
        for misdeed, why in (("serve.segfault", b"crashed"), ("serve.socket", b"made the forbidden system call socket")):
            library = self.zoo(misdeed)
            people = self.write("people.csv", "phone,name\n+12125551000,Jane\n")
            process = self.begin("import", people, "--to", "zoo", "--sandbox", "--connector-path", library.parent)
            _, err = process.communicate(timeout=PATIENCE_S)
            self.assertNotEqual(process.returncode, 0)
            self.assertIn(b"Note: The emulator, which the connector brings, failed: connector failed: zoo: the sandbox's serve() " + why, err)


class Judged(Rogues):
    def check(self, misdeed, *flags):
        return self.begin("connectors", "check", "--only", "settings", self.zoo(misdeed), *flags)

    def test_nothing_of_the_checks_outlives_whoever_waits_for_them(self):
        """A kill of the program alone, and what Ctrl-C sends: to all that the terminal runs."""
        for misdeed in ("constructor.loop", "open.loop"):
            for end in (lambda pid: os.kill(pid, signal.SIGKILL), lambda pid: os.kill(pid, signal.SIGTERM), lambda pid: os.killpg(pid, signal.SIGINT)):
                with self.subTest(misdeed=misdeed):
                    process = self.check(misdeed)
                    wait_until(lambda: any(map(loops, descendants_of(process.pid))))
                    before, processes = sorted(self.folder.rglob("*")), descendants_of(process.pid)
                    self.assertGreater(len(processes), 1)
                    end(process.pid)
                    began = time.monotonic()
                    process.communicate(timeout=PATIENCE_S)
                    self.assertLess(time.monotonic() - began, SOON_S)
                    self.assertIn(process.returncode, (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT))
                    self.expect_nothing_left(before, processes)

    def test_what_stops_itself_waits_or_takes_all_memory_is_a_finding_within_the_bounds(self):
        """With bounds that a test can wait for: the judge itself has the flags."""
        judge = pathlib.Path(harness.PROGRAM).with_name("swb-conformance")
        for misdeed, check, said in (("constructor.loop", "load", "did not come to an end in time while it is loaded"),
                                     ("constructor.stop", "load", "calls tgkill|stopped the process"),
                                     ("open.stop", "settings", "calls tgkill|stopped the process"),
                                     ("constructor.10_gb_slowly", "load", "took 2.. MiB of memory, of 256 MiB that are allowed"),
                                     ("open.10_gb_slowly", "settings", "took 2.. MiB of memory, of 256 MiB that are allowed"),
                                     ("serve.10_gb_slowly", "sandbox_import", "took 2.. MiB of memory, of 256 MiB that are allowed")):
            if SANITIZED and "10_gb" in misdeed:
                continue
            with self.subTest(misdeed):
                judged = subprocess.run([judge, "--timeout", "1", "--memory", "256", "--only", check, self.zoo(misdeed)], capture_output=True, text=True,
                                        timeout=PATIENCE_S)
                self.assertEqual(judged.returncode, 1, judged.stderr)
                self.assertRegex(judged.stdout, f"FAIL  {check} .*({said})")


class SentOnce(Rogues):
    def test_a_send_that_is_polled_is_sent_once_also_by_a_resume_after_a_kill(self):
        """Asked again for what was carried out, the host asks the vendor what it has instead. Both at once: each waits for a second or two."""
        library = self.zoo("polls_a_send")
        people = self.write("people.csv", "phone,name\n" + "".join(f"+1212555100{i},BOOM\n" for i in range(5)))
        begun = []
        for isolate in ("never", "always"):
            flags = ("--connector-path", library.parent, "--isolate", isolate)
            sandbox = Sandbox(self, "zoo", flags=flags)
            flags += ("--base-url", sandbox.urls["zoo"], "--state-dir", self.folder / isolate)
            begun.append((sandbox, flags, self.begin("import", people, "--to", "zoo", *flags)))
        for sandbox, flags, process in begun:
            wait_until(lambda: sandbox.account("zoo")["lines"] and was_answered(flags[-1]))
            process.kill()
            process.communicate()
        for process in [self.begin("resume", "--output", "json", *flags) for _, flags, _ in begun]:
            out, err = process.communicate(timeout=PATIENCE_S)
            self.assertEqual(process.returncode, 0, err)
            self.assertEqual(json.loads(out)["rows"]["created"], 5)
            self.assertIn(b"connector failed: zoo: it asked once more for the request that was carried out last", out + err)
        for sandbox, _, _ in begun:
            self.assertEqual(len(sandbox.account("zoo")["lines"]), 5)


if __name__ == "__main__":
    unittest.main()
