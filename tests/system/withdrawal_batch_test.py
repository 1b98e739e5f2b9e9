"""Withdrawals made by people, through the real programs: approvals, four eyes, and a batch that is
killed in the middle and given again."""
import json
import pathlib
import random
import subprocess
import threading
import unittest
import zipfile

import lango

ROWS = 600
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*named):
    return f'<Relationships xmlns="{PACKAGE}">' + "".join(
        f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for identity, kind, target in named) + "</Relationships>"


def last_line(said):
    return said.stdout.splitlines()[-1]


class People(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)
        self.gateway.start()
        self.keys = {name: self.gateway.operator(name) for name in ("amina", "brian", "chebet")}
        self.fund(100_000)

    def fund(self, amount):
        url = f"http://127.0.0.1:{self.gateway.port}"
        status, body = lango.call(url, "POST", "/api/v1/payment/create/mpesa?secret=" + self.gateway.secret,
                                  {"amount": amount, "phone_number": "254712344777", "currency": "KES",
                                   "label": "user", "custom_transaction_id": "fund"})
        self.assertEqual(status, 200, body)
        order = json.loads(body)["data"]["order_id"]
        lango.until("the deposit to be paid", lambda: self.gateway.state(order) == "paid")

    def run_as(self, who, *arguments):
        return subprocess.run(
            [lango.BIN / "lango", "withdrawal", *map(str, arguments), "--as", who, "--key-file", self.keys[who],
             "--config", self.gateway.data / "lango.toml"], capture_output=True, text=True)

    def list(self, state=""):
        said = self.gateway.command("withdrawal", "list", "--json", "--state", state)
        return json.loads(said)["withdrawals"]

    def test_approve_by_hand_and_the_merchant_is_not_told(self):
        self.gateway.command("merchant", "set", "shop", "approval-from", "500")
        self.gateway.command("merchant", "set", "shop", "approvals-needed", "2")
        made = self.run_as("amina", "create", "shop", "--account-number", "0712345777", "--amount", 1000,
                           "--label", "user")
        self.assertEqual(made.returncode, 0, made.stderr)
        row = self.list("waiting")[0]
        self.assertIn("Nobody approves what he created", self.run_as("amina", "approve", row["id"]).stderr)
        self.assertIn("1 of 2", self.run_as("brian", "approve", row["id"]).stdout)
        self.assertIn("2 of 2", self.run_as("chebet", "approve", row["id"]).stdout)
        lango.until("it to be paid", lambda: self.list("paid"))
        self.assertEqual([payout["phone"] for payout in self.gateway.payouts()], ["254712345777"])
        told = [json.loads(body)["direction"] for body in self.merchant.bodies]
        self.assertNotIn("outgoing", told)
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)

    def test_a_batch_killed_in_the_middle_is_resumed_by_giving_it_again(self):
        sheet = pathlib.Path(self.gateway.data) / "batch.csv"
        lines = ["withdrawal_id,account_number,amount,label"]
        lines += [f"b-{n},{254_720_000_777 + n * 1000},{10 + n % 50},user-{n}" for n in range(ROWS)]
        sheet.write_text("\n".join(lines) + "\n")
        dry = self.run_as("amina", "batch", "shop", sheet, "--dry-run")
        self.assertEqual((dry.returncode, last_line(dry)), (0, f"would be taken {ROWS}, there already 0, wrong 0"))
        total = sum(10 + n % 50 for n in range(ROWS))
        self.assertIn(f"{ROWS} rows, KES {total:,}.00 in all\n", dry.stdout)
        self.assertIn(f"to recipients who were never paid: {ROWS}\n", dry.stdout)
        untold = self.run_as("amina", "batch", "shop", sheet)
        self.assertEqual(untold.returncode, 1)
        self.assertIn("say --sum", untold.stderr)
        wrong = self.run_as("amina", "batch", "shop", sheet, "--sum", total + 1)
        self.assertIn("nothing was done", wrong.stderr)
        self.assertEqual(self.list(), [])
        chance = random.Random(11)
        for _ in range(4):
            killer = threading.Timer(chance.uniform(0.02, 0.4), self.gateway.kill)
            killer.start()
            self.run_as("amina", "batch", "shop", sheet, "--sum", total)
            killer.join()
            self.gateway.start()
        last = self.run_as("amina", "batch", "shop", sheet, "--sum", total)
        self.assertEqual(last.returncode, 0, last.stderr)
        lango.until("all to be paid", lambda: len(self.gateway.payouts()) >= ROWS, seconds=240)
        phones = [payout["phone"] for payout in self.gateway.payouts()]
        self.assertEqual(len(phones), ROWS)
        self.assertEqual(len(set(phones)), ROWS)
        lango.until("none to be open", lambda: not self.list("open"))
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)
        again = self.run_as("amina", "batch", "shop", sheet, "--sum", total)
        self.assertEqual(last_line(again), f"taken 0, there already {ROWS}, wrong 0")
        self.assertIn("to recipients who were never paid: 0\n", again.stdout)

    def test_a_released_batch_goes_on_by_itself_after_a_kill_between_groups(self):
        rows = 3000
        sheet = pathlib.Path(self.gateway.data) / "salaries.csv"
        sheet.write_text("withdrawal_id,account_number,amount,label\n" +
                         "".join(f"g-{n},{254_720_000_777 + n * 1000},10,u\n" for n in range(rows)))
        terminal = subprocess.Popen(
            [lango.BIN / "lango", "withdrawal", "batch", "shop", sheet, "--sum", str(rows * 10), "--as", "amina",
             "--key-file", self.keys["amina"], "--config", self.gateway.data / "lango.toml"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(terminal.kill)

        def batch():
            listed = json.loads(self.gateway.command("batch", "list", "--json"))["batches"]
            return listed[0] if listed else {"state": "none", "made": 0}
        lango.until("some groups to be made", lambda: batch()["made"] > 0)
        self.gateway.kill()
        said, complained = terminal.communicate(timeout=60)
        self.assertEqual(terminal.returncode, 1, said + complained)
        left = batch()  # read off the file
        self.assertEqual(left["state"], "releasing")
        self.assertEqual(left["made"] % 100, 0)
        self.assertGreater(left["left"], 0)
        self.gateway.start()
        lango.until("the others to be made", lambda: batch()["state"] == "done", seconds=240)
        done = batch()
        self.assertEqual((done["number"], done["made"], done["there"], done["refused"]), (1, rows, 0, 0))
        # The same file is the same batch, and every row of it is there.
        again = self.run_as("brian", "batch", "shop", sheet, "--sum", rows * 10)
        self.assertEqual((again.returncode, last_line(again)), (0, f"taken 0, there already {rows}, wrong 0"))
        self.assertEqual(again.stdout.splitlines()[0], "batch 1, done")
        self.assertEqual(len(json.loads(self.gateway.command("batch", "list", "--json"))["batches"]), 1)
        lango.until("all to be paid", lambda: len(self.gateway.payouts()) >= rows, seconds=240)
        lango.until("none to be open", lambda: not self.list("open"), seconds=240)
        code, proved = self.gateway.verify()
        self.assertEqual(code, 0, proved)

    def test_a_batch_is_kept_until_somebody_releases_or_cancels_it(self):
        sheet = pathlib.Path(self.gateway.data) / "kept.csv"
        sheet.write_text("withdrawal_id,account_number,amount,label\n"
                         "k-1,0712345777,100,u\nk-2,0712345777,100,u\nk-3,0713345777,200,u\n")
        dry = self.run_as("amina", "batch", "shop", sheet, "--dry-run")
        self.assertEqual((dry.returncode, last_line(dry)), (0, "would be taken 3, there already 0, wrong 0"))
        self.assertIn("THE SAME RECIPIENT AND AMOUNT MORE THAN ONCE:\n  row 2: KES 100.00 to 254712345777\n"
                      "  row 3: KES 100.00 to 254712345777\n", dry.stdout)
        self.assertIn("1  checked  shop  3 rows, KES 400.00  uploaded by amina",
                      self.gateway.command("batch", "list"))

        def batch(who, *arguments):
            return subprocess.run(
                [lango.BIN / "lango", "batch", *map(str, arguments), "--as", who, "--key-file", self.keys[who],
                 "--config", self.gateway.data / "lango.toml"], capture_output=True, text=True)
        self.assertIn("nothing was done", batch("brian", "release", 1, "--sum", 401).stderr)
        self.assertEqual(batch("brian", "cancel", 1).returncode, 0)
        refused = self.run_as("amina", "batch", "shop", sheet, "--sum", 400)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--again", refused.stderr)
        self.assertEqual(self.list(), [])
        anew = self.run_as("amina", "batch", "shop", sheet, "--again", "--dry-run")
        self.assertEqual(anew.stdout.splitlines()[0], "batch 2, checked")
        released = batch("brian", "release", 2, "--sum", 400)
        self.assertEqual((released.returncode, last_line(released)), (0, "taken 3, there already 0, wrong 0"))
        self.assertIn("row 2  made  KES 100.00 to 254712345777  k-1", self.gateway.command("batch", "show", "2"))
        self.assertEqual({row["created_by"] for row in self.list()}, {"brian"})
        sheet.write_text("withdrawal_id,account_number,amount,label\nn-1,0712345777,200,u\nn-2,0714345777,50,u\n")
        following = self.run_as("amina", "batch", "shop", sheet, "--dry-run")
        self.assertIn("against batch 2: 1 recipients get the same, 0 another amount, 1 are new, 1 are gone\n",
                      following.stdout)

    def test_a_batch_is_approved_as_one_by_its_sum(self):
        self.gateway.command("merchant", "set", "shop", "approval-from", "10")
        self.gateway.command("merchant", "set", "shop", "approvals-needed", "2")
        sheet = pathlib.Path(self.gateway.data) / "salaries.csv"
        sheet.write_text("withdrawal_id,account_number,amount,label\n" +
                         "".join(f"s-{n},{254_720_000_777 + n * 1000},{100 + n},u\n" for n in range(20)))
        total = sum(100 + n for n in range(20))
        taken = self.run_as("amina", "batch", "shop", sheet, "--sum", total)
        self.assertEqual(taken.returncode, 0, taken.stderr)

        def approve(who, *more):
            return self.run_as(who, "approve", "--batch", sheet, "--merchant", "shop", *more)
        self.assertEqual(approve("brian").returncode, 1)
        self.assertEqual(approve("brian", "--sum", total - 1).returncode, 1)
        self.assertEqual(approve("amina", "--sum", total).returncode, 1)
        self.assertEqual(len(self.list("waiting")), 20)
        first = approve("brian", "--sum", total)
        self.assertEqual((first.returncode, last_line(first)), (0, "approved 20"), first.stderr)
        self.assertIn(f"20 rows, KES {total:,}.00 in all", first.stdout)
        # Another recipient than the one that waits is no row of this batch.
        right = sheet.read_text()
        sheet.write_text(right.replace(",254720000777,", ",254720999777,"))
        self.assertEqual(approve("chebet", "--sum", total).returncode, 1)
        sheet.write_text(right)
        second = approve("chebet", "--sum", total)
        self.assertEqual((second.returncode, last_line(second)), (0, "queued 20"), second.stderr)
        lango.until("all to be paid", lambda: len(self.list("paid")) == 20)
        told = json.loads(self.gateway.command("withdrawal", "show", self.list("paid")[0]["id"], "--json"))
        self.assertEqual([a["who"] for a in told["withdrawal"]["approvals"]], ["brian", "chebet"])
        # What the rail said of it is told as it was kept.
        rail = told["withdrawal"]["rail_messages"]
        self.assertTrue(any(message["kind"] == "result" and told["withdrawal"]["receipt"] in message["body"]
                            for message in rail), rail)
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)

    def test_a_batch_from_xlsx_is_taken_and_given_again_makes_nothing_new(self):
        sheet = pathlib.Path(self.gateway.data) / "batch.xlsx"
        # As spreadsheets write them: texts shared, phone and amount as numbers.
        texts = ["withdrawal_id", "account_number", "amount", "label", "x-1", "x-2", "user"]
        rows = [[("s", 0), ("s", 1), ("s", 2), ("s", 3)],
                [("s", 4), ("n", "2.54720001777E11"), ("n", "100"), ("s", 6)],
                [("s", 5), ("n", "254720002777"), ("n", "250"), ("s", 6)]]
        cells = "".join(
            f'<row r="{r}">' + "".join(f'<c r="{"ABCD"[c]}{r}" t="{kind}"><v>{value}</v></c>'
                                       for c, (kind, value) in enumerate(row)) + "</row>"
            for r, row in enumerate(rows, 1))
        with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("_rels/.rels", relations(("rId1", "officeDocument", "xl/workbook.xml")))
            book.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
                                             '<sheet name="P" sheetId="1" r:id="rId1"/></sheets></workbook>')
            book.writestr("xl/_rels/workbook.xml.rels",
                          relations(("rId1", "worksheet", "worksheets/sheet1.xml"),
                                    ("rId2", "sharedStrings", "sharedStrings.xml")))
            book.writestr("xl/sharedStrings.xml",
                          f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{t}</t></si>" for t in texts) + "</sst>")
            book.writestr("xl/worksheets/sheet1.xml",
                          f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>')
        taken = self.run_as("amina", "batch", "shop", sheet, "--sum", "350.00")
        self.assertEqual((taken.returncode, last_line(taken)), (0, "taken 2, there already 0, wrong 0"), taken.stderr)
        lango.until("both to be paid", lambda: len(self.list("paid")) == 2)
        self.assertEqual(sorted((p["phone"], p["amount_minor"]) for p in self.gateway.payouts()),
                         [("254720001777", 10_000), ("254720002777", 25_000)])
        again = self.run_as("amina", "batch", "shop", sheet, "--sum", 350)
        self.assertEqual(last_line(again), "taken 0, there already 2, wrong 0")
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)

    def test_made_again_under_its_id_is_made_once(self):
        arguments = ("create", "shop", "--account-number", "0712345777", "--amount", 1000, "--label", "user")
        first = self.run_as("amina", *arguments)
        self.assertEqual(first.returncode, 0, first.stderr)
        own_id = first.stderr.split("--withdrawal-id ")[1].split()[0]
        again = self.run_as("amina", *arguments, "--withdrawal-id", own_id)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(again.stdout.split(":")[0], first.stdout.split(":")[0])
        self.assertEqual([row["withdrawal_id"] for row in self.list()], [own_id])

    def test_a_batch_with_a_wrong_row_does_not_begin(self):
        sheet = pathlib.Path(self.gateway.data) / "wrong.csv"
        sheet.write_text("withdrawal_id;account_number;amount;label\na;0712345777;100;u\nb;12;100;u\n")
        said = self.run_as("amina", "batch", "shop", sheet)
        self.assertEqual(said.returncode, 1)
        self.assertIn("row 3: account_number: The account number format is invalid.", said.stderr)
        self.assertEqual(self.list(), [])


if __name__ == "__main__":
    unittest.main()
