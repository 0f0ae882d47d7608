"""Files of every format, as a person meets them: what `inspect` says of them, and their rejects, corrected and imported again."""

import json
import os
import unittest

from harness import ROOT, Case

FILES = ROOT / "tests" / "data" / "formats"


class Inspect(Case):
    def test_what_is_said_of_each_file_is_as_written_down(self):
        """UPDATE_GOLDEN=1 writes it down anew."""
        for file in sorted(FILES.iterdir()):
            if file.suffix == ".inspect":
                continue
            with self.subTest(file.name):
                golden = file.with_name(file.name + ".inspect")
                said = self.run_program("inspect", file, code=0).out
                if os.environ.get("UPDATE_GOLDEN"):
                    golden.write_text(said)
                self.assertEqual(said, golden.read_text())


class Alike(Case):
    def test_every_command_reads_json(self):
        file = FILES / "people.ndjson"
        self.assertEqual(len(self.run_program("read", file, code=0).out.splitlines()), 4)
        mapping = self.run_program("map", file, "--to", "truedy", "--output", "json", code=0).json()["mapping"]
        self.assertIn({"column": "phones[0].number", "field": "phone"}, [{k: row[k] for k in ("column", "field")} for row in mapping])
        check = self.run_program("check", file, "--to", "truedy", "--output", "json", code=3).json()
        run = self.run_program("import", file, "--to", "truedy", "--sandbox", "--output", "json", code=3).json()
        for report in (check, run):
            self.assert_law(report)
            self.assertEqual(report["source"]["format"], "ndjson")
            self.assertEqual([reason["code"] for reason in report["reasons"]], ["row.damaged"])
        preview = self.run_program("preview", file, "--to", "truedy", "--output", "json", code=0).json()
        self.assertIn("+442079460958", json.dumps(preview["requests"]))

    def test_the_wish_for_a_format_is_taken_or_refused(self):
        for name, file in (("json", "hubspot.json"), ("ndjson", "people.ndjson"), ("jcard", "cards.jcard"), ("vcard", "phones.vcf")):
            self.run_program("read", FILES / file, "--format", name, code=0)
        run = self.run_program("read", FILES / "hubspot.json", "--format", "vcard", code=7)
        self.assertIn("this is a JSON file, and cannot be read as vcard", run.err)

    def test_a_file_that_is_cut_sends_nothing(self):
        file = self.write("cut.json", '[{"phone": "+14155552671"}, {"phone": "+14155552672"')
        run = self.run_program("import", file, "--to", "truedy", "--sandbox", code=7)
        self.assertIn("the file was probably cut", run.err)

    def test_an_empty_list_is_a_normal_night(self):
        run = self.run_program("import", self.write("none.json", '{"results": []}'), "--to", "truedy", "--sandbox", code=0)
        self.assertIn("there is nothing to import", run.err)


class Rejects(Case):
    def import_again(self, name, text, mend):
        """Imports a file of which the second of three records has a bad phone, and then what mend() makes of its rejects."""
        run = self.run_program("import", self.write(name, text), "--to", "truedy", "--sandbox", "--output", "json", code=3).json()
        self.assertEqual((run["rows"]["rejected"], run["rows"]["read"]), (1, 3))
        rejects = self.folder / run["files"]["rejects"]
        self.assertEqual(rejects.suffix, "." + name.rpartition(".")[2])
        rejects.write_text(mend(rejects.read_text()))
        again = self.run_program("import", rejects.name, "--to", "truedy", "--sandbox", "--output", "json", code=0).json()
        self.assertEqual(again["rows"]["read"], 1)
        self.assertEqual(again["source"]["format"], run["source"]["format"])
        return run

    def test_json_stays_json(self):
        people = [{"name": "Ann", "phone": "+14155552671"}, {"name": "Bob", "phone": "12", "x": {"y": [1.50]}}, {"name": "Cid", "phone": "+14155552673"}]

        def mend(text):
            (record,) = json.loads(text)
            self.assertEqual({k: record[k] for k in people[1]}, people[1])
            self.assertEqual((record["_row"], record["_code"], record["_field"]), (2, "phone.too_short", "phone"))
            return text.replace('"12"', '"+14155552672"')

        self.import_again("array.json", json.dumps(people, indent=2), mend)
        self.import_again("wrapped.json", json.dumps({"total": 3, "contacts": people}), mend)

    def test_lines_stay_lines(self):
        lines = '{"name":"Ann","phone":"+14155552671"}\n{"name":"Bob","phone":"12"}\n{"name":"Cid","phone":"+14155552673"}\n'

        def mend(text):
            self.assertTrue(text.startswith('{"name":"Bob","phone":"12", "_row": 2, '), text)
            self.assertEqual(text.count("\n"), 1)
            return text.replace('"12"', '"+14155552672"')

        self.import_again("lines.ndjson", lines, mend)

    def test_cards_stay_cards(self):
        cards = [["vcard", [["fn", {}, "text", name], ["tel", {}, "uri", "tel:" + phone]]] for name, phone in
                 (("Ann", "+14155552671"), ("Bob", "12"), ("Cid", "+14155552673"))]
        self.import_again("cards.json", json.dumps(cards), lambda text: text.replace("tel:12", "tel:+14155552672"))
        text = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{card[1][0][3]}\r\nTEL:{card[1][1][3][4:]}\r\nEND:VCARD\r\n" for card in cards)
        self.import_again("cards.vcf", text, lambda text: text.replace("TEL:12\n", "TEL:+14155552672\n"))

    def test_a_table_keeps_its_header(self):
        table = [["Name", "Phone"], ["Ann", "+14155552671"], ["Bob", "12"], ["Cid", "+14155552673"]]
        self.import_again("table.json", json.dumps(table), lambda text: text.replace('"12"', '"+14155552672"'))


if __name__ == "__main__":
    unittest.main()
