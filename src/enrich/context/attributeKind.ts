import type { Attribute } from '../../taxonomy/schema.js';
import { unitOf } from '../../text/units.js';
import { words } from '../features/words.js';

/** What an attribute says: what a product is made of, what it looks like, how large or heavy it is, or anything else. */
export type AttributeKind = 'material' | 'appearance' | 'extent' | 'other';

const MATERIAL: ReadonlySet<string> = new Set(
  (
    'material fabric metal leather wood textile cloth stone gemstone composition lining sole upper outer shell ' +
    'filling fill insulation stoff obermaterial innenmaterial futter sohle holz metall'
  ).split(' '),
);
const APPEARANCE: ReadonlySet<string> = new Set(
  'color colour shade finish pattern print motif farbe muster dekor optik design style look theme'.split(' '),
);

/** Attributes of what a product takes or fits are named so: `max load`, `laptop size`. */
const OF_LIMITS: ReadonlySet<string> = new Set(
  (
    'max maximum min minimum load capacity limit range fit fits suitable compatible recommended laptop device wrist ' +
    'waist user age tragkraft traglast'
  ).split(' '),
);
const EXTENTS: ReadonlySet<string> = new Set(['mass', 'length']);

/** Told from the words of the attribute's id and name, and from its unit. */
export function attributeKind(attribute: Attribute): AttributeKind {
  const { id, name } = attribute;
  const stems = words(`${id.replaceAll('_', ' ')} ${name.replaceAll('_', ' ')}`).map(({ stem }) => stem);
  if (attribute.type === 'number+unit') {
    const dimension = unitOf(attribute.unit ?? '')?.dimension;
    const isExtent = dimension !== undefined && EXTENTS.has(dimension);
    return isExtent && !stems.some((stem) => OF_LIMITS.has(stem)) ? 'extent' : 'other';
  }
  if (stems.some((stem) => APPEARANCE.has(stem))) return 'appearance';
  return stems.some((stem) => MATERIAL.has(stem)) ? 'material' : 'other';
}
