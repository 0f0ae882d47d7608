"""`switchboard doctor` says whether an installation is in order."""

import json
import unittest

from harness import Case


class Doctor(Case):
    def findings(self, *arguments, code, certificates="certificates.pem"):
        (self.folder / "certificates.pem").write_text("those of this system, wherever they are")
        run = self.run_program("doctor", "--output", "json", *arguments, code=code,
                               env={"SSL_CERT_FILE": str(self.folder / certificates), "SSL_CERT_DIR": str(self.folder / "none")})
        return {finding["what"]: finding for finding in json.loads(run.out)["findings"]}

    def test_a_whole_installation_is_in_order(self):
        findings = self.findings(code=0)
        self.assertTrue(all(finding["ok"] for finding in findings.values()), findings)
        self.assertLessEqual({"program", "configuration", "worker", "connector truedy", "ledger", "certificates", "clock"}, set(findings))

    def test_what_is_wrong_is_named_with_what_to_do(self):
        (self.folder / "broken.so").write_text("nothing")
        (self.folder / "taken").write_text("a file")
        findings = self.findings("--connector-path", self.folder, "--state-dir", self.folder / "taken", code=2)
        wrong = {what: finding for what, finding in findings.items() if not finding["ok"]}
        self.assertEqual(set(wrong), {"connector broken", "ledger"})
        self.assertTrue(all(finding["remedy"] for finding in wrong.values()), wrong)

    def test_missing_certificates_are_named(self):
        findings = self.findings(code=2, certificates="missing.pem")
        self.assertEqual([what for what, finding in findings.items() if not finding["ok"]], ["certificates"])
        self.assertIn("ca-certificates", findings["certificates"]["remedy"])


if __name__ == "__main__":
    unittest.main()
