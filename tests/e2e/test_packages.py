"""The Debian packages that cpack makes: what they hold, what they need, and that the program runs from them."""

import os
import pathlib
import shutil
import subprocess
import unittest

from harness import Case, SECRETS

BUILD = os.environ.get("SWITCHBOARD_BUILD")


@unittest.skipUnless(BUILD and shutil.which("cpack"), "needs the build folder, as tests/e2e/run gives it")
class Packages(Case):
    def make(self):
        made = subprocess.run(["cpack", "-G", "DEB", "--config", f"{BUILD}/CPackConfig.cmake", "-B", str(self.folder / "packages")],
                              capture_output=True, text=True, timeout=900)
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
        found = {path.name.split("_")[0]: path for path in (self.folder / "packages").glob("*.deb")}
        self.assertEqual(set(found), {"switchboard", "switchboard-sdk"})
        return found

    def field(self, package, name):
        return subprocess.run(["dpkg-deb", "-f", str(package), name], capture_output=True, text=True, check=True).stdout.strip()

    def test_both_packages_hold_what_they_are_for_and_run_from_where_they_are_unpacked(self):
        packages = self.make()
        self.assertIn("libpoconet", self.field(packages["switchboard"], "Depends"))
        needs = {need.split()[0] for need in self.field(packages["switchboard-sdk"], "Depends").split(",")}
        self.assertLessEqual(needs, {"libc6", "libgcc-s1", "libstdc++6"})
        root = self.folder / "root"
        for package in packages.values():
            listed = subprocess.run(["dpkg-deb", "-c", str(package)], capture_output=True, text=True, check=True).stdout
            self.assertNotIn(str(pathlib.Path(BUILD).parent), listed)
            subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=True)
        for file in ("bin/switchboard", "libexec/switchboard/switchboard-worker", "share/man/man1/switchboard.1", "share/zsh/vendor-completions/_switchboard",
                     "share/fish/vendor_completions.d/switchboard.fish", "share/bash-completion/completions/switchboard", "bin/swb-conformance",
                     "include/switchboard/abi.h", "share/switchboard/template/connector.json"):
            self.assertTrue((root / "usr" / file).exists(), file)
        (self.folder / "contacts.csv").write_text("Name,Phone\nAda,+14155550123\n")
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **SECRETS}
        run = subprocess.run([str(root / "usr/bin/switchboard"), "import", "contacts.csv", "--to", "truedy", "--sandbox"], cwd=self.folder, env=environment,
                             capture_output=True, text=True, timeout=120)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


if __name__ == "__main__":
    unittest.main()
