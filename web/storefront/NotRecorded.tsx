import { useState } from 'preact/hooks';
import type {} from '../client/client.js';

/** Lets a shopper choose that clicks are not recorded, unless the browser asks for that already. */
export function NotRecorded() {
  const { shelfwright } = window;
  const [off, setOff] = useState(() => shelfwright?.clientId === undefined);
  if (shelfwright === undefined || navigator.globalPrivacyControl) return null;
  const turn = () => {
    if (off) shelfwright.optIn();
    else shelfwright.optOut();
    setOff(!off);
  };
  return (
    <button type="button" class="quiet" aria-pressed={off} onClick={turn}>
      Do not record my clicks
    </button>
  );
}
