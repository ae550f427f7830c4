import type { StartedPreview } from '../preview';

/** Says what happens: what programs read goes to standard output, everything else to standard error. */
export class Reporter {
  constructor(private readonly json: boolean) {}

  public readonly log = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };

  public note(sentence: string): void {
    if (this.json) {
      this.object({ event: 'note', text: sentence });
    } else {
      this.log(`Note: ${sentence}`);
    }
  }

  public ready({ url, users, publicKeysUrl, jwksUrl, tokenUrl, machines }: StartedPreview): void {
    if (this.json) {
      const people = users.map(({ email, password, groups }) => ({ email, password, groups }));
      this.object({ event: 'ready', url, publicKeysUrl, jwksUrl, tokenUrl, machines, users: people });
      return;
    }
    for (const { email, password } of users) {
      process.stdout.write(`Sign in: ${email} / ${password}\n`);
    }
    for (const { name, clientId, secret, scopes } of machines) {
      const scope = scopes.length > 0 ? ` -d scope=${scopes[0]}` : '';
      const curl = `curl -u ${clientId}:${secret} -d grant_type=client_credentials${scope} ${tokenUrl}`;
      process.stdout.write(`Token for ${name}: ${curl}\n`);
    }
    process.stdout.write(`Ready: ${url}\n`);
  }

  public failed(message: string, exitCode: number): void {
    if (this.json) {
      this.object({ event: 'error', text: message, exitCode });
    } else {
      this.log(`viz-preview: ${message}`);
    }
  }

  private object(object: object): void {
    process.stdout.write(`${JSON.stringify(object)}\n`);
  }
}
