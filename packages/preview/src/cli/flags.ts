/** A flag of the command. The help text and the README's table are held against this list by a test. */
export interface Flag {
  readonly name: string;
  readonly value?: string;
  readonly multiple?: boolean;
  readonly help: string;
}

export const FLAGS = [
  { name: 'app', value: 'DIR', help: 'Folder of the synthesized CDK app (cdk.out). Required.' },
  { name: 'stack', value: 'NAME', help: "Stack with the load balancer, or with the app's rules at one. Required." },
  {
    name: 'context',
    value: 'DIR',
    help: "Folder of the container: Docker's build context, or where its command runs. Required.",
  },
  { name: 'port', value: 'N', help: 'Port on this machine; 0 takes any free one. Default: 8080.' },
  {
    name: 'engine',
    value: 'auto|docker|process',
    help: 'How the app runs. auto is docker if it answers, else process. Default: auto.',
  },
  {
    name: 'env',
    value: 'K=V',
    multiple: true,
    help: "Environment variable of the app, before the template's; {publicKeysUrl} and {jwksUrl} are filled in. Repeatable.",
  },
  {
    name: 'file',
    value: 'ENV=PATH',
    multiple: true,
    help: 'File of this machine that the app may read; its path goes into ENV. Repeatable.',
  },
  { name: 'venv', value: 'DIR', help: "Python virtual environment for the app's command, with --engine process." },
  { name: 'email', value: 'E', help: 'Who signs in. Default: colleague@example.com.' },
  { name: 'users', value: 'FILE', help: 'JSON list of people who can sign in, with groups, instead of --email.' },
  { name: 'https', help: 'HTTPS, with a certificate made for this start.' },
  { name: 'cert', value: 'FILE', help: 'Certificate (PEM) for HTTPS, for example of mkcert. With --key.' },
  { name: 'key', value: 'FILE', help: 'Key (PEM) of --cert.' },
  { name: 'json', help: 'One JSON object a line instead of words, for programs.' },
  { name: 'help', help: 'This text.' },
] as const satisfies readonly Flag[];

/** Environment variables that the command reads. */
export const VARIABLES = [
  { name: 'VIZ_PREVIEW_PASSWORD', help: 'Password of the one who signs in. Default: a new random one in every start.' },
] as const;
