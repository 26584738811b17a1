/**
 * /client.js: sends what shoppers do with results (docs/events.md). It reads the page's `data-sw-` attributes and sets
 * `window.shelfwright`. Nothing is sent with Global Privacy Control or after `optOut`; the id of the shopper is random
 * and ends with the tab.
 */
export interface Told {
  readonly id?: string | undefined;
  readonly queryId?: string | undefined;
  /** Place in the whole result, from 1. */
  readonly position?: number | undefined;
  readonly quantity?: number | undefined;
  /** Of one piece. */
  readonly price?: number | undefined;
  readonly orderId?: string | undefined;
}

export interface ShelfwrightClient {
  /** The `client_id` of searches; undefined where nothing may be recorded. */
  readonly clientId: string | undefined;
  /** An API key with the scope search, where the service requires one. */
  key: string | undefined;
  send(action: string, told?: Told): void;
  /** Sends what waits. Resolves when the service answered, or did not. */
  flush(): Promise<void>;
  optOut(): void;
  optIn(): void;
}

declare global {
  interface Window {
    shelfwright?: ShelfwrightClient;
  }
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}

(() => {
  const WAITING = 'shelfwright-events';
  const CLIENT = 'shelfwright-client';
  const OPT_OUT = 'shelfwright-opt-out';
  const MAX_WAITING = 500;
  const MAX_SENT = 50;
  const PAUSE_MS = 2000;
  const SCAN_MS = 100;

  const { src = location.href, dataset: given = {} }: { src?: string; dataset?: DOMStringMap } =
    document.currentScript ?? {};
  const { origin } = new URL(src);
  const url = `${origin}/v1/events`;
  /** Some browsers allow no storage; what would be stored then lasts until the page is left. */
  const stored = (store: 'localStorage' | 'sessionStorage', name: string, value?: string | null) => {
    try {
      if (value === null) window[store].removeItem(name);
      else if (value !== undefined) window[store].setItem(name, value);
      return window[store].getItem(name) ?? undefined;
    } catch {
      return undefined;
    }
  };
  const random = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');

  let allowed = !navigator.globalPrivacyControl && stored('localStorage', OPT_OUT) === undefined;
  let own: string | undefined;
  const clientId = () =>
    (own ??=
      given.client ??
      stored('sessionStorage', CLIENT) ??
      stored('sessionStorage', CLIENT, random()) ??
      random());
  let waiting: { event_attributes: { event_id: string } }[] = allowed
    ? JSON.parse(stored('sessionStorage', WAITING) ?? '[]')
    : [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => stored('sessionStorage', WAITING, waiting[0] ? JSON.stringify(waiting) : null);

  /** An event that is sent twice counts once, by its `event_id`. */
  async function flush(leaving?: boolean): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const sent = waiting.slice(0, MAX_SENT);
    if (!sent[0]) return;
    const body = JSON.stringify(sent);
    let done = false;
    if (leaving) keep();
    // A beacon has no header for a key, and needs the same origin.
    if (leaving && client.key === undefined && origin === location.origin)
      done = navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }));
    else {
      const { status } = await fetch(url, {
        method: 'POST',
        keepalive: true,
        headers: { 'content-type': 'application/json', ...(client.key && { 'x-api-key': client.key }) },
        body,
      }).catch(() => ({ status: 0 }));
      // What is refused once is refused again.
      done = status > 0 && status < 500 && status !== 401 && status !== 429;
    }
    if (done) waiting = waiting.filter((event) => !sent.includes(event));
    keep();
    if (done && waiting[0]) return flush(leaving);
    if (!done && allowed) timer ??= setTimeout(flush, 10 * PAUSE_MS);
  }

  const client: ShelfwrightClient = {
    get clientId() {
      return allowed ? clientId() : undefined;
    },
    key: given.key,
    send(action, { id, queryId, position, quantity, price, orderId } = {}) {
      if (!allowed || waiting.length >= MAX_WAITING) return;
      const event = {
        action_name: action,
        timestamp: new Date().toISOString(),
        client_id: clientId(),
        query_id: queryId,
        event_attributes: {
          event_id: random(),
          // UBI requires a place of all events.
          position: position ? { ordinal: position } : { xy: { x: 0, y: 0 } },
          object: id && { object_id: id },
          quantity,
          price,
          order_id: orderId,
        },
      };
      waiting.push(event);
      timer ??= setTimeout(flush, PAUSE_MS);
    },
    flush: () => flush(),
    optOut() {
      allowed = false;
      waiting = [];
      own = undefined;
      clearTimeout(timer);
      stored('localStorage', OPT_OUT, '1');
      for (const name of [WAITING, CLIENT]) stored('sessionStorage', name, null);
    },
    optIn() {
      stored('localStorage', OPT_OUT, null);
      allowed = !navigator.globalPrivacyControl;
    },
  };
  window.shelfwright = client;

  const number = (text: string | undefined) => (text ? Number(text) : undefined);
  function tell(action: string, item: HTMLElement, from = item): void {
    const { swId, swPosition, swPrice, swQuantity } = { ...item.dataset, ...from.dataset };
    client.send(action, {
      id: swId,
      queryId: item.closest<HTMLElement>('[data-sw-query]')?.dataset.swQuery,
      position: number(swPosition),
      price: number(swPrice),
      quantity: number(swQuantity),
    });
  }

  /** What was seen of each item: the search and the product. An element may show another one later. */
  const seen = new WeakMap<Element, string>();
  const shownBy = (item: HTMLElement) =>
    `${item.closest<HTMLElement>('[data-sw-query]')?.dataset.swQuery} ${item.dataset.swId}`;
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        watcher.unobserve(target);
        seen.set(target, shownBy(target));
        tell('impression', target);
      }
    },
    { threshold: 0.5 },
  );
  let scanning = false;
  function scan(): void {
    scanning = false;
    for (const item of document.querySelectorAll<HTMLElement>('[data-sw-query] [data-sw-id]'))
      if (seen.get(item) !== shownBy(item)) watcher.observe(item);
  }
  scan();
  new MutationObserver(() => {
    if (!scanning) setTimeout(scan, SCAN_MS);
    scanning = true;
  }).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-sw-query', 'data-sw-id'],
  });

  // Before the page's own listeners, which may remove the item.
  for (const kind of ['click', 'auxclick'])
    document.addEventListener(
      kind,
      ({ target, button }: MouseEventInit & { target: EventTarget | null }) => {
        const pressed =
          target instanceof Element ? target.closest<HTMLElement>('a,button,[data-sw-action]') : null;
        const item = pressed?.closest<HTMLElement>('[data-sw-id]');
        if (!pressed || !item || button === 2) return;
        const acting = pressed.closest<HTMLElement>('[data-sw-action]');
        const action = (acting && item.contains(acting) && acting.dataset.swAction) || 'click';
        if (action !== 'none') tell(action, item, pressed);
      },
      true,
    );
  addEventListener('pagehide', () => void flush(true));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void flush(true);
  });
  void flush();
})();
