import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';

/** Where the local provider keeps sessions, codes and grants: in memory, gone with the preview. */
export function memoryAdapter(): AdapterConstructor {
  const storage = new Map<string, { readonly payload: AdapterPayload; readonly expiresAt: number }>();
  const keysByGrant = new Map<string, Set<string>>();

  const read = (key: string): AdapterPayload | undefined => {
    const found = storage.get(key);
    if (found && found.expiresAt <= Date.now()) {
      storage.delete(key);
      return undefined;
    }
    return found?.payload;
  };

  return class implements Adapter {
    constructor(private readonly model: string) {}

    public async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
      const key = this.key(id);
      storage.set(key, { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY });
      if (payload.grantId) {
        keysByGrant.set(payload.grantId, (keysByGrant.get(payload.grantId) ?? new Set()).add(key));
      }
    }

    public async find(id: string): Promise<AdapterPayload | undefined> {
      return read(this.key(id));
    }

    public async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return [...storage.keys()].map(read).find((payload) => payload?.uid === uid);
    }

    /** Only device codes have one, and a load balancer knows no device flow. */
    public async findByUserCode(): Promise<undefined> {
      return undefined;
    }

    public async consume(id: string): Promise<void> {
      const payload = read(this.key(id));
      if (payload) {
        payload.consumed = Math.floor(Date.now() / 1000);
      }
    }

    public async destroy(id: string): Promise<void> {
      storage.delete(this.key(id));
    }

    public async revokeByGrantId(grantId: string): Promise<void> {
      for (const key of keysByGrant.get(grantId) ?? []) {
        storage.delete(key);
      }
      keysByGrant.delete(grantId);
    }

    private key(id: string): string {
      return `${this.model}:${id}`;
    }
  };
}
