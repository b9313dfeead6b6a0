import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PortRequestOptions, ServicePort } from '../../main/hosts/port.ts';
import { startWebHost, type WebHost } from '../../main/hosts/web.ts';
import { openInThread } from '../../main/service-client.ts';
import type { ServiceMessage } from '../../shared/contract/messages.ts';
import type { Result } from '../../shared/result.ts';
import { migrations } from '../../main/store/migrations/index.ts';
import { electronWay } from '../support/electron-way.ts';
import { openTestService, temporaryFolder, valueOf } from '../support/service.ts';

type Request = (name: string, input: unknown, options?: PortRequestOptions) => Promise<Result<unknown>>;

const folder = temporaryFolder();
const prices = join(folder.path, 'prices.csv');
const bigPrices = join(folder.path, 'big-prices.csv');

/** One way to the service, and how a file gets in. */
interface Way {
  readonly request: Request;
  readonly addFile: (path: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

let web: WebHost;
let cookie = '';
let electron: ReturnType<typeof electronWay>;
const ways = new Map<string, Way>();

beforeAll(async () => {
  writeFileSync(
    prices,
    'date,symbol,open,high,low,close,volume\n2026-03-26,ABC,10,11,9,10.5,100\n2026-03-27,ABC,10,11,9,10.6,100\n',
  );
  const days = Array.from({ length: 28 }, (_, day) => `2026-02-${String(day + 1).padStart(2, '0')}`);
  const lines = Array.from({ length: 4000 }, (_, at) =>
    days.map((day) => `${day},S${at},10,11,9,10.5,100`).join('\n'),
  );
  writeFileSync(bigPrices, `date,symbol,open,high,low,close,volume\n${lines.join('\n')}\n`);

  const inProcess = openTestService();
  ways.set('in process', {
    request: inProcess.port.request,
    addFile: async (path) => (await inProcess.port.registerFile(path, 'prices.csv')).fileId,
    close: inProcess.port.close,
  });

  const thread = valueOf(await openInThread({ deskFile: join(folder.path, 'web.voldesk'), use: 'window' }));
  const windowFolder = join(folder.path, 'window');
  mkdirSync(windowFolder);
  writeFileSync(join(windowFolder, 'index.html'), '<!doctype html><title>window</title>');
  writeFileSync(join(folder.path, 'secret.html'), 'secret');
  web = valueOf(
    await startWebHost({
      service: thread,
      windowFolder,
      uploadFolder: join(folder.path, 'uploads'),
      port: 0,
      randomId: randomUUID,
      uploadLimitBytes: 50_000_000,
    }),
  );
  const visit = await fetch(web.url, { redirect: 'manual' });
  cookie = visit.headers.get('set-cookie')?.split(';')[0] ?? '';
  ways.set('loopback web host', {
    request: webRequest,
    addFile: async (path) => {
      const body = await import('node:fs/promises').then((fs) => fs.readFile(path));
      const response = await fetch(`${web.origin}/api/file?name=prices.csv`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/octet-stream' },
        body,
      });
      return valueOf((await response.json()) as Result<{ fileId: string }>).fileId;
    },
    close: async () => {
      await web.close();
      await thread.close();
    },
  });

  const behind = openTestService();
  electron = electronWay(behind.port);
  ways.set('Electron bridge', electron);
});

afterAll(async () => {
  for (const way of ways.values()) await way.close();
  folder.remove();
});

async function webRequest(
  name: string,
  input: unknown,
  options: PortRequestOptions = {},
): Promise<Result<unknown>> {
  const response = await fetch(`${web.origin}/api/request`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', origin: web.origin },
    body: JSON.stringify({ name, input }),
    signal: options.signal ?? null,
  });
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ServiceMessage);
  for (const line of lines) if (line.type === 'progress') options.onProgress?.(line.progress);
  const last = lines.at(-1);
  if (last?.type !== 'response') throw new Error('the last line must be the response');
  return last.result;
}

describe.each(['in process', 'loopback web host', 'Electron bridge'])('%s', (name) => {
  const way = (): Way => {
    const found = ways.get(name);
    if (found === undefined) throw new Error(`${name} did not start`);
    return found;
  };

  it('answers a valid request by its contract', async () => {
    const result = await way().request('desk.info', {});
    expect(result).toMatchObject({
      ok: true,
      value: { isEmpty: true, schemaVersion: migrations.at(-1)?.version },
    });
  });

  it('refuses an invalid input and says what is wrong with it', async () => {
    const result = await way().request('audit.list', { limit: 0 });
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid-request', subject: 'audit.list' } });
  });

  it('refuses a command that does not exist', async () => {
    const result = await way().request('desk.erase', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'unknown-command', subject: 'desk.erase' } });
  });

  it('does not take an inherited property for a command', async () => {
    const result = await way().request('constructor', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
  });

  it('imports a file, shows it in the list and takes it back, each step in the audit log', async () => {
    const fileId = await way().addFile(prices);
    const staged = valueOf(await way().request('imports.stage', { fileId })) as {
      stagingId: string;
      accepted: number;
    };
    expect(staged.accepted).toBe(2);
    const batch = valueOf(await way().request('imports.commit', { stagingId: staged.stagingId })) as {
      batchId: number;
    };
    expect(await way().request('imports.undo', { batchId: batch.batchId })).toMatchObject({ ok: true });
    expect(await way().request('imports.undo', { batchId: batch.batchId })).toMatchObject({
      ok: false,
      error: { code: 'wrong-state' },
    });
    const audit = valueOf(await way().request('audit.list', {})) as {
      entries: { command: string; outcome: string }[];
    };
    expect(audit.entries.map(({ command, outcome }) => `${command} ${outcome}`).slice(0, 3)).toEqual([
      'imports.undo refused',
      'imports.undo done',
      'imports.commit done',
    ]);
  });

  it('reports progress and stops a slow request when it is cancelled', async () => {
    const fileId = await way().addFile(bigPrices);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 60);
    // The web client learns of it by its own abort; the others are told `cancelled`.
    const outcome = await way()
      .request('imports.stage', { fileId }, { signal: controller.signal })
      .then((result) => (result.ok ? 'done' : result.error.code))
      .catch((error: unknown) => (error instanceof Error ? error.name : 'other'));
    expect(['cancelled', 'AbortError']).toContain(outcome);
    // The service goes on: the worker that was ended has a successor.
    const small = await way().addFile(prices);
    expect(await way().request('imports.stage', { fileId: small })).toMatchObject({ ok: true });
  });
});

describe('loopback web host against strangers', () => {
  const status = (path: string, headers: Record<string, string>, method = 'GET'): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(web.origin);
      const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end();
    });
  const host = (): string => new URL(web.origin).host;

  it('sets a cookie that pages cannot read and other sites do not send, and drops the key from the address', async () => {
    const visit = await fetch(web.url, { redirect: 'manual' });
    expect(visit.status).toBe(303);
    expect(visit.headers.get('location')).toBe('/');
    expect(visit.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
  });

  it('refuses a wrong key with a page that says what to do', async () => {
    const visit = await fetch(`${web.origin}/?token=wrong`, { redirect: 'manual' });
    expect(visit.status).toBe(401);
    expect(await visit.text()).toContain('Open the address that the terminal printed');
    expect(visit.headers.get('set-cookie')).toBeNull();
  });

  it('refuses whoever has no cookie, everywhere', async () => {
    for (const path of ['/', '/index.html', '/api/events', '/assets/x.js']) {
      expect(await status(path, { host: host() })).toBe(401);
    }
    const response = await fetch(`${web.origin}/api/request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"desk.info","input":{}}',
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  it('refuses another host name, which is how DNS rebinding would come', async () => {
    expect(await status('/', { host: 'evil.example', cookie })).toBe(403);
    expect(await status(`/?${new URL(web.url).searchParams}`, { host: 'evil.example' })).toBe(403);
  });

  it('refuses another page, by its origin and by what the browser says of its site', async () => {
    expect(
      await status('/api/request', { host: host(), cookie, origin: 'https://evil.example' }, 'POST'),
    ).toBe(403);
    expect(await status('/api/events', { host: host(), cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await status('/', { host: host(), cookie, 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  it('takes no body that a foreign form could send', async () => {
    const response = await fetch(`${web.origin}/api/request`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'text/plain' },
      body: '{"name":"desk.info","input":{}}',
    });
    expect(response.status).toBe(415);
  });

  it('answers text that is not JSON with a failure', async () => {
    const response = await fetch(`${web.origin}/api/request`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"name":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
  });

  it('serves the window with a strict policy, and nothing outside it, and no list of it', async () => {
    const page = await fetch(`${web.origin}/`, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/);
    for (const path of [
      '/../secret.html',
      '/..%2fsecret.html',
      '/%2e%2e/secret.html',
      '/.hidden.html',
      '/assets/',
      '/x%00.html',
    ]) {
      expect([path, await status(path, { host: host(), cookie })]).toEqual([path, 404]);
    }
  });

  it('keeps nothing of an upload over the limit', async () => {
    const response = await fetch(`${web.origin}/api/file?name=big.csv`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(50_000_001),
    });
    expect(await response.json()).toMatchObject({
      ok: false,
      error: { code: 'file-too-large', subject: 'big.csv' },
    });
  });

  it('never lets an upload choose where it lies', async () => {
    const response = await fetch(`${web.origin}/api/file?name=..%2F..%2Fsecret.html`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/octet-stream' },
      body: 'x',
    });
    expect(await response.json()).toMatchObject({ ok: true, value: { fileName: 'secret.html' } });
  });

  it('tells every page of a change, whoever made it', async () => {
    const controller = new AbortController();
    const stream = await fetch(`${web.origin}/api/events`, {
      headers: { cookie },
      signal: controller.signal,
    });
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    const way = ways.get('loopback web host') as Way;
    const fileId = await way.addFile(prices);
    const { stagingId } = valueOf(await way.request('imports.stage', { fileId })) as { stagingId: string };
    valueOf(await way.request('imports.commit', { stagingId }));
    let heard = '';
    while (!heard.includes('data.changed')) heard += new TextDecoder().decode((await reader.read()).value);
    controller.abort();
    expect(heard).toMatch(/data: \{"type":"data\.changed","dataRevision":\d+\}/);
  });

  it('refuses a port that is taken with one sentence', async () => {
    const port = Number(new URL(web.origin).port);
    const service = ways.get('in process') as unknown as ServicePort;
    const second = await startWebHost({
      service,
      windowFolder: folder.path,
      uploadFolder: join(folder.path, 'other'),
      port,
      randomId: randomUUID,
    });
    expect(second).toMatchObject({ ok: false, error: { code: 'port-unavailable' } });
  });
});

describe('Electron bridge against strangers', () => {
  it('gives no answer to a frame of another address or inside ours', async () => {
    const before = electron.replies.length;
    const message = { type: 'request', id: 900, name: 'desk.info', input: {} };
    electron.call('voldesk:post', electron.sender('https://evil.example/'), message);
    electron.call('voldesk:post', electron.sender('voldesk://window/index.html', {}), message);
    electron.call('voldesk:post', { ...electron.sender(''), senderFrame: null }, message);
    await electron.request('desk.info', {});
    const heard = electron.replies
      .slice(before)
      .filter((reply) => reply.type !== 'event' && reply.id === 900);
    expect(heard).toEqual([]);
  });

  it('ignores what is no message', async () => {
    for (const given of [null, 7, 'x', {}, { type: 'request', id: 'a' }, { type: 'request', id: 1 }]) {
      electron.call('voldesk:post', electron.sender('voldesk://window/index.html'), given);
    }
    expect(await electron.request('desk.info', {})).toMatchObject({ ok: true });
  });

  it('refuses files and saving from another frame, and a file without a path', async () => {
    const evil = electron.sender('https://evil.example/');
    const own = electron.sender('voldesk://window/index.html');
    expect(
      await electron.call('voldesk:register-file', evil, { path: '/etc/passwd', name: 'x' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    });
    expect(await electron.call('voldesk:save-file', evil, { fileName: 'x', text: '' })).toMatchObject({
      ok: false,
    });
    expect(await electron.call('voldesk:register-file', own, { path: '', name: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'file-not-found' },
    });
  });
});
