export * from './errors';
export * from './express';
export * from './identity-verifier';
export * from './reader';
export * from './settings';
