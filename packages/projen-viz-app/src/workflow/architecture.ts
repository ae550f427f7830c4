/** Processor that an image is built for. */
export enum Architecture {
  /** 64-bit Arm: AWS Graviton. */
  ARM64 = 'arm64',
  /** 64-bit x86: Intel and AMD. */
  AMD64 = 'amd64',
}
