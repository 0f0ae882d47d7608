"""Apptoto: the program against an emulator that was written from the vendor's fact file, not from the connector."""

import unittest

from emulators.apptoto import Apptoto
from harness import SECRETS
from vendors import CommonCases, Vendor, by, people


class ApptotoCase(Vendor):
    connector = "apptoto"
    emulator = Apptoto
    settings = {"address_book_id": "123"}
    secrets = {"user": SECRETS["SWITCHBOARD_APPTOTO_USER"], "api_key": SECRETS["SWITCHBOARD_APPTOTO_API_KEY"]}

    def held(self):
        return by(list(self.vendor.contacts), lambda c: c["phone_numbers"][0]["normalized"])

    def wanted(self, p):
        return p.phone, {"name": p.name, "address_book_id": 123,
                         "phone_numbers": [{"number": p.phone, "is_mobile": p.kind == "Mobile", "is_primary": True,
                                            "normalized": p.phone}],
                         "email_addresses": [{"address": p.email, "is_primary": True}]}


class ApptotoCommon(CommonCases, ApptotoCase):
    import_path = "/v1/contacts"


class ApptotoOwn(ApptotoCase):
    def test_its_own_columns_need_no_option(self):
        self.serve()
        file = self.write("own.csv", "address_book_id,first_name,last_name,phone,email,external_id\n"
                                     "123,Fred,Smith,+16505551212,fred@example.com,crm-000123\n")
        self.bring(file, code=0)
        contact = self.vendor.contacts[0]
        self.assertEqual((contact["name"], contact["phone_numbers"][0]["number"], contact["external_id"]),
                         ("Fred Smith", "+16505551212", "crm-000123"))
        self.assertEqual(contact["email_addresses"][0]["address"], "fred@example.com")

    def test_a_book_by_name_gets_the_contacts_and_a_new_one_only_on_request(self):
        self.serve()
        named = {"address_book_id": None, "address_book": "Suppliers"}
        self.bring(self.source(people(4)), settings=named, code=0)
        self.assertEqual({c["address_book_id"] for c in self.vendor.contacts}, {456})
        stored = len(self.vendor.contacts)
        typo = {"address_book_id": None, "address_book": "Supliers"}
        self.bring(self.source(people(4)), settings=typo, code=2)
        self.assertEqual((len(self.vendor.contacts), len(self.vendor.books)), (stored, 2))
        self.bring(self.source(people(4)), settings={**typo, "create_address_book": "true"}, code=0)
        self.assertIn("Supliers", self.vendor.books.values())

    def test_a_book_that_is_made_is_made_by_one_request_alone(self):
        self.serve()
        self.vendor.fault("slow_after", path="/v1/contacts", method="POST", at=1, seconds=0.5)
        answered, take = [], self.vendor.take
        self.vendor.take = lambda request: (answered.append(self.vendor.count("/v1/contacts", "POST")), take(request))[1]
        self.bring(self.source(people(60, bad_every=0)), code=0,
                   settings={"address_book_id": None, "address_book": "New", "create_address_book": "true"})
        self.assertEqual(len(answered), 3)
        self.assertGreaterEqual(answered[1], 1)  # the second was not sent before the first was answered
        self.assertEqual(list(self.vendor.books.values()).count("New"), 1)

    def test_of_identical_rows_that_are_kept_each_is_found_or_sent_for_itself(self):
        self.serve(chokes_above=1)  # 502 after the first of two was stored
        row = "Fred Smith,+16505551212,fred@example.com\n"
        file = self.write("same.csv", "name,phone,email\n" + row + row)
        report = self.bring(file, "--duplicates", "keep", settings={"settle_ms": 0}, code=0).json()
        self.assertEqual(report["rows"]["created"], 2)
        self.assertEqual(len({c["external_id"] for c in self.vendor.contacts}), 2)
        self.assertEqual(len(self.vendor.contacts), 2)

    def test_the_number_of_a_book_is_no_name(self):
        self.serve()  # the vendor would make a book called "456"
        run = self.bring(self.source(people(4)), settings={"address_book_id": None, "address_book": "456"}, code=2)
        self.assertIn("Suppliers", run.err)
        self.assertEqual((self.vendor.contacts, len(self.vendor.books)), ([], 2))

    def test_contacts_that_no_message_can_reach_go_out_with_a_warning_or_not_at_all(self):
        self.serve()
        file = self.write("own.csv", "name,email,phone\nAnn Lee,ann@example.com,\nBob Ray,,\n")
        report = self.bring(file, settings={"require_reach": "true"}, code=3).json()
        self.assertEqual((report["rows"]["created"], report["rows"]["rejected"]), (1, 1))
        self.state = self.folder / "second"
        report = self.bring(file, code=0).json()
        self.assertEqual([(w["code"], w["count"]) for w in report["warnings"]], [("rule.any_of", 1)])

    def test_an_unknown_or_missing_book_stops_with_2(self):
        self.serve()
        self.bring(self.source(people(4)), settings={"address_book_id": "999"}, code=2)
        self.bring(self.source(people(4)), settings={"address_book_id": None}, code=2)
        self.assertFalse(self.vendor.contacts)

    def test_contacts_without_phone_go_out(self):
        self.serve()
        file = self.write("own.csv", "name,email,phone\nAnn Lee,ann@example.com,\nBob Ray,,\n,x@example.com,\n")
        report = self.bring(file, code=3).json()
        self.assertEqual([c["name"] for c in self.vendor.contacts], ["Ann Lee", "Bob Ray"])
        self.assertEqual(report["rows"]["rejected"], 1)

    def test_one_refused_contact_is_found_and_the_others_are_stored(self):
        for options in ({}, {"bad_item": "partial"}, {"bad_item": "partial", "partial_shape": "absent"}, {"success": 201}):
            with self.subTest(**options):
                self.state = self.folder / f"state-{len(list(self.folder.iterdir()))}"
                self.serve(**options)
                persons = people(40, bad_every=0)
                refused = {persons[n].phone for n in (3, 17)}
                self.vendor.refuses = lambda item: "is blocked" if item["phone_numbers"][0]["number"] in refused else None
                report = self.bring(self.source(persons), settings={"settle_ms": 0}, code=3).json()
                lines = self.assert_account(report, persons)
                self.assertEqual([n for n, line in lines.items() if line["outcome"] == "rejected"], [4, 18])

    def test_502_after_a_prefix_doubles_nothing(self):
        self.serve(chokes_above=6, missing=200)
        persons = people(45)
        report = self.bring(self.source(persons), settings={"settle_ms": 0}, code=3).json()
        self.expect(self.assert_account(report, persons), persons)

    def test_eight_refused_in_a_row_stop_the_job(self):
        self.serve()
        self.vendor.refuses = lambda item: "nothing suits"
        persons = people(40, bad_every=0)
        run = self.bring(self.source(persons))
        self.assertIn(run.code, (2, 5))
        self.assert_account(run.json(), persons)
        self.assertLess(self.vendor.count("/v1/contacts"), 30)
        self.vendor.refuses = lambda item: None
        report = self.resume().json()
        self.assert_account(report, persons)
        self.assertEqual(report["rows"]["pending"] + report["rows"]["failed"], 0)
        self.assertGreaterEqual(len(self.vendor.contacts), 32)

    def test_importing_again_is_refused_in_create_mode(self):
        self.serve()
        persons = people(8)
        file = self.source(persons)
        job = self.bring(file, code=0).json()["job"]
        run = self.bring(file, code=2)
        self.assertIn(job, run.out + run.err)
        self.assertEqual(len(self.vendor.contacts), 8)
        self.bring(file, "--again", code=0)
        self.assertEqual(len(self.vendor.contacts), 16)

    def test_upsert_can_be_repeated(self):
        self.serve()
        persons = people(8)
        file = self.source(persons)
        self.bring(file, settings={"mode": "upsert"}, code=0)
        report = self.bring(file, settings={"mode": "upsert"}, code=0).json()
        self.assert_account(report, persons)
        self.assertEqual(len(self.vendor.contacts), 8)

    def test_precheck_finds_what_is_there(self):
        self.serve()
        persons = people(8)
        file = self.source(persons)
        self.bring(file, code=0)
        report = self.bring(file, "--again", settings={"precheck": "true"}, code=0).json()
        self.assertEqual(report["rows"]["unchanged"], 8)
        report = self.bring(file, settings={"precheck": "true", "mode": "upsert"}, code=0).json()
        self.assertEqual(report["rows"]["updated"], 8)
        self.assertEqual(len(self.vendor.contacts), 8)

    def test_phones_as_given_go_out_as_typed(self):
        self.serve()
        file = self.write("own.csv", "name,phone\nAnn Lee,(212) 555-1234\n")
        self.bring(file, settings={"phone_format": "as_given"}, code=0)
        self.assertEqual(self.vendor.contacts[0]["phone_numbers"][0]["number"], "(212) 555-1234")

    def test_an_upsert_whose_answer_was_lost_is_repeated(self):
        for how in ("cut_before", "cut_after"):
            with self.subTest(how=how):
                self.state = self.folder / f"state-{how}"
                self.serve()
                self.vendor.fault(how, path="/v1/contacts", method="PUT")
                persons = people(25, bad_every=0)
                report = self.bring(self.source(persons), settings={"mode": "upsert", "settle_ms": 0}, code=0).json()
                self.assert_account(report, persons)
                self.assertEqual(len(self.vendor.contacts), 25)

    def test_looking_up_while_throttled_waits(self):
        self.serve()
        self.vendor.fault("cut_after", path="/v1/contacts", method="POST")
        self.vendor.fault("status", path="/v1/contact", method="GET", at=3, status=429, headers={"Retry-After": "1"})
        persons = people(8)
        report = self.bring(self.source(persons), settings={"settle_ms": 0}, code=0).json()
        self.assert_account(report, persons)
        self.assertEqual(len(self.vendor.contacts), 8)

    def test_looked_up_answers_that_are_no_json_leave_it_resumable(self):
        self.serve(missing=200, bad_item="partial", partial_shape="absent")
        persons = people(3)
        self.vendor.refuses = lambda item: "no" if item["phone_numbers"][0]["number"] == persons[1].phone else None
        self.vendor.fault("cut_before", path="/v1/contacts", method="POST")
        self.vendor.fault("malformed", path="/v1/contact", method="GET", at=2, times=99)
        report = self.bring(self.source(persons), settings={"settle_ms": 0}).json()
        self.assertIn(report["exit_code"], (6, 9))
        self.vendor.faults.clear()
        report = self.run_program("resume", report["job"], "--resend-unknown", "--state-dir", self.state, "--output", "json",
                                  code=3).json()
        self.assertEqual((report["rows"]["created"], report["rows"]["rejected"]), (2, 1))


class ApptotoResume(ApptotoCase):
    def test_a_vendor_that_kept_answering_503_is_not_said_to_have_given_no_answer(self):
        self.serve()
        for path, method in (("/v1/contacts", "POST"), ("/v1/contact", "GET")):
            self.vendor.fault("status", path=path, method=method, status=503, times=10**6)
        persons = people(2)
        report = self.bring(self.source(persons), settings={"settle_ms": 0}, code=6).json()
        self.assert_account(report, persons)
        self.assertIn("kept answering HTTP 503, also when it was asked", report["reasons"][0]["message"])
        self.vendor.faults.clear()
        report = self.resume(code=0).json()
        self.expect(self.assert_account(report, persons), persons)

    def test_a_job_is_not_gone_on_with_while_another_one_sends_to_the_account(self):
        self.serve()
        first = self.bring(self.source(people(4)), env={"SWITCHBOARD_APPTOTO_API_KEY": "a typo"}, code=5).json()["job"]
        refused, answer = [], self.vendor.answer

        def resume_and_answer(handler, request):
            if request.method == "POST" and not refused:
                refused.append(None)
                refused[0] = self.resume(first)
            return answer(handler, request)

        self.vendor.answer = resume_and_answer
        self.bring(self.source(people(8)[4:], "others.csv"), code=0)
        self.assertEqual(refused[0].code, 2)
        self.assertIn("is sending to this account right now", refused[0].err)
        self.assertEqual(len(self.vendor.contacts), 4)
        self.resume(first, code=0)
        self.assertEqual(len(self.vendor.contacts), 8)

    def test_an_unclear_look_up_before_a_stop_does_not_keep_the_job_from_being_resumed(self):
        for missing in (200, 404):
            for post in ("cut_before", "cut_after"):
                with self.subTest(missing=missing, post=post):
                    self.state = self.folder / f"state-{missing}-{post}"
                    self.serve(missing=missing)
                    self.vendor.fault(post, path="/v1/contacts", method="POST")
                    self.vendor.fault("malformed", path="/v1/contact", method="GET")
                    self.vendor.fault("status", path="/v1/contact", method="GET", status=503, times=99)
                    persons = people(4)
                    report = self.bring(self.source(persons), settings={"settle_ms": 0}).json()
                    self.assertIn(report["exit_code"], (6, 9))
                    self.vendor.faults.clear()
                    again = ("resume", report["job"], "--state-dir", self.state, "--output", "json")
                    self.assertIn(self.run_program(*again).code, (0, 9))
                    self.run_program(*again, "--resend-unknown", code=0)
                    self.assertTrue(set(self.held()) >= {p.phone for p in persons})


if __name__ == "__main__":
    unittest.main()
