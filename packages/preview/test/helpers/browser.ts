import { CookieJar } from 'tough-cookie';
import { Agent, request } from 'undici';
import type { User } from '../../src/identity-provider/users';

export interface Answer {
  readonly status: number;
  readonly url: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  /** Addresses on the way, the last one not included. */
  readonly hops: string[];
}

export interface Visit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Follow redirects; true unless said otherwise. */
  readonly follow?: boolean;
}

/** An HTTP client that keeps cookies and follows redirects, as a browser does. */
export class Browser {
  public readonly jar = new CookieJar();
  private readonly agent = new Agent({ keepAliveTimeout: 500, connect: { rejectUnauthorized: false } });

  public async open(url: string, { method = 'GET', headers = {}, body, follow = true }: Visit = {}): Promise<Answer> {
    const hops: string[] = [];
    let current = { url, method, body };
    for (;;) {
      const reply = await request(current.url, {
        method: current.method as 'GET',
        headers: { ...headers, cookie: await this.jar.getCookieString(current.url) },
        body: current.body,
        dispatcher: this.agent,
      });
      for (const cookie of [reply.headers['set-cookie'] ?? []].flat()) {
        await this.jar.setCookie(cookie, current.url, { ignoreError: true });
      }
      const text = await reply.body.text();
      const location = reply.headers.location as string | undefined;
      if (!follow || !location || reply.statusCode < 300 || reply.statusCode > 399) {
        return { status: reply.statusCode, url: current.url, headers: reply.headers, text, hops };
      }
      hops.push(current.url);
      if (hops.length > 20) {
        throw new Error(`redirected for ever: ${hops.join(' ')}`);
      }
      const next = new URL(location, current.url).href;
      // Only the first hop keeps a method with a body.
      current = { url: next, method: 'GET', body: undefined };
    }
  }

  /** Opens a page, signs in on the page that comes instead, and ends where that leads. */
  public async signIn(url: string, { email, password }: Pick<User, 'email' | 'password'>): Promise<Answer> {
    const page = await this.open(url);
    return this.submit(page.url, { email, password });
  }

  public submit(url: string, fields: Record<string, string>): Promise<Answer> {
    return this.open(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  public async cookie(url: string, name: string): Promise<string | undefined> {
    return (await this.jar.getCookies(url)).find((cookie) => cookie.key === name)?.value;
  }

  public async close(): Promise<void> {
    await this.agent.destroy();
  }
}
