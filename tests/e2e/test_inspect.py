"""What a person is shown of a file must not be torn by what stands in the file."""

import unittest

from harness import Case


class Table(Case):
    def setUp(self):
        super().setUp()
        self.file = self.write("odd.csv", 'phone,"na\nme",note\n+12125550100,"Ann\r\n\tLee","a\x1b[2Jb"\n'
                                          f'+12125550101,"\u202eneB","{"long " * 40}"\n')

    def test_every_column_is_one_line_of_the_table(self):
        text = self.run_program("inspect", self.file, code=0).out
        table = text[text.index("  column"):].splitlines()
        self.assertEqual(len([line for line in table if "%" in line]), 3, text)
        self.assertIn("Ann Lee", text)
        self.assertIn("na me", text)
        for torn in ("\x1b", "\u202e", "\t", "\r"):
            self.assertNotIn(torn, text)
        self.assertLess(max(map(len, table)), 160)

    def test_the_json_keeps_every_character(self):
        columns = self.run_program("inspect", self.file, "--output", "json", code=0).json()["columns"]
        self.assertEqual(columns[1]["column"], "na\nme")
        self.assertIn("\u202eneB", columns[1]["samples"])

    def test_the_mapping_and_messages_are_not_torn_either(self):
        text = self.run_program("map", self.file, "--to", "truedy", code=0).out
        self.assertNotIn("na\nme", text)
        run = self.run_program("import", self.write("esc.csv", "a\x1b[2Jb,c\n1,2\n"), "--to", "truedy", "--sandbox", code=2)
        self.assertNotIn("\x1b", run.err)

    def test_one_of_a_kind_is_spoken_as_one(self):
        file = self.write("one.csv", "phone,name\n+12125550100,Ann\n")
        inspected = self.run_program("inspect", file, code=0).out
        self.assertIn("1 record, 2 columns", inspected)
        self.assertIn("+ 0 other + 1 record\n", inspected)
        self.write("bad.csv", "phone,name\n12,Ann\n")
        run = self.run_program("import", "bad.csv", "--to", "truedy", "--sandbox", code=3)
        self.assertIn("0 of 1 row is with truedy", run.out)


if __name__ == "__main__":
    unittest.main()
