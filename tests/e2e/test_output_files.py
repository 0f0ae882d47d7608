"""The files that a run writes, and the one that it reads, in the hands of somebody else at the same time."""

import re
import unittest

from harness import Case, Sandbox
from test_vendor_truedy import TruedyCase
from vendors import people


class OutputFiles(Case):
    def test_links_under_names_like_ours_lead_nowhere(self):
        file = self.write("people.csv", "phone,name\n+12125550100,Ann\n12,Eve\n")
        kept = self.write("kept", "mine")
        planted = [self.folder / name for name in ("r.json.part", ".r.json.part", "r.json.tmp", "people.rejects.csv.part")]
        for link in planted:
            link.symlink_to(kept)
        self.run_program("check", file, "--to", "truedy", "--report", "r.json", "--state-dir", self.state, code=3)
        self.assertEqual(kept.read_text(), "mine")
        for link in planted:
            self.assertTrue(link.is_symlink(), link)
        for name in ("r.json", "people.rejects.csv"):
            self.assertFalse((self.folder / name).is_symlink(), name)
            self.assertEqual((self.folder / name).stat().st_mode & 0o777, 0o600, name)
        ours = {"people.csv", "kept", "state", "r.json", "people.rejects.csv", *(link.name for link in planted)}
        self.assertEqual({path.name for path in self.folder.iterdir()}, ours)

    def test_a_link_under_the_name_of_the_rejects_file_is_followed_only_where_somebody_names_it(self):
        file = self.write("people.csv", "phone,name\n+12125550100,Ann\n12,Eve\n")
        kept = self.write("kept", "mine")
        (self.folder / "people.rejects.csv").symlink_to(kept)
        for command in ("check", "import"):
            run = self.run_program(command, file, "--to", "truedy", "--sandbox", "--state-dir", self.state, code=2)
            self.assertIn("people.rejects.csv cannot be written: it is a symbolic link", run.err)
            self.assertEqual(kept.read_text(), "mine")
        self.run_program("check", file, "--to", "truedy", "--rejects", "people.rejects.csv", "--state-dir", self.state, code=3)
        self.assertIn("12,Eve,2,phone.", kept.read_text())

    def test_what_cannot_be_written_is_told_before_anything_is_sent(self):
        file = self.people(3)
        sandbox = Sandbox(self, "truedy")
        for flag, path in (("--report", "people.csv/r.json"), ("--rejects", "people.csv/bad.csv"), ("--contacts", "people.csv/c.ndjson")):
            run = self.run_program("import", file, "--to", "truedy", "--base-url", sandbox.urls["truedy"], "--state-dir", self.state,
                                   flag, path, code=2)
            self.assertIn(path, run.err)
        self.assertFalse(sandbox.account("truedy")["contacts"])


class ASourceThatChangesLate(TruedyCase):
    """After its last byte was read, while its rows are at the vendor."""

    def changed_while_sent(self, persons, code):
        self.serve()
        file, take = self.source(persons), self.vendor.take

        def change_and_take(request):
            with open(file, "a", encoding="utf-8") as late:
                late.write("late\n")
            return take(request)

        self.vendor.take = change_and_take
        return self.bring(file, code=code)

    def test_what_was_read_is_delivered_and_reported(self):
        persons = people(8, bad_every=0)
        self.assert_account(self.changed_while_sent(persons, 0).json(), persons)

    def test_a_rejects_file_that_can_no_longer_be_made_of_it_is_said_and_the_ledger_knows_every_row(self):
        persons = people(12)
        run = self.changed_while_sent(persons, 8)
        self.assertIn("the file changed while it was read", run.err)
        self.assertFalse(list(self.folder.glob("*.rejects.*")))
        job = re.search(r"switchboard report (\S+)`", run.err)[1]
        report = self.run_program("report", job, "--state-dir", self.state, "--output", "json").json()
        self.expect(self.assert_account(report, persons), persons)


if __name__ == "__main__":
    unittest.main()
