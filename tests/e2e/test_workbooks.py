"""A person's workbook goes out without an option, and what was rejected comes back as a workbook that another reader opens."""

import json
import os
import unittest
import zipfile

import workbooks
from harness import Case

HEADER = ["Name", "Phone", "Email", "Since"]
PEOPLE = [["Our customers"], [], HEADER,
          ["Ann Lee", 14155552671, "ann@example.org", ("date", 45429)],
          ["Bob Ray", 123, "bob@example.org", ("date", 45430)],
          ["Cid Fox", "+44 20 7946 0018", None, None],
          ["Total: 3 contacts"]]
ODS_PEOPLE = [[("date", {45429: "2024-05-17", 45430: "2024-05-18"}[cell[1]]) if isinstance(cell, tuple) else cell for cell in row] for row in PEOPLE]
SHEETS = [{"name": "Notes", "rows": 0, "chosen": False}, {"name": "People", "rows": 3, "chosen": True}]


class Workbooks(Case):
    def setUp(self):
        super().setUp()
        folder = str(self.folder)
        self.xlsx = workbooks.make_xlsx(os.path.join(folder, "people.xlsx"), {"Notes": [["Call them on Monday"]], "People": PEOPLE})
        self.ods = workbooks.make_ods(os.path.join(folder, "people.ods"), {"Notes": [["Call them on Monday"]], "People": ODS_PEOPLE})

    def test_inspect_shows_sheets_and_what_columns_hold(self):
        for file, name in ((self.xlsx, "xlsx"), (self.ods, "ods")):
            found = self.run_program("inspect", file, "--output", "json", code=0).json()
            self.assertEqual(found["format"], name)
            self.assertEqual(found["sheets"], SHEETS)
            self.assertEqual([(c["column"], c["content"], c["meaning"]) for c in found["columns"]],
                             [("Name", "text", "full_name"), ("Phone", "mixed", "phone"), ("Email", "text", "email"), ("Since", "date", "other")])
            self.assertEqual(found["lines"], {"total": 7, "preamble": 2, "header": 1, "blank": 0, "continued": 0, "other": 1, "records": 3})

    def test_both_formats_give_the_same_records(self):
        records = [self.run_program("read", file, code=0).out for file in (self.xlsx, self.ods)]
        self.assertEqual(records[0], records[1])
        lines = [json.loads(line) for line in records[0].splitlines()]
        self.assertEqual(lines[0], {"columns": HEADER})
        self.assertEqual(lines[1], {"row": 1, "line": 4, "values": ["Ann Lee", "14155552671", "ann@example.org", "2024-05-17"]})
        self.assertEqual(lines[3], {"row": 3, "line": 6, "values": ["Cid Fox", "+44 20 7946 0018", None, None]})

    def test_rejects_are_a_workbook_with_a_note_on_the_faulty_cell_and_go_in_again(self):
        for file in (self.xlsx, self.ods):
            self.run_program("import", file, "--to", "truedy", "--sandbox", "--region", "US", code=3)
            cells, notes = workbooks.read_xlsx(os.path.join(str(self.folder), "people.rejects.xlsx"))
            self.assertEqual([cells[c + "1"]["value"] for c in "ABCDEFGH"], HEADER + ["_row", "_code", "_field", "_message"])
            self.assertEqual((cells["B2"]["type"], cells["B2"]["value"]), ("n", "123"))
            self.assertEqual((cells["D2"]["type"], cells["D2"]["value"], cells["D2"]["format"]), ("n", "45430", "yyyy-mm-dd"))
            self.assertEqual((cells["A2"]["type"], cells["A2"]["value"]), ("text", "Bob Ray"))
            self.assertEqual(cells["E2"]["value"], "2")
            self.assertEqual(list(notes), ["B2"])
            self.assertIn(cells["F2"]["value"], notes["B2"])
            self.assertEqual([c for c in "ABCDEFGH" if cells[c + "2"]["fill"] == "FFFFD7D7"], ["B"])
            self.run_program("import", "people.rejects.xlsx", "--to", "truedy", "--sandbox", "--region", "US", code=3)
            again, _ = workbooks.read_xlsx(os.path.join(str(self.folder), "people.rejects.rejects.xlsx"))
            self.assertEqual([again[c + "1"]["value"] for c in "ABCDEFGH"], HEADER + ["_row", "_code", "_field", "_message"])

    def test_a_zip_archive_is_the_file_inside_also_from_standard_input(self):
        archive = os.path.join(str(self.folder), "export.zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
            file.write(self.xlsx, "export/people.xlsx")
        self.assertEqual(self.run_program("inspect", archive, "--output", "json", code=0).json()["format"], "xlsx")
        with zipfile.ZipFile(archive, "a") as file:
            file.write(self.ods, "export/people.ods")
        run = self.run_program("read", archive, code=7)
        self.assertIn("2 contact files: export/people.xlsx, export/people.ods", run.err)
        self.assertIn("unzip -p", run.err)


if __name__ == "__main__":
    unittest.main()
