"""What `cmake --install` leaves on a machine: the program, its manual, completions, service, settings."""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest

BUILD = pathlib.Path(os.environ["LANGO_BIN_DIR"]).parent
SOURCE = pathlib.Path(os.environ["LANGO_SOURCE_DIR"])
WAIT = 30  # seconds


def run(*arguments, **more):
    return subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=WAIT * 4, **more)


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        done = run("cmake", "--install", BUILD, "--prefix", "/usr", env={**os.environ, "DESTDIR": str(cls.root)})
        assert done.returncode == 0, f"{done.stdout}{done.stderr}\nIs the target lango-manual built?"
        cls.usr = cls.root / "usr"
        cls.lango = cls.usr / "bin/lango"
        cls.completion = cls.usr / "share/bash-completion/completions/lango"
        cls.unit = cls.usr / "lib/systemd/system/lango.service"

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_program_documents_and_licence_are_there(self):
        self.assertTrue(os.access(self.lango, os.X_OK))
        version = re.search(r"project\(lango VERSION ([\d.]+)", (SOURCE / "CMakeLists.txt").read_text())[1]
        self.assertEqual(run(self.lango, "--version").stdout, f"lango {version}\n")
        for name in ("LICENSE", "README.md", "docs/configuration.md", "docs/protocol/daraja.md",
                     "docs/decisions/README.md", "docs/operating/install.md"):
            self.assertTrue((self.usr / "share/doc/lango" / name).is_file(), name)

    def test_the_man_page_is_one_and_names_every_command(self):
        page = self.usr / "share/man/man1/lango.1"
        shown = run("man", "--warnings=w", "-E", "UTF-8", "-l", page,
                    env={**os.environ, "MANWIDTH": "100", "MANPAGER": "cat", "LC_ALL": "C.UTF-8"})
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        text = re.sub(r"\x1b\[[\d;]*m|.\x08", "", shown.stdout)
        for line in ("lango merchant set [OPTIONS] SLUG", "lango withdrawal approve [OPTIONS]",
                     "--http-port N", "COMMON OPTIONS", "EXIT STATUS"):
            self.assertIn(line, text)
        listed = re.search(r"`lango ([\w-]+(?: \| [\w-]+)+)`", (SOURCE / "README.md").read_text())[1]
        for command in listed.split(" | "):
            self.assertRegex(text, rf"\blango {command}\b")

    def complete(self, line):
        """What bash offers for the last word of the line."""
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lango; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = run("bash", "--norc", "-c", script, "bash", self.completion, *line.split(" "), cwd=SOURCE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.split()

    def test_completions_are_bash_and_know_the_commands(self):
        self.assertEqual(run("bash", "-n", self.completion).stderr, "")
        self.assertEqual(self.complete("lango mer"), ["merchant"])
        self.assertEqual(self.complete("lango merchant s"), ["set", "show"])
        self.assertEqual(self.complete("lango help with"), ["withdrawal"])
        self.assertIn("--http-port", self.complete("lango serve --http"))
        self.assertEqual(self.complete("lango merchant set --js"), ["--json"])
        self.assertEqual(self.complete("lango serve --config CHANGE"), ["CHANGELOG.md"])
        self.assertEqual(self.complete("lango serve --config = CHANGE"), ["CHANGELOG.md"])
        self.assertEqual(self.complete("lango migrate --data-directory simu"), ["simulator"])
        self.assertEqual(self.complete("lango serve --http-port "), [])
        self.assertEqual(self.complete("lango nothing x"), self.complete("lango x"))

    def test_the_tab_key_completes(self):
        """In a bash that somebody sits at."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.root)
            os.execve("/bin/bash", ["bash", "--norc", "--noprofile", "-i"],
                      {"PATH": f"{self.usr}/bin:{os.environ['PATH']}", "TERM": "dumb", "PS1": "ready$ ",
                       "HOME": str(self.root), "INPUTRC": "/dev/null"})
        try:
            seen = self.read_until(terminal, "", "ready$ ")
            os.write(terminal, f"source {self.completion}\r".encode())
            seen = self.read_until(terminal, "", "ready$ ")
            os.write(terminal, b"lango mer\t")
            seen = self.read_until(terminal, "", "lango merchant ")
            os.write(terminal, b"set --js\t")
            self.read_until(terminal, seen, "lango merchant set --json ")
        finally:
            os.close(terminal)
            os.waitpid(child, 0)

    def read_until(self, terminal, seen, text):
        deadline = time.monotonic() + WAIT
        while text not in seen:
            ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
            self.assertTrue(ready, f"waited for {text!r}, saw {seen!r}")
            seen += os.read(terminal, 4096).decode(errors="replace")
        return seen

    def test_the_service_is_confined(self):
        text = self.unit.read_text()
        self.assertIn("ExecStart=/usr/bin/lango serve --config /etc/lango/lango.toml", text)
        self.assertNotIn("@", re.sub(r"[=~]@[a-z-]+", "", text))
        if shutil.which("systemd-analyze") is None:
            self.skipTest("no systemd-analyze here")
        checked = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", f"--root={self.root}",
                      "lango.service")
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))
        weighed = run("systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=20", self.unit)
        self.assertEqual(weighed.returncode, 0, weighed.stdout)

    def test_the_example_settings_are_understood(self):
        settings = (self.usr / "share/doc/lango/examples/lango.toml").read_text()
        # The part that is commented out, too.
        settings = re.sub(r"(?m)^#(?=\[|[a-z_]+ = )", "", settings)
        here = self.root / "settings"
        here.mkdir()
        for name in re.findall(r'"/etc/lango/([\w.-]+)"', settings):
            (here / name).write_text("a-secret\n")
            (here / name).chmod(0o600)
        settings = settings.replace("/etc/lango/", f"{here}/").replace("/var/lib/lango", f"{here}/data")
        (here / "lango.toml").write_text(settings)
        done = run(self.lango, "migrate", "--config", here / "lango.toml", cwd=here)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue((here / "data/lango.db").is_file())


if __name__ == "__main__":
    unittest.main()
