/** What a shopper did, as it is stored. Nothing in it says who the shopper is; see `anonymize`. */
export interface ShopEvent {
  /** When it happened, in milliseconds since 1970, UTC. */
  readonly at: number;
  /** `impression`, `click`, `add_to_cart`, `purchase`, `search`, or a name of the shop's own. */
  readonly action: string;
  /** The search that it follows: `query_id` of the answer. */
  readonly queryId: string | null;
  readonly sessionId: string | null;
  readonly clientId: string | null;
  /** The id of the product. */
  readonly objectId: string | null;
  /** Place of the product in the result, as sent. */
  readonly position: number | null;
  readonly quantity: number | null;
  /** Of one piece, in the shop's currency. */
  readonly price: number | null;
  readonly orderId: string | null;
  /** JSON of what else is kept, see `KEPT_ATTRIBUTES`. */
  readonly attributes: string | null;
  /** Two events with the same key are one event that was sent twice. */
  readonly key: string | null;
}

export type StoredEvent = ShopEvent & { readonly id: number };

/** A search that was answered, for a client that sends its id. */
export interface ServedSearch {
  readonly queryId: string;
  readonly at: number;
  /** Folded, without personal data. */
  readonly query: string;
  readonly total: number;
  /** The ids of the page's products in order, at most MAX_SHOWN. */
  readonly shown: readonly string[];
  readonly tookMs: number;
  readonly page: number;
  readonly filtered: boolean;
  readonly clientId: string | null;
  readonly experiment: string | null;
  readonly variant: string | null;
  /** For an interleaved result: `A` or `B` for each product shown. */
  readonly teams: string | null;
  /** The fields that a filter or a facet limited, in order; never the values. */
  readonly fields: readonly string[];
  readonly device: Device | null;
}

export const DEVICES = ['desktop', 'tablet', 'mobile'] as const;
export type Device = (typeof DEVICES)[number];

export const MAX_SHOWN = 50;

/** Opaque ids of who searches, as the page makes them. */
export interface Shopper {
  readonly client_id?: string | undefined;
  readonly session_id?: string | undefined;
  /** What the page takes the shopper's screen for. */
  readonly device?: Device | undefined;
}
