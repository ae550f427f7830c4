export * from './container/app-server';
export * from './container/python-container';
export * from './container/python-container-options';
export * from './workflow/architecture';
export * from './workflow/deploy-workflow';
export * from './workflow/deploy-workflow-options';
