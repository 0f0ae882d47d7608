"""Where standard output goes to nowhere: half a report must never look like a whole one."""

import os
import subprocess
import unittest

from harness import EXAMPLE, Case


class FullDisk(Case):
    def on_full_disk(self, *arguments):
        with open("/dev/full", "wb") as full:
            process = subprocess.run(self.command(*arguments), cwd=self.folder, env=self.environment(), stdout=full,
                                     stderr=subprocess.PIPE, text=True, timeout=120)
        self.assertEqual(process.returncode, 1, f"{arguments}\n{process.stderr}")
        self.assertIn("tandard output cannot be written", process.stderr, arguments)

    def test_every_command_says_that_its_output_was_lost(self):
        many = self.people(5000)
        job = self.run_program("import", EXAMPLE, "--to", "truedy", "--sandbox", "--region", "US", "--output", "json",
                               code=3).json()["job"]
        for command in (["read", many], ["inspect", many], ["map", EXAMPLE, "--to", "truedy"],
                        ["preview", EXAMPLE, "--to", "truedy"], ["jobs"], ["connectors"], ["describe", "truedy"],
                        ["describe", "truedy", "--format", "json"], ["explain"], ["explain", "phone.too_short"],
                        ["report", job], ["report", job, "--format", "html"], ["report", job, "--format", "ndjson"],
                        ["probe", "truedy", "--sandbox"], ["sandbox", "truedy"], ["connectors", "new", "acme"],
                        ["--help"], ["import", "--help"], ["--version"]):
            with self.subTest(command=command):
                self.on_full_disk(*command)

    def test_a_run_with_rejected_rows_says_so_too(self):
        self.on_full_disk("check", EXAMPLE, "--to", "truedy", "--region", "US")
        self.on_full_disk("import", EXAMPLE, "--to", "truedy", "--sandbox", "--region", "US")
        self.on_full_disk("report")
        report = self.run_program("report", "--format", "json", code=0).json()
        self.assertEqual(report["exit_code"], 3)
        self.assert_law(report)

    def test_the_scorecard_of_a_library_too(self):
        listed = self.run_program("connectors", "--output", "json", code=0).json()["connectors"]
        library = next(connector["path"] for connector in listed if connector["id"] == "truedy")
        self.on_full_disk("connectors", "check", library)

    def test_a_closed_standard_output_is_said_and_nothing_else_is_written_to(self):
        process = subprocess.run(["bash", "-c", '"$@" >&-', "-", *self.command("check", EXAMPLE, "--to", "truedy", "--region", "US")],
                                 cwd=self.folder, env=self.environment(), stderr=subprocess.PIPE, text=True, timeout=120)
        self.assertEqual(process.returncode, 1, process.stderr)
        self.assertIn("Standard output cannot be written, it is closed.", process.stderr)
        rejects = (self.folder / "google-contacts.rejects.csv").read_text()
        self.assertNotIn("Checked", rejects)

    def test_a_reader_that_has_seen_enough_ends_the_output_quietly(self):
        many = self.people(50000)
        for ignored in (False, True):
            reader, writer = os.pipe()
            process = subprocess.Popen(self.command("read", many), cwd=self.folder, env=self.environment(), stdout=writer,
                                       stderr=subprocess.PIPE, text=True, restore_signals=not ignored)
            os.close(writer)
            self.assertTrue(os.read(reader, 100).startswith(b'{"columns"'))
            os.close(reader)
            _, err = process.communicate(timeout=120)
            self.assertEqual(err, "")
            self.assertIn(process.returncode, (0,) if ignored else (0, -13))


if __name__ == "__main__":
    unittest.main()
