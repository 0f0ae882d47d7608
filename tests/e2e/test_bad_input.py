"""Every kind of bad input ends with its exit code and a sentence that says what to do; nothing is sent."""

import os
import unittest

from harness import Case, Sandbox


class BadInput(Case):
    def attempt(self, file, code, *flags, env=None, **how):
        run = self.run_program("import", file, "--to", "truedy", "--sandbox", "--state-dir", self.state, *flags, env=env,
                               code=code, **how)
        if code != 0:
            self.assertTrue(run.err.startswith("switchboard: "), run.err)
        return run

    def test_no_such_file(self):
        self.assertIn("nowhere.csv", self.attempt("nowhere.csv", 7).err)

    def test_a_directory(self):
        self.attempt(self.folder, 7)

    def test_an_empty_file(self):
        self.attempt(self.write("empty.csv", ""), 7)

    def test_a_binary_file(self):
        path = self.folder / "noise.csv"
        path.write_bytes(bytes(range(256)) * 40)
        self.attempt(path, 7)

    def test_a_header_and_no_rows(self):
        run = self.attempt(self.write("header.csv", "phone,name\n"), 0)
        self.assertIn("no rows", run.err)

    def test_a_quote_that_runs_to_the_end(self):
        run = self.attempt(self.write("quote.csv", 'phone,name\n+12125550100,"Ann\n+12125550101,Ben\n'), 7)
        self.assertIn("line 2", run.err)

    def test_no_column_for_a_required_field(self):
        run = self.attempt(self.write("names.csv", "colour,shape\nred,round\nblue,square\n"), 2)
        self.assertIn("phone", run.err)

    def test_an_unknown_connector_with_its_nearest_name(self):
        file = self.write("a.csv", "phone\n+12125550100\n")
        run = self.run_program("import", file, "--to", "truedi", "--state-dir", self.state, code=2)
        self.assertIn("truedy", run.err)

    def test_an_unknown_option_with_its_nearest_name(self):
        run = self.run_program("import", "a.csv", "--to", "truedy", "--regoin", "US", code=2)
        self.assertIn("--region", run.err)

    def test_an_unknown_setting_with_its_nearest_name(self):
        file = self.write("a.csv", "phone\n+12125550100\n")
        self.assertIn("folder_id", self.attempt(file, 2, "--set", "folder_idd=x").err)

    def test_a_missing_credential_names_the_variable(self):
        file = self.write("a.csv", "phone\n+12125550100\n")
        run = self.run_program("import", file, "--to", "truedy", "--state-dir", self.state, code=2,
                               env={"SWITCHBOARD_TRUEDY_API_KEY": None})
        self.assertIn("SWITCHBOARD_TRUEDY_API_KEY", run.err)

    def test_plain_http_to_another_machine_is_refused(self):
        file = self.write("a.csv", "phone\n+12125550100\n")
        run = self.run_program("import", file, "--to", "truedy", "--state-dir", self.state, "--base-url",
                               "http://vendor.example", code=2)
        self.assertIn("https", run.err)

    @unittest.skipIf(os.geteuid() == 0 and not os.path.exists("/proc/self"), "needs /proc")
    def test_an_unwritable_state_directory(self):
        file = self.write("a.csv", "phone\n+12125550100\n")
        run = self.run_program("import", file, "--to", "truedy", "--sandbox", "--state-dir", "/proc/nowhere", code=2)
        self.assertIn("/proc/nowhere", run.err)

    def test_an_ending_that_no_report_has(self):
        self.attempt(self.write("a.csv", "phone\n+12125550100\n"), 2, "--report", "r.pdf")

    def test_an_unknown_job(self):
        self.run_program("resume", "nope", "--state-dir", self.state, code=2)
        self.run_program("report", "nope", "--state-dir", self.state, code=2)
        self.run_program("forget", "nope", "--state-dir", self.state, code=2)

    def test_nothing_to_resume_is_fine(self):
        self.run_program("resume", "--state-dir", self.state, code=0)

    def test_a_changed_source_is_8(self):
        sandbox = Sandbox(self, "truedy")
        file = self.write("a.csv", "phone,name\n+12125550100,Ann\n")
        self.run_program("import", file, "--to", "truedy", "--base-url", sandbox.urls["truedy"], "--state-dir", self.state,
                         env={"SWITCHBOARD_TRUEDY_API_KEY": "wrong"}, code=5)
        self.write("a.csv", "phone,name\n+12125550100,Eve\n")
        self.run_program("resume", "--state-dir", self.state, code=8)


class Privacy(Case):
    def test_forget_leaves_no_byte_of_a_contact(self):
        file = self.write("a.csv", "phone,name,email\n+12125550177,Zebulon Quist,zq@example.com\n12,Zora Quist,\n")
        with open(file, encoding="utf-8") as text:
            self.run_program("import", "-", "--to", "truedy", "--sandbox", "--state-dir", self.state, stdin=text.read(), code=3)
        job = self.run_program("jobs", "--state-dir", self.state, "--output", "json", code=0).json()["jobs"][0]["job"]
        self.run_program("forget", job, "--state-dir", self.state, code=0)
        for path in self.state.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                for needle in (b"2125550177", b"Zebulon", b"Quist", b"zq@example"):
                    self.assertNotIn(needle, content, path)

    def test_our_files_are_for_their_owner_only(self):
        file = self.write("a.csv", "phone,name\n12,Zora\n")
        self.run_program("import", file, "--to", "truedy", "--sandbox", "--state-dir", self.state, "--report", "r.html", code=3)
        for path in [*self.state.rglob("*"), self.folder / "r.html", self.folder / "a.rejects.csv"]:
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)


if __name__ == "__main__":
    unittest.main()
