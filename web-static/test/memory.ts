/** Stand-ins for what a browser stores. */
export class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
}

/** Cache Storage with one cache. */
export class MemoryCaches {
  readonly files = new Map<string, Response>();
  open = () =>
    Promise.resolve({
      put: async (path: string, file: Response) => void this.files.set(path, file),
      match: async (path: string) => this.files.get(path)?.clone(),
      delete: async (file: string | { url: string }) => this.files.delete(typeof file === 'string' ? file : new URL(file.url).pathname),
      keys: async () => [...this.files.keys()].map((path) => ({ url: `http://here${path}` })),
    });
}
