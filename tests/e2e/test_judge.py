"""`connectors check`: the judge of the SDK, with the options of its own."""
import json
import unittest

from harness import Case


class Judge(Case):
    def library(self):
        listed = json.loads(self.run_program("connectors", "--output", "json", code=0).out)["connectors"]
        return next(connector["path"] for connector in listed if connector["id"] == "truedy")

    def test_one_check_with_a_seed_gives_a_card_with_its_hash(self):
        said = self.run_program("connectors", "check", "--only", "encode", "--only", "limits", "--seed", "7", self.library(), code=0).out
        self.assertIn("conforms: 2 checks, 0 failed", said)
        self.assertRegex(said, r"scorecard sha256:[0-9a-f]{64}")

    def test_the_card_for_machines_names_the_seed(self):
        card = json.loads(self.run_program("connectors", "check", "--only", "encode", "--seed", "7", "--output", "json", self.library(), code=0).out)
        self.assertEqual((card["seed"], card["conforms"], [check["check"] for check in card["checks"]]), (7, True, ["encode"]))

    def test_settings_that_the_connector_refuses_fail(self):
        said = self.run_program("connectors", "check", "--only", "settings", "--settings", '{"match_scope": "nowhere"}', self.library(), code=3).out
        self.assertIn("again: swb-conformance --seed 1 --settings '{\"match_scope\": \"nowhere\"}' --only settings", said)

    def test_switches_of_the_emulator_reach_it(self):
        for switches, created in (("{}", False), ('{"match": "none"}', True)):
            with self.subTest(switches):
                said = self.run_program("connectors", "check", "--only", "sandbox_import_again", "--sandbox-options", switches, self.library(), code=0).out
                self.assertEqual("12 created" in said, created, said)

    def test_what_is_no_json_object_is_wrong_usage(self):
        for flag in ("--settings", "--sandbox-options"):
            with self.subTest(flag):
                self.assertIn(flag + " is not a JSON object", self.run_program("connectors", "check", flag, "ending=failed", self.library(), code=2).err)


if __name__ == "__main__":
    unittest.main()
