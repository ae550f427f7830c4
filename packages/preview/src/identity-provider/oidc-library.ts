/**
 * The OpenID provider library, from its parts.
 *
 * Its index prints "Unsupported runtime" on Node 20 at every start. Node 20 is tested here with every test of the sign-in,
 * and somebody who wants to see a dashboard can do nothing about it.
 */
import type Library from 'oidc-provider';
import type { errors as Errors } from 'oidc-provider';
// @ts-expect-error the parts have no types of their own: those of the index are theirs
import * as untypedErrors from 'oidc-provider/lib/helpers/errors.js';
// @ts-expect-error as above
import { Provider as UntypedProvider } from 'oidc-provider/lib/provider.js';

export const Provider: typeof Library = UntypedProvider;
export type Provider = Library;
export const errors: typeof Errors = untypedErrors;
