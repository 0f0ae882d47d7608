"""Jobs as people stop them and go on with them: from another directory, with a key of the terminal, before anything ran."""

import json
import os
import pathlib
import shlex
import shutil
import signal
import socket
import subprocess
import unittest

from harness import PATIENCE_S, PROGRAM, SECRETS, Case, Sandbox, wait_until


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_alive(pid):
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class ResumeFromAnywhere(Case):
    def run_in(self, place, *command, code, env=None):
        process = subprocess.run(command, cwd=place, env=self.environment(env), capture_output=True, text=True, timeout=900)
        self.assertEqual(process.returncode, code, process.stdout + process.stderr)
        return process

    def test_the_command_that_is_printed_works_from_any_directory_whatever_the_job_was_begun_with(self):
        here, elsewhere, port = self.folder / "here", self.folder / "elsewhere", free_port()
        for place in (here, elsewhere, here / "own", here / "out"):
            place.mkdir(parents=True)
        # A program without connectors beside it: the job needs its --connector-path.
        listed = json.loads(self.run_program("connectors", "--output", "json", code=0).out)["connectors"]
        shutil.copy(next(c["path"] for c in listed if c["id"] == "truedy"), here / "own")
        program = self.folder / "bin" / "switchboard"
        program.parent.mkdir()
        shutil.copy(PROGRAM, program)
        (here / "people.csv").write_text("phone,alias\n+12125550001,Old Name\n+12125550002,Never\n+12125550001,New Name\n12,Bad\n"
                                         "+12125550003,Third\n")
        (here / "no.txt").write_text("+12125550002\n")
        (here / "map.yaml").write_text("connector: truedy\nfields:\n  phone: phone\n  name: alias\n")
        (here / "c.yaml").write_text("profiles:\n  acme:\n    connector: truedy\n    secrets:\n      api_key: env:ACME_KEY\n")
        # A certificate of its own: a fresh machine has none.
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=ca.test", "-days", "2", "-keyout", here / "key.pem",
                        "-out", here / "ca.pem"], check=True, capture_output=True)
        env = {"SWITCHBOARD_TRUEDY_API_KEY": None, "ACME_KEY": SECRETS["SWITCHBOARD_TRUEDY_API_KEY"]}

        begun = self.run_in(here, program, "import", "people.csv", "--config", "c.yaml", "--profile", "acme", "--map", "map.yaml",
                            "--connector-path", "own", "--duplicates", "last", "--rejects", "out/r.csv", "--contacts",
                            "out/c.ndjson", "--report", "out/r.json", "--suppress", "no.txt", "--ca-file", "ca.pem", "--base-url",
                            f"http://127.0.0.1:{port}", "--state-dir", "../state", "--output", "json", code=6, env=env)
        report = json.loads(begun.stdout)
        self.assert_law(report)
        self.assertEqual(report["files"]["rejects"], "out/r.csv")
        (here / "out" / "r.csv").unlink()

        sandbox = Sandbox(self, "truedy", port=port)
        command = shlex.split(report["resume"])
        self.assertEqual(command[0], "switchboard")
        resumed = self.run_in(elsewhere, program, *command[1:], "--output", "json", code=3, env=env)
        report = json.loads(resumed.stdout)
        self.assert_law(report)
        self.assertEqual(report["rows"]["rejected"], 1)
        self.assertEqual(report["rows"]["skipped"], 2)
        self.assertEqual(report["rows"]["pending"] + report["rows"]["failed"], 0)
        self.assertEqual(json.loads((here / "out" / "r.json").read_text())["state"], "finished")
        self.assertIn("Bad", (here / "out" / "r.csv").read_text())
        self.assertEqual(list(elsewhere.iterdir()), [])
        lines = [json.loads(line) for line in (here / "out" / "c.ndjson").read_text().splitlines()]
        self.assertEqual({line["row"] for line in lines}, {3, 5})
        account = json.dumps(sandbox.account("truedy"))
        self.assertIn("New Name", account)
        self.assertNotIn("Old Name", account)
        self.assertNotIn("12125550002", account)

    def test_a_resume_adds_to_the_file_of_the_contacts(self):
        self.people(5)
        port = free_port()
        begun = self.run_program("import", "people.csv", "--to", "truedy", "--base-url", f"http://127.0.0.1:{port}", "--contacts",
                                 "c.ndjson", "--output", "json", code=6)
        Sandbox(self, "truedy", port=port)
        self.run_program("resume", begun.json()["job"], code=0)
        rows = [json.loads(line)["row"] for line in (self.folder / "c.ndjson").read_text().splitlines()]
        self.assertEqual(set(rows), {1, 2, 3, 4, 5})


class StoppedBeforeAnythingRan(Case):
    def expect_stopped(self, process, sent, code):
        process.send_signal(sent)
        out, err = process.communicate(timeout=PATIENCE_S)
        self.assertEqual(process.returncode, code, out + err)

    def test_standard_input_that_does_not_end_is_given_up_and_no_copy_is_left(self):
        spool = self.folder / ".local/state/switchboard/spool"
        for command in (["import", "-", "--to", "truedy", "--sandbox"], ["check", "-", "--to", "truedy"],
                        ["preview", "-", "--to", "truedy"], ["map", "-", "--to", "truedy"], ["inspect", "-"], ["read", "-"]):
            for sent, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
                with self.subTest(command=command, signal=sent):
                    process = subprocess.Popen(self.command(*command), cwd=self.folder, env=self.environment(), text=True,
                                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                    self.addCleanup(self.end, process)
                    process.stdin.write("phone\n+12125551000\n")
                    process.stdin.flush()
                    wait_until(lambda: spool.exists() and any(file.stat().st_size for file in spool.iterdir()))
                    process.send_signal(sent)
                    process.wait(PATIENCE_S)
                    self.assertEqual(process.returncode, code, process.stderr.read())
                    self.assertEqual(list(spool.iterdir()), [])
        self.assertEqual(self.run_program("jobs", "--output", "json", code=0).json()["jobs"], [])

    def test_a_command_that_brings_a_secret_ends_with_us(self):
        self.people(1)
        config = self.write("c.yaml", "profiles: {acme: {connector: truedy, secrets: {api_key: \"cmd:sh -c 'echo $$ > pid; sleep "
                                      "1000; true'; true\"}}}\n")
        for sent, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            pid = self.folder / "pid"
            process = self.start_program("import", "people.csv", "--config", config, "--profile", "acme")
            wait_until(lambda: pid.exists() and pid.read_text().endswith("\n"))
            self.expect_stopped(process, sent, code)
            child = int(pid.read_text())
            wait_until(lambda: not is_alive(child))
            pid.unlink()
        self.assertEqual(self.run_program("jobs", "--output", "json", code=0).json()["jobs"], [])


class WithSandbox(Case):
    def test_an_emulator_of_the_commands_own_is_shown_and_gets_no_real_secret(self):
        self.people(1)
        preview = self.run_program("preview", "people.csv", "--to", "truedy", "--sandbox", "--output", "json", code=0).json()
        self.assertRegex(preview["requests"][0]["url"], r"^http://127\.0\.0\.1:\d+/")
        # The credential of the environment is not used at all: it need not even be there.
        self.run_program("import", "people.csv", "--to", "truedy", "--sandbox", code=0,
                         env={"SWITCHBOARD_TRUEDY_API_KEY": None})

    def test_a_misspelt_variable_is_named(self):
        self.people(1)
        run = self.run_program("inspect", "people.csv", code=0, env={"SWITCHBOARD_ENCODIGN": "UTF-8"})
        self.assertIn("SWITCHBOARD_ENCODING", run.err)


if __name__ == "__main__":
    unittest.main()
