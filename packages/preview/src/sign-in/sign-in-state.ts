import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Seal } from '../session/seal';

/** Binds a sign-in to the browser in which it began. */
export const NONCE_COOKIE = 'AWSALBAuthNonce';
/** A sign-in must be done within this time; the load balancer's limit, which cannot be changed. */
export const SIGN_IN_SECONDS = 15 * 60;

/** What travels through the provider as `state`, encrypted. */
export interface SignInState {
  readonly id: string;
  readonly nonce: string;
  /** Path and query that the visitor wanted. */
  readonly target: string;
  /** Which authenticating action began this. */
  readonly action: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Makes and checks the state of sign-ins. */
export class SignInStates {
  private readonly key = randomBytes(32);
  /** Ids of states that were used, until they would have expired anyway. */
  private readonly used = new Map<string, number>();

  constructor(private readonly seal: Seal) {}

  /** The browser's nonce if it has one of ours, so that sign-ins in two tabs do not end each other; else a new one. */
  public nonce(cookie: string | undefined): string {
    return cookie !== undefined && this.isOurs(cookie) ? cookie : this.newNonce();
  }

  public begin(nonce: string, target: string, action: number): Promise<string> {
    const state: SignInState = { id: randomUUID(), nonce, target, action, expiresAt: now() + SIGN_IN_SECONDS };
    return this.seal.seal('state', state);
  }

  /** The state of a callback, once; undefined if it is not ours, of another browser, too old or used. */
  public async finish(sealed: string, cookie: string | undefined): Promise<SignInState | undefined> {
    const state = await this.seal.open<SignInState>('state', sealed);
    if (!state || cookie === undefined || !this.isOurs(cookie) || state.nonce !== cookie || state.expiresAt <= now()) {
      return undefined;
    }
    for (const [id, expiresAt] of this.used) {
      if (expiresAt <= now()) {
        this.used.delete(id);
      }
    }
    if (this.used.has(state.id)) {
      return undefined;
    }
    this.used.set(state.id, state.expiresAt);
    return state;
  }

  private newNonce(): string {
    const value = randomBytes(24).toString('base64url');
    return `${value}.${this.mac(value)}`;
  }

  private isOurs(nonce: string): boolean {
    const [value, mac = ''] = nonce.split('.');
    const expected = Buffer.from(this.mac(value));
    const given = Buffer.from(mac);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private mac(value: string): string {
    return createHmac('sha256', this.key).update(value).digest('base64url');
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
