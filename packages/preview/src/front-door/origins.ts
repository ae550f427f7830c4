/**
 * Which public address is which local one.
 *
 * Rules, callback URLs and redirects of the template speak of `https://viz.example.com` and of Cognito's domain. On
 * this machine the same places have other addresses, and everything that leaves the door must name those.
 */
export class Origins {
  private readonly localHosts: ReadonlySet<string>;
  private readonly publicHost: string;

  constructor(
    private readonly options: {
      /** For example `https://viz.example.com`. */
      readonly publicOrigin: string;
      /** For example `http://localhost:8080`. */
      readonly localOrigin: string;
      /** Pairs of public and local origin of the sign-in provider's pages. */
      readonly providers: readonly (readonly [string, string])[];
    },
  ) {
    const { port, protocol } = new URL(options.localOrigin);
    const suffixes = port === '' ? ['', protocol === 'https:' ? ':443' : ':80'] : [`:${port}`];
    this.localHosts = new Set(
      ['localhost', '127.0.0.1', '[::1]'].flatMap((host) => suffixes.map((suffix) => host + suffix)),
    );
    this.publicHost = new URL(options.publicOrigin).host;
  }

  public get localOrigin(): string {
    return this.options.localOrigin;
  }

  public get secure(): boolean {
    return this.localOrigin.startsWith('https:');
  }

  /** The host that the load balancer would see. */
  public toPublicHost(host: string): string {
    return this.localHosts.has(host.toLowerCase()) ? this.publicHost : host.toLowerCase();
  }

  /** Whether the browser is on this machine, but not under the name that cookies and callbacks are made for. */
  public isOtherLocalName(host: string): boolean {
    return this.localHosts.has(host.toLowerCase()) && host.toLowerCase() !== new URL(this.localOrigin).host;
  }

  /** A URL as a browser on this machine must open it. URLs of other places stay as they are. */
  public toLocal(url: string): string {
    const [, rest] = /^https:\/\/[^/?#]*(.*)$/is.exec(url) ?? [];
    if (rest === undefined || !URL.canParse(url)) {
      return url;
    }
    const { origin } = new URL(url);
    const pairs = [[this.options.publicOrigin, this.localOrigin] as const, ...this.options.providers];
    const local = pairs.find(([from]) => from === origin)?.[1];
    return local === undefined ? url : local + rest;
  }
}
