import { sendRaw } from '../shared/call.js';

/** Saves an answer of the service as a file. A link could not send the key. @throws ApiError */
export async function download(path: string, name: string): Promise<void> {
  const content = await (await sendRaw(path, {})).blob();
  saveAs(content, name);
}

export function saveAs(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
