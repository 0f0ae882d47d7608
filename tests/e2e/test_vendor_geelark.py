"""GeeLark: the program against an emulator that was written from the vendor's fact file, not from the connector."""

import json
import time
import unittest

from emulators.geelark import PHONE, GeeLark
from harness import SECRETS
from vendors import CommonCases, Vendor, by, people


FAST = {"first_poll_ms": 100, "max_poll_ms": 200, "settle_ms": 0}


class GeeLarkCase(Vendor):
    connector = "geelark"
    emulator = GeeLark
    settings = {"id": PHONE, **FAST}
    secrets = {"token": SECRETS["SWITCHBOARD_GEELARK_TOKEN"]}

    def held(self):
        self.vendor.settle()
        return by(list(self.vendor.stored[PHONE]), lambda c: c.get("mobile") or c.get("work"))

    def wanted(self, p):
        return p.phone, {"firstName": p.first, "lastName": p.last, "email1": p.email,
                         {"Mobile": "mobile", "Work": "work"}[p.kind]: p.phone}


class GeeLarkCommon(CommonCases, GeeLarkCase):
    import_path = "/rpa/task/importContacts"
    after_cut_before = 9
    may_be_unknown = True
    statuses = (500,)
    small_batches = ("--batch-size", "12")

    def in_the_middle(self):
        return len(self.vendor.tasks) >= 2

    def throttle(self):
        self.vendor.fault("answer", path=self.import_path, at=2, with_=self.vendor.code(40017))


class GeeLarkOwn(GeeLarkCase):
    def test_its_own_columns_need_no_option(self):
        self.serve()
        file = self.write("own.csv", "firstName,lastName,mobile,work,fax,email1,email2\n"
                                     "jay,park,+12125551234,+12125551235,+12125551236,a@example.com,b@example.com\n")
        self.bring(file, code=0)
        self.assertEqual(self.vendor.stored[PHONE],
                         [{"firstName": "jay", "lastName": "park", "mobile": "+12125551234", "work": "+12125551235",
                           "fax": "+12125551236", "email1": "a@example.com", "email2": "b@example.com"}])

    def test_name_remark_and_time(self):
        for given in ("1893456000", "2030-01-01T00:00:00Z", "2030-01-01T02:00:00+02:00", "2030-01-01T00:00:00"):
            settings = {"name": "spring " + "x" * 121, "remark": "r" * 200, "schedule_at": given}
            run = self.run_program("preview", self.source(people(3)), "--to", "geelark", "--output", "json", "--region", "US",
                                   "--state-dir", self.state, *self.flags(settings), code=0)
            body = run.json()["requests"][0]["body"]
            body = json.loads(body) if isinstance(body, str) else body
            self.assertLessEqual(len(body["name"]), 128)
            self.assertTrue(body["name"].startswith("spring "))
            self.assertEqual((body["remark"], body["scheduleAt"]), ("r" * 200, 1893456000))

    def test_a_remark_that_is_too_long_is_refused_before_sending(self):
        self.serve()
        self.bring(self.source(people(3)), settings={"remark": "r" * 201}, code=2)
        self.assertFalse(self.vendor.log)

    def test_a_time_that_is_past_means_now(self):
        self.serve()
        self.bring(self.source(people(3)), settings={"schedule_at": "2020-01-01T00:00:00Z"}, code=0)
        self.assertLess(abs(self.vendor.tasks[0]["scheduleAt"] - time.time()), 60)

    def test_the_signature_mode(self):
        self.serve(token=None, app_id="app-1", api_key="key-1", skew=300)
        env = {"SWITCHBOARD_GEELARK_TOKEN": None, "SWITCHBOARD_GEELARK_APP_ID": "app-1",
               "SWITCHBOARD_GEELARK_API_KEY": "key-1"}
        persons = people(10)
        report = self.bring(self.source(persons), env=env, code=3).json()
        self.expect(self.assert_account(report, persons), persons)

    def test_several_phones_are_one_job_each(self):
        other = "557536075321468391"
        self.serve(phones=(PHONE, other))
        run = self.bring(self.source(people(5)), settings={"id": f"{PHONE},{other}"}, code=0).json()
        self.assertEqual(len(run["jobs"]), 2)
        self.assertEqual([len(self.vendor.stored[p]) for p in (PHONE, other)], [5, 5])

    def test_phones_work_side_by_side_and_are_asked_about_together(self):
        phones = [str(557536075321468390 + n) for n in range(12)]
        self.serve(phones=phones, polls=3)
        run = self.bring(self.source(people(30, bad_every=0)), "--batch-size", "15", settings={"id": ",".join(phones)}, code=0)
        report = run.json()
        self.assertEqual([job["rows"]["created"] for job in report["jobs"]], [30] * 12)
        self.assertEqual([len(self.vendor.stored[p]) for p in phones], [30] * 12)
        for job in report["jobs"]:
            self.assert_law(job)
        asked = self.vendor.asked
        self.assertEqual(max(asked), 12)
        self.assertLess(len(asked), 24, asked)  # alone they would be 12 phones x 2 tasks x 4 questions
        self.assertGreaterEqual(sum(asked), 96)

    def test_tasks_that_fail_or_are_cancelled(self):
        cases = (({"final": 4, "fail_code": 20129}, ("failed", "rejected")),
                 ({"final": 4, "fail_code": 20003, "half_done": True}, ("unknown",)),
                 ({"final": 4, "fail_code": 29999, "half_done": True, "polls": 2}, ("unknown",)),
                 ({"final": 7}, ("failed", "rejected")), ({"final": 7, "polls": 2, "half_done": True}, ("unknown",)))
        for options, outcomes in cases:
            with self.subTest(**options):
                self.state = self.folder / f"state-{len(list(self.folder.iterdir()))}"
                self.serve(**options)
                run = self.bring(self.source(people(6)))
                report = run.json()
                self.assert_law(report)
                found = {line["outcome"] for line in self.outcomes(report).values()}
                self.assertEqual(len(found), 1)
                self.assertIn(found.pop(), outcomes)
                self.assertIn(run.code, (9,) if "unknown" in outcomes else (3, 6))

    def test_a_task_that_never_ends_is_unknown(self):
        self.serve(polls=10**6)
        report = self.bring(self.source(people(6)), settings={"deadline_ms": 1000}, code=9).json()
        self.assertEqual(report["rows"]["unknown"], 6)

    def test_a_busy_phone_is_tried_again_or_the_rows_stay_resumable(self):
        self.serve(busy_times=10**6)
        report = self.bring(self.source(people(6)), settings={"busy_retries": 0}).json()
        self.assertEqual(report["rows"]["unknown"] + report["rows"]["created"], 0)

    def test_a_lost_answer_is_found_by_the_tag(self):
        self.serve(history_delay=1)
        self.vendor.fault("cut_after", path="/importContacts")
        report = self.bring(self.source(people(6)), settings={"settle_ms": 300}, code=0).json()
        self.assertEqual(report["rows"]["created"], 6)
        self.assertEqual(len(self.vendor.tasks), 1)

    def test_a_failure_that_the_vendor_names_is_looked_into_and_sent_again(self):
        for code in (40000, 50000):
            with self.subTest(code=code):
                self.state = self.folder / f"state-{code}"
                self.serve()
                self.vendor.fault("answer", path="/importContacts", with_=self.vendor.code(code), times=1)
                report = self.bring(self.source(people(6, bad_every=0)), settings={"settle_ms": 100}, code=0).json()
                self.assertEqual((report["rows"]["created"], len(self.vendor.tasks)), (6, 1))

    def test_a_task_that_the_history_never_shows_is_unknown_until_it_is_sent_again_on_request(self):
        self.serve(echoes_name=False)
        self.vendor.fault("cut_after", path="/importContacts")
        report = self.bring(self.source(people(6)), code=9).json()
        self.assertEqual((report["rows"]["unknown"], len(self.vendor.tasks)), (6, 1))
        again = ("resume", report["job"], "--state-dir", self.state, "--output", "json")
        self.run_program(*again)
        self.assertEqual(len(self.vendor.tasks), 1)
        unnamed = ("resume", "--resend-unknown", "--state-dir", self.state, "--output", "json")
        report = self.run_program(*unnamed, code=0).json()
        self.assertEqual((report["rows"]["created"], len(self.vendor.tasks)), (6, 2))

    def test_a_file_whose_fate_is_open_is_not_imported_again(self):
        self.serve(echoes_name=False)
        self.vendor.fault("cut_after", path="/importContacts")
        file = self.source(people(6, bad_every=0))
        report = self.bring(file, code=9).json()
        run = self.bring(file, code=2)
        self.assertIn(f"switchboard resume --state-dir {self.state} {report['job']}", run.err)
        again = self.bring(file, "--only-new").json()
        self.assertEqual((again["rows"]["skipped"], len(self.vendor.tasks)), (6, 1))
        self.assertEqual({r["code"] for r in again["reasons"]}, {"row.may_be_delivered"})

    def test_codes_that_stop_the_run(self):
        for code, exit_codes in ((40003, (5,)), (40016, (5,)), (40014, (6,)), (41001, (6,)), (40012, (2, 5, 6))):
            with self.subTest(code=code):
                self.state = self.folder / f"state-{code}"
                self.serve()
                self.vendor.fault("answer", path="/importContacts", with_=self.vendor.code(code), times=99)
                run = self.bring(self.source(people(30)), "--batch-size", "15")
                self.assertIn(run.code, exit_codes, run.out)
                self.assert_law(run.json())
                self.assertLessEqual(self.vendor.count("/importContacts"), 2)
                self.vendor.faults.clear()
                persons = people(30)
                self.expect(self.assert_account(self.resume(code=3).json(), persons), persons)

    def test_an_unknown_phone_stops_with_2(self):
        self.serve()
        run = self.bring(self.source(people(30)), "--batch-size", "5", settings={"id": "557536075321468399"})
        self.assertIn(run.code, (2,))
        self.assertLessEqual(self.vendor.count("/importContacts"), 1)

    def test_a_task_refused_for_one_contact_is_split(self):
        self.serve()
        persons = people(12, bad_every=0)
        culprit = persons[5].phone
        self.vendor.refuses = lambda c: "bad contact" if c.get("mobile") == culprit else None
        report = self.bring(self.source(persons), code=3).json()
        lines = self.assert_account(report, persons)
        self.assertEqual([n for n, line in lines.items() if line["outcome"] == "rejected"], [6])

    def test_eight_refused_in_a_row_stop_the_job(self):
        self.serve()
        self.vendor.refuses = lambda c: "nothing suits"
        persons = people(40, bad_every=0)
        run = self.bring(self.source(persons))
        self.assertIn(run.code, (2, 5))
        self.assert_account(run.json(), persons)

    def test_importing_again_is_refused(self):
        self.serve()
        file = self.source(people(8))
        job = self.bring(file, code=0).json()["job"]
        run = self.bring(file, code=2)
        self.assertIn(job, run.out + run.err)
        self.bring(file, "--again", code=0)
        self.assertEqual(len(self.vendor.stored[PHONE]), 16)


if __name__ == "__main__":
    unittest.main()
