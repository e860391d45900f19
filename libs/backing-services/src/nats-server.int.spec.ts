import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { locateNatsServer } from './nats-binary.ts';
import { natsConfigText, natsFiles } from './nats-config.ts';
import { startNats } from './nats-server.ts';
import type { NatsOptions } from './nats-server.ts';
import { knowsSyncInterval } from './nats-version.ts';
import { findProcess, signal } from './process-table.ts';
import { provideNats } from './provide-nats.ts';

const STREAM = '{"name":"KEPT","subjects":["kept.>"]}';

/** One request over the bare protocol: the text of the answer's payload. */
function ask(port: number, subject: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`no answer to ${subject}, only: ${received}`)));
    socket.on('data', (chunk) => {
      received += chunk.toString();
      const answer = /MSG answer 1 +\d+\r\n([^\r]*)\r\n/.exec(received);
      if (answer?.[1] === undefined) return;
      socket.destroy();
      resolve(answer[1]);
    });
    socket.write(`CONNECT {"verbose":false}\r\nSUB answer 1\r\nPUB ${subject} answer ${body.length}\r\n${body}\r\n`);
  });
}

async function gone(pid: number): Promise<void> {
  for (let waitedMs = 0; (await findProcess(pid)) !== undefined; waitedMs += 20) {
    if (waitedMs > 5_000) throw new Error(`process ${pid} still runs`);
    await sleep(20);
  }
}

describe('startNats', () => {
  let folder: string;
  const stops: Array<() => Promise<void>> = [];

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'troupe-nats-'))));
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (options: Partial<NatsOptions> = {}): ReturnType<typeof startNats> => {
    const server = await startNats({ folder, ...options });
    stops.push(() => server.stop());
    return server;
  };

  it('answers with JetStream, and is gone after stop', async () => {
    const server = await start();
    expect(await ask(server.port, '$JS.API.INFO', '')).toContain('"streams":0');
    await server.stop();
    expect(await findProcess(server.pid)).toBeUndefined();
  });

  it('keeps what it acknowledged over kill -9 and restart, on the same port', async () => {
    const server = await start();
    const { port, pid } = server;
    await ask(port, '$JS.API.STREAM.CREATE.KEPT', STREAM);
    expect(await ask(port, 'kept.one', 'precious')).toContain('"seq":1');
    await server.kill();
    expect(await findProcess(pid)).toBeUndefined();
    await server.restart();
    expect(server.port).toBe(port);
    expect(server.pid).not.toBe(pid);
    expect(await ask(port, '$JS.API.STREAM.INFO.KEPT', '')).toContain('"messages":1');
  });

  it('ends the server that a dead process left behind on the folder', async () => {
    const { binary } = await locateNatsServer();
    const port = await freePort();
    await writeFile(natsFiles(folder).config, natsConfigText({ folder, port }));
    const script = `${binary} -c ${natsFiles(folder).config} >/dev/null 2>&1 & echo $!`;
    const parent = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const orphan = Number(await new Promise<string>((resolve) => parent.stdout.once('data', (text: Buffer) => resolve(text.toString()))));
    stops.push(() => Promise.resolve(signal(orphan, 'SIGKILL')));
    while ((await readFile(natsFiles(folder).pid, 'utf8').catch(() => '')).trim() !== String(orphan)) await sleep(10);
    const server = await start();
    expect(await findProcess(orphan)).toBeUndefined();
    expect(server.pid).not.toBe(orphan);
  });

  it('leaves a stranger alone whose pid stands in a stale pid file', async () => {
    const stranger = spawn('sleep', ['30'], { stdio: 'ignore' });
    stops.push(() => Promise.resolve(void stranger.kill()));
    await writeFile(natsFiles(folder).pid, String(stranger.pid));
    await start();
    expect(await findProcess(stranger.pid ?? 0)).toBeDefined();
  });

  it('refuses a folder that a living process uses', async () => {
    await start();
    await expect(startNats({ folder })).rejects.toThrow(new RegExp(`is in use: process ${process.pid} runs nats-server`));
  });

  it('does not outlive the process that started it, even after SIGKILL', async () => {
    const source = new URL('./nats-server.ts', import.meta.url).pathname.replace('/src/nats-server.ts', '/dist/nats-server.js');
    const script = `const { startNats } = await import(${JSON.stringify(source)});
      const server = await startNats({ folder: ${JSON.stringify(folder)} });
      console.log(server.pid); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await new Promise<string>((resolve) => owner.stdout.once('data', (text: Buffer) => resolve(text.toString()))));
    expect(await findProcess(pid)).toBeDefined();
    owner.kill('SIGKILL');
    await gone(pid);
  });

  it('flushes as asked where the server can; an older one starts all the same, and that is said', async () => {
    const lines: string[] = [];
    const server = await start({ syncInterval: 'always', log: (line) => void lines.push(line) });
    expect(await ask(server.port, '$JS.API.INFO', '')).toContain('"streams":0');
    const { binary } = await locateNatsServer();
    const set = (await readFile(natsFiles(folder).config, 'utf8')).includes('sync_interval: always');
    expect(set).toBe(await knowsSyncInterval(binary));
    expect(lines).toEqual(set ? [] : [expect.stringContaining('older than 2.10 and flushes every two minutes')]);
  });

  it('applies extra configuration and keeps the file private', async () => {
    const server = await start({ extraConfig: 'authorization { users: [{ user: "a", password: "secret" }] }' });
    expect((await stat(natsFiles(folder).config)).mode & 0o777).toBe(0o600);
    await expect(ask(server.port, '$JS.API.INFO', '')).rejects.toThrow(/Authorization Violation/);
  });

  it('reports what the server says when it cannot start', async () => {
    await expect(start({ extraConfig: 'nonsense {' })).rejects.toThrow(/did not start on port \d+: .*Parse error/);
  });

  it('does not take another server on the port for its own', async () => {
    const { port } = await start();
    const other = await mkdtemp(join(tmpdir(), 'troupe-nats-'));
    stops.push(() => rm(other, { recursive: true }));
    await expect(startNats({ folder: other, port })).rejects.toThrow(/address already in use/);
  });
});

describe('provideNats', () => {
  let home: string;
  const url = process.env['NATS_URL'];

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'troupe-nats-'));
    delete process.env['NATS_URL'];
  });
  afterEach(async () => {
    if (url !== undefined) process.env['NATS_URL'] = url;
    delete process.env['NATS_SYNC_INTERVAL'];
    await rm(home, { recursive: true });
  });

  it('uses NATS_URL when it is set, and starts nothing', async () => {
    process.env['NATS_URL'] = 'nats://elsewhere:4222';
    const nats = await provideNats({ home });
    expect(nats).toMatchObject({ url: 'nats://elsewhere:4222', how: 'url' });
    delete process.env['NATS_URL'];
  });

  it.each([
    [undefined, '1s'],
    ['always', 'always'],
    ['30s', '30s'],
  ])('flushes after NATS_SYNC_INTERVAL=%s where the server can', async (setting, expected) => {
    if (setting !== undefined) process.env['NATS_SYNC_INTERVAL'] = setting;
    const nats = await provideNats({ home });
    await nats.stop();
    const { binary } = await locateNatsServer();
    const [, found] = /sync_interval: (\w+)/.exec(await readFile(natsFiles(join(home, 'nats')).config, 'utf8')) ?? [];
    expect(found).toBe((await knowsSyncInterval(binary)) ? expected : undefined);
  });

  it.each(['never', '0s', '1m', '-1s'])('refuses NATS_SYNC_INTERVAL=%s and says what to write', async (setting) => {
    process.env['NATS_SYNC_INTERVAL'] = setting;
    await expect(provideNats({ home })).rejects.toThrow(`NATS_SYNC_INTERVAL is "${setting}": write always, or whole seconds such as 1s.`);
  });

  it('starts its own again after a crash, with its data', async () => {
    const nats = await provideNats({ home });
    try {
      const port = Number(new URL(nats.url).port);
      await ask(port, '$JS.API.STREAM.CREATE.KEPT', STREAM);
      const pid = Number(await readFile(natsFiles(join(home, 'nats')).pid, 'utf8'));
      signal(pid, 'SIGKILL');
      await gone(pid);
      const info = await retry(() => ask(port, '$JS.API.STREAM.INFO.KEPT', ''));
      expect(info).toContain('"name":"KEPT"');
    } finally {
      await nats.stop();
    }
  });
});

async function retry(action: () => Promise<string>): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await action().catch(() => undefined);
    if (answer !== undefined) return answer;
    await sleep(50);
  }
  return action();
}
