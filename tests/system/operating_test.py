"""What whoever runs the gateway meets: modes of files, signals, a start that is refused."""
import datetime
import http.client
import json
import os
import shutil
import signal
import stat
import subprocess
import unittest

import lango


PLAIN_POSTBACK = "postback-url is http://: "


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


class Operating(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)

    def gateway(self, settings=""):
        gateway = lango.Gateway(self.merchant, settings)
        self.addCleanup(gateway.close)
        return gateway

    def log(self, gateway):
        return (gateway.data / "log.txt").read_text()

    def test_nobody_else_reads_what_it_keeps_whoever_made_the_directory(self):
        gateway = self.gateway()
        data = gateway.data / "data"
        data.chmod(0o755)
        (data / "lango.db").chmod(0o644)
        before = os.umask(0)
        try:
            gateway.start()
        finally:
            os.umask(before)
        self.assertEqual(mode(data), 0o700)
        for path in data.iterdir():
            self.assertEqual(mode(path) & 0o077, 0, path)
        self.assertIn("lango.db had mode 0644", self.log(gateway))

    def test_commands_without_a_gateway_close_what_is_open_too(self):
        gateway = self.gateway()
        data, state = gateway.data / "data", gateway.data / "data.state"
        data.chmod(0o755)
        state.chmod(0o777)
        run = subprocess.run([lango.BIN / "lango", "balances", "--config", gateway.data / "lango.toml"],
                             capture_output=True, text=True, check=True)
        self.assertEqual((mode(data), mode(state)), (0o700, 0o755))
        for name, before in (("data", "0755"), ("data.state", "0777")):
            self.assertIn(f"/{name} had mode {before}", run.stderr)

    def test_who_tries_to_be_somebody_is_counted(self):
        gateway = self.gateway()
        settings = gateway.data / "lango.toml"
        text = settings.read_text().replace("[http]", '[http]\ntrusted_proxies = ["127.0.0.1"]')
        settings.write_text(text.replace("callback_addresses = []", 'callback_addresses = ["196.201.214.200"]'))
        key = gateway.operator("amina")
        gateway.command("merchant", "set", "shop", "window-links", "accepted")
        gateway.start()
        (gateway.data / "other.key").write_text("0" * 64 + "\n")
        (gateway.data / "other.key").chmod(0o600)
        for file in (key, gateway.data / "other.key"):
            subprocess.run([lango.BIN / "lango", "withdrawal", "create", "shop", "--account-number", "0712345777",
                            "--amount", "100", "--label", "u", "--as", "amina", "--key-file", file, "--config",
                            settings], capture_output=True, text=True)
        url = f"http://127.0.0.1:{gateway.port}"
        self.assertEqual(lango.call(url, "POST", "/rail/stk/0123456789abcdef/" + "0" * 32, {})[0], 404)
        link = "/plugin/shop/?label=u&currency_code=KES&custom_transaction_id=o&signature=" + "0" * 64
        lango.call(url, "GET", link)
        counted = {line.split()[0] for line in gateway.metrics()}
        for kind, merchant in (("operator_key", ""), ("callback_address", ""), ("link_signature", "shop")):
            self.assertIn(f'lango_refused_callers_total{{kind="{kind}",merchant="{merchant}"}}', counted)

    def test_postbacks_in_clear_are_remarked_on_at_each_start(self):
        gateway = self.gateway()
        gateway.command("merchant", "set", "shop", "postback-url", "http://shop.example/postback")
        for starts in (1, 2):
            gateway.start()
            remarks = [line for line in self.log(gateway).splitlines() if PLAIN_POSTBACK in line]
            self.assertEqual(len(remarks), starts)
            self.assertIn('"merchant":"shop"', remarks[-1])
            gateway.close_gateway()

    def test_the_master_key_is_rotated_while_the_gateway_stands(self):
        gateway = self.gateway()
        file = gateway.data / "data" / "master.key"
        before = file.read_text().splitlines()
        gateway.start()
        stands = subprocess.run([lango.BIN / "lango", "key", "rotate", "--config", gateway.data / "lango.toml"],
                                capture_output=True, text=True)
        self.assertEqual(stands.returncode, 1)
        self.assertEqual(file.read_text().splitlines(), before)
        gateway.close_gateway()
        self.assertIn("rotated: ", gateway.command("key", "rotate"))
        after = file.read_text().splitlines()
        self.assertEqual(after[1:], before)
        self.assertNotEqual(after[0], before[0])
        self.assertEqual(mode(file), 0o600)
        # The merchant's secret and keys, sealed anew, do what they did.
        gateway.start()
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port)
        status, body = gateway.create(connection, 700, "after", 254712344777)
        self.assertEqual(status, 200, body)
        order = json.loads(body)["data"]["order_id"]
        lango.until("it to be paid", lambda: gateway.state(order) == "paid")
        lango.until("the postback", lambda: self.merchant.bodies)
        told = self.merchant.bodies[0]
        self.assertEqual(json.loads(told)["signature"], lango.signature(told, gateway.keys["private_access_key"]))
        code, said = gateway.verify()
        self.assertEqual(code, 0, said)

    def test_a_settings_file_with_secrets_is_closed_to_others(self):
        gateway = self.gateway()
        settings = gateway.data / "lango.toml"
        settings.chmod(0o644)
        run = subprocess.run([lango.BIN / "lango", "balances", "--config", settings], capture_output=True, text=True,
                             check=True)
        self.assertIn("lango.toml had mode 0644", run.stderr)
        self.assertEqual(mode(settings), 0o640)

    def test_a_terminal_that_closes_does_not_end_it(self):
        gateway = self.gateway()
        gateway.start()
        gateway.process.send_signal(signal.SIGHUP)
        lango.until("the signal to be logged", lambda: "SIGHUP is not obeyed" in self.log(gateway))
        gateway.process.send_signal(signal.SIGHUP)
        lango.until("the second, too", lambda: self.log(gateway).count("SIGHUP is not obeyed") == 2)
        self.assertTrue(gateway.ready())
        gateway.process.send_signal(signal.SIGTERM)
        self.assertEqual(gateway.process.wait(lango.WAIT), 0)
        self.assertIn('"stopped"', self.log(gateway))

    def test_a_gateway_that_never_ran_does_not_say_that_it_stops(self):
        gateway = self.gateway()
        gateway.start()
        second = subprocess.run(
            [lango.BIN / "lango", "serve", "--config", gateway.data / "lango.toml", "--data-directory",
             gateway.data / "other"], capture_output=True, text=True, timeout=lango.WAIT)
        self.assertEqual(second.returncode, 1)
        self.assertIn(str(gateway.port), second.stderr)
        self.assertNotIn("stop", second.stderr)

    def test_scripts_are_told_the_secret_of_the_webhook_headers(self):
        sandbox = lango.Sandbox(self.merchant)
        self.addCleanup(sandbox.close)
        sandbox.start()
        self.assertTrue(sandbox.info["merchant"]["webhook_secret"].startswith("whsec_"))
        self.assertEqual(mode(sandbox.data / "info.json"), 0o600)
        kept = json.loads((sandbox.data / "data" / "demo-merchant.json").read_text())
        self.assertEqual(kept["webhook_secret"], sandbox.info["merchant"]["webhook_secret"])


    def test_wrong_credentials_are_seen_at_the_start_and_not_with_the_first_payment(self):
        gateway = self.gateway()
        settings = gateway.data / "lango.toml"
        settings.write_text(settings.read_text().replace(gateway.CONSUMER_SECRET, "wrong"))
        gateway.start()
        alert = 'lango_rail_alerts_total{code="refused",operation="token"} 1'
        lango.until("the alert", lambda: alert in gateway.metrics())
        self.assertIn("rail.consumer_secret", self.log(gateway))
        status, body = lango.call(f"http://127.0.0.1:{gateway.metrics_port}", "GET", "/readyz")
        self.assertEqual(status, 200)
        self.assertIn("rail.consumer_key or rail.consumer_secret", json.loads(body)["warnings"]["rail"])

    def test_metrics_tell_of_the_process_the_files_and_the_money(self):
        gateway = self.gateway()
        gateway.start()
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port)
        for order, phone in (("paid", 254712344777), ("cancelled", 254712344032)):
            status, body = gateway.create(connection, 700, order, phone)
            self.assertEqual(status, 200, body)
            order_id = json.loads(body)["data"]["order_id"]
            lango.until("its end", lambda: gateway.state(order_id) in ("paid", "failed"))
        lines = gateway.metrics()
        self.assertIn('lango_told_kes_total{direction="in",merchant="shop"} 700', lines)
        self.assertIn('lango_deposits_failed_total{code="1032"} 1', lines)
        self.assertIn('lango_balance_kes{account="merchant",owner="shop"} 700', lines)
        value = dict(line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
        for name in ("process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds",
                     "lango_database_bytes", "lango_database_log_bytes", "lango_data_free_bytes"):
            self.assertGreater(float(value[name]), 0, name)
        if promtool := shutil.which("promtool"):
            said = subprocess.run([promtool, "check", "metrics"], input="\n".join(lines) + "\n", capture_output=True,
                                  text=True)
            self.assertEqual((said.returncode, said.stdout, said.stderr), (0, "", ""))

    def test_of_a_disabled_merchant_nothing_new_is_taken_and_what_is_open_goes_on(self):
        gateway = self.gateway()
        gateway.command("merchant", "set", "shop", "postback-schedule", "1s,1s,1s,1s")
        gateway.start()
        amina = gateway.operator("amina")
        self.merchant.answer = b"{}"
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port)
        order = json.loads(gateway.create(connection, 700, "cart-1", 254712344777)[1])["data"]["order_id"]
        lango.until("its end", lambda: gateway.state(order) == "paid")

        def merchant(*arguments, by="amina"):
            run = subprocess.run([lango.BIN / "lango", "merchant", *arguments, "--as", by, "--key-file", amina,
                                  "--config", gateway.data / "lango.toml"], capture_output=True, text=True,
                                 timeout=lango.WAIT)
            return run.returncode, run.stdout + run.stderr

        self.assertEqual(merchant("disable", "shop", by="brian")[0], 1)
        self.assertEqual(merchant("disable", "shoe"), (1, "lango: there is no merchant shoe\n"))
        code, said = merchant("disable", "shop", "--reason", "complaints")
        self.assertEqual((code, said), (0, "shop is disabled: nothing new is taken, what is open goes on\n"))
        self.assertEqual(merchant("disable", "shop"), (1, "lango: shop is disabled already\n"))
        self.assertIn("disabled by amina since", gateway.command("merchant", "show", "shop"))
        self.assertIn("shop  DISABLED", gateway.command("merchant", "list"))
        self.assertIn("amina: merchant disabled shop", gateway.command("operator", "list"))

        status, body = gateway.create(connection, 700, "cart-2", 254712344778)
        self.assertEqual((status, json.loads(body)["message"][:26]), (200, "This merchant is disabled:"))
        withdrawal = lango.withdrawal(gateway.keys, withdrawal_id="w-1", amount=100, account_number="254712344779")
        api = f"http://127.0.0.1:{gateway.port}"
        body = lango.call(api, "POST", "/v2/withdrawal/create", withdrawal)[1]
        self.assertIn("This merchant is disabled", body)
        link = "/plugin/shop/?label=u&currency_code=KES&wallet_type=mpesa&custom_transaction_id=cart-3"
        status, page = lango.call(api, "GET", link)
        self.assertEqual(status, 403)
        self.assertIn("This shop takes no payments now", page)
        refund = subprocess.run([lango.BIN / "lango", "refund", "create", "--order", order, "--reason", "broken",
                                 "--as", "amina", "--key-file", amina, "--config", gateway.data / "lango.toml"],
                                capture_output=True, text=True, timeout=lango.WAIT)
        self.assertIn("This merchant is disabled", refund.stderr)

        self.merchant.bodies.clear()
        self.merchant.answer = b'{"status":"ok"}'
        lango.until("the postback", lambda: self.merchant.bodies)
        self.assertEqual(merchant("enable", "shop"), (0, "shop is enabled\n"))
        self.assertIn("order_id", gateway.create(connection, 700, "cart-2", 254712344778)[1])
        code, said = gateway.verify()
        self.assertEqual(code, 0, said)

    def test_a_story_is_told_in_words_and_in_the_merchants_time(self):
        gateway = self.gateway()
        gateway.command("merchant", "set", "shop", "time-zone", "Africa/Nairobi")
        gateway.start()
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port)
        order = json.loads(gateway.create(connection, 700, "cart-1", 254712344032)[1])["data"]["order_id"]
        lango.until("its end", lambda: gateway.state(order) == "failed")
        said = gateway.command("deposit", "show", order)
        self.assertIn("merchant shop, label user", said)
        self.assertRegex(said, r"result 1032: [A-Z]\w+ ")
        self.assertIn("Africa/Nairobi", said)
        story = json.loads(gateway.command("deposit", "show", order, "--json"))
        first = story["events"][0]
        ahead = (datetime.datetime.fromisoformat(first["local"]) -
                 datetime.datetime.fromisoformat(first["at"][:19]))
        self.assertEqual(ahead, datetime.timedelta(hours=3))
        self.assertIn(f'{first["local"]} ({first["at"][:10]} {first["at"][11:19]} UTC)  created', said)


if __name__ == "__main__":
    unittest.main()
