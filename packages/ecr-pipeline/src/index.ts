import './requirements';

export * from './deploy-grant-options';
export * from './ecr-pipeline';
export * from './ecr-pipeline-props';
export * from './github-source';
export * from './replica';
