import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';

const TABLE = 'notify-table';

export interface SqsMessage {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
  readonly MessageAttributes?: Record<string, { StringValue: string }>;
}

export interface EcsDeployment {
  readonly serviceDeploymentArn: string;
  readonly createdAt: number;
  readonly targetServiceRevision: { readonly arn: string };
  readonly rollback?: { readonly serviceRevisionArn: string };
}

/** What ECS and ECR are asked about. */
interface Asked {
  readonly imageIds?: { readonly imageDigest: string }[];
  readonly serviceDeploymentArns?: string[];
  readonly serviceRevisionArns?: string[];
}

/** The few services that the function calls: a real DynamoDB clone, and a secret, a parameter and queues in memory. */
export class AwsServer {
  public static async start(): Promise<AwsServer> {
    const aws = new AwsServer();
    aws.database.listen(0, '127.0.0.1');
    aws.server.listen(0, '127.0.0.1');
    await Promise.all([once(aws.database, 'listening'), once(aws.server, 'listening')]);
    await aws.createTable();
    return aws;
  }

  public readonly tableName = TABLE;
  public secret = '';
  /** Answers every call of this action with that error. */
  public readonly failing = new Map<string, { status: number; type: string }>();
  /** Nobody finds these. */
  public readonly missingSecrets = new Set<string>();
  /** Does the next call of this action, and loses the answer to it. */
  public readonly losing = new Set<string>();
  public readonly sent: SqsMessage[] = [];
  /** What ECS was told to do. */
  public readonly decisions: object[] = [];
  /** What ECS knows about deployments, and about images by revision. */
  public readonly deployments: EcsDeployment[] = [];
  public readonly revisions: Record<string, object[]> = {};
  /** What ECR knows about images, by digest. */
  public readonly tags: Record<string, string[]> = {};
  public readonly calls: string[] = [];
  private readonly database: Server = dynalite({ createTableMs: 0 });
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  public get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public deadLetters(): SqsMessage[] {
    // A FIFO queue keeps one of those with the same id.
    const letters = this.sent.filter(({ QueueUrl }) => QueueUrl.endsWith('/dead.fifo'));
    return [...new Map(letters.map((letter) => [letter.MessageDeduplicationId, letter])).values()];
  }

  /** Somebody takes them out of the queue. */
  public takeDeadLetters(): SqsMessage[] {
    const letters = this.deadLetters();
    this.sent.splice(0, this.sent.length, ...this.reminders());
    return letters;
  }

  public reminders(): SqsMessage[] {
    return this.sent.filter(({ QueueUrl }) => QueueUrl.endsWith('/bursts'));
  }

  public async stop(): Promise<void> {
    for (const server of [this.server, this.database]) {
      server.closeAllConnections?.();
      server.close();
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks).toString();
    const target = String(request.headers['x-amz-target']);
    const action = target.split('.').pop() ?? '';
    this.calls.push(action);
    const failure = this.failing.get(action);
    if (this.losing.delete(action)) {
      await this.askDatabase(request, undefined, body);
      response.socket?.destroy();
    } else if (action === 'GetSecretValue' && this.missingSecrets.has(JSON.parse(body).SecretId)) {
      response.writeHead(400).end(JSON.stringify({ __type: 'ResourceNotFoundException' }));
    } else if (failure) {
      response.writeHead(failure.status).end(JSON.stringify({ __type: `com.amazonaws#${failure.type}` }));
    } else if (target.startsWith('DynamoDB_')) {
      await this.askDatabase(request, response, body);
    } else {
      response.end(JSON.stringify(this.result(action, JSON.parse(body))));
    }
  }

  private result(action: string, input: SqsMessage & Asked): object {
    switch (action) {
      case 'GetSecretValue':
        return { SecretString: this.secret };
      case 'GetParameter':
        return { Parameter: { Value: this.secret } };
      case 'SendMessage':
        this.sent.push(input);
        return { MessageId: String(this.sent.length) };
      case 'ContinueServiceDeployment':
        this.decisions.push(input);
        return {};
      case 'ListServiceDeployments':
        return {
          serviceDeployments: this.deployments.map(({ serviceDeploymentArn, createdAt }) => ({
            serviceDeploymentArn,
            createdAt,
          })),
        };
      case 'DescribeServiceDeployments':
        return {
          serviceDeployments: this.deployments.filter(({ serviceDeploymentArn }) =>
            input.serviceDeploymentArns?.includes(serviceDeploymentArn),
          ),
        };
      case 'DescribeImages':
        return {
          imageDetails: (input.imageIds ?? []).map(({ imageDigest }) => ({ imageTags: this.tags[imageDigest] })),
        };
      case 'DescribeServiceRevisions':
        return {
          serviceRevisions: (input.serviceRevisionArns ?? []).map((arn) => ({ containerImages: this.revisions[arn] })),
        };
      default:
        throw new Error(`no test expects ${action}`);
    }
  }

  private async askDatabase(request: IncomingMessage, response: ServerResponse | undefined, body: string) {
    const headers = ['x-amz-target', 'content-type', 'authorization', 'x-amz-date'].map((name) => [
      name,
      String(request.headers[name] ?? ''),
    ]);
    const { port } = this.database.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: Object.fromEntries(headers),
      body,
    });
    response?.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(await answer.text());
  }

  private async createTable() {
    const { port } = this.database.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: {
        'x-amz-target': 'DynamoDB_20120810.CreateTable',
        'content-type': 'application/x-amz-json-1.0',
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=a, Signature=a',
        'x-amz-date': '20260101T000000Z',
      },
      body: JSON.stringify({
        TableName: TABLE,
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    });
    if (!answer.ok) {
      throw new Error(`the table was not made: ${await answer.text()}`);
    }
  }
}
