import './requirements';

export * from './container/app-server';
export * from './container/python-container';
export * from './container/python-container-options';
export * from './viz-app/framework';
export * from './viz-app/viz-app';
export * from './viz-app/viz-app-options';
export * from './workflow/architecture';
export * from './workflow/deploy-workflow';
export * from './workflow/deploy-workflow-options';
