import type { Origins } from './front-door/origins';
import type { FunctionPool } from './function-pool';
import type { Users } from './identity-provider/users';
import type { PreviewModel } from './model/preview-model';
import type { SigningKey } from './sign-in/signing-key';

/** What door and provider share, and where everything is on this machine. */
export interface Wiring {
  readonly model: PreviewModel;
  readonly appOrigin: string;
  readonly providerOrigin: string;
  /** Undefined if no company's own sign-in is in the template. */
  readonly companyOrigin: string | undefined;
  readonly origins: Origins;
  readonly users: Users;
  /** Secret of a client, the same for both sides and another one in every start. */
  readonly secretOf: (clientId: string) => string;
  readonly signingKey: SigningKey;
  readonly functions: FunctionPool;
  readonly log: (line: string) => void;
}
