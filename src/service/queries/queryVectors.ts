/** Paging and typing ask for the same query again and again; so many are kept. */
const KEPT = 2000;

/** Vectors of recent queries, the least recently asked forgotten first. Never on disk: queries are people's. */
export class QueryVectors {
  asked = 0;
  remembered = 0;
  private readonly recent = new Map<string, Promise<Float32Array | undefined>>();

  constructor(private readonly embed: (text: string) => Promise<readonly Float32Array[]>) {}

  /** A query that fails to embed is asked anew the next time. */
  get(text: string): Promise<Float32Array | undefined> {
    const known = this.recent.get(text);
    this.recent.delete(text);
    this.asked++;
    if (known !== undefined) this.remembered++;
    const vector = known ?? this.embed(text).then(([made]) => made);
    this.recent.set(text, vector);
    vector.catch(() => this.recent.delete(text));
    const oldest = this.recent.keys().next();
    if (this.recent.size > KEPT && oldest.done !== true) this.recent.delete(oldest.value);
    return vector;
  }
}
