/**
 * Keeps the runtime beneath the transformer to itself: onnxruntime, from 1.29 on, counts its use, keeps an id of the
 * machine and reports both to its maker, unless this stands in the environment before it is loaded. Only the main
 * thread can set it, as the environment of a worker thread is a copy that native code does not see.
 */
export function disableTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
