"""Kore.ai: the program against an emulator that was written from the vendor's fact file, not from the connector."""

import unittest

from emulators.koreai import ACCOUNT, BOT, KoreAi
from harness import SECRETS
from vendors import CommonCases, Vendor, by, people


class KoreAiCase(Vendor):
    connector = "koreai"
    emulator = KoreAi
    settings = {"bot_id": BOT, "account_id": ACCOUNT, "salutation": "Mr"}
    secrets = {"client_id": SECRETS["SWITCHBOARD_KOREAI_CLIENT_ID"],
               "client_secret": SECRETS["SWITCHBOARD_KOREAI_CLIENT_SECRET"]}

    def held(self):
        return by(list(self.vendor.contacts), lambda c: c["cellPhone"]["phoneNumber"])

    def wanted(self, p):
        return p.phone, {"firstName": p.first, "lastName": p.last, "salutation": "Mr",
                         "cellPhone": {"phoneNumber": p.phone, "countryCode": f"+{p.code}", "extension": "+"}}

    def known(self, p):
        self.vendor.add({"firstName": p.first, "lastName": p.last, "salutation": "Mr", "cellPhoneNumber": p.national,
                         "cellPhoneCountryCode": f"+{p.code}", "cellPhoneExtension": "+"})


class KoreAiCommon(CommonCases, KoreAiCase):
    import_path = "/contacts/import-contacts"


class KoreAiOwn(KoreAiCase):
    def test_its_own_columns_need_no_option(self):
        self.serve()
        file = self.write("own.csv", "firstName,lastName,salutation,cellPhoneNumber,cellPhoneCountryCode,cellPhoneExtension\n"
                                     "john,doe,Mr,9876500001,+91,+\njane,roe,Mrs,9876500002,+91,91\n")
        self.bring(file, settings={"salutation": None}, code=0)
        self.assertEqual([(c["salutation"], c["cellPhone"]) for c in self.vendor.contacts],
                         [("Mr", {"phoneNumber": "+919876500001", "countryCode": "+91", "extension": "+"}),
                          ("Mrs", {"phoneNumber": "+919876500002", "countryCode": "+91", "extension": "91"})])

    def test_without_salutation_a_contact_is_rejected(self):
        self.serve()
        file = self.write("own.csv", "prefix,first name,last name,mobile\n,Ann,Lee,+12125551234\n")
        self.bring(file, settings={"salutation": None}, code=3)
        self.assertFalse(self.vendor.contacts)
        self.bring(file, settings={"salutation": "Mrs", "extension": "91"}, code=0)
        self.assertEqual((self.vendor.contacts[0]["salutation"], self.vendor.contacts[0]["cellPhone"]["extension"]),
                         ("Mrs", "91"))

    def test_the_host_may_be_given_with_its_scheme(self):
        for host in ("smartassist.kore.ai", "https://smartassist.kore.ai", "https://smartassist.kore.ai/"):
            run = self.run_program("preview", self.source(people(3)), "--to", "koreai", "--output", "json", "--region", "US",
                                   "--state-dir", self.state, *self.flags({"host": host}), code=0)
            self.assertEqual({r["url"] for r in run.json()["requests"]},
                             {f"https://smartassist.kore.ai/agentassist/api/v1/public/{BOT}/contacts/import-contacts"})

    def test_hs512_and_enforced_jti(self):
        self.serve(algorithm="HS512", enforce_jti=True)
        persons = people(20)
        self.vendor.fault("status", path="/import-contacts", status=503, at=2)
        report = self.bring(self.source(persons), "--batch-size", "10", settings={"jwt_algorithm": "HS512", "settle_ms": 0},
                            code=3).json()
        self.expect(self.assert_account(report, persons), persons)

    def test_the_wrong_algorithm_or_account_stops(self):
        self.serve(algorithm="HS512")
        self.bring(self.source(people(4)), code=5)
        self.assertFalse(self.vendor.contacts)

    def test_what_is_there_already_ends_as_unchanged(self):
        for policy in ("skip", "refuse"):
            with self.subTest(policy=policy):
                self.state = self.folder / f"state-{policy}"
                self.serve(duplicates=policy)
                persons = people(12, bad_every=0)
                for p in (persons[2], persons[7]):
                    self.known(p)
                report = self.bring(self.source(persons), code=0).json()
                lines = self.assert_account(report, persons)
                self.assertEqual([n for n, line in lines.items() if line["outcome"] == "unchanged"], [3, 8])

    def test_rows_that_the_vendor_refuses_are_found(self):
        for how in ("skip", "refuse"):
            with self.subTest(how=how):
                self.state = self.folder / f"state-{how}"
                self.serve(bad_row=how, success=201)
                persons = people(12, bad_every=0)
                refused = {persons[n].national for n in (3, 9)}
                self.vendor.refuses = lambda row: "not callable" if row["cellPhoneNumber"] in refused else None
                report = self.bring(self.source(persons), code=3).json()
                lines = self.assert_account(report, persons)
                self.assertEqual([n for n, line in lines.items() if line["outcome"] == "rejected"], [4, 10])

    def test_eight_refused_in_a_row_stop_the_job(self):
        self.serve(bad_row="refuse")
        self.vendor.refuses = lambda row: "nothing suits"
        persons = people(30, bad_every=0)
        run = self.bring(self.source(persons))
        self.assertIn(run.code, (2, 5))
        self.assert_account(run.json(), persons)
        self.assertLess(self.vendor.count("/import-contacts"), 30)

    def test_an_inactive_contact_is_not_there(self):
        self.serve()
        persons = people(3)
        self.known(persons[0])
        self.vendor.contacts[0]["status"] = "INACTIVE"
        report = self.bring(self.source(persons), code=0).json()
        self.assertEqual(report["rows"]["created"], 3)

    def test_verification_off_ends_as_unknown(self):
        self.serve()
        persons = people(6)
        self.known(persons[0])
        report = self.bring(self.source(persons), settings={"verify": "false"}, code=9).json()
        lines = self.assert_account(report, persons)
        self.assertEqual([n for n, line in lines.items() if line["outcome"] == "unknown"], [1])

    def test_the_rate_limit_message_counts_whatever_its_status(self):
        for status in (400, 200):
            with self.subTest(status=status):
                self.state = self.folder / f"state-{status}"
                self.serve(limit_status=status)
                self.vendor.fault("status", path="/import-contacts", status=429, headers={"Retry-After": "1"})
                persons = people(6)
                report = self.bring(self.source(persons), code=0).json()
                self.assert_account(report, persons)
                self.assertEqual((report["rows"]["created"], report["requests"]["retried"]), (6, 1))

    def test_a_403_stops_with_5(self):
        self.serve()
        self.vendor.fault("status", path="/import-contacts", status=403, times=99)
        self.bring(self.source(people(6)), code=5)
        self.assertEqual(self.vendor.count("/import-contacts"), 1)

    def test_a_whole_list_that_is_there_ends_as_unchanged_under_both_policies(self):
        for policy in ("skip", "refuse"):
            with self.subTest(policy=policy):
                self.state = self.folder / f"state-{policy}"
                self.serve(duplicates=policy)
                persons = people(15, bad_every=0)
                for p in persons:
                    self.known(p)
                report = self.bring(self.source(persons), code=0).json()
                self.assert_account(report, persons)
                self.assertEqual(report["rows"]["unchanged"], 15)

    def test_a_lost_answer_under_the_refusing_policy(self):
        self.serve(duplicates="refuse")
        self.vendor.fault("cut_after", path="/import-contacts")
        persons = people(15, bad_every=0)
        report = self.bring(self.source(persons), settings={"settle_ms": 0}, code=0).json()
        self.assert_account(report, persons)


if __name__ == "__main__":
    unittest.main()
