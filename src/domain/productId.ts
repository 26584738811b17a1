/** Characters (UTF-16 units) of an id: longer ones do not fit into the path of GET /v1/products/:id. */
export const MAX_ID_LENGTH = 1000;

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Why a text cannot be an id; undefined if it can. */
export function findIdProblem(id: string): string | undefined {
  if (id === '') return 'missing or empty; every product needs an id of its own';
  if (id.length > MAX_ID_LENGTH) return `${id.length} characters; expected at most ${MAX_ID_LENGTH}`;
  if (LONE_SURROGATE.test(id)) {
    return `${JSON.stringify(id.slice(0, 60))} is not valid Unicode: half of a surrogate pair is missing; expected whole characters`;
  }
  return undefined;
}

/** A key that JavaScript objects cannot hold as a value of their own everywhere, so it would get lost. */
const LOST_NAME = '__proto__';

/** The fields of a record whose name no product can have, with the reason. */
export function findLostFields(
  record: Readonly<Record<string, unknown>>,
): { readonly field: string; readonly reason: string }[] {
  const reason = `no field can have the name ${LOST_NAME}; rename it`;
  const { attributes } = record;
  const inAttributes =
    typeof attributes === 'object' && attributes !== null && Object.hasOwn(attributes, LOST_NAME);
  return [
    ...(Object.hasOwn(record, LOST_NAME) ? [{ field: LOST_NAME, reason }] : []),
    ...(inAttributes ? [{ field: `attributes.${LOST_NAME}`, reason }] : []),
  ];
}
