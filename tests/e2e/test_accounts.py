"""Which imports count as the same account: whose key it was, and who else imports at this moment."""

import unittest

from harness import Case, Sandbox

BOOK = ("--set", "address_book_id=123")


class TwoCustomers(Case):
    """Two customers of one vendor, at one address and in one ledger: what one got says nothing of the other."""

    KEY = {"truedy": "SWITCHBOARD_TRUEDY_API_KEY", "apptoto": "SWITCHBOARD_APPTOTO_USER"}

    def setUp(self):
        super().setUp()
        self.file = self.people(12)
        self.sandbox, self.port = None, 0

    def serve(self, connector, key, variable=None, faults=()):
        """The vendor, as the customer with this key finds it."""
        if self.sandbox:
            self.sandbox.stop()
        self.key = {variable or self.KEY[connector]: key}
        self.sandbox = Sandbox(self, connector, port=self.port, faults=faults, env=self.key)
        self.url = self.sandbox.urls[connector]
        self.port = int(self.url.rsplit(":", 1)[1])

    def bring(self, connector, *flags, code=0):
        run = self.run_program("import", self.file, "--to", connector, "--base-url", self.url, "--state-dir", self.state,
                               "--output", "json", "-q", *flags, env=self.key, code=code)
        return run.json() if code in (0, 5) else run

    def skipped(self, connector, *flags):
        report = self.bring(connector, "--only-new", *flags)
        self.assert_law(report)
        return report["rows"]["skipped"]

    def test_only_new_sends_everything_to_the_second_customer_and_nothing_twice_to_the_first(self):
        self.serve("truedy", "key-of-customer-a")
        self.bring("truedy")
        self.serve("truedy", "key-of-customer-b")
        self.assertEqual(self.skipped("truedy"), 0)
        self.assertEqual(len(self.sandbox.account("truedy")["contacts"]), 12)
        self.assertEqual(self.skipped("truedy"), 12)
        self.serve("truedy", "key-of-customer-a")
        self.assertEqual(self.skipped("truedy"), 12)

    def test_the_list_of_jobs_tells_the_two_customers_apart(self):
        for key in ("key-of-customer-a", "key-of-customer-b", "key-of-customer-a"):
            self.serve("truedy", key)
            self.bring("truedy")
        listed = self.run_program("jobs", "--state-dir", self.state, "--output", "json").json()["jobs"]
        a_again, b, a = (job["credential"] for job in listed)
        self.assertEqual(a, a_again)
        self.assertNotEqual(a, b)
        text = self.run_program("jobs", "--state-dir", self.state).out
        self.assertIn(", key " + a[:6] + ")", text)
        self.assertIn(", key " + b[:6] + ")", text)
        self.assertNotIn("key-of-customer", text)

    def test_the_profile_does_not_matter_where_the_key_is_known(self):
        self.write("switchboard.yaml", "profiles:\n  nightly: {}\n")
        self.serve("truedy", "key-of-customer-a")
        self.bring("truedy")
        self.assertEqual(self.skipped("truedy", "--profile", "nightly"), 12)

    def test_importing_again_is_refused_to_the_same_customer_only(self):
        self.serve("apptoto", "a@example.com")
        self.bring("apptoto", *BOOK)
        self.serve("apptoto", "b@example.com")
        self.bring("apptoto", *BOOK)
        self.serve("apptoto", "a@example.com")
        self.assertIn("imported into this account before", self.bring("apptoto", *BOOK, code=2).err)
        # A check says the same; without a key it does not know whose account it is.
        for key, code in (("a@example.com", 2), ("", 2), ("c@example.com", 0)):
            checked = self.run_program("check", self.file, "--to", "apptoto", "--base-url", self.url, "--state-dir", self.state,
                                       *BOOK, code=code, env={self.KEY["apptoto"]: key})
            self.assertEqual("imported into this account before" in checked.err, code == 2, checked.err)

    def test_a_new_api_key_of_the_same_user_is_the_same_customer(self):
        self.serve("apptoto", "the old key", "SWITCHBOARD_APPTOTO_API_KEY")
        self.bring("apptoto", *BOOK)
        self.serve("apptoto", "the new key", "SWITCHBOARD_APPTOTO_API_KEY")
        self.assertEqual(self.skipped("apptoto", *BOOK), 12)

    def test_nothing_of_a_key_is_kept(self):
        self.serve("truedy", "key-of-customer-a")
        self.bring("truedy")
        files = [path for path in self.state.rglob("*") if path.is_file()]
        self.assertTrue(files)
        for path in files:
            self.assertNotIn(b"key-of-customer-a", path.read_bytes(), path)

    def test_a_job_stopped_by_a_refused_key_goes_on_with_the_right_one(self):
        self.serve("truedy", "key-of-customer-a")
        right, self.key = self.key, {self.KEY["truedy"]: "key-with-a-typo"}
        job = self.bring("truedy", code=5)["job"]
        self.key = right
        done = self.run_program("resume", job, "--state-dir", self.state, "--output", "json", env=right, code=0).json()
        self.assertEqual(done["rows"]["created"], 12)
        self.assertEqual(self.skipped("truedy"), 12)


class AtTheSameMoment(Case):
    """Two runs of one cron line."""

    def both(self, *flags):
        sandbox = Sandbox(self, "apptoto", faults=["slow=1500:POST /v1/contacts"])
        file = self.people(12)
        command = ("import", file, "--to", "apptoto", "--base-url", sandbox.urls["apptoto"], "--state-dir", self.state,
                   "-q", *BOOK, *flags)
        runs = [self.start_program(*command), self.start_program(*command)]
        ended = sorted((run.wait(60), run.stderr.read()) for run in runs)
        self.assertEqual([code for code, _ in ended], [0, 2], ended)
        self.assertIn("right now", ended[1][1])
        self.assertEqual(len(sandbox.account("apptoto")["contacts"]), 12)

    def test_one_of_two_imports_of_a_file_is_told_of_the_other(self):
        self.both()

    def test_one_of_two_imports_of_what_is_new_is_told_of_the_other(self):
        self.both("--only-new")


if __name__ == "__main__":
    unittest.main()
