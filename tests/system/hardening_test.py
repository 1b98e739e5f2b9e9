"""What the program that is installed was built with. Runs where LANGO_HARDENED is on (release)."""
import os
import pathlib
import re
import subprocess
import unittest

PROGRAM = pathlib.Path(os.environ["LANGO_BIN_DIR"]) / "lango"
SOURCE = os.environ["LANGO_SOURCE_DIR"]


def readelf(*options):
    return subprocess.run(["readelf", "-W", *options, PROGRAM], capture_output=True, text=True, check=True).stdout


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

    def test_it_does_not_say_where_it_was_built(self):
        self.assertNotIn(SOURCE.encode(), PROGRAM.read_bytes())


if __name__ == "__main__":
    unittest.main()
