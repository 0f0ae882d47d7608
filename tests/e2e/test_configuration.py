"""Whose configuration counts: the user's own files, and what the directory one stands in may say."""

import unittest

from harness import EXAMPLE, Case


class ForeignDirectory(Case):
    """A directory that was unpacked or shared, with a switchboard.yaml that somebody else wrote."""

    def setUp(self):
        super().setUp()
        self.trap = self.folder / "ran"

    def refuses(self, config, what, *arguments):
        self.write("switchboard.yaml", config)
        run = self.run_program(*(arguments or ("check", EXAMPLE, "--to", "truedy", "--region", "US")), code=2)
        self.assertIn("switchboard.yaml, line", run.err)
        self.assertIn(what, run.err)
        self.assertIn("--config", run.err, "what to do is said")
        return run

    def test_a_directory_does_not_say_where_connectors_come_from(self):
        self.refuses("defaults:\n  connector-path: ./evil\n", '"connector-path"')
        self.refuses("profiles:\n  x:\n    connector-path: [./evil]\n", '"connector-path"')

    def test_a_directory_does_not_say_where_contacts_go(self):
        for key, value in (("base-url", "http://127.0.0.1:9"), ("ca-file", "./ca.pem")):
            self.refuses(f"defaults:\n  {key}: {value}\n", f'"{key}"')
            self.refuses(f"profiles:\n  x:\n    connector: truedy\n    {key}: {value}\n", f'"{key}"')

    def test_a_directory_does_not_bring_the_ledger_along(self):
        self.refuses("defaults:\n  state-dir: ./state\n", '"state-dir"', "resume")
        self.refuses("defaults:\n  ledger: sqlite:./state\n", '"ledger"', "resume")

    def test_a_directory_does_not_run_commands(self):
        self.refuses(f"profiles:\n  x:\n    connector: truedy\n    secrets: {{api_key: 'cmd:touch {self.trap}'}}\n",
                     "cmd:COMMAND", "import", EXAMPLE, "--to", "truedy", "--profile", "x")
        self.assertFalse(self.trap.exists())

    def test_a_directory_does_not_have_files_outside_of_it_replaced(self):
        victim = self.folder.parent / (self.folder.name + "-victim.txt")
        victim.write_text("mine")
        self.addCleanup(victim.unlink)
        (self.folder / "door").symlink_to(self.folder.parent)
        for key in ("rejects", "contacts", "report"):
            for path in (victim, f"../{victim.name}", f"door/{victim.name}"):
                self.refuses(f"defaults:\n  {key}: {path}\n", f'"{key}"')
        self.assertEqual(victim.read_text(), "mine")
        self.write("switchboard.yaml", "defaults:\n  rejects: wrong.csv\n")
        self.run_program("check", EXAMPLE, "--to", "truedy", "--region", "US", code=3)
        self.assertTrue((self.folder / "wrong.csv").exists())

    def test_a_directory_does_not_choose_the_account_in_silence(self):
        self.write("key", "somebody-elses-key")
        self.write("switchboard.yaml", "defaults: {profile: x}\n"
                                       "profiles:\n  x: {connector: truedy, secrets: {api_key: 'file:key'}}\n")
        run = self.run_program("check", EXAMPLE, "--to", "truedy", "--region", "US", code=2)
        self.assertIn("--profile x", run.err)
        self.run_program("check", EXAMPLE, "--profile", "x", "--region", "US", code=3)

    def test_a_directory_does_not_say_the_host_in_a_setting_either(self):
        needs = {"bot_id": "st-1", "account_id": "0123456789abcdef01234567"}
        command = ("check", EXAMPLE, "--to", "koreai", "--region", "US", "--set", "salutation=Ms")
        everything = [part for key, value in needs.items() for part in ("--set", f"{key}={value}")]
        self.write("switchboard.yaml", "profiles:\n  x: {connector: koreai, settings: {host: evil.example}}\n")
        run = self.run_program(*command, *everything, "--profile", "x", code=2)
        self.assertIn("setting host", run.err)
        self.assertIn("--config", run.err)
        self.run_program(*command, *everything, "--profile", "x", "--config", "switchboard.yaml", code=3)
        self.write("switchboard.yaml", "defaults:\n  set: {host: evil.example, bot_id: st-1}\n")
        self.assertIn("setting host", self.run_program("check", EXAMPLE, "--to", "koreai", code=2).err)

    def test_the_same_file_counts_where_the_user_names_it(self):
        (self.folder / "evil").mkdir()
        self.write("switchboard.yaml", "defaults:\n  connector-path: ./evil\n  state-dir: ./jobs-here\n")
        for config in ("switchboard.yaml", self.folder / "switchboard.yaml"):
            run = self.run_program("import", EXAMPLE, "--to", "truedy", "--sandbox", "--region", "US", "--config", config, code=3)
            self.assertTrue((self.folder / "jobs-here" / "switchboard.db").exists(), run.err)

    def test_the_users_own_file_may_say_everything(self):
        own = self.folder / ".config" / "switchboard"
        own.mkdir(parents=True)
        (own / "config.yaml").write_text("defaults:\n  state-dir: ./mine\n  base-url: truedy=http://127.0.0.1:9\n")
        self.run_program("check", EXAMPLE, "--to", "truedy", "--region", "US", code=3)
        self.assertTrue((self.folder / "mine").exists())


class UnreadableHome(Case):
    def test_a_home_that_cannot_be_looked_into_is_said_and_not_called_a_defect(self):
        (self.folder / "loop").symlink_to("loop")
        run = self.run_program("jobs", env={"HOME": str(self.folder / "loop")}, code=2)
        self.assertNotIn("defect", run.err)
        self.assertIn("config.yaml", run.err)
        self.assertIn("XDG_CONFIG_HOME", run.err)
        run = self.run_program("jobs", env={"HOME": str(self.folder / "loop"), "XDG_CONFIG_HOME": str(self.folder)})
        self.assertNotEqual(run.code, 0)
        self.assertNotIn("defect", run.err)
        self.assertIn(str(self.folder / "loop"), run.err)


class OneWordOneMeaning(Case):
    def test_the_format_of_the_file_is_not_the_format_of_the_report(self):
        job = self.run_program("import", EXAMPLE, "--to", "truedy", "--sandbox", "--region", "US", "--output", "json",
                               code=3).json()["job"]
        env = {"SWITCHBOARD_FORMAT": "csv"}
        self.assertIn("116", self.run_program("report", job, env=env, code=0).out)
        self.assertIn("Truedy", self.run_program("describe", "truedy", env=env, code=0).out)
        self.write("switchboard.yaml", "defaults:\n  format: csv\n  report-format: json\n  describe-format: markdown\n")
        self.assertEqual(self.run_program("report", job, code=0).json()["job"], job)
        self.assertIn("# Truedy", self.run_program("describe", "truedy", code=0).out)
        self.run_program("inspect", EXAMPLE, code=0)
        env = {"SWITCHBOARD_REPORT_FORMAT": "html"}
        self.assertIn("<!DOCTYPE html>", self.run_program("report", job, env=env, code=0).out)
        self.run_program("inspect", EXAMPLE, env=env, code=0)

    def test_output_as_json_holds_for_all_commands(self):
        env = {"SWITCHBOARD_OUTPUT": "json"}
        self.run_program("describe", "truedy", env=env, code=0).json()
        job = self.run_program("import", EXAMPLE, "--to", "truedy", "--sandbox", "--region", "US", env=env, code=3).json()["job"]
        self.assertEqual(self.run_program("report", env=env, code=0).json()["job"], job)
        run = self.run_program("jobs", env={"SWITCHBOARD_OUTPUT": "html"}, code=2)
        self.assertIn("SWITCHBOARD_REPORT_FORMAT", run.err)


if __name__ == "__main__":
    unittest.main()
