"""What the documents show is what the program does."""

import json
import math
import os
import re
import shlex
import unittest

from harness import ROOT, Case

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def blocks_of(text):
    return [(language, content) for language, content in BLOCK.findall(text)]


class Mapping(Case):
    def setUp(self):
        super().setUp()
        self.page = (ROOT / "docs" / "mapping.md").read_text()

    def check(self, csv, mapping, code=None):
        self.write("people.csv", csv)
        self.write("mapping.yaml", mapping)
        return self.run_program("check", "people.csv", "--to", "truedy", "--region", "US", "--map", "mapping.yaml",
                                "--contacts", "contacts.ndjson", code=code)

    def test_every_example_gives_the_contacts_that_stand_below_it(self):
        blocks = blocks_of(self.page)
        self.assertEqual([language for language, _ in blocks], ["csv", "yaml", "json"] * (len(blocks) // 3))
        self.assertGreaterEqual(len(blocks), 36)
        for at in range(0, len(blocks), 3):
            (_, csv), (_, mapping), (_, contacts) = blocks[at:at + 3]
            with self.subTest(mapping=mapping):
                expected = [json.loads(line) for line in contacts.splitlines()]
                self.check(csv, mapping, code=0 if expected else 3)
                sent = [json.loads(line)["contact"] for line in (self.folder / "contacts.ndjson").read_text().splitlines()]
                self.assertEqual(sent, expected)

    def known_keys(self, mapping):
        run = self.check("Mobile,Name\n212-555-0100,Ann\n", mapping, code=2)
        return set(re.search(r"Known keys: (.*)\.", run.err).group(1).split(", "))

    def test_every_key_that_the_program_knows_has_its_example(self):
        examples = "\n".join(content for language, content in blocks_of(self.page) if language == "yaml")
        titles = set(re.findall(r"^#+ `(\w+)`", self.page, re.M))
        top = self.known_keys("nonsense: 1\nfields: {phone: Mobile}\n")
        field = self.known_keys("fields: {phone: {nonsense: 1}}\n")
        self.assertEqual(field, titles - {"tests"})
        for key in top:
            self.assertIn(f"| `{key}` |", self.page)
        inner = set()
        for inside in ("split: {nonsense: 1}", "join: {nonsense: 1}", "regex: {nonsense: 1}, from: Name"):
            inner |= self.known_keys("fields: {phone: Mobile, name: {%s}}\n" % inside)
        inner |= self.known_keys("fields: {phone: Mobile}\ntests: [{nonsense: 1}]\n")
        for key in top | field | inner:
            self.assertRegex(examples, rf"\b{key}:", f"{key} has no example")

    def test_a_test_that_fails_names_its_line_and_nothing_is_read(self):
        *_, (_, csv), (_, mapping), _ = blocks_of(self.page)
        run = self.check(csv, mapping.replace("name: ANN", "name: Ann"), code=2)
        self.assertRegex(run.err, r"mapping.yaml, line \d+")


class Readme(Case):
    def test_the_session_is_what_the_program_prints(self):
        readme = ROOT / "README.md"
        page = readme.read_text()
        session = next(content for language, content in blocks_of(page) if language == "console")
        command, _, shown = session.partition("\n")
        self.assertTrue(command.startswith("$ switchboard "))
        (self.folder / "docs").symlink_to(ROOT / "docs")
        printed = self.run_program(*shlex.split(command)[2:]).out
        # The last line names the job and how long it took.
        kept = [line for line in printed.splitlines() if not line.startswith("Job ")]
        if os.environ.get("UPDATE_DOCS"):
            readme.write_text(page.replace(shown, "\n".join(kept) + "\n"))
        else:
            self.assertEqual(kept, shown.splitlines(), "UPDATE_DOCS=1 writes it anew")


class Citations(unittest.TestCase):
    """A page, a part of a page or a file that somebody is sent to must be there."""

    def test_every_document_that_is_named_exists(self):
        missing = []
        for path in self.files():
            text = path.read_text(errors="replace")
            for name in re.findall(r"\bdocs/[\w./-]+\.md\b", text):
                if not (ROOT / name).exists():
                    missing.append(f"{path.relative_to(ROOT)}: {name}")
            if path.suffix == ".md":
                for link in re.findall(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)", text):
                    if not link.startswith(("http", "mailto")) and not (path.parent / link).exists():
                        missing.append(f"{path.relative_to(ROOT)}: {link}")
        self.assertEqual(missing, [])

    def test_the_retry_numbers_are_those_of_the_program(self):
        decisions = (ROOT / "docs" / "decisions.md").read_text()
        policy = (ROOT / "host" / "engine" / "chain" / "retry.h").read_text()
        policy = policy[policy.index("struct RetryPolicy"):policy.index("};")]
        numbers = dict(re.findall(r"(\w+) = ([\d' *]+)", policy))
        self.assertEqual(len(numbers), 4)
        for name, value in numbers.items():
            value = math.prod(int(part) for part in value.replace("'", "").split("*"))
            self.assertIn(f"| `{name}` | {value} |", decisions)

    @staticmethod
    def files():
        for folder in ("core", "host", "sdk", "plugins", "tests", "docs"):
            for path in sorted((ROOT / folder).rglob("*")):
                if path.is_file() and path.suffix in (".h", ".cpp", ".c", ".py", ".md", ".txt", ".cmake", ""):
                    yield path
        yield ROOT / "README.md"


if __name__ == "__main__":
    unittest.main()
