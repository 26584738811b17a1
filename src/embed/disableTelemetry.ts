/**
 * Turns off telemetry of onnxruntime. From 1.29 on it counts its use, stores an id of the machine and reports both to
 * its maker, unless
 * this variable is set before it loads. Only the main thread can set it: a worker's environment is a copy that native
 * code does not see.
 */
export function disableTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
