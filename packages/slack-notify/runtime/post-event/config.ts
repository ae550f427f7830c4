import { CONFIG_VARIABLE, type NotifyConfig } from '../../src/event-contract';
import { NotifyError } from '../errors';

/** What the construct wrote. */
export function readConfig(): NotifyConfig {
  const text = process.env[CONFIG_VARIABLE];
  if (!text) {
    throw new NotifyError('no_config', `'${CONFIG_VARIABLE}' must be set by the construct, got: nothing`);
  }
  return JSON.parse(text);
}
