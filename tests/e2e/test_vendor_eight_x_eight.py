"""8x8 Connect: the program against an emulator that was written from the vendor's fact file, not from the connector."""

import unittest

from emulators.eight_x_eight import ACCOUNT, EightXEight
from harness import SECRETS
from vendors import CommonCases, Vendor, by, people


class EightXEightCase(Vendor):
    connector = "8x8"
    emulator = EightXEight
    settings = {"account_id": ACCOUNT}
    secrets = {"api_key": SECRETS["SWITCHBOARD_8X8_API_KEY"], "polls": 0}

    def held(self):
        return by(list(self.vendor.contacts), lambda c: c["addresses"]["msisdn"])

    def wanted(self, p):
        return p.phone[1:], {"firstName": p.first, "lastName": p.last}


class EightXEightCommon(CommonCases, EightXEightCase):
    import_path = "/contacts/batches/createContacts"
    small_batches = ("--batch-size", "12")
    statuses = (503,)

    def in_the_middle(self):
        return len(self.vendor.batches) >= 2


class EightXEightOwn(EightXEightCase):
    def test_its_own_columns_need_no_option(self):
        self.serve(by_id="rich", polls=0)
        file = self.write("own.csv", "msisdn,firstName,lastName\n+6591234567,Ann,Lee\n6598765432,Bob,Ray\n")
        self.bring(file, region="SG", code=0)
        self.assertIn(("6598765432", "Bob"), [(c["addresses"]["msisdn"], c["firstName"]) for c in self.vendor.contacts])

    def test_groups_by_id_and_by_name(self):
        self.serve(polls=0)
        self.bring(self.source(people(4)), settings={"groups": "11,VIP"}, code=0)
        self.assertEqual({tuple(c["groups"]) for c in self.vendor.contacts}, {(11, 12)})

    def test_an_unknown_group_and_a_blacklist_stop_with_2(self):
        self.serve(polls=0)
        for group in ("999", "Nobody", "13", "Blocked"):
            self.bring(self.source(people(4)), settings={"groups": group}, code=2)
        self.assertFalse(self.vendor.batches)
        self.bring(self.source(people(4)), settings={"groups": "13", "allow_blacklist_groups": "true"}, code=0)

    def test_an_account_id_that_is_none_is_refused_before_sending(self):
        self.serve()
        self.bring(self.source(people(4)), settings={"account_id": "8x8Demo"}, code=2)
        self.assertFalse(self.vendor.log)

    def test_rows_that_the_vendor_finds_invalid(self):
        for options in ({"by_id": "rich"}, {"by_id": "bare"}, {"invalid_file": False},
                        {"counts_off": (0, 0, 1), "offset_unit": "item"}):
            with self.subTest(**options):
                self.state = self.folder / f"state-{len(list(self.folder.iterdir()))}"
                self.serve(polls=0, **options)
                persons = people(40, bad_every=0)
                refused = {persons[n].phone[1:] for n in (3, 17)}
                for p in persons[30:35]:
                    self.vendor.add(p.phone, "Old", "Name")
                self.vendor.refuses = lambda row: "unreachable" if row["msisdn"].lstrip("+") in refused else None
                report = self.bring(self.source(persons), code=3).json()
                lines = self.assert_account(report, persons)
                self.assertEqual([n for n, line in lines.items() if line["outcome"] == "rejected"], [4, 18])
                self.assertEqual([n for n, line in lines.items() if line["outcome"] == "unchanged"], [31, 32, 33, 34, 35])

    def test_a_contact_that_the_vendor_counts_and_does_not_store_is_not_delivered(self):
        self.serve(polls=0, counts_off=(0, 2, 0))
        persons = people(10, bad_every=0)
        self.vendor.loses = lambda row: row["msisdn"].lstrip("+") == persons[5].phone[1:]
        report = self.bring(self.source(persons), settings={"settle_ms": 0}, code=3).json()
        lines = self.assert_account(report, persons)
        self.assertEqual([n for n, line in lines.items() if line["outcome"] == "rejected"], [6])

    def test_a_job_that_ends_halfway_is_verified_row_by_row(self):
        for final in ("failed", "timeout"):
            with self.subTest(final=final):
                self.state = self.folder / f"state-{final}"
                self.serve(polls=0, final=final)
                persons = people(10, bad_every=0)
                report = self.bring(self.source(persons), settings={"settle_ms": 0}).json()
                lines = self.assert_account(report, persons)
                for n in range(1, 6):
                    self.assertIn(lines[n]["outcome"], ("created", "accepted", "unknown"), lines[n])
                # The rest goes out again, as one file at a time; of each the vendor stores the first half.
                self.assertLessEqual(self.vendor.count("createContacts"), 4)
                self.assertEqual([n for n, line in lines.items() if line["outcome"] == "failed"], [10])

    def test_a_batch_that_appears_late_is_waited_for(self):
        self.serve(polls=1, appears_after=1)
        persons = people(5)
        report = self.bring(self.source(persons), code=0).json()
        self.assert_account(report, persons)

    def test_an_upload_refused_for_one_row_is_split(self):
        self.serve(polls=0)
        persons = people(8, bad_every=0)
        culprit = persons[5].phone[1:]
        self.vendor.refuses_file = lambda rows: (400, 1002, "Invalid MSISDN") if any(
            r["msisdn"].lstrip("+") == culprit for r in rows) else None
        report = self.bring(self.source(persons), code=3).json()
        lines = self.assert_account(report, persons)
        self.assertEqual([n for n, line in lines.items() if line["outcome"] == "rejected"], [6])

    def test_eight_refused_in_a_row_stop_the_job(self):
        self.serve(polls=0)
        self.vendor.refuses_file = lambda rows: (400, 1000, "nothing suits")
        persons = people(40, bad_every=0)
        run = self.bring(self.source(persons))
        self.assertIn(run.code, (2, 5))
        self.assert_account(run.json(), persons)
        self.assertLess(self.vendor.count("createContacts"), 30)

    def test_verification_off_claims_nothing(self):
        self.serve(polls=0, invalid_file=False)
        persons = people(10, bad_every=0)
        self.vendor.refuses = lambda row: "no" if row["msisdn"].lstrip("+") == persons[3].phone[1:] else None
        report = self.bring(self.source(persons), settings={"verify": "false"}).json()
        lines = self.assert_account(report, persons)
        self.assertEqual(lines[4]["outcome"], "unknown")
        self.assertEqual(report["exit_code"], 9)

    def test_killed_while_polling_it_goes_on_with_the_same_batch(self):
        self.serve(polls=3)
        persons = people(10, bad_every=0)
        self.kill_in_the_middle(self.source(persons), lambda: self.vendor.count("/batches/", "GET") >= 1)
        report = self.resume(code=0).json()
        self.assert_account(report, persons)
        self.assertEqual(len(self.vendor.batches), 1)

    def test_polls_that_fail_are_repeated(self):
        self.serve(polls=0)
        self.vendor.fault("status", path="/batches/", method="GET", status=503)
        self.vendor.fault("malformed", path="/batches/", method="GET", at=2)
        persons = people(10, bad_every=0)
        report = self.bring(self.source(persons), code=0).json()
        self.assert_account(report, persons)
        self.assertEqual(len(self.vendor.batches), 1)

    def test_a_credential_refused_while_polling_loses_nothing(self):
        self.serve(polls=0)
        self.vendor.fault("status", path="/batches/", method="GET", status=401, times=99)
        persons = people(10, bad_every=0)
        report = self.bring(self.source(persons), code=5).json()
        self.vendor.settle()
        self.assert_law(report)
        self.assertEqual(report["rows"]["created"] + report["rows"]["rejected"], 0)
        self.vendor.faults.clear()
        report = self.resume("--resend-unknown").json()
        self.assert_account(report, persons)
        self.assertEqual(report["exit_code"], 0)


if __name__ == "__main__":
    unittest.main()
