"""--people each: every person of a row is a contact of its own, and the row counts once."""

import collections
import json
import unittest

from emulators.apptoto import Apptoto
from harness import SECRETS
from vendors import Vendor, by


class People(Vendor):
    connector = "apptoto"
    emulator = Apptoto
    settings = {"address_book_id": "123"}
    secrets = {"user": SECRETS["SWITCHBOARD_APPTOTO_USER"], "api_key": SECRETS["SWITCHBOARD_APPTOTO_API_KEY"]}
    header = "Guest 1 Name,Guest 1 Phone,Guest 2 Name,Guest 2 Phone\n"

    def couples(self, count):
        rows = [f"A{i} Lee,+1415555{2000 + 2 * i},B{i} Lee,+1415555{2001 + 2 * i}\n" for i in range(count)]
        return self.write("couples.csv", self.header + "".join(rows))

    def held(self):
        return by(list(self.vendor.contacts), lambda c: c["phone_numbers"][0]["normalized"])

    def stored(self):
        """How often each number is stored."""
        return collections.Counter(c["phone_numbers"][0]["normalized"] for c in self.vendor.contacts)

    def ndjson(self):
        run = self.run_program("report", "--format", "ndjson", "--state-dir", self.state, code=0)
        return {line["row"]: line for line in map(json.loads, run.out.splitlines())}

    def test_reports_name_each_person_and_count_the_row_once(self):
        self.serve()
        file = self.write("list.csv", self.header + "Ann Lee,+14155552671,Ben Lee,12\nCy Moe,+14155552673,,\nDi Foo,+14155552674,Ed Foo,+14155552675\n")
        report = self.bring(file, "--people", "each", "--contacts", "sent.ndjson", "--report", "r.html", "--report", "r.txt", code=3).json()
        self.assert_law(report)
        self.assertEqual((report["rows"]["read"], report["rows"]["created"], report["rows"]["rejected"]), (3, 2, 1))
        self.assertEqual((report["contacts"]["read"], report["contacts"]["created"]), (5, 4))
        self.assertEqual(report["reasons"][0]["rows"], ["1b"])
        lines = self.ndjson()
        self.assertEqual({row: line["outcome"] for row, line in lines.items()},
                         {"1a": "created", "1b": "rejected", 2: "created", "3a": "created", "3b": "created"})
        sent = [json.loads(line) for line in (self.folder / "sent.ndjson").read_text().splitlines()]
        self.assertEqual([line["row"] for line in sent], ["1a", 2, "3a", "3b"])
        self.assertIn("row 1b", (self.folder / "r.txt").read_text())
        self.assertIn("row 1b", (self.folder / "r.html").read_text())
        self.assertEqual({c["name"] for c in self.vendor.contacts}, {"Ann Lee", "Cy Moe", "Di Foo", "Ed Foo"})

    def test_the_rejects_file_has_the_row_once_and_importing_it_corrected_doubles_nobody(self):
        self.serve()
        file = self.write("list.csv", self.header + "Ann Lee,+14155552671,Ben Lee,12\n")
        self.bring(file, "--people", "each", code=3)
        rejects = self.read_csv(self.folder / "list.rejects.csv")
        self.assertEqual(len(rejects), 1)
        self.assertEqual((rejects[0]["_row"], rejects[0]["_code"]), ("1b/2", "phone.too_short"))
        self.assertIn("1b: ", rejects[0]["_message"])
        self.assertIn("1a was sent already", rejects[0]["_message"])
        path = self.folder / "list.rejects.csv"
        path.write_text(path.read_text().replace(",12,", ",+14155552672,"))
        report = self.bring(path, "--people", "each", code=0).json()
        self.assert_law(report)
        self.assertEqual(report["rows"]["created"], 1)
        self.assertEqual(self.stored(), {"+14155552671": 1, "+14155552672": 1})
        self.assertEqual({row: line["outcome"] for row, line in self.ndjson().items()}, {1: "created"})

    def test_the_rejects_of_a_rejects_file_still_leave_out_who_was_sent(self):
        self.serve()
        file = self.write("list.csv", self.header + "Ann Lee,+14155552671,Ben Lee,12\n")
        self.bring(file, "--people", "each", code=3)
        path = self.folder / "list.rejects.csv"
        path.write_text(path.read_text().replace(",12,", ",13,"))
        self.bring(path, "--people", "each", code=3)
        again = self.folder / "list.rejects.rejects.csv"
        self.assertEqual(self.read_csv(again)[0]["_row"], "1b/2")
        again.write_text(again.read_text().replace(",13,", ",+14155552672,"))
        # Without the option it is nobody's row: the first of it was sent.
        self.assertEqual([reason["code"] for reason in self.bring(again, code=3).json()["reasons"]], ["row.partly_sent"])
        self.bring(again, "--people", "each", code=0)
        self.assertEqual(self.stored(), {"+14155552671": 1, "+14155552672": 1})

    def test_kill_9_between_two_people_of_a_row_then_resume_holds_everybody_once(self):
        self.serve()
        self.vendor.fault("slow_after", path="/v1/contacts", method="POST", at=4, seconds=3)
        file = self.couples(40)
        # Requests of three: most of them begin or end within a row.
        self.kill_in_the_middle(file, lambda: self.vendor.count("/v1/contacts", "POST") >= 4, "--people", "each", "--batch-size", "3")
        report = self.run_program("report", "--state-dir", self.state, "--format", "json", code=0).json()
        self.assert_law(report)
        self.assertGreater(report["rows"]["pending"], 0)
        report = self.run_program("resume", "--state-dir", self.state, "--output", "json", code=0).json()
        self.assert_law(report)
        self.assertEqual(report["contacts"]["read"], 80)
        self.assertEqual(len(self.stored()), 80)
        self.assertEqual(set(self.stored().values()), {1})

    def test_a_file_that_was_sent_in_part_is_known_again(self):
        self.serve()
        file = self.write("list.csv", self.header + "Ann Lee,+14155552671,Ben Lee,12\n")
        self.bring(file, "--people", "each", code=3)
        self.assertIn("imported into this account before", self.bring(file, "--people", "each", code=2).err)

    def test_duplicates_and_suppression_hold_back_one_person_only(self):
        self.serve()
        self.write("stop.txt", "+14155552674\n")
        file = self.write("list.csv", self.header + "Ann Lee,+14155552671,Ben Lee,+14155552672\nCy Moe,+14155552673,Di Moe,+14155552674\n"
                                                    "Ann Lee,+14155552671,Ed Foo,+14155552675\n")
        report = self.bring(file, "--people", "each", "--suppress", "stop.txt", code=0).json()
        self.assert_law(report)
        self.assertEqual(report["rows"]["created"], 3)
        lines = self.ndjson()
        self.assertEqual(lines["2b"]["code"], "row.suppressed")
        self.assertEqual(lines["3a"]["code"], "row.duplicate")
        self.assertEqual(lines["3a"]["message"], "the same contact as row 1a")
        self.assertEqual(len(self.stored()), 4)

    def test_a_mapping_that_says_each_is_written_and_used(self):
        self.serve()
        file = self.couples(2)
        self.run_program("map", file, "--to", "apptoto", *self.flags(None), "--people", "each", "--out", "m.yaml", "--state-dir",
                         self.state, code=0)
        self.assertIn("people: each", (self.folder / "m.yaml").read_text())
        report = self.bring(file, "--map", "m.yaml", code=0).json()
        self.assertEqual(report["contacts"]["created"], 4)
        self.assertNotIn("contacts", self.bring(file, "--map", "m.yaml", "--people", "first", "--again", code=0).json())

    def test_the_first_requests_are_shown_with_everybody(self):
        self.serve()
        run = self.run_program("preview", self.couples(2), "--to", "apptoto", *self.flags(None), "--base-url", self.vendor.url, "--people",
                               "each", "--limit", "1", "--state-dir", self.state, code=0)
        for name in ("A0 Lee", "B0 Lee"):
            self.assertIn(name, run.out)
        self.assertNotIn("A1 Lee", run.out)


if __name__ == "__main__":
    unittest.main()
