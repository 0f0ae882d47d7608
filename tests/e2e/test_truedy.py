"""The main job, against the served emulator of Truedy: what the report says is what the account holds."""

import hashlib
import json
import signal
import time
import unittest

from harness import EXAMPLE, Case, Sandbox


class TruedyCase(Case):
    def serve(self, **how):
        self.sandbox = Sandbox(self, "truedy", **how)
        return self.sandbox.urls["truedy"]

    def contacts(self):
        return {c["phone"]: c for c in self.sandbox.account("truedy")["contacts"]}

    def import_file(self, file, url, *flags, **how):
        return self.run_program("import", file, "--to", "truedy", "--base-url", url, "--state-dir", self.state,
                                "--output", "json", "--region", "US", *flags, **how)


class MainJob(TruedyCase):
    def test_every_stored_contact_and_every_outcome_agree(self):
        url = self.serve()
        run = self.import_file(EXAMPLE, url, "--contacts", "out.ndjson", code=3)
        report = run.json()
        self.assert_law(report)
        self.assertEqual(report["rows"]["read"], 128)
        self.assertEqual(report["source"]["profile"], "google_csv_2024")
        rows = self.rows_of(report["job"], "--state-dir", self.state)
        self.assertEqual(len(rows), 128)
        sent = {}
        for line in (self.folder / "out.ndjson").read_text().splitlines():
            entry = json.loads(line)
            sent[entry["row"]] = entry["contact"]
        created = {row for row, line in rows.items() if line["outcome"] == "created"}
        self.assertEqual(created, set(sent))
        held = self.contacts()
        self.assertEqual({c["phone"] for c in sent.values()}, set(held))
        for contact in sent.values():
            self.assertEqual(held[contact["phone"]]["name"] or None, contact.get("name"))
            self.assertEqual(held[contact["phone"]].get("email") or None, contact.get("email"))
        for row in (7, 19, 23, 31, 44, 73, 95, 112, 117):
            self.assertEqual(rows[row]["outcome"], "rejected", rows[row])
        self.assertEqual(rows[101]["outcome"], "skipped")
        rejects = self.read_csv(self.folder / "google-contacts.rejects.csv")
        self.assertEqual([int(r["_row"]) for r in rejects],
                         [row for row, line in sorted(rows.items()) if line["outcome"] == "rejected"])

    def test_preview_shows_where_the_credential_goes_and_nothing_of_it(self):
        for vendor, flags, header in (("truedy", (), "Authorization"), ("geelark", ("--set", "id=1"), "traceId"),
                                      ("koreai", ("--set", "bot_id=st-1", "--set", "account_id=" + "a" * 24,
                                                  "--set", "salutation=Mr"), "auth")):
            for env in ({}, {f"SWITCHBOARD_{vendor.upper()}_{name}": None for name in
                             ("API_KEY", "TOKEN", "CLIENT_ID", "CLIENT_SECRET")}):
                with self.subTest(vendor=vendor, env=bool(env)):
                    run = self.run_program("preview", EXAMPLE, "--to", vendor, *flags, "--region", "US", "--state-dir", self.state,
                                           "--output", "json", env=env, code=0)
                    headers = {name.lower(): value for name, value in run.json()["requests"][0]["headers"].items()}
                    self.assertIn(header.lower(), headers)
                    self.assertIn("[redacted]", json.dumps(headers))

    def test_a_preview_names_the_settings_that_only_an_import_looks_up(self):
        run = self.run_program("preview", EXAMPLE, "--to", "truedy", "--set", "folder_id=Spring", "--region", "US",
                               "--state-dir", self.state, code=0)
        self.assertIn("folder_id is shown as given", run.err)

    def test_contacts_of_a_suppression_list_are_never_sent(self):
        (self.folder / "list.csv").write_text("Name,Phone,E-mail\nAnn,(212) 555-0143,ann@example.com\n"
                                              "Bob,212.555.0144,Bob@Example.com\nCid,+442079460018,cid@example.com\n"
                                              "Dan,2125550145,dan@example.com\n")
        lists = {"a contact file": ("Phone,Mail\n+1 212 555 0143,\n,bob@example.com\n", {1, 2}),
                 "a bare list": ("bob@example.com\n12125550145\n+44 20 7946 0018\n", {2, 3, 4})}
        for name, (text, rows) in lists.items():
            for command in ("check", "import"):
                with self.subTest(list=name, command=command):
                    (self.folder / "stop.csv").write_text(text)
                    self.state = self.folder / f"state-{name}-{command}"
                    url = self.serve()
                    run = self.run_program(command, "list.csv", "--to", "truedy", "--base-url", url, "--state-dir", self.state,
                                           "--region", "US", "--suppress", "stop.csv", "--output", "json", code=0)
                    report = run.json()
                    self.assertEqual(report["rows"]["skipped"], len(rows))
                    found = {row for reason in report["reasons"] if reason["code"] == "row.suppressed" for row in reason["rows"]}
                    self.assertEqual(found, rows)
                    if command == "import":
                        self.assertEqual(len(self.contacts()), 4 - len(rows))

    def test_check_writes_the_contacts_that_an_import_sends(self):
        self.run_program("check", EXAMPLE, "--to", "truedy", "--state-dir", self.state, "--region", "US",
                         "--contacts", "checked.ndjson", code=3)
        self.import_file(EXAMPLE, self.serve(), "--contacts", "sent.ndjson", code=3)
        lines = [(self.folder / name).read_text() for name in ("checked.ndjson", "sent.ndjson")]
        self.assertEqual(len(lines[0].splitlines()), 116)
        self.assertEqual(*lines)

    def test_a_check_leaves_nothing_to_resume_and_does_not_say_so(self):
        report = self.run_program("check", EXAMPLE, "--to", "truedy", "--state-dir", self.state, "--region", "US",
                                  "--output", "json", code=3).json()
        self.assertNotIn("resume", report)
        self.assertIn("nothing to resume", self.run_program("resume", "--state-dir", self.state, code=0).err)

    def test_a_check_names_the_file_by_its_sha256_wherever_it_shows_it(self):
        check = ["check", EXAMPLE, "--to", "truedy", "--state-dir", self.state, "--region", "US"]
        printed = self.run_program(*check, "--output", "json", code=3).json()
        self.run_program(*check, "--report", "report.json", code=3)
        digest = hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
        for report in (printed, json.loads((self.folder / "report.json").read_text())):
            self.assertEqual(report["source"]["sha256"], digest)

    def test_only_new_sends_nothing_the_second_time(self):
        url = self.serve()
        self.import_file(EXAMPLE, url, code=3)
        before = self.sandbox.account("truedy")
        report = self.import_file(EXAMPLE, url, "--only-new", code=3).json()
        self.assert_law(report)
        self.assertEqual(report["requests"]["sent"], 0)
        self.assertEqual(self.sandbox.account("truedy"), before)

    def test_the_second_import_finds_everything_unchanged(self):
        url = self.serve()
        file = self.people(30)
        self.import_file(file, url, code=0)
        report = self.import_file(file, url, code=0).json()
        self.assertEqual(report["rows"]["unchanged"], 30)

    def test_a_corrected_rejects_file_needs_no_options(self):
        url = self.serve()
        file = self.write("list.csv", "phone;name\r\n+12125550100;Ann\r\n12;Ben\r\n")
        self.import_file(file, url, code=3)
        rejects = self.folder / "list.rejects.csv"
        text = rejects.read_bytes().decode()
        self.assertTrue(text.startswith("phone;name;_row;_code;_field;_message\r\n12;Ben;2;"), text)
        rejects.write_bytes(text.replace("\r\n12;", "\r\n+12125550101;").encode())
        report = self.import_file(rejects, url, code=0).json()
        self.assertEqual(report["rows"]["created"], 1)
        self.assertEqual(self.contacts()["+12125550101"]["name"], "Ben")

    def test_standard_input_is_a_file_like_any_other(self):
        url = self.serve()
        report = self.import_file("-", url, stdin="phone,name\n+12125550100,Ann\n", code=0).json()
        self.assertEqual(report["rows"]["created"], 1)

    def test_a_row_that_the_vendor_refuses_is_rejected_and_no_other(self):
        url = self.serve()
        lines = ["phone,name,company"] + [f"+1212555{i:04d},P{i},Acme" for i in range(40)]
        report = self.import_file(self.write("l.csv", "\n".join(lines)), url, "--batch-size", "10", code=0).json()
        self.assertEqual(report["rows"]["created"], 40)
        self.assertEqual(report["requests"]["sent"], 4)


class Refusals(TruedyCase):
    def test_a_wrong_key_ends_with_5_and_resume_delivers_everything(self):
        url = self.serve()
        file = self.people(50)
        wrong = {"SWITCHBOARD_TRUEDY_API_KEY": "wrong"}
        report = self.import_file(file, url, env=wrong, code=5).json()
        self.assert_law(report)
        self.assertEqual(report["rows"]["failed"], 50)
        self.assertEqual(self.contacts(), {})
        again = self.run_program("resume", "--state-dir", self.state, "--output", "json", code=0).json()
        self.assertEqual(again["rows"]["created"], 50)
        self.assertEqual(len(self.contacts()), 50)

    def test_an_unknown_folder_is_a_setting_to_correct(self):
        url = self.serve()
        run = self.import_file(self.people(3), url, "--set", "folder_id=folder_nope", code=2)
        self.assertIn("folder", run.err + run.out)
        self.assertEqual(self.contacts(), {})

    def test_nobody_listening_ends_with_6(self):
        report = self.import_file(self.people(3), "http://127.0.0.1:1", "--timeout", "1", code=6, timeout=300).json()
        self.assert_law(report)
        self.assertEqual(report["rows"]["failed"], 3)


class Faults(TruedyCase):
    def test_an_answer_lost_after_storing_doubles_nothing(self):
        url = self.serve(faults=["cut-after:/contacts/import@1"])
        report = self.import_file(self.people(40), url, "--batch-size", "20", code=0).json()
        self.assert_law(report)
        self.assertEqual(len(self.sandbox.account("truedy")["contacts"]), 40)
        self.assertEqual(report["rows"]["pending"] + report["rows"]["failed"] + report["rows"]["unknown"], 0)

    def test_a_request_cut_before_storing_is_sent_again(self):
        url = self.serve(faults=["cut-before:/contacts/import@1"])
        report = self.import_file(self.people(40), url, "--batch-size", "20", code=0).json()
        self.assertEqual(len(self.sandbox.account("truedy")["contacts"]), 40)
        self.assert_law(report)

    def test_server_errors_and_throttling_lose_nothing(self):
        url = self.serve(faults=["status=500:/contacts/import@1", "status=503:/contacts/import@3"])
        report = self.import_file(self.people(40), url, "--batch-size", "10", code=0).json()
        self.assertEqual(len(self.sandbox.account("truedy")["contacts"]), 40)
        self.assert_law(report)


class Kills(TruedyCase):
    def kill_in_the_middle(self, how):
        url = self.serve(faults=["slow=150"])
        file = self.people(200)
        process = self.start_program("import", file, "--to", "truedy", "--base-url", url, "--state-dir", self.state,
                                     "--batch-size", "10", "--concurrency", "2", "--progress", "none")
        until = time.monotonic() + 300  # a guard: with a busy disk each save can take a second
        while len(self.sandbox.account("truedy")["contacts"]) < 40:
            self.assertLess(time.monotonic(), until)
            self.assertIsNone(process.poll(), "it ended too early")
        process.send_signal(how)
        process.communicate()
        return process.returncode

    def resume(self):
        report = self.run_program("resume", "--state-dir", self.state, "--output", "json", code=0).json()
        self.assert_law(report)
        self.assertEqual(len(self.sandbox.account("truedy")["contacts"]), 200)
        rows = report["rows"]
        self.assertEqual(rows["created"] + rows["accepted"] + rows["unchanged"], 200)

    def test_kill_9_then_resume_holds_every_contact_once(self):
        self.assertEqual(self.kill_in_the_middle(signal.SIGKILL), -9)
        report = self.run_program("report", "--state-dir", self.state, "--format", "json", code=0).json()
        self.assert_law(report)
        self.resume()

    def test_one_interrupt_drains_and_the_job_can_be_resumed(self):
        self.assertEqual(self.kill_in_the_middle(signal.SIGINT), 130)
        report = self.run_program("report", "--state-dir", self.state, "--format", "json", code=0).json()
        self.assert_law(report)
        self.assertEqual(report["state"], "interrupted")
        self.assertEqual(report["rows"]["unknown"], 0)
        self.resume()

    def test_terminate_ends_with_143(self):
        self.assertEqual(self.kill_in_the_middle(signal.SIGTERM), 143)
        self.resume()


if __name__ == "__main__":
    unittest.main()
