"""Excel's old workbooks, as a person has them: looked at, imported, corrected, imported again; and those that cannot be read."""

import json
import shutil
import unittest

from harness import ROOT, Case

DATA = ROOT / "tests" / "data" / "input" / "workbook"


class OldWorkbook(Case):
    def setUp(self):
        super().setUp()
        self.file = self.folder / "people.xls"
        shutil.copy(DATA / "people.xls", self.file)

    def test_inspect_shows_sheets_columns_and_what_their_cells_are(self):
        shown = self.run_program("inspect", self.file, "--output", "json", code=0).json()
        self.assertEqual(shown, json.loads((DATA / "people.xls.inspect.json").read_text()))

    def test_it_is_imported_without_an_option_and_its_rejects_again(self):
        report = self.run_program("import", self.file, "--to", "truedy", "--sandbox", "--output", "json", code=3).json()
        self.assert_law(report)
        self.assertEqual((report["rows"]["created"], report["rows"]["rejected"]), (3, 2))  # a number lost its +, another its end
        self.assertEqual(report["files"]["rejects"], "people.rejects.xlsx")
        columns, *rejects = map(json.loads, self.run_program("read", "people.rejects.xlsx", code=0).out.splitlines())
        self.assertEqual(len(rejects), 2)
        values = dict(zip(columns["columns"], rejects[1]["values"]))
        self.assertEqual((values["Name"], values["Since"], values["Member"], values["Debt"]), ("Ann Lee", "2024-05-20", "FALSE", "37.5"))
        self.assertEqual((values["Customer no"], values["_row"]), ("00012345678901234563", "4"))
        report = self.run_program("import", "people.rejects.xlsx", "--to", "truedy", "--sandbox", "--region", "US", "--output", "json", code=3).json()
        self.assertEqual((report["rows"]["created"], report["rows"]["rejected"]), (1, 1))

    def test_a_workbook_that_was_cut_is_refused_and_nothing_is_sent(self):
        whole = self.file.read_bytes()
        for size in (len(whole) - 1, len(whole) // 2, 600):
            self.file.write_bytes(whole[:size])
            run = self.run_program("import", self.file, "--to", "truedy", "--sandbox", code=7)
            self.assertIn("cut or damaged", run.err)
            self.assertEqual(run.out, "")


if __name__ == "__main__":
    unittest.main()
