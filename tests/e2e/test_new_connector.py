"""`connectors new`: from the template, and as far as an OpenAPI document goes."""
import json
import pathlib
import unittest

from harness import Case

DOCUMENTS = pathlib.Path(__file__).resolve().parent.parent / "data" / "openapi"


class NewConnector(Case):
    def test_a_document_becomes_the_connector_that_the_tests_build_and_judge(self):
        said = self.run_program("connectors", "new", "postern", "--from", str(DOCUMENTS / "bulk_people.json"), code=0).out
        self.assertIn("The import is POST /lists/{listId}/people (bulkAddPeople).\nIt could also have been (--operation):\n  PUT /people/{id} (replacePerson)\n", said)
        self.assertIn("after an answer was lost?", said)
        self.assertIn("cmake -S postern -B postern/build", said)
        for made in sorted((DOCUMENTS / "made" / "postern").iterdir()):
            self.assertEqual(made.read_bytes(), (self.folder / "postern" / made.name).read_bytes(), made.name)
        self.assertIn("switchboard_add_connector(postern", (self.folder / "postern" / "CMakeLists.txt").read_text())

    def test_the_operation_can_be_named_and_the_marks_read_by_machines(self):
        made = json.loads(self.run_program("connectors", "new", "kontor", "--from", str(DOCUMENTS / "single_contact.yaml"), "--operation", "POST /contacts",
                                           "--output", "json", code=0).out)
        self.assertEqual((made["directory"], made["operation"], made["others"]), ("kontor", "POST /contacts (createContact)", []))
        self.assertEqual({mark["file"] for mark in made["marks"]}, {"connector.json", "request.cpp", "response.cpp"})

    def test_what_cannot_be_used_is_said_and_nothing_is_made(self):
        document = str(DOCUMENTS / "list_job.json")
        for arguments, words in ((("--from", document, "--operation", "startImports"), 'no operation "startImports" (did you mean'),
                                 (("--from", document, "--operation", "getImport"), "sends nothing"),
                                 (("--from", "nowhere.json"), "nowhere.json cannot be read"),
                                 (("--operation", "startImport"), "Name it with --from FILE.")):
            self.assertIn(words, self.run_program("connectors", "new", "acme", *arguments, code=2).err)
            self.assertFalse((self.folder / "acme").exists())

    def test_a_connector_may_be_called_like_a_word_of_cpp_and_not_like_a_path(self):
        self.run_program("connectors", "new", "class", code=0)
        self.assertIn("namespace class_connector {", (self.folder / "class" / "connector.h").read_text())
        self.run_program("connectors", "new", "../acme", code=2)
        self.assertIn("There is already", self.run_program("connectors", "new", "class", code=2).err)


if __name__ == "__main__":
    unittest.main()
