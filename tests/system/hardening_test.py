"""What the program that is installed was built with. Runs where LANGO_HARDENED is on (release)."""
import json
import os
import pathlib
import platform
import re
import shlex
import subprocess
import tempfile
import unittest

PROGRAM = pathlib.Path(os.environ["LANGO_BIN_DIR"]) / "lango"
SOURCE = os.environ["LANGO_SOURCE_DIR"]


def readelf(*options):
    return subprocess.run(["readelf", "-W", *options, PROGRAM], capture_output=True, text=True, check=True).stdout


def commands():
    """What each source of ours was compiled with."""
    listed = json.loads((PROGRAM.parent.parent / "compile_commands.json").read_text())
    return [shlex.split(one["command"]) for one in listed if one["file"].endswith(".cpp")]


def compiler():
    """As it was called for the program, with what hardens."""
    words = next(one for one in commands() if "-D_FORTIFY_SOURCE=3" in one)
    called = next(word for word in words if re.match(r"(clang|c\+\+|g\+\+)", pathlib.Path(word).name))
    return [called, *(word for word in words if re.match(r"-O|-f(cf-protection|stack)|-[UD]_FORTIFY_SOURCE", word))]


def properties(program):
    said = subprocess.run(["readelf", "-Wn", program], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"\b(IBT|SHSTK)\b", said))


class Hardening(unittest.TestCase):
    def test_it_can_be_loaded_anywhere_and_its_tables_are_read_only(self):
        self.assertRegex(readelf("-h"), r"Type:\s+DYN")
        self.assertIn("GNU_RELRO", readelf("-l"))
        self.assertRegex(readelf("-d"), r"FLAGS.*\bNOW\b")

    def test_neither_stack_nor_anything_that_is_written_can_be_run(self):
        for line in readelf("-l").splitlines():
            found = re.match(r"\s+(GNU_STACK|LOAD)\s.*?\s([RWE ]{3})\s+0x", line)
            if found:
                self.assertFalse("W" in found[2] and "E" in found[2], line)

    def test_the_library_checks_bounds_for_it(self):
        symbols = readelf("--dyn-syms")
        self.assertIn("__stack_chk_fail", symbols)
        self.assertRegex(symbols, r"__(mem|str|sn?printf|read|fd)\w*_chk")

    def test_the_library_checks_bounds_that_are_known_only_as_it_runs(self):
        everything = commands()
        self.assertGreater(len(everything), 20)
        for words in everything:
            levels = [word for word in words if re.match(r"-[UD]_FORTIFY_SOURCE", word)]
            self.assertEqual(levels[-1:], ["-D_FORTIFY_SOURCE=3"], words[-1])
            # Without an optimisation the library checks nothing.
            self.assertRegex([word for word in words if word.startswith("-O")][-1], "-O[123s]", words[-1])
        said = subprocess.run([*compiler(), "-x", "c++", "-dM", "-E", "-include", "features.h", "-"], input="",
                              capture_output=True, text=True, check=True).stdout
        level = re.search(r"#define __USE_FORTIFY_LEVEL (\d)", said)[1]
        if level != "3":
            self.skipTest(f"this machine's C library has level {level} at most")

    @unittest.skipUnless(platform.machine() == "x86_64", "CET is a part of x86-64")
    def test_indirect_calls_land_where_functions_begin(self):
        # endbr64; a program without -fcf-protection has those of the start files, a handful.
        self.assertGreater(PROGRAM.read_bytes().count(b"\xf3\x0f\x1e\xfa"), 1000)
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "empty.cpp"
            source.write_text("int main() {}\n")
            subprocess.run([*compiler(), source, "-o", source.with_suffix("")], check=True)
            possible = properties(source.with_suffix(""))
        if not possible:
            self.skipTest("no program can have the property: the C library's start files lack it")
        self.assertEqual(properties(PROGRAM), possible)

    def test_it_does_not_say_where_it_was_built(self):
        self.assertNotIn(SOURCE.encode(), PROGRAM.read_bytes())


if __name__ == "__main__":
    unittest.main()
