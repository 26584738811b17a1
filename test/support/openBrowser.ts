import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './findBrowser.js';

declare global {
  /** Kept for this process: starting a browser takes as long as a test. */
  var browserOfTests: Promise<Browser> | undefined;
}

/** The browser of this process, started by the first test that needs one; it ends with the process. */
export async function openBrowser(): Promise<Browser> {
  const running = await globalThis.browserOfTests;
  if (running?.isConnected()) return running;
  const executablePath = findBrowser();
  globalThis.browserOfTests = chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return globalThis.browserOfTests;
}
