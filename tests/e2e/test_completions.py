"""What the program says of itself to shells and to man."""

import pathlib
import shlex
import shutil
import subprocess
import unittest

from harness import PROGRAM, Case


class Completions(Case):
    def completed(self, *words):
        """What bash offers for the last word."""
        self.run_program("completions", "bash", code=0)
        script = (f"PATH={shlex.quote(str(pathlib.Path(PROGRAM).parent))}:$PATH; source <(switchboard completions bash); "
                  f"COMP_WORDS=({' '.join(map(shlex.quote, ('switchboard', *words)))}); COMP_CWORD={len(words)}; "
                  "_switchboard; printf '%s\\n' \"${COMPREPLY[@]}\"")
        done = subprocess.run(["bash", "--norc", "-c", script], cwd=self.folder, env=self.environment(), capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.split()

    def test_bash_completes_commands_options_choices_and_connectors(self):
        self.assertEqual(self.completed("im"), ["import"])
        self.assertEqual(self.completed("import", "--dup"), ["--duplicates"])
        self.assertEqual(self.completed("import", "--duplicates", "m"), ["merge"])
        self.assertEqual(self.completed("import", "a.csv", "--to", "tr"), ["truedy"])
        self.assertEqual(self.completed("describe", "geel"), ["geelark"])
        self.assertEqual(self.completed("connectors", "ch"), ["check"])
        self.assertEqual(self.completed("import", "cont"), [])  # files: bash's own completion

    def test_scripts_for_other_shells_name_every_command(self):
        for shell in ("zsh", "fish"):
            script = self.run_program("completions", shell, code=0).out
            for command in ("import", "check", "preview", "resume", "connectors", "doctor"):
                self.assertIn(command, script)
            self.assertIn("duplicates", script)
            if shutil.which(shell):
                self.assertEqual(subprocess.run([shell, "-n"], input=script, text=True, capture_output=True, timeout=60).returncode, 0)
        self.assertIn("zsh", self.run_program("completions", "bsh", code=2).err)

    def test_the_manual_page_is_one_that_man_can_read(self):
        page = self.run_program("manual", code=0).out
        self.assertTrue(page.startswith(".TH SWITCHBOARD 1"))
        self.assertIn("\\-\\-ignore\\-consent", page)
        self.assertIn("some outcomes unknown", page)
        if shutil.which("groff"):
            done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-K", "utf8"], input=page, text=True, capture_output=True, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
