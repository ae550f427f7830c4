import './requirements';

export * from './slack-approvals';
export * from './slack-kind';
export * from './slack-notify';
export * from './slack-notify-props';
export * from './slack-route';
export * from './slack-source';
export * from './webhook-url';
