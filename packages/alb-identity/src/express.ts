import { IdentityError } from './errors';
import type { IdentityHeaders, IdentityVerifier } from './identity-verifier';
import type { Reader } from './reader';

/** The part of a request of Express, Fastify or Node itself that is used here. */
export interface IdentityRequest {
  readonly headers: IdentityHeaders;
  /** Who is asking, once `identify` has run. */
  reader?: Reader;
}

/** The part of a response that is used here. */
export interface IdentityResponse {
  statusCode: number;
  end(text: string): unknown;
}

type Next = (error?: unknown) => void;
type Middleware = (request: IdentityRequest, response: IdentityResponse, next: Next) => Promise<void>;

/** Middleware that puts the verified reader into `request.reader`, and answers 401 where there is none. */
export function identify(
  verifier: IdentityVerifier,
  report: (error: IdentityError) => void = () => undefined,
): Middleware {
  return async (request, response, next) => {
    try {
      request.reader = await verifier.verify(request.headers);
    } catch (error) {
      if (error instanceof IdentityError) {
        report(error);
        answer(response, 401, 'Nobody is signed in.');
      } else {
        next(error);
      }
      return;
    }
    next();
  };
}

/**
 * Middleware behind `identify` that lets members of one of these groups pass, and answers 403 to others.
 *
 * @throws Error when there is no group
 */
export function requireGroup(...groups: string[]): Middleware {
  if (groups.length === 0) {
    throw new Error("'groups' must have at least one group, got: []");
  }
  return async (request, response, next) => {
    if (request.reader?.groups.some((group) => groups.includes(group))) {
      next();
    } else {
      answer(response, 403, 'This page is not open to you.');
    }
  };
}

function answer(response: IdentityResponse, status: number, text: string) {
  response.statusCode = status;
  response.end(text);
}
