import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, type Failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { windowHeaders } from './content-policy.ts';
import type { ServicePort } from './port.ts';
import { readStaticFile } from './static-files.ts';
import { createWebGuard, refusalPage, type WebGuard } from './web-guard.ts';
import { createUploadFolder, type UploadFolder } from './web-upload.ts';

export interface WebHostOptions {
  readonly service: ServicePort;
  /** The built window. */
  readonly windowFolder: string;
  /** For files that a browser sends; emptied when the host closes. */
  readonly uploadFolder: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly randomId: () => string;
  readonly uploadLimitBytes?: number;
}

export interface WebHost {
  /** The one address to open, with its launch token. */
  readonly url: string;
  readonly origin: string;
  readonly close: () => Promise<void>;
}

const loopback = '127.0.0.1';
const requestLimitBytes = 64 * 1024 * 1024;
const defaultUploadLimitBytes = 2_000_000_000;
const heartbeatMilliseconds = 20_000;

/** Serves the window and its requests on the loopback address alone. Protocol: docs/wire-protocol.md. */
export async function startWebHost(options: WebHostOptions): Promise<Result<WebHost>> {
  const { randomId } = options;
  const server = createServer({ keepAliveTimeout: 30_000 });
  const listening = await listen(server, options.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const token = randomId().replaceAll('-', '');
  const guard = createWebGuard({ port, token, session: randomId().replaceAll('-', '') });
  const uploads = createUploadFolder({
    folder: options.uploadFolder,
    limitBytes: options.uploadLimitBytes ?? defaultUploadLimitBytes,
    randomId,
  });
  const parts: Parts = { ...options, guard, uploads };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A connection that breaks in the middle is the browser's affair; there is nobody left to tell.
    answer(request, response, parts).catch(() => response.destroy());
  });
  const origin = `http://${loopback}:${port}`;
  return ok({
    url: `${origin}/?token=${token}`,
    origin,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await uploads.remove();
    },
  });
}

interface Parts extends WebHostOptions {
  readonly guard: WebGuard;
  readonly uploads: UploadFolder;
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${loopback}`);
  for (const [name, value] of Object.entries(windowHeaders)) response.setHeader(name, value);
  response.setHeader('cache-control', 'no-store');
  const isApi = url.pathname.startsWith('/api/');

  const token = url.pathname === '/' ? url.searchParams.get('token') : null;
  if (token !== null && request.method === 'GET') {
    const place = parts.guard.checkPlace(request);
    if (place === null && parts.guard.isToken(token)) {
      response.writeHead(303, { location: '/', 'set-cookie': parts.guard.cookie }).end();
      return;
    }
    refuse(response, isApi, place ?? { status: 401, reason: 'the key in its address is not of this launch' });
    return;
  }

  const verdict = parts.guard.check(request);
  if (verdict !== null) {
    refuse(response, isApi, verdict);
    return;
  }
  const route = `${request.method ?? ''} ${url.pathname}`;
  if (route === 'POST /api/request') await answerRequest(request, response, parts);
  else if (route === 'POST /api/file') await answerUpload(request, response, parts, url);
  else if (route === 'GET /api/events') answerEvents(response, parts);
  else if (!isApi && (request.method === 'GET' || request.method === 'HEAD')) {
    await answerFile(response, parts.windowFolder, url.pathname);
  } else sendJson(response, 404, fail(failure('unknown-command', route)));
}

function refuse(
  response: ServerResponse,
  isApi: boolean,
  verdict: { readonly status: number; readonly reason: string },
): void {
  if (isApi) {
    sendJson(response, verdict.status, fail(failure('refused', 'The request', { reason: verdict.reason })));
    return;
  }
  response.writeHead(verdict.status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(refusalPage(verdict.reason));
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { service }: Parts,
): Promise<void> {
  // A page elsewhere can send a form or plain text without asking; it cannot send JSON.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    sendJson(response, 415, invalid('a body that is not application/json'));
    return;
  }
  const body = await readJson(request);
  if (!body.ok) {
    sendJson(response, 400, body);
    return;
  }
  const controller = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const send = (line: unknown): void => {
    response.write(`${JSON.stringify(line)}\n`);
  };
  const result = await service.request(body.value.name, body.value.input, {
    signal: controller.signal,
    onProgress: (progress) => {
      send({ type: 'progress', progress });
    },
  });
  send({ type: 'response', result });
  response.end();
}

async function answerUpload(
  request: IncomingMessage,
  response: ServerResponse,
  { service, uploads }: Parts,
  url: URL,
): Promise<void> {
  const received = await uploads.receive(request, url.searchParams.get('name') ?? '');
  if (!received.ok) {
    sendJson(response, 200, received);
    return;
  }
  const { path, fileName } = received.value;
  sendJson(response, 200, ok(await service.registerFile(path, fileName)));
}

function answerEvents(response: ServerResponse, { service }: Parts): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': open\n\n');
  const stop = service.subscribe((event) => {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  });
  const heartbeat = setInterval(() => response.write(': alive\n\n'), heartbeatMilliseconds).unref();
  response.on('close', () => {
    stop();
    clearInterval(heartbeat);
  });
}

async function answerFile(response: ServerResponse, folder: string, pathname: string): Promise<void> {
  const file = await readStaticFile(folder, pathname);
  if (file === null) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is nothing here.\n');
    return;
  }
  if (file.immutable) response.setHeader('cache-control', 'private, max-age=31536000, immutable');
  response.writeHead(200, { 'content-type': file.mediaType }).end(file.body);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

const invalid = (reason: string): { readonly ok: false; readonly error: Failure } =>
  fail(failure('invalid-request', 'The service', { reason }));

async function readJson(
  request: IncomingMessage,
): Promise<Result<{ readonly name: string; readonly input: unknown }>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > requestLimitBytes) return invalid('more than 64 MB');
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return invalid('text that is not JSON'); // Anyone may send anything: expected.
  }
  if (typeof body !== 'object' || body === null || !('name' in body) || typeof body.name !== 'string') {
    return invalid('no command name');
  }
  return ok({ name: body.name, input: 'input' in body ? body.input : {} });
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<Result<number>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'it is taken' : (error.code ?? error.message);
      resolve(fail(failure('port-unavailable', `Port ${port}`, { reason })));
    });
    server.listen(port, loopback, () => {
      resolve(ok((server.address() as AddressInfo).port));
    });
  });
}
