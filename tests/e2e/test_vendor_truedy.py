"""Truedy: the program against an emulator that was written from the vendor's fact file, not from the connector."""

import unittest

from emulators.base import Response
from emulators.truedy import Truedy
from harness import SECRETS
from vendors import CommonCases, Vendor, by, people


class TruedyCase(Vendor):
    connector = "truedy"
    emulator = Truedy
    secrets = {"api_key": SECRETS["SWITCHBOARD_TRUEDY_API_KEY"]}

    def held(self):
        return by(list(self.vendor.contacts), lambda c: c["phone"])

    def wanted(self, p):
        return p.phone, {"phone": p.phone, "name": p.name, "email": p.email,
                         "custom_fields": {"company": p.company} if p.company else {}}


class TruedyCommon(CommonCases, TruedyCase):
    import_path = "/contacts/import"

    def test_the_wait_for_reset_at_is_obeyed_without_any_header(self):
        self.serve()
        self.vendor.fault("status", path=self.import_path, at=1, status=429)
        persons = people(10)
        report = self.bring(self.source(persons), code=3).json()
        self.assertLess(report["requests"]["waited_ms"], 6000)
        self.expect(self.assert_account(report, persons), persons)


class TruedyOwn(TruedyCase):
    def test_its_own_columns_need_no_option(self):
        self.serve()
        file = self.write("own.csv", "phone,name,email,company\n+12125551234,Jane Doe,jane@acme.com,Acme Corp\n")
        self.bring(file, code=0)
        contact = self.vendor.contacts[0]
        self.assertEqual((contact["phone"], contact["name"], contact["email"], contact["custom_fields"]),
                         ("+12125551234", "Jane Doe", "jane@acme.com", {"company": "Acme Corp"}))

    def test_a_further_column_becomes_a_custom_field(self):
        self.serve()
        file = self.write("own.csv", "phone,name,tier\n+12125551234,Jane Doe,gold\n")
        self.bring(file, "--field", "loyalty=tier", code=0)
        self.assertEqual(self.vendor.contacts[0]["custom_fields"], {"loyalty": "gold"})

    def test_with_overwriting_no_blank_cell_is_sent_that_could_clear_a_value(self):
        for overwrites, uploads in (("true", 2), ("false", 1)):
            with self.subTest(overwrite_existing=overwrites):
                self.serve()
                file = self.write("blank.csv", "phone,name,email,company\n+14155552671,Ann Lee,ann@example.org,Acme\n+14155552672,Bob,,\n")
                report = self.bring(file, settings={"overwrite_existing": overwrites}, code=0).json()
                self.assert_law(report)
                self.assertEqual(len(self.vendor.contacts), 2)
                self.assertEqual(self.vendor.count("/contacts/import", "POST"), uploads)

    def test_the_folder_gets_the_contacts(self):
        self.serve()
        self.vendor.folders["folder_abc123"] = "Spring"
        self.bring(self.source(people(4)), settings={"folder_id": "folder_abc123"}, code=0)
        self.assertEqual({c["folder_id"] for c in self.vendor.contacts}, {"folder_abc123"})

    def test_a_folder_may_be_given_by_its_name(self):
        self.serve()
        self.vendor.folders["folder_abc123"] = "Spring"
        self.bring(self.source(people(4)), settings={"folder_id": "Spring"}, code=0)
        self.assertEqual({c["folder_id"] for c in self.vendor.contacts}, {"folder_abc123"})

    def test_a_name_that_two_folders_have_stops_before_anything_is_stored(self):
        self.serve()
        self.vendor.folders |= {"folder_abc123": "Spring", "folder_def456": "Spring"}
        run = self.bring(self.source(people(4)), settings={"folder_id": "Spring"}, code=2)
        self.assertIn("folder_def456", run.err)
        self.assertFalse(self.vendor.contacts)

    def test_an_unknown_folder_stops_before_anything_is_stored(self):
        self.serve()
        self.bring(self.source(people(4)), settings={"folder_id": "folder_nope"}, code=2)
        self.assertFalse(self.vendor.contacts)

    def refused_rows(self, **options):
        self.serve(**options)
        persons = people(40, bad_every=0)
        refused = {persons[n].phone for n in (3, 17, 18, 39)}
        self.vendor.refuses = lambda row: "Number is on the do-not-call list" if row["phone"] in refused else None
        report = self.bring(self.source(persons), "--batch-size", "20", code=3).json()
        lines = self.assert_account(report, persons)
        self.assertEqual({n for n, line in lines.items() if line["outcome"] == "rejected"}, {4, 18, 19, 40})
        self.assertIn("do-not-call", lines[4]["message"] or "")

    def test_rows_that_the_vendor_refuses_are_found_whatever_its_row_base(self):
        for base in (1, 2):
            with self.subTest(base=base):
                self.state = self.folder / f"state{base}"
                self.refused_rows(first_row=base)

    def test_errors_without_details_end_no_row_as_delivered_that_is_not(self):
        self.serve(hides_details=True)
        persons = people(20, bad_every=0)
        refused = {persons[n].phone for n in (3, 17)}
        self.vendor.refuses = lambda row: "no" if row["phone"] in refused else None
        report = self.bring(self.source(persons), settings={"settle_ms": 0}).json()
        lines = self.assert_account(report, persons)
        self.assertNotIn(lines[4]["outcome"], ("created", "updated", "unchanged", "accepted"))
        self.assertNotIn(lines[18]["outcome"], ("created", "updated", "unchanged", "accepted"))

    def test_counts_that_do_not_add_up_are_verified(self):
        for off in (-2, 3):
            with self.subTest(off=off):
                self.state = self.folder / f"state{off}"
                self.serve(counts_off=off)
                persons = people(20, bad_every=0)
                report = self.bring(self.source(persons), settings={"settle_ms": 0}).json()
                self.assert_account(report, persons)

    def test_contacts_that_are_there_stay_as_they_are(self):
        self.serve()
        persons = people(10, bad_every=0)
        for p in persons:
            self.vendor.add(p.phone, "Old name")
        report = self.bring(self.source(persons), code=0).json()
        self.assertEqual(report["rows"]["unchanged"], 10)
        self.assertEqual({c["name"] for c in self.vendor.contacts}, {"Old name"})

    def test_overwriting_updates_them(self):
        self.serve()
        persons = people(10, bad_every=0)
        for p in persons:
            self.vendor.add(p.phone, "Old name")
        report = self.bring(self.source(persons), settings={"overwrite_existing": "true"}, code=0).json()
        self.assertEqual(report["rows"]["updated"], 10)
        self.assert_account(report, persons)

    def test_mixed_counts_are_told_apart_by_the_list_or_said_as_accepted(self):
        for snapshot, verify in (("false", "false"), ("false", "true"), ("true", "false")):
            with self.subTest(snapshot=snapshot, verify=verify):
                self.state = self.folder / f"state-{snapshot}-{verify}"
                self.serve(page_limit=3)
                persons = people(10, bad_every=0)
                for p in persons[:4]:
                    self.vendor.add(p.phone, "Old name")
                report = self.bring(self.source(persons), settings={"snapshot": snapshot, "verify": verify},
                                    code=0).json()
                if "true" in (snapshot, verify):
                    self.assertEqual((report["rows"]["created"], report["rows"]["unchanged"]), (6, 4))
                    lines = self.outcomes(report)
                    self.assertEqual({n for n, line in lines.items() if line["outcome"] == "unchanged"}, {1, 2, 3, 4})
                else:
                    self.assertEqual(report["rows"]["accepted"], 10)

    def test_a_file_refused_for_one_row_is_split_until_the_row_is_found(self):
        for status in (400, 422):
            with self.subTest(status=status):
                self.state = self.folder / f"state-{status}"
                self.serve()
                persons = people(40, bad_every=0)
                culprit = persons[27].phone
                self.vendor.refuses_file = lambda rows: (status, "bad row") if any(
                    r["phone"] == culprit for r in rows) else None
                report = self.bring(self.source(persons), code=3).json()
                lines = self.assert_account(report, persons)
                self.assertEqual([n for n, line in lines.items() if line["outcome"] == "rejected"], [28])

    def test_eight_refused_in_a_row_stop_the_job_and_leave_it_resumable(self):
        self.serve()
        self.vendor.refuses_file = lambda rows: (400, "nothing suits")
        persons = people(40, bad_every=0)
        run = self.bring(self.source(persons))
        self.assertIn(run.code, (2, 5))
        report = run.json()
        self.assert_account(report, persons)
        self.assertLess(self.vendor.count("/contacts/import"), 30)
        self.vendor.refuses_file = lambda rows: None
        report = self.resume().json()
        self.assert_account(report, persons)
        self.assertEqual(report["rows"]["pending"] + report["rows"]["failed"], 0)
        self.assertGreaterEqual(len(self.vendor.contacts), 32)

    def test_a_resume_may_raise_the_errors_that_are_allowed(self):
        self.serve()
        persons = people(6, bad_every=0)
        refused = {p.phone for p in persons[:3]}
        self.vendor.refuses = lambda row: "no" if row["phone"] in refused else None
        self.bring(self.source(persons), "--batch-size", "2", "--concurrency", "1", "--max-errors", "1", code=4)
        report = self.resume("--max-errors", "10", code=3).json()
        self.assertEqual((report["rows"]["created"], report["rows"]["rejected"]), (3, 3))

    def test_402_stops_with_6_and_403_with_5(self):
        for status, code in ((402, 6), (403, 5)):
            with self.subTest(status=status):
                self.state = self.folder / f"state-{status}"
                self.serve(nested_errors=status == 403)
                self.vendor.fault("status", path="/contacts/import", status=status, times=99)
                persons = people(10)
                report = self.bring(self.source(persons), code=code).json()
                self.assert_account(report, persons)
                self.assertEqual(self.vendor.count("/contacts/import"), 1)

    def test_500_for_ever_ends_and_can_be_resumed(self):
        self.serve()
        self.vendor.fault("status", path="/contacts/import", status=500, times=10**6)
        persons = people(6)
        report = self.bring(self.source(persons), settings={"settle_ms": 0}, timeout=300).json()
        self.assert_account(report, persons)
        self.vendor.faults.clear()
        report = self.resume(code=0).json()
        self.assert_account(report, persons)
        self.assertEqual(len(self.vendor.contacts), 6)

    def test_again_without_a_flag_finds_everything_unchanged(self):
        self.serve()
        persons = people(10, bad_every=0)
        file = self.source(persons)
        self.bring(file, code=0)
        self.assertEqual(self.bring(file, code=0).json()["rows"]["unchanged"], 10)

    def test_an_update_that_never_arrived_is_not_taken_for_done(self):
        for how in ("cut_before", "cut_after", "status"):
            with self.subTest(how=how):
                self.state = self.folder / f"state-{how}"
                self.serve()
                persons = people(10, bad_every=0)
                for p in persons:
                    self.vendor.add(p.phone, "Old name")
                self.vendor.fault(how, path="/contacts/import", status=500)
                report = self.bring(self.source(persons), settings={"overwrite_existing": "true", "settle_ms": 0},
                                    code=0).json()
                self.assert_account(report, persons)
                self.assertEqual({c["name"] for c in self.vendor.contacts}, {p.name for p in persons})

    def test_a_list_that_fails_during_verification_claims_nothing(self):
        self.serve()
        self.vendor.fault("cut_before", path="/contacts/import")
        self.vendor.fault("malformed", path="/contacts", method="GET", times=10**6)
        persons = people(10, bad_every=0)
        report = self.bring(self.source(persons), settings={"settle_ms": 0}, timeout=300).json()
        self.assert_account(report, persons)
        self.assertFalse(self.vendor.contacts)
        self.assertEqual(report["rows"]["unknown"], 10)
        self.assertIn(report["exit_code"], (6, 9))
        self.vendor.faults.clear()
        self.assertEqual(self.resume("--resend-unknown", code=0).json()["rows"]["created"], 10)

    def test_resume_without_a_name_asks_about_rows_of_unknown_fate(self):
        self.serve()
        self.vendor.fault("cut_before", path="/contacts/import")
        self.vendor.fault("malformed", path="/contacts", method="GET", times=10**6)
        report = self.bring(self.source(people(10, bad_every=0)), settings={"settle_ms": 0}, timeout=300).json()
        self.assertEqual(report["rows"]["unknown"], 10)
        self.vendor.faults.clear()
        again = self.run_program("resume", "--state-dir", self.state, "--output", "json", "--progress", "none", code=0).json()
        self.assertEqual((again["job"], again["rows"]["unknown"], again["rows"]["created"]), (report["job"], 0, 10))

    def test_a_redirect_is_not_followed(self):
        self.serve()
        self.vendor.fault("answer", path="/contacts/import", times=99, with_=lambda request: Response(
            307, {}, {"Location": self.vendor.url + "/api/public/v1/elsewhere"}))
        report = self.bring(self.source(people(5)), code=6).json()
        self.assert_law(report)
        self.assertFalse(self.vendor.count("/elsewhere"))


if __name__ == "__main__":
    unittest.main()
