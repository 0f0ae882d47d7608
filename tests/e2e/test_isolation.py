"""Connectors that did not come with the program run in a process of their own."""

import hashlib
import json
import pathlib
import shutil

import harness
from harness import Case, Sandbox


class ForeignConnectors(Case):
    def setUp(self):
        super().setUp()
        listed = json.loads(self.run_program("connectors", "--output", "json", code=0).out)["connectors"]
        self.shipped = {c["id"]: pathlib.Path(c["path"]) for c in listed}
        self.foreign = self.folder / "foreign"
        self.foreign.mkdir()
        shutil.copy(self.shipped["truedy"], self.foreign)

    def workers_of(self, *flags, program=None):
        """How many processes an emulator's program has started."""
        sandbox = Sandbox(self, "truedy", flags=flags, program=program)
        tasks = pathlib.Path(f"/proc/{sandbox.process.pid}/task")
        children = " ".join((task / "children").read_text() for task in tasks.iterdir()).split()
        names = [pathlib.Path(f"/proc/{child}/comm").read_text().strip() for child in children]
        self.assertTrue(all(name.startswith("switchboard-wor") for name in names), names)
        for child in children:
            self.assertEqual(pathlib.Path(f"/proc/{child}/environ").read_bytes(), b"")
            self.assertIn("Seccomp:\t2", pathlib.Path(f"/proc/{child}/status").read_text())
            self.assertIn("NoNewPrivs:\t1", pathlib.Path(f"/proc/{child}/status").read_text())
        sandbox.stop()
        for child in children:
            self.assertFalse(pathlib.Path(f"/proc/{child}").exists())
        return len(children)

    def test_the_five_run_inside_the_program_and_a_copy_of_one_elsewhere_does_not(self):
        self.assertEqual(self.workers_of(), 0)
        self.assertEqual(self.workers_of("--isolate", "always"), 1)
        self.assertEqual(self.workers_of("--connector-path", self.foreign), 1)
        self.assertEqual(self.workers_of("--connector-path", self.foreign, "--isolate", "never"), 0)

    def test_a_library_that_cannot_be_loaded_is_told_in_the_loaders_words(self):
        library = self.foreign / "truedy.so"
        library.write_bytes(library.read_bytes().replace(b"\0libc.so.6\0", b"\0libq.so.6\0"))
        for isolate in ("always", "never"):
            run = self.run_program("probe", "truedy", "--connector-path", self.foreign, "--isolate", isolate, code=2)
            self.assertIn(f"{library}: cannot be loaded: libq.so.6: cannot open shared object file", run.err)
        run = self.run_program("connectors", "check", library, code=3)
        self.assertIn("libq.so.6", run.out)

    def test_a_link_or_another_name_in_the_programs_own_directory_does_not_make_a_library_its_own(self):
        program = self.folder / "prefix" / "bin" / "switchboard"
        own = self.folder / "prefix" / "lib" / "switchboard" / "connectors"
        program.parent.mkdir(parents=True)
        own.mkdir(parents=True)
        shutil.copy(harness.PROGRAM, program)
        shutil.copy(self.shipped["truedy"], own)
        self.assertEqual(self.workers_of(program=program), 0)
        (own / "truedy.so").rename(own / "acme.so")
        self.assertEqual(self.workers_of(program=program), 1)
        (own / "acme.so").unlink()
        (own / "truedy.so").symlink_to(self.foreign / "truedy.so")
        self.assertEqual(self.workers_of(program=program), 1)  # the program itself, for no worker is beside it

    def test_an_import_comes_to_the_same_wherever_the_connector_runs(self):
        self.people(300)
        seen = []
        for isolate in ("never", "always"):
            sandbox = Sandbox(self, "truedy", flags=("--isolate", isolate))
            run = self.run_program("import", "people.csv", "--to", "truedy", "--base-url", sandbox.urls["truedy"], "--isolate", isolate,
                                   "--state-dir", self.folder / isolate, "--output", "json", code=0)
            contacts = sandbox.account("truedy")
            seen.append((run.json()["rows"], run.json()["requests"]["sent"], len(json.dumps(contacts))))
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(seen[0][0]["created"] + seen[0][0]["accepted"], 300)

    def test_a_list_of_libraries_that_may_run_is_the_users_alone(self):
        config = self.folder / ".config" / "switchboard" / "config.yaml"
        config.parent.mkdir(parents=True)
        config.write_text(f"defaults:\n  allowed-libraries: [{'0' * 64}]\n")
        refused = self.run_program("describe", "truedy", "--connector-path", self.foreign, code=2)
        self.assertIn("is not on the list of libraries that may run", refused.err)
        self.run_program("describe", "truedy", code=0)  # the program's own need not stand there
        own = hashlib.sha256((self.foreign / "truedy.so").read_bytes()).hexdigest()
        config.write_text(f"defaults:\n  allowed-libraries:\n    - {own.upper()}\n")
        self.run_program("describe", "truedy", "--connector-path", self.foreign, code=0)
        config.write_text("defaults:\n  allowed-libraries: [truedy]\n")
        self.assertIn("is no SHA-256", self.run_program("describe", "truedy", code=2).err)
        config.unlink()
        for line in (f"allowed-libraries: [{own}]", "isolate: never"):
            (self.folder / "switchboard.yaml").write_text(f"defaults:\n  {line}\n")
            self.assertIn("may not stand in the switchboard.yaml", self.run_program("describe", "truedy", code=2).err)
