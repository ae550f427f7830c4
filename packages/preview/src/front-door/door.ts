import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FrontDoor, Gate, Rule } from '../model/front-door-model';
import { CALLBACK_PATH } from '../model/public-origin';
import type { Session } from '../session/session';
import type { Authenticator } from '../sign-in/authenticator';
import type { IdentityHeaders } from '../sign-in/identity-headers';
import type { JwtGate } from '../sign-in/jwt-gate';
import type { AppTarget } from '../targets/app-target';
import type { LambdaTarget } from '../targets/lambda-target';
import { answer, type Exchange } from './exchange';
import { RuleMatcher } from './match-rule';
import type { Origins } from './origins';
import { pathReadings } from './path-readings';
import { readRequest } from './read-request';
import { redirectLocation } from './redirect-location';
import { insertedHeaders } from './response-headers';

export interface DoorParts {
  readonly model: FrontDoor;
  readonly origins: Origins;
  readonly authenticator: Authenticator;
  readonly jwtGate: JwtGate;
  readonly identity: IdentityHeaders;
  readonly app: AppTarget;
  /** By the name of the target group. */
  readonly lambdas: ReadonlyMap<string, LambdaTarget>;
}

/** Decides about each request what the listener of the template would decide. */
export class Door {
  private readonly matcher: RuleMatcher;
  private readonly inserted: ReadonlyMap<string, string>;

  constructor(private readonly parts: DoorParts) {
    this.matcher = new RuleMatcher(parts.model.rules);
    this.inserted = insertedHeaders(parts.model.attributes, parts.origins);
  }

  public async handle(
    request: IncomingMessage,
    response: ServerResponse,
    upgrade?: { socket: Duplex; head: Buffer },
  ): Promise<void> {
    this.insertHeaders(response);
    const exchange = readRequest(request, response, this.parts.origins, upgrade);
    if (typeof exchange === 'number') {
      // What is left of such a request on the connection is not trusted either.
      answer({ response }, exchange, { headers: { connection: 'close' } });
      return;
    }
    const rule = this.matcher.match(exchange.facts);
    // The load balancer answers its callback itself, unless a rule names that very path.
    if (this.parts.authenticator.isCallback(exchange) && !namesCallback(rule)) {
      await this.parts.authenticator.callback(exchange);
      return;
    }
    if (this.isAmbiguous(exchange, rule)) {
      answer(exchange, 400, {
        body: `This path can be read in two ways that fall under different rules: ${rule.name} is one.\n`,
      });
      return;
    }
    await this.follow(exchange, rule);
  }

  private async follow(exchange: Exchange, rule: Rule): Promise<void> {
    const sessions: Session[] = [];
    for (const gate of rule.gates) {
      const passed = await this.pass(exchange, gate, sessions);
      if (!passed) {
        return;
      }
    }
    const identity = sessions.length > 0 ? this.parts.identity.for(sessions[0]) : [];
    switch (rule.answer.type) {
      case 'redirect': {
        const location = this.parts.origins.toLocal(redirectLocation(rule.answer, exchange.facts));
        answer(exchange, rule.answer.status, { headers: { location } });
        return;
      }
      case 'fixed-response':
        answer(exchange, rule.answer.status, { body: rule.answer.body, contentType: rule.answer.contentType });
        return;
      case 'forward': {
        const group = pick(rule.answer.targets);
        const target = group && (group.type === 'lambda' ? this.parts.lambdas.get(group.name) : this.parts.app);
        await (target ? target.forward(exchange, identity) : answer(exchange, 503));
      }
    }
  }

  private async pass(exchange: Exchange, gate: Gate, sessions: Session[]): Promise<boolean> {
    if (gate.type === 'validate-jwt') {
      return this.parts.jwtGate.check(exchange, gate.validation);
    }
    const verdict = await this.parts.authenticator.check(exchange, gate.authentication);
    if (verdict.pass && verdict.session) {
      sessions.push(verdict.session);
    }
    return verdict.pass;
  }

  private isAmbiguous({ facts }: Exchange, rule: Rule): boolean {
    return [...pathReadings(facts.path)].some((path) => this.matcher.match({ ...facts, path }) !== rule);
  }

  /** As late as possible, so that they replace what the app says. */
  private insertHeaders(response: ServerResponse): void {
    const { inserted } = this;
    const { serverHeader } = this.parts.model.attributes;
    const writeHead = response.writeHead;
    response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
      for (const [name, value] of inserted) {
        this.setHeader(name, value);
      }
      if (serverHeader && !this.hasHeader('server')) {
        this.setHeader('server', 'viz-preview');
      }
      return Reflect.apply(writeHead, this, args) as ServerResponse;
    } as typeof response.writeHead;
  }
}

function namesCallback({ conditions, gates }: Rule): boolean {
  return (
    gates.length === 0 &&
    conditions.some(({ field, values }) => field === 'path-pattern' && values.includes(CALLBACK_PATH))
  );
}

/** One of the target groups, as often as its weight says. */
function pick<T>(targets: readonly { readonly group: T; readonly weight: number }[]): T | undefined {
  let left = Math.random() * targets.reduce((sum, { weight }) => sum + weight, 0);
  return targets.find(({ weight }) => {
    left -= weight;
    return weight > 0 && left < 0;
  })?.group;
}
