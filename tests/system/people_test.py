"""Who may do what, with the real program: the first administrator, a session, and what asks for two."""
import json
import os
import stat
import subprocess
import unittest

import lango


class People(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)
        self.gateway.start()
        self.home = self.gateway.data / "home"
        self.home.mkdir()

    def lango(self, *arguments, code=0, typed="", named=None):
        """Of a shell in which nobody is named: what it says."""
        nobody = {key: value for key, value in os.environ.items()
                  if key not in ("LANGO_AS", "LANGO_KEY_FILE", "XDG_STATE_HOME")}
        run = subprocess.run([lango.BIN / "lango", *map(str, arguments), "--config",
                              self.gateway.data / "lango.toml"], env={**nobody, **(named or {}), "HOME": str(self.home)},
                             input=typed, capture_output=True, text=True, timeout=lango.WAIT)
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return run.stdout + run.stderr

    def test_nobody_looks_and_does_nothing(self):
        self.assertIn("shop", self.lango("merchant", "list"))
        for command in (("merchant", "create", "other"), ("rates", "import", "/dev/null"),
                        ("payouts", "resume"), ("user", "add", "eve", "--role", "administrator")):
            said = self.lango(*command, code=1)
            self.assertIn("Say who you are.", said, command)
            self.assertIn("lango login NAME", said, command)
        self.assertNotIn("other", self.lango("merchant", "list"))

    def test_a_session_is_kept_for_the_shells_user_and_ends(self):
        key = self.gateway.data / "root.key"
        self.assertIn("root is logged in until", self.lango("login", "root", "--key-file", key))
        kept = list((self.home / ".local/state/lango").iterdir())
        self.assertEqual([stat.S_IMODE(file.stat().st_mode) for file in kept], [0o600])
        self.assertNotIn(key.read_text().strip(), kept[0].read_text())
        self.assertIn("asked", self.lango("payouts", "float"))
        # What changes who may do what, or a merchant, asks for the key itself.
        for command in (("user", "add", "amina"), ("merchant", "set", "shop", "time-zone", "Africa/Nairobi"),
                        ("user", "new-key")):
            said = self.lango(*command, code=1)
            self.assertIn("This asks for your key, not for a session. Say --as NAME.", said)
        self.lango("user", "add", "amina", "--as", "root", "--key-file", key)
        # It is the session that ends, whomever the shell names besides.
        self.assertIn("logged out", self.lango("logout", named={"LANGO_AS": "root", "LANGO_KEY_FILE": str(key)}))
        self.assertEqual(list((self.home / ".local/state/lango").iterdir()), [])
        self.assertIn("Say who you are.", self.lango("merchant", "set", "shop", "time-zone", "UTC", code=1))
        trail = self.lango("user", "list")
        for act in ("root: logged in", "root: logged out", "root: person added amina operator"):
            self.assertIn(act, trail)

    def test_a_first_key_makes_another_one_and_does_nothing_else(self):
        root = ("--as", "root", "--key-file", self.gateway.data / "root.key")
        key = self.gateway.data / "eve.key"
        key.touch(0o600)
        key.write_text(json.loads(self.lango("user", "add", "eve", "--json", *root))["key"] + "\n")
        eve = ("--as", "eve", "--key-file", key)
        said = self.lango("payouts", "float", *eve, code=1)
        self.assertIn("Whoever added you has seen this key: make your own before anything else. lango user new-key", said)
        self.assertIn("has seen this key", self.lango("login", "eve", "--key-file", key, code=1))
        self.assertIn("eve  operator", self.lango("user", "list"))
        self.assertIn("FIRST KEY", self.lango("user", "list"))
        made = json.loads(self.lango("user", "new-key", "--json", *eve))["key"]
        self.assertIn("There is no person eve with this key.", self.lango("payouts", "float", *eve, code=1))
        key.write_text(made + "\n")
        self.lango("payouts", "float", *eve)
        listed = self.lango("user", "list")
        self.assertNotIn("FIRST KEY", listed)
        self.assertIn("KEYS REFUSED of eve: 1,", listed)

    def test_a_role_of_ones_own_making_and_what_it_lacks(self):
        root = ("--as", "root", "--key-file", self.gateway.data / "root.key")
        self.assertIn("cashier was made", self.lango("role", "create", "cashier", "--permission", "read",
                                                    "--permission", "refunds_create", *root))
        self.assertIn("there is no permission everything",
                      self.lango("role", "set", "cashier", "--permission", "everything", *root, code=1))
        listed = self.lango("role", "list")
        self.assertIn("cashier, for the operator's people\n  read refunds_create\n", listed)
        self.assertIn("approver, for merchants' people: approves what others made\n  read withdrawals_approve\n", listed)
        self.assertIn("support, for everybody", listed)
        self.assertIn("  rates_write: to import exchange rates (the operator's people alone)\n", listed)
        key = self.gateway.data / "eve.key"
        key.touch(0o600)
        key.write_text(json.loads(self.lango("user", "add", "eve", "--role", "cashier", "--json", *root))["key"] + "\n")
        eve = ("--as", "eve", "--key-file", key)
        key.write_text(json.loads(self.lango("user", "new-key", "--json", *eve))["key"] + "\n")
        said = self.lango("payouts", "float", *eve, code=1)
        self.assertIn("Your role does not permit this: it lacks payouts_steer.", said)
        self.assertIn("eve has the role cashier", self.lango("role", "remove", "cashier", *root, code=1))
        self.lango("role", "set", "cashier", "--permission", "payouts_steer", *root)
        self.lango("payouts", "float", *eve)
        self.lango("user", "remove", "eve", *root)
        self.assertIn("cashier is gone", self.lango("role", "remove", "cashier", *root))
        self.assertIn("role changed cashier read refunds_create -> payouts_steer", self.lango("user", "list"))
        self.assertIn("a role of these people is administrator, treasury, operator, support, viewer",
                      self.lango("user", "add", "x", "--role", "cashier", *root, code=1))
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)

    def test_a_lost_administrator_is_replaced_while_the_gateway_stands(self):
        said = self.lango("user", "recover", "root", code=1)
        self.assertIn("is in use by process", said)
        self.gateway.close_gateway()
        old = ("--as", "root", "--key-file", self.gateway.data / "root.key")
        key = self.gateway.data / "new.key"
        key.touch(0o600)
        key.write_text(json.loads(self.lango("user", "recover", "root", "--json"))["key"] + "\n")
        new = ("--as", "root", "--key-file", key)
        self.gateway.launch()
        lango.until("the gateway to be ready", self.gateway.ready)
        self.assertIn("There is no person root with this key.", self.lango("user", "add", "eve", *old, code=1))
        self.assertIn("has seen this key", self.lango("user", "add", "eve", *new, code=1))
        key.write_text(json.loads(self.lango("user", "new-key", "--json", *new))["key"] + "\n")
        self.lango("user", "add", "eve", *new)
        trail = self.lango("user", "list")
        for act in ("this machine: person removed root", "this machine: administrator recovered root was administrator",
                    "root: own key made root", "root: person added eve operator"):
            self.assertIn(act, trail)
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)

    def test_two_credit_a_deposit_that_one_has_seen(self):
        amina, brian = (self.gateway.operator(name) for name in ("amina", "brian"))
        lango.call(self.gateway.rail_url, "POST", "/simulator/settings", {"auto_pay_ms": "off"})
        status, body = lango.call(
            f"http://127.0.0.1:{self.gateway.port}", "POST", "/api/v1/payment/create/mpesa?secret=" + self.gateway.secret,
            {"amount": 1000, "phone_number": "254712345678", "currency": "KES", "label": "user",
             "custom_transaction_id": "order-1"})
        self.assertEqual(status, 200, body)
        order = json.loads(body)["data"]["order_id"]
        settle = ("deposit", "settle", order, "--receipt", "UKT1234567")
        said = self.lango(*settle, "--as", "amina", "--key-file", amina)
        self.assertIn("another person agrees to it with lango proposal agree 1", said)
        self.assertIn("deposit.resolve, proposed by amina", self.lango("proposal", "list"))
        self.assertNotEqual(self.gateway.state(order), "paid")
        self.assertIn("Nobody agrees to their own",
                      self.lango("proposal", "agree", "1", "--as", "amina", "--key-file", amina, code=1))
        self.assertIn('"outcome":"paid"', self.lango("proposal", "agree", "1", "--as", "brian", "--key-file", brian))
        self.assertEqual(self.gateway.state(order), "paid")
        trail = self.lango("user", "list")
        for act in (f"amina: proposed: deposit.resolve 1 /admin/deposits/{order}/settle", "brian: proposal agreed 1",
                    f"amina: deposit settle {order} UKT1234567: paid"):
            self.assertIn(act, trail)
        self.assertIn("UKT1234567", self.lango("find", "ukt1234567"))
        self.assertIn(order, self.lango("deposit", "list", "--state", "paid", "--csv"))
        self.assertIn("none", self.lango("deposit", "list", "--state", "failed"))
        self.assertIn("since is not a time such as", self.lango("deposit", "list", "--since", "yesterday", code=1))


if __name__ == "__main__":
    unittest.main()
