// Starts the real programs on free ports in directories of their own, and ends them by id.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

if (!process.env.LANGO_BIN_DIR) throw new Error('LANGO_BIN_DIR says where lango is: build/asan/bin');
const bin = resolve(process.env.LANGO_BIN_DIR);
const patience = 120_000;

/** Asks until the answer is something; for what no event tells. */
export async function until(what, condition) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const found = await condition();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`waited ${patience / 1000} s for ${what}`);
}

export async function call(url, body) {
  const answer = await fetch(url, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

function listen(server) {
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
}

async function freePort() {
  const server = createServer();
  const port = await listen(server);
  await new Promise((done) => server.close(done));
  return port;
}

/** One program, which ends with this one, however that ends. */
class Program {
  constructor(folder, name, args) {
    this.log = join(folder, `${name}.log`);
    const log = openSync(this.log, 'a');
    this.process = spawn('setpriv', ['--pdeathsig', 'KILL', join(bin, 'lango'), ...args],
      { stdio: ['ignore', 'ignore', log] });
    this.ended = new Promise((done) => this.process.once('exit', done));
  }

  get running() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  until(what, condition) {
    return until(what, () => {
      assert.ok(this.running, readFileSync(this.log, 'utf8').slice(-3000));
      return condition();
    });
  }

  async info(file) {
    await this.until('the program to listen', () => existsSync(file));
    return JSON.parse(readFileSync(file, 'utf8'));
  }

  async stop() {
    if (this.running) this.process.kill('SIGTERM');
    assert.equal(await this.ended, 0, readFileSync(this.log, 'utf8').slice(-3000));
  }
}

class Place {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'lango-test-'));
    this.data = join(this.folder, 'data');
    this.programs = [];
  }

  start(name, args) {
    const program = new Program(this.folder, name, args);
    this.programs.unshift(program);
    return program;
  }

  /** A person's command: what it says. */
  lango(...args) {
    return new Promise((done, fail) => {
      execFile(join(bin, 'lango'), args, { timeout: patience, env: this.env }, (error, out, said) => {
        if (error) fail(new Error(`lango ${args.join(' ')}: ${out}${said}`));
        else done(out);
      });
    });
  }

  /** Makes the first administrator; commands are theirs from then on. */
  async becomeAdministrator(...where) {
    const key = join(this.folder, 'root.key');
    const made = await this.lango('user', 'add', 'root', '--role', 'administrator', '--json', ...where);
    await this.ownKey(key, 'root', made, ...where);
    this.env = { ...process.env, LANGO_AS: 'root', LANGO_KEY_FILE: key };
  }

  /** What this person makes in the place of their first key, into the file. */
  async ownKey(key, name, made, ...where) {
    writeFileSync(key, `${JSON.parse(made).key}\n`, { mode: 0o600 });
    const own = await this.lango('user', 'new-key', '--as', name, '--key-file', key, '--json', ...where);
    writeFileSync(key, `${JSON.parse(own).key}\n`);
  }

  payment(orderId) {
    return call(`${this.api}/api/v1/payment/${orderId}?secret=${this.secret}`).then(({ data }) => data);
  }

  async stop() {
    for (const program of this.programs) await program.stop();
    rmSync(this.folder, { recursive: true });
  }
}

// What was started of a place that cannot be opened ends, or a failing test would wait for it.
async function open(fill) {
  const place = new Place();
  try {
    await fill(place);
  } catch (error) {
    await place.stop().catch(() => {});
    throw error;
  }
  return place;
}

/** What ./run starts: gateway, rail, demo merchant and his shop. */
export const startSandbox = (autoPay = 'off') => open(async (place) => {
  const file = join(place.folder, 'info.json');
  const program = place.start('sandbox', ['sandbox', '--port', '0', '--simulator-port', '0', '--shop-port', '0', '--metrics-port',
    '0', '--backoffice-port', '0', '--data', place.data, '--info', file, '--auto-pay', String(autoPay)]);
  const { api, plugin, simulator, phone, shop, merchant } = await program.info(file);
  Object.assign(place, { api, window: plugin, rail: simulator, phones: phone, shop, secret: merchant.secret });
  place.command = (...args) => place.lango(...args, '--data-directory', place.data);
  place.keyOf = (name) => join(place.data, `${name}.key`);
  place.env = { ...process.env, LANGO_AS: 'amina', LANGO_KEY_FILE: place.keyOf('amina') };
});

/** Gateway and rail as programs of their own, with settings; postbacks are kept in `told`. */
export const startGateway = (autoPay, settings) => open(async (place) => {
  const info = join(place.folder, 'rail.json');
  const rail = place.start('rail', ['simulator', '--port', '0', '--auto-pay', String(autoPay), '--info', info]);
  place.rail = (await rail.info(info)).url;
  const [port, metrics] = [await freePort(), await freePort()];
  const config = join(place.folder, 'lango.toml');
  writeFileSync(config, settings({ port, metrics, data: place.data, rail: place.rail }));
  place.command = (...args) => place.lango(...args, '--config', config);
  place.told = [];
  const shop = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    place.told.push(JSON.parse(Buffer.concat(parts).toString()));
    response.end('{"status":"ok"}');
  });
  const url = `http://127.0.0.1:${await listen(shop)}`;
  shop.unref();
  await place.becomeAdministrator('--config', config);
  const made = JSON.parse(await place.command('merchant', 'create', 'demo', '--name', 'Demo shop', '--json',
    '--postback-url', `${url}/postback`));
  await place.command('merchant', 'set', 'demo', 'frame-ancestors', url);
  const gateway = place.start('gateway', ['serve', '--config', config]);
  Object.assign(place, { api: `http://127.0.0.1:${port}`, window: `http://127.0.0.1:${port}/plugin/demo/`,
    secret: made.secret, metrics: `http://127.0.0.1:${metrics}/metrics` });
  await gateway.until('the gateway to be ready', () =>
    fetch(`http://127.0.0.1:${metrics}/readyz`).then((answer) => answer.ok, () => false));
});
