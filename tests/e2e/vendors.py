"""What the vendors' acceptance cases share: a source whose every contact is known, and comparing it with the account."""

import collections
import csv
import io
import json
import time

from harness import SECRETS, Case

FIRST = ["Jane", "José", "Zoë", "Li", "Anna-Maria", "Søren", "Mary Ann", "Владимир", "Aoife", "Karim"]
LAST = ["Doe", "García López", "van der Berg", "O'Neil", "Müller", "Wang", "Smith, Jr", "D\"Arcy", "Ivanov", "Ng"]
DELIVERED = ("created", "updated", "unchanged", "accepted")

GOOGLE = ["First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name",
          "Name Prefix", "Name Suffix", "Nickname", "File As", "Organization Name", "Organization Title",
          "Organization Department", "Birthday", "Notes", "Photo", "Labels", "E-mail 1 - Label", "E-mail 1 - Value",
          "Phone 1 - Label", "Phone 1 - Value", "Website 1 - Label", "Website 1 - Value"]


class Person:
    """A contact of the source: what stands in the file (`typed`), and what it means (`phone`)."""

    def __init__(self, number):
        self.number = number
        self.first, self.last = FIRST[number % 10], f"{LAST[number // 10 % 10]} {self.letters(number)}"
        self.email = f"p{number}@example.com"
        self.company = ["Acme", "Bäckerei \"Zum Korn\", GmbH", ""][number % 3]
        self.kind = ["Mobile", "Work"][number % 5 == 3]
        self.code, self.national = ("44", f"2079{460000 + number}") if number % 4 == 3 else ("1", f"212555{1000 + number}")
        self.phone = f"+{self.code}{self.national}"
        n = self.national
        us = [f"({n[:3]}) {n[3:6]}-{n[6:]}", f"{n[:3]}.{n[3:6]}.{n[6:]}", f"+1 {n[:3]} {n[3:6]} {n[6:]}", self.phone]
        self.typed = us[number % 4] if self.code == "1" else self.phone
        self.bad = False

    @staticmethod
    def letters(number):
        return "".join("abcdefghij"[int(d)] for d in str(number)).capitalize()

    @property
    def name(self):
        return f"{self.first} {self.last}"


def people(count, bad_every=10):
    """The list; every tenth cannot be a phone (too short, words, a date)."""
    found = [Person(n) for n in range(1, count + 1)]
    for p in found:
        if bad_every and p.number % bad_every == 0:
            p.bad, p.typed = True, ["12345", "call the office", "17/05/2024", "+1 212"][p.number // bad_every % 4]
    return found


def google_csv(persons):
    text = io.StringIO(newline="")
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow(GOOGLE)
    for p in persons:
        row = dict.fromkeys(GOOGLE, "")
        row.update({"First Name": p.first, "Last Name": p.last, "Organization Name": p.company, "Name Prefix": "Mr",
                    "E-mail 1 - Label": "* ", "E-mail 1 - Value": p.email, "Phone 1 - Label": p.kind,
                    "Phone 1 - Value": p.typed, "Labels": "* myContacts",
                    "Notes": "two\nlines" if p.number % 7 == 0 else ""})
        write.writerow(row.values())
    return text.getvalue()


def by(items, key):
    """{key: [items]}"""
    held = {}
    for item in items:
        held.setdefault(key(item), []).append(item)
    return held


class Vendor(Case):
    """Shared by the five vendors' cases.

    A subclass names the connector and its emulator, and gives `held()` — {key: [stored contact, …]} — and `wanted(person)`
    — (key, what must be stored). Keys are phones as the vendor keeps them, or what else tells contacts apart there.
    """

    connector = None
    emulator = None          # the class
    settings = {}            # --set
    secrets = {}             # the emulator's options for the credentials of harness.SECRETS

    def serve(self, **options):
        vendor = self.emulator(**{**self.secrets, **options})
        vendor.__enter__()
        self.addCleanup(vendor.__exit__)
        self.vendor = vendor
        return vendor

    def flags(self, settings=None):
        given = {**self.settings, **(settings or {})}
        return [f for k, v in given.items() if v is not None for f in ("--set", f"{k}={v}")]

    def bring(self, file, *flags, settings=None, url=None, region="US", **how):
        return self.run_program("import", file, "--to", self.connector, "--base-url", url or self.vendor.url,
                                "--state-dir", self.state, "--output", "json", "--region", region,
                                "--progress", "none", *self.flags(settings), *flags, **how)

    def resume(self, *flags, **how):
        return self.run_program("resume", "--state-dir", self.state, "--output", "json", "--progress", "none", *flags,
                                **how)

    def source(self, persons, name="google.csv"):
        return self.write(name, google_csv(persons))

    def outcomes(self, report):
        return self.rows_of(report["job"], "--state-dir", self.state)

    def held(self):
        raise NotImplementedError

    def wanted(self, person):
        raise NotImplementedError

    def assert_account(self, report, persons, before=()):
        """Report, ledger and account say the same; nothing is there twice."""
        self.assert_law(report)
        lines = self.outcomes(report)
        self.assertEqual(sorted(lines), list(range(1, len(persons) + 1)))
        counted = collections.Counter(line["outcome"] for line in lines.values())
        self.assertEqual({k: v for k, v in report["rows"].items() if v and k != "read"}, dict(counted))
        held = self.held()
        twice = {k for k, v in held.items() if len(v) > 1}
        self.assertFalse(twice, f"stored more than once: {len(twice)}")
        delivered = set()
        for person, (_, line) in zip(persons, sorted(lines.items())):
            key, contact = self.wanted(person)
            if line["outcome"] in DELIVERED:
                self.assertIn(key, held, line)
                if line["outcome"] != "unchanged" and not (line["outcome"] == "accepted" and key in before):
                    self.assertEqual({k: held[key][0].get(k) for k in contact}, contact)
                delivered.add(key)
        for person, (_, line) in zip(persons, sorted(lines.items())):
            key, _ = self.wanted(person)
            if line["outcome"] in ("rejected", "failed", "pending") and key not in before:
                self.assertFalse(key in held, f"stored all the same: {line}")
            if line["outcome"] == "unknown":
                delivered.add(key)
        self.assertFalse(set(held) - delivered - set(before), "stored, and the report does not know")
        return lines

    def expect(self, lines, persons):
        """Good rows delivered, bad ones rejected."""
        for person, (_, line) in zip(persons, sorted(lines.items())):
            if person.bad:
                self.assertEqual(line["outcome"], "rejected", line)
            else:
                self.assertIn(line["outcome"], DELIVERED, line)

    def kill_in_the_middle(self, file, done, *flags, settings=None):
        """Starts an import, kills it with signal 9 once `done()`."""
        process = self.start_program("import", file, "--to", self.connector, "--base-url", self.vendor.url, "--state-dir",
                                     self.state, "--region", "US", "--progress", "none", *self.flags(settings), *flags)
        until = time.monotonic() + 30
        while not done():
            self.assertLess(time.monotonic(), until, self.vendor.log)
            self.assertIsNone(process.poll(), "it ended too early")
            time.sleep(0.005)
        process.kill()
        process.communicate()


class CommonCases:
    """Cases that every vendor must pass. Mixed into a subclass of Vendor."""

    def test_a_google_export_with_a_tenth_of_bad_rows(self):
        self.serve()
        persons = people(60)
        report = self.bring(self.source(persons), code=3).json()
        self.expect(self.assert_account(report, persons), persons)
        self.assertEqual(report["rows"]["rejected"], 6)
        self.assertEqual(report["source"]["format"], "csv")
        rejects = self.read_csv(self.folder / "google.rejects.csv")
        self.assertEqual([int(r["_row"]) for r in rejects], [p.number for p in persons if p.bad])

    def test_every_request_is_authorised(self):
        self.serve()
        self.bring(self.source(people(5)), code=0)
        self.assertTrue(self.vendor.log)
        self.assertFalse([entry for entry in self.vendor.log if entry[2] in (401, 403)])

    def test_throttled_requests_wait_as_told_and_lose_nothing(self):
        self.serve()
        self.throttle()
        persons = people(30)
        started = time.monotonic()
        report = self.bring(self.source(persons), *self.small_batches, code=3, timeout=150).json()
        self.expect(self.assert_account(report, persons), persons)
        self.assertGreater(report["requests"]["retried"], 0)
        self.assertGreaterEqual(time.monotonic() - started, 0.9)

    def test_an_answer_lost_after_storing_doubles_nothing(self):
        self.serve()
        self.vendor.fault("cut_after", path=self.import_path, method=self.import_method, at=2)
        persons = people(30)
        report = self.bring(self.source(persons), *self.small_batches, settings=self.quick, code=3).json()
        self.expect(self.assert_account(report, persons), persons)

    def test_server_errors_lose_and_double_nothing(self):
        for how in ("status", "status_after"):
            for status in self.statuses:
                with self.subTest(how=how, status=status):
                    self.serve()
                    self.vendor.fault(how, path=self.import_path, method=self.import_method, at=2, status=status)
                    persons = people(30)
                    report = self.bring(self.source(persons), *self.small_batches, "--again", settings=self.quick).json()
                    lines = self.assert_account(report, persons)
                    if how == "status_after" or self.after_cut_before == 3:
                        self.expect(lines, persons)

    def test_an_answer_that_is_no_json_is_no_success_by_itself(self):
        self.serve()
        self.vendor.fault("malformed", path=self.import_path, method=self.import_method, at=1)
        persons = people(30)
        report = self.bring(self.source(persons), *self.small_batches, settings=self.quick).json()
        self.expect(self.assert_account(report, persons), persons)

    def test_kill_9_then_resume_holds_every_contact_once(self):
        for moment in ("before", "after"):
            with self.subTest(moment=moment):
                self.state = self.folder / f"state-{moment}"
                self.serve()
                self.vendor.fault("slow" if moment == "before" else "slow_after", path=self.import_path,
                                  method=self.import_method, at=3, seconds=0.6)
                persons = people(60, bad_every=10)
                file = self.source(persons)
                self.kill_in_the_middle(file, self.in_the_middle, *self.small_batches, settings=self.quick)
                before = json.loads(self.run_program("report", "--state-dir", self.state, "--format", "json", code=0).out)
                self.assert_law(before)
                time.sleep(0.7)
                report = self.resume().json()
                lines = self.assert_account(report, persons)
                if not self.may_be_unknown:
                    self.expect(lines, persons)
                self.assertEqual(report["rows"]["pending"] + report["rows"]["failed"], 0)

    def test_only_new_sends_nothing_the_second_time(self):
        self.serve()
        persons = people(20)
        file = self.source(persons)
        self.bring(file, code=3)
        stored = self.vendor.count(self.import_path, self.import_method)
        report = self.bring(file, "--only-new", code=3).json()
        self.assert_law(report)
        self.assertEqual(report["rows"]["skipped"], 18)
        self.assertEqual(self.vendor.count(self.import_path, self.import_method), stored)

    def test_the_same_row_twice_is_sent_once(self):
        self.serve()
        persons = people(6)
        file = self.source(persons + [persons[2], persons[4]])
        report = self.bring(file, code=0).json()
        self.assertEqual(report["rows"]["skipped"], 2)
        self.assertEqual({k: len(v) for k, v in self.held().items()}, {self.wanted(p)[0]: 1 for p in persons})

    def test_a_wrong_credential_ends_with_5_and_resume_delivers(self):
        self.serve()
        persons = people(30)
        wrong = {k: "wrong" for k in SECRETS if k.startswith(f"SWITCHBOARD_{self.connector.upper()}_")}
        run = self.bring(self.source(persons), env=wrong, code=5)
        self.assert_account(run.json(), persons)
        self.assertIn(f"SWITCHBOARD_{self.connector.upper()}_", run.json()["message"])
        self.assertFalse(self.held())
        report = self.resume(code=3).json()
        self.expect(self.assert_account(report, persons), persons)

    def test_a_request_cut_before_storing_is_sent_again(self):
        self.serve()
        self.vendor.fault("cut_before", path=self.import_path, method=self.import_method, at=2)
        persons = people(30)
        report = self.bring(self.source(persons), *self.small_batches, settings=self.quick).json()
        self.assertEqual(report["exit_code"], self.after_cut_before)
        lines = self.assert_account(report, persons)
        if self.after_cut_before == 3:
            self.expect(lines, persons)

    # What subclasses may change
    def in_the_middle(self):
        return len(self.held()) >= 10

    small_batches = ("--batch-size", "5")
    quick = {"settle_ms": 0}
    after_cut_before = 3
    may_be_unknown = False
    import_path = ""
    import_method = "POST"
    statuses = (500, 503)

    def throttle(self):
        self.vendor.fault("status", path=self.import_path, method=self.import_method, at=2, status=429,
                          headers={"Retry-After": "1"})
