"""Small files with trouble that people met (tests/data/field-cases): what goes out of them, and what is said."""

import hashlib
import json
import pathlib
import unittest

from harness import Case

CASES = pathlib.Path(__file__).parent.parent / "data" / "field-cases"


class FieldCases(Case):
    def check(self, file, *flags, to="truedy", region="US", code=None):
        """The report of a check, and the contacts that would go out, by row."""
        contacts = self.folder / "contacts.ndjson"
        run = self.run_program("check", file if pathlib.Path(file).is_absolute() else CASES / file, "--to", to, "--region", region,
                               "--state-dir", self.state, "--contacts", contacts, "--output", "json", *flags, code=code)
        report = run.json()
        self.assert_law(report)
        sent = {line["row"]: line["contact"] for line in map(json.loads, contacts.read_text().splitlines())}
        self.text = self.run_program("check", file if pathlib.Path(file).is_absolute() else CASES / file, "--to", to, "--region",
                                     region, "--state-dir", self.state, "--contacts", contacts, *flags).out
        return report, sent

    def why(self, report):
        return {row: reason["code"] for reason in report["reasons"] for row in reason["rows"]}

    def test_two_people_in_a_row_do_not_swap_numbers(self):
        report, sent = self.check("72-npsp/in.csv", code=0)
        self.assertEqual(sent[1]["phone"], "+14155552671")
        self.assertEqual(sent[1]["name"], "Ann Lee")
        self.assertIn("Contact2", self.text)
        self.assertIn("Contact2 Mobile Phone", report["columns_not_sent"])
        for command in (["inspect"], ["map", "--to", "truedy"]):
            run = self.run_program(command[0], CASES / "72-npsp/in.csv", *command[1:], "--state-dir", self.state, code=0)
            self.assertIn("Left out: Contact2", run.out)
        report, sent = self.check("72b-npsp-gap/in.csv")
        self.assertEqual(set(sent), {2, 3})
        self.assertEqual(report["rows"]["rejected"], 1)

    def test_the_attendee_is_the_contact_and_the_buyer_is_named(self):
        _, sent = self.check("73-boxoffice/in.csv", region="IN")
        self.assertEqual(sent[1]["name"], "Bina Das")
        self.assertEqual(sent[1]["phone"], "+919845012346")
        self.assertIn("buyer", self.text)
        _, sent = self.check("31-tito/in.csv", region="AU", code=0)
        self.assertEqual((sent[1]["name"], sent[1]["email"]), ("Ann Lee", "ann@example.org"))
        self.assertIn("Order", self.text)

    def test_people_who_said_no_are_skipped_and_the_column_is_named(self):
        for file, kept in (("52-consent/in.csv", {1}), ("52b-optout/in.csv", {1}), ("52c-consent-words/in.csv", {1}),
                           ("109b-leak/in.csv", {1})):
            with self.subTest(file=file):
                report, sent = self.check(file, region="IN" if "109b" in file else "US")
                self.assertEqual(set(sent), kept)
                self.assertEqual({r["code"] for r in report["reasons"]}, {"contact.opted_out"})
                self.assertIn("in column", report["reasons"][0]["message"])

    def test_one_no_holds_for_every_row_of_its_number(self):
        source = self.folder / "twice.csv"
        no, other = "Ann,+1 415 555 2671,a@example.org,yes\n", "Bob,4155552671,b@example.org,\n"
        for rows in (no + other, other + no):
            source.write_text("Name,Phone,Email,Do not call\n" + rows + "Eve,+14155552672,a@example.org,no\n")
            for how in ("first", "last", "keep", "merge"):
                with self.subTest(rows=rows, how=how):
                    report, sent = self.check(source, "--duplicates", how, "--shared-numbers", "send", code=0)
                    self.assertEqual(set(sent), {3})
                    self.assertEqual(self.why(report), {1: "contact.opted_out", 2: "contact.opted_out"})
            _, sent = self.check(source, "--ignore-consent", "--shared-numbers", "send", code=0)
            self.assertEqual(set(sent), {1, 2, 3})

    def test_consent_is_ignored_only_where_it_is_said_and_that_is_written_down(self):
        report, sent = self.check("52-consent/in.csv", "--ignore-consent", code=0)
        self.assertEqual(len(sent), 4)
        self.assertTrue(report["consent_ignored"])
        self.assertIn("--ignore-consent", self.text)
        report, _ = self.check("52-consent/in.csv")
        self.assertNotIn("consent_ignored", report)

    def test_nothing_nobody_asked_for_goes_out_and_every_report_says_so(self):
        report, sent = self.check("109c-leak-db/in.csv", code=0)
        self.assertEqual(set(sent[1]), {"phone", "name", "email"})
        self.assertEqual(report["columns_not_sent"], ["id", "address", "notes", "created_at", "ssn"])
        self.assertIn("Columns not sent: id, address, notes, created_at, ssn", self.text)
        _, sent = self.check("109c-leak-db/in.csv", "--custom-columns", "all", code=0)
        self.assertEqual(set(sent[1]), {"phone", "name", "email", "id", "address", "notes", "created_at"})
        _, sent = self.check("109c-leak-db/in.csv", "--custom-columns", "notes,id", code=0)
        self.assertEqual(set(sent[1]), {"phone", "name", "email", "id", "notes"})
        for file in ("109c-leak-db/b.csv", "109c-leak-db/c.csv"):
            _, sent = self.check(file, code=0)
            self.assertEqual(set(sent[1]), {"phone", "name"})

    def test_two_name_columns_are_both_kept(self):
        _, sent = self.check("34c-json-cells/in.csv", code=0)
        self.assertEqual(sent[1]["name"], "Ann Lee")

    def test_what_is_said_of_duplicates_is_true_of_each(self):
        report, sent = self.check("81-shared-email-dup/in.csv", code=0)
        self.assertEqual(set(sent), {1, 4})
        self.assertEqual(report["reasons"][0]["message"], "the same contact: row 2 as row 1, row 3 as row 1, row 5 as row 4")

    def test_one_number_under_two_names_is_said_and_may_be_sent(self):
        report, sent = self.check("57-household/in.csv", region="AU")
        self.assertEqual(self.why(report)[3], "row.same_number")
        self.assertIn("another name", self.text)
        _, sent = self.check("57-household/in.csv", "--shared-numbers", "send", region="AU")
        self.assertEqual({sent[1]["name"], sent[3]["name"]}, {"Minh Nguyen", "Kim Nguyen"})

    def test_a_line_of_a_table_inside_a_record_is_no_contact(self):
        for to in ("truedy", "apptoto"):
            report, sent = self.check("86-erpnext-children/in.csv", *(["--set", "address_book=x"] if to == "apptoto" else []), to=to)
            self.assertEqual(set(sent), {1, 3})
            self.assertEqual(self.why(report), {2: "row.continuation", 4: "row.continuation"})

    def test_a_repeated_header_is_no_contact(self):
        report, sent = self.check("107-repeat-header/in.csv", "--set", "address_book=x", to="apptoto")
        self.assertEqual(len(sent), 2)
        self.assertNotIn("first_name", [contact.get("first_name") for contact in sent.values()])

    def test_names_in_other_languages(self):
        for file, name in (("87-no-names-silent/in.csv", "Žan Kovač"), ("88-langs/bg.csv", "Иван Петров"), ("88-langs/ca.csv", "Jordi Puig"),
                           ("88-langs/fa.csv", "علی رضایی"), ("88-langs/hr.csv", "Ivan Horvat"), ("88-langs/lt.csv", "Jonas Žukas"),
                           ("88-langs/sw.csv", "Asha Juma"), ("88-langs/tr.csv", "Ayşe Yılmaz"), ("88-langs/uk.csv", "Олена Шевченко"),
                           ("88-langs/ro.csv", "Ioana Ștefan"), ("88-langs/th.csv", "สมชาย ใจดี"), ("88-langs/el.csv", "Ελένη Ωμέγα")):
            with self.subTest(file=file):
                _, sent = self.check(file, code=0)
                self.assertEqual(sent[1]["name"], name)
        _, sent = self.check("29-slovenian/in.csv", region="SI")
        self.assertEqual(sent[1]["phone"], "+38641234567")
        self.assertEqual(sent[1]["email"], "zan@example.si")

    def test_no_names_at_all_are_said(self):
        self.check(self.write("x.csv", "Xyz,Phone\nAnn,+14155552671\n"), code=0)
        self.assertIn("No name column was found", self.text)

    def test_a_suppression_list_that_cannot_be_read_stops(self):
        file = CASES / "98b-suppress-partly/in.csv"
        for name in ("s6.csv", "s7.csv"):
            with self.subTest(list=name):
                run = self.run_program("check", file, "--to", "truedy", "--state-dir", self.state, "--suppress",
                                       CASES / "98b-suppress-partly" / name, code=2)
                self.assertIn("line", run.err)
                self.assertIn("--suppress-partly", run.err)
        report, sent = self.check(file, "--suppress", CASES / "98b-suppress-partly/s6.csv", "--suppress-partly", region="US")
        self.assertEqual(self.why(report).get(1), "row.suppressed")
        self.assertIn("lines of the suppression list", self.text)
        report, _ = self.check(file, "--suppress", CASES / "98b-suppress-partly/s6.csv", region="DE")
        self.assertEqual(len(self.why(report)), 3)

    def test_a_hashed_suppression_list_is_read(self):
        lines = ["sha256", hashlib.sha256(b"+491711234567").hexdigest().upper(), hashlib.sha256(b"bob@example.org").hexdigest()]
        stop = self.write("hashed.csv", "\n".join(lines) + "\n")
        report, sent = self.check("98-suppress/in.csv", "--suppress", stop, region="DE")
        self.assertEqual(self.why(report), {1: "row.suppressed", 2: "row.suppressed"})


if __name__ == "__main__":
    unittest.main()
