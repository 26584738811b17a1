import { useState } from 'preact/hooks';
import { ApiError } from '../../shared/call.js';
import { type Sent, send as sendFile } from './sent.js';

/** Sends a file again with other options. */
export function useSendAgain(onSent: (sent: Sent) => void) {
  const [problem, setProblem] = useState<ApiError>();
  const [sending, setSending] = useState(false);
  const send = async (order: Sent, options: Readonly<Record<string, string>>) => {
    setSending(true);
    setProblem(undefined);
    try {
      onSent(await sendFile({ ...order, options: { ...order.options, ...options } }));
    } catch (error) {
      setProblem(error instanceof ApiError ? error : new ApiError(0, 'The file could not be sent.', []));
      setSending(false);
    }
  };
  return { send, sending, problem, dismiss: () => setProblem(undefined) };
}
