import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is turned away; null where it may pass. */
export type Verdict = { readonly status: 401 | 403; readonly reason: string } | null;

export interface WebGuard {
  /** The request came to us by our own name, from our own page or from no page, with our cookie. */
  readonly check: (request: IncomingMessage) => Verdict;
  /** The same without the cookie: for the first visit, which brings the launch token instead. */
  readonly checkPlace: (request: IncomingMessage) => Verdict;
  readonly isToken: (token: string) => boolean;
  /** The header that makes a browser ours. */
  readonly cookie: string;
}

/**
 * Guards the loopback host: other programs and pages on this machine can reach the port, so a request must
 * name this very address (against DNS rebinding), come from this very origin (against other pages), and
 * carry what only the printed address could have given (against other programs and users).
 */
export function createWebGuard(request: {
  readonly port: number;
  readonly token: string;
  readonly session: string;
}): WebGuard {
  const { port, token, session } = request;
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  // Cookies do not tell ports apart, so the name does.
  const cookieName = `voldesk_${port}`;

  const checkPlace: WebGuard['checkPlace'] = ({ headers }) => {
    if (headers.host !== host) return { status: 403, reason: 'it was sent to another host name' };
    if (headers.origin !== undefined && headers.origin !== origin) {
      return { status: 403, reason: 'it came from another page' };
    }
    return null;
  };

  return {
    checkPlace,
    check: (message) => {
      const place = checkPlace(message);
      if (place !== null) return place;
      const site = message.headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') {
        return { status: 403, reason: 'it came from another page' };
      }
      const given = cookieValue(message.headers.cookie, cookieName);
      return given !== null && sameText(given, session)
        ? null
        : { status: 401, reason: 'this browser was not let in' };
    },
    isToken: (given) => sameText(given, token),
    cookie: `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

function cookieValue(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=');
    if (key === name && value !== undefined) return value;
  }
  return null;
}

/** Compares digests, so that the time taken tells nothing about how much matched. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Shown to a browser that was not let in. */
export const refusalPage = (reason: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Voldesk</title>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem">
<h1 style="font-size: 1.3rem">Voldesk refused this visit</h1>
<p>The request was refused: ${reason}.</p>
<p>Open the address that the terminal printed when Voldesk started. It carries a key for this launch;
after a restart there is a new one.</p></body></html>
`;
