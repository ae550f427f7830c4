/** A page as a visitor without scripts sees it. */
export interface Page {
  readonly status: number;
  readonly url: string;
  readonly text: string;
}

/** A browser without scripts: follows redirects, and keeps cookies for each origin. */
export class Visitor {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** Opens an address and follows where it leads. */
  public async open(url: string, form?: Record<string, string>): Promise<Page> {
    let answer = await this.request(url, form);
    for (let hop = 0; answer.location && hop < 20; hop++) {
      answer = await this.request(answer.location);
    }
    return { status: answer.status, url: answer.url, text: answer.text };
  }

  /** One request, without following its redirect. */
  public async request(url: string, form?: Record<string, string>) {
    const { origin } = new URL(url);
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      // An empty value is how a cookie is taken back.
      if (value) {
        jar.set(name, value);
      } else {
        jar.delete(name);
      }
    }
    const location = response.headers.get('location');
    return {
      status: response.status,
      url,
      text: await response.text(),
      location: location ? new URL(location, url).href : undefined,
    };
  }
}
