import './requirements';

export * from './auto-scaling-options';
export * from './deployment-pause';
export * from './deployment-style';
export * from './ecs-ec2-service';
export * from './ecs-ec2-service-props';
export * from './egress';
export * from './host-operating-system';
export * from './host-options';
export * from './service-connect-options';
export * from './service-monitoring';
export * from './spot-mix';
export * from './volume-mount';
