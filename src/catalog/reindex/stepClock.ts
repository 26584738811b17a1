/** Times the steps of a run, each from the end of the one before. */
export class StepClock {
  /** Wall seconds by step. */
  readonly steps: Record<string, number> = {};
  /** Processor seconds by step, of all threads of this process. */
  readonly processor: Record<string, number> = {};
  private readonly started = performance.now();
  private last = this.started;
  private lastUsage = process.cpuUsage();

  /** Ends a step; a step that ends again adds up. */
  readonly mark = (step: string): void => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.lastUsage);
    this.steps[step] = (this.steps[step] ?? 0) + (now - this.last) / 1000;
    this.processor[step] = (this.processor[step] ?? 0) + (user + system) / 1e6;
    this.last = now;
    this.lastUsage = process.cpuUsage();
  };

  total(): number {
    return (performance.now() - this.started) / 1000;
  }
}
