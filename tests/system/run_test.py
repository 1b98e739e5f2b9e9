"""./run answers what it can before it installs or compiles anything."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["LANGO_SOURCE_DIR"])
BIN = pathlib.Path(os.environ["LANGO_BIN_DIR"])


class Run(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lango-run-")
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name)
        shutil.copy(SOURCE / "run", self.tree / "run")
        (self.tree / "tools").mkdir()
        setup = self.tree / "tools" / "setup"
        setup.write_text("#!/bin/sh\ntouch set-up\nexit 9\n")
        setup.chmod(0o755)

    def run_with(self, *arguments):
        said = subprocess.run([self.tree / "run", *arguments], capture_output=True, text=True, cwd="/")
        return said, (self.tree / "set-up").exists()

    def test_help_comes_at_once(self):
        said, set_up = self.run_with("--port", "9000", "--help")
        self.assertEqual((said.returncode, set_up), (0, False), said.stderr)
        self.assertIn("Usage: ./run", said.stdout)

    def test_a_wrong_option_is_refused_at_once(self):
        for arguments in (["--prot", "9000"], ["--port"], ["now"], ["--prot=1"], ["--port", "1", "-x"]):
            said, set_up = self.run_with(*arguments)
            self.assertEqual((said.returncode, set_up), (2, False), arguments)
            self.assertIn("./run --help", said.stderr)

    def test_right_options_go_on_to_the_setup(self):
        for arguments in ([], ["--port", "9000", "--no-first-payment"], ["--port=9000"], ["--postback", "http://x"]):
            said, set_up = self.run_with(*arguments)
            self.assertEqual((said.returncode, set_up), (9, True), said.stderr)
            (self.tree / "set-up").unlink()

    def test_it_knows_the_options_of_the_sandbox(self):
        options = re.compile(r"--[a-z][a-z-]+")
        ours = set(options.findall(self.run_with("--help")[0].stdout))
        program = subprocess.run([BIN / "lango", "sandbox", "--help"], capture_output=True, text=True, check=True)
        named = set(re.findall(r"^ +(?:-h,)?(--[a-z][a-z-]+)", program.stdout, re.M))
        self.assertEqual(ours, named)


if __name__ == "__main__":
    unittest.main()
