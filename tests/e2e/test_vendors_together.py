"""One command, several vendors."""

import unittest

import test_vendor_apptoto
import test_vendor_geelark
import test_vendor_truedy
from harness import Case
from vendors import people


class Together(Case):
    def test_one_reading_for_three_vendors(self):
        cases = [kind("run") for kind in (TruedyRun, ApptotoRun, GeeLarkRun)]
        flags = []
        for case in cases:
            case.setUp()
            self.addCleanup(case.doCleanups)
            vendor = case.serve()
            flags += ["--to", case.connector, "--base-url", f"{case.connector}={vendor.url}"]
            for key, value in case.settings.items():
                flags += ["--set", f"{case.connector}.{key}={value}"]
        persons = people(30)
        file = cases[0].source(persons)
        run = self.run_program("import", file, *flags, "--state-dir", self.state, "--output", "json", "--region", "US",
                               "--contacts", "sent.ndjson", code=3)
        report = run.json()
        sent = [(self.folder / f"sent.{case.connector}.ndjson").read_text() for case in cases]
        self.assertEqual([len(text.splitlines()) for text in sent], [27] * 3)
        plan = self.run_program("map", file, *[f for case in cases for f in ("--to", case.connector)], "--output", "json",
                                code=0).json()
        self.assertEqual([one["connector"] for one in plan["maps"]], [case.connector for case in cases])
        self.assertEqual(report["exit_code"], 3)
        self.assertEqual(len(report["jobs"]), 3)
        for case, job in zip(cases, report["jobs"]):
            self.assertEqual(job["connector"]["id"], case.connector)
            case.state = self.state
            case.expect(case.assert_account(job, persons), persons)

    def test_one_refused_credential_does_not_keep_the_other_from_its_contacts(self):
        truedy, apptoto = TruedyRun("run"), ApptotoRun("run")
        for case in (truedy, apptoto):
            case.setUp()
            case.serve()
            self.addCleanup(case.doCleanups)
        run = self.run_program("import", truedy.source(people(10)), "--to", "truedy", "--to", "apptoto", "--base-url",
                               f"truedy={truedy.vendor.url}", "--base-url", f"apptoto={apptoto.vendor.url}", "--set",
                               "apptoto.address_book_id=123", "--state-dir", self.state, "--output", "json", "--region", "US",
                               env={"SWITCHBOARD_TRUEDY_API_KEY": "wrong"}, code=5)
        self.assertEqual(len(apptoto.vendor.contacts), 9, run.out + run.err)


class TruedyRun(test_vendor_truedy.TruedyCase):
    def run(self, result=None):
        pass


class ApptotoRun(test_vendor_apptoto.ApptotoCase):
    def run(self, result=None):
        pass


class GeeLarkRun(test_vendor_geelark.GeeLarkCase):
    def run(self, result=None):
        pass


if __name__ == "__main__":
    unittest.main()
