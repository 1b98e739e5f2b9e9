"""`lango sandbox --fill`: a made history in the real programs, proved, and made once."""
import json
import pathlib
import re
import signal
import subprocess
import tempfile
import unittest

import lango

PAYMENTS = 2000


class History(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lango-history-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = self.folder / "data"
        self.process = None
        self.addCleanup(self.kill)

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(lango.WAIT)

    def sandbox(self, payments):
        """Runs until it listens or ends; what it has printed."""
        info, shown = self.folder / "info.json", self.folder / "shown.txt"
        info.unlink(missing_ok=True)
        with open(shown, "wb") as out:
            self.process = lango.start_program(
                [lango.BIN / "lango", "sandbox", "--port", "0", "--simulator-port", "0", "--shop-port", "0",
                 "--metrics-port", "0", "--data", self.data, "--info", info, "--fill", str(payments)],
                stdout=out, stderr=subprocess.STDOUT)
        lango.until("the sandbox to listen or to end", lambda: info.exists() or self.process.poll() is not None)
        return shown.read_text()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(lango.WAIT), 0)

    def command(self, *arguments):
        run = subprocess.run([lango.BIN / "lango", *arguments, "--data-directory", self.data],
                             capture_output=True, text=True, timeout=lango.WAIT)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        return run.stdout

    def expect_proved(self):
        said = self.command("verify")  # 0 when every law holds
        found = re.search(r"proved ([\d,]+) payments, [\d,]+ postings, 3 merchants", said)
        self.assertIsNotNone(found, said)
        self.assertGreater(int(found.group(1).replace(",", "")), PAYMENTS * 9 // 10)

    def test_is_proved_and_made_once(self):
        said = self.sandbox(PAYMENTS)
        self.assertIn("2,000 payments of 90 days, made in", said)
        # The running gateway has it.
        slugs = {merchant["slug"] for merchant in json.loads(self.command("merchant", "list", "--json"))["merchants"]}
        self.assertEqual(slugs, {"demo", "kahawa", "savanna"})
        self.expect_proved()
        self.stop()
        self.expect_proved()

        self.assertIn("of 2,000 payments: it is here already", self.sandbox(PAYMENTS))
        self.stop()
        said = self.sandbox(PAYMENTS + 1)
        self.assertEqual(self.process.wait(lango.WAIT), 1)
        self.assertIn("No history is made: one of 2000 payments is here already", said)


if __name__ == "__main__":
    unittest.main()
