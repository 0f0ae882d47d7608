"""Single values as people write them (tests/data/field-cases): numbers, codes, names, addresses, placeholders, damage."""

import json
import pathlib
import unittest

from harness import Case

CASES = pathlib.Path(__file__).parent.parent / "data" / "field-cases"


class FieldValues(Case):
    def check(self, file, region="US", to="truedy", *flags):
        """The report of a check, and the contacts that would go out, by row."""
        contacts = self.folder / "contacts.ndjson"
        where = ("--region", region) if region else ()
        run = self.run_program("check", CASES / file, "--to", to, *where, "--state-dir", self.state, "--contacts", contacts,
                               "--output", "json", *flags, code=None)
        report = run.json()
        self.assert_law(report)
        return report, {line["row"]: line["contact"] for line in map(json.loads, contacts.read_text().splitlines())}

    def why(self, report):
        return {row: reason["code"] for reason in report["reasons"] for row in reason["rows"]}

    def warned(self, report):
        return {reason["code"]: sorted(set(reason["rows"])) for reason in report["warnings"]}

    def phones(self, file, region="US"):
        report, sent = self.check(file, region)
        return report, {row: contact.get("phone") for row, contact in sent.items()}

    def test_every_report_says_which_plans_judged_the_numbers(self):
        report, _ = self.check("45-ci-bj/in.csv", None)
        self.assertRegex(report["phone_plans"], r"^\d+\.\d+\.\d+$")
        version = self.run_program("--version", code=0).out
        self.assertIn(f"phone plans {report['phone_plans']}\n", version)

    def test_the_plans_are_those_of_now(self):
        report, phones = self.phones("45-ci-bj/in.csv", "CI")
        self.assertEqual(phones[1], "+2250504458020")
        self.assertEqual(phones[3], "+2290197123456")
        self.assertEqual(phones[5], "+2250504458021")
        self.assertEqual(set(self.why(report)) & {1, 3, 5}, set())
        self.assertIn(2, self.why(report))
        _, phones = self.phones("45b-newplans/in.csv", None)
        self.assertEqual(phones[1], "+2290197123456")
        self.assertEqual(phones[2], "+508708551234")

    def test_libphonenumber_can_judge_the_numbers_by_the_plans_that_it_has(self):
        people = self.write("people.csv", "name,phone\nAnn,+2290197123456\nBob,(212) 555-2368\n")
        held = self.write("no.txt", "(212) 555-2368\n")
        for engine, sent in (("tables", {1: "+2290197123456"}), ("libphonenumber", {})):
            report, contacts = self.check(people, "US", "truedy", "--phone-engine", engine, "--suppress", held)
            self.assertEqual({row: contact["phone"] for row, contact in contacts.items()}, sent, engine)
            self.assertEqual(report["phone_plans"].startswith("libphonenumber 8"), engine == "libphonenumber")
        self.assertEqual(self.why(report), {1: "phone.too_long", 2: "row.suppressed"})

    def test_codes_in_all_spellings_join_their_number(self):
        report, phones = self.phones("108-code-variants/in.csv", None)
        self.assertEqual(phones, {1: "+16846331234", 4: "+441481720123", 5: "+18765551234", 6: "+18765551235", 7: "+447400123456",
                                  8: "+79161234567", 9: "+59994351234", 10: "+491711234567", 11: "+491711234568",
                                  12: "+491711234569"})
        self.assertEqual(self.why(report), {2: "row.same_number", 3: "row.same_number"})
        report, phones = self.phones("65-code-hyphen/in.csv", None)
        self.assertEqual(phones[1], "+16846331234")
        self.assertEqual(phones[4], "+447400123458")
        self.assertEqual(phones[9], "+390669812345")
        self.assertEqual(phones[10], "+447400123460")
        self.assertEqual(len(phones), 10)

    def test_a_digit_too_many_is_no_foreign_country(self):
        report, phones = self.phones("64b-extra-digit/in.csv")
        why = self.why(report)
        for row in (1, 2, 6, 7, 8, 9):
            self.assertNotIn(row, phones)
            self.assertIn(row, why)
        self.assertEqual(phones[3], "+447400123456")
        self.assertEqual(phones[4], "+33612345678")
        self.assertEqual(phones[12], "+14155552671")

    def test_area_codes_that_do_not_exist_are_refused_and_new_ones_taken(self):
        report, phones = self.phones("64-nanp/in.csv")
        self.assertEqual(set(self.why(report)) >= {1, 2, 3, 7}, True)
        self.assertEqual(phones[4], "+12125551234")
        self.assertEqual(phones[5], "+447400123456")
        self.assertEqual(phones[6], "+525512345678")
        for row in (8, 9, 11, 12, 13):
            self.assertIn(row, phones)

    def test_pauses_are_no_digits(self):
        report, phones = self.phones("42-pause/in.csv")
        self.assertEqual(phones, {1: "+12025551212", 2: "+12025551213", 3: "+12025551214", 4: "+12025551215", 7: "+18005550199"})
        self.assertEqual(self.warned(report)["phone.extension_dropped"], [1, 3, 4, 7])

    def test_no_part_of_a_name_is_lost(self):
        _, sent = self.check("136b-initials/in.csv", "IN", "8x8", "--set", "account_id=1a2b3c4d-0000-4000-8000-000000000001")
        names = {row: (contact.get("firstName"), contact.get("lastName")) for row, contact in sent.items()}
        self.assertEqual(names[1], ("M.S.", "Dhoni"))
        self.assertEqual(names[3], ("D.R.", "Rao"))
        self.assertEqual(names[4], ("S.R.", "Das"))
        _, sent = self.check("58-titles/in.csv", "DE", "8x8", "--set", "account_id=1a2b3c4d-0000-4000-8000-000000000001")
        names = {row: (contact.get("firstName"), contact.get("lastName")) for row, contact in sent.items()}
        self.assertEqual(names[1], ("Hans", "Wurst"))
        self.assertEqual(names[2], ("Eva-Maria", "von der Heide"))
        self.assertEqual(names[6], ("Martin Luther", "King Jr."))
        self.assertEqual(names[9], ("Ludwig", "van Beethoven"))
        self.assertEqual(names[15], ("Ana", "Silva e Costa"))
        _, sent = self.check("136-name-parts/in.csv", "US", "8x8", "--set", "account_id=1a2b3c4d-0000-4000-8000-000000000001")
        names = {row: (contact.get("firstName"), contact.get("lastName")) for row, contact in sent.items()}
        self.assertEqual(names[13], ("M.S.", "Dhoni"))
        self.assertEqual(names[36], ("Juan", "de la Cruz"))
        self.assertEqual(names[37], ("Vincent", "van Gogh"))
        self.assertEqual(names[48], ("John", "Smith III"))

    def test_a_name_in_vcard_order_is_put_in_order(self):
        _, sent = self.check("120-name-order/in.csv", "JO")
        self.assertEqual(sent[1]["name"], "Yousef Haddad")
        self.assertEqual(sent[2]["name"], "Yousef Haddad")
        self.assertEqual(sent[3]["name"], "Haddad, Yousef")

    def test_odd_addresses_are_kept_and_bad_ones_left_out_with_a_warning(self):
        report, sent = self.check("61-emails/in.csv")
        emails = {row: contact.get("email") for row, contact in sent.items()}
        self.assertEqual(emails[1], "shaun.o'neil@example.com.au")
        self.assertEqual(emails[5], "ann@example.org")
        self.assertEqual(emails[8], "ann@example.org")
        self.assertEqual(emails[9], "ann@example.org")
        self.assertEqual(emails[13], "ann@example.org")
        self.assertEqual(self.warned(report)["email.left_out"], [4, 7, 10, 11, 12, 14])
        self.assertEqual(self.warned(report)["email.more_left_out"], [8])
        report, sent = self.check("61b-two-emails/in.csv")
        self.assertEqual([sent[row]["email"] for row in (1, 2, 3)], ["ann@example.org", "bob@example.org", "cid@example.org"])
        self.assertEqual(self.warned(report)["email.more_left_out"], [1, 2, 3])

    def test_damaged_names_are_mended_and_told(self):
        report, sent = self.check("09-mojibake/in.csv", None)
        self.assertEqual([sent[row]["name"] for row in (1, 2, 3)], ["Pâmela Souza", "Jéssica Lima", "André Alves"])
        self.assertEqual(self.warned(report)["text.repaired"], [1, 2, 3])
        report, sent = self.check("69-html/in.csv", None)
        self.assertEqual([sent[row]["name"] for row in (1, 2, 3)], ["Shaun O'Brien", "Ann Lee", "José Díaz"])
        self.assertEqual(self.warned(report)["text.repaired"], [1, 2, 3])

    def test_words_for_nothing_are_empty(self):
        report, sent = self.check("80-nbsp-placeholder/in.csv", "DE", "apptoto", "--set", "address_book=x")
        self.assertEqual(set(sent), set(range(1, 12)))
        self.assertNotIn("phone.left_out", self.warned(report))
        self.assertNotIn("email.left_out", self.warned(report))


if __name__ == "__main__":
    unittest.main()
