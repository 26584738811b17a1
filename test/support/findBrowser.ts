import { existsSync } from 'node:fs';

/** A browser without a window is lighter. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** An installed Chromium, or the one that CHROMIUM_PATH names; undefined if there is none. */
export function findBrowser(): string | undefined {
  const { CHROMIUM_PATH } = process.env;
  return CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
}
