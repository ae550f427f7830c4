import { type TriggerContext, TriggerRefused, type Triggers } from './triggers';
import type { User } from './users';

/** What the triggers of the pool say about somebody who proved who they are. */
export type Admission =
  | { readonly admitted: true }
  /** The visitor reads this on the sign-in page. */
  | { readonly admitted: false; readonly where: 'page'; readonly reason: string }
  /** The visitor is sent back to the app's callback with this as an error, as Cognito does it. */
  | { readonly admitted: false; readonly where: 'callback'; readonly reason: string };

/** Asks the triggers in Cognito's order. `isNew` is somebody whom a company's provider sends for the first time. */
export async function admit(
  triggers: Triggers,
  user: User,
  context: TriggerContext,
  scopes: readonly string[],
  isNew = false,
): Promise<Admission> {
  const federated = user.username !== undefined;
  const before = await refusalOf(() =>
    isNew ? triggers.externalSignUp(user, context) : triggers.preAuthentication(user, context),
  );
  if (before) {
    return { admitted: false, where: federated ? 'callback' : 'page', reason: before };
  }
  // Tokens are made later, but whoever gets none must hear it now.
  const after = await refusalOf(async () => {
    if (!isNew) {
      await triggers.postAuthentication(user, context);
    }
    await triggers.preTokenGeneration(user, context, scopes, false);
  });
  return after ? { admitted: false, where: 'callback', reason: after } : { admitted: true };
}

/** The sentence of a trigger that turns somebody away, or undefined. */
async function refusalOf(ask: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    if (error instanceof TriggerRefused) {
      return error.message;
    }
    throw error;
  }
}
