import { z } from 'zod';
import { MAX_SIMILAR, similarRequestSchema } from '../search/similar/request.js';
import { commaList, flag, described as searched, text, wholeNumber } from './searchParameters.js';

const described = {
  ids: 'Ids with commas between; POST takes ids that hold commas.',
  limit: `How many; 10 unless said, at most ${MAX_SIMILAR}.`,
  filter: searched.filter,
  explain: searched.explain,
};

const query = z.strictObject({
  limit: wholeNumber(MAX_SIMILAR).optional().describe(described.limit),
  filter: text.optional().describe(described.filter),
  explain: flag.optional().describe(described.explain),
});

/** The parameters of what is like one product, whose id stands in the path. */
export const likeThisFromQuery = query.pipe(similarRequestSchema.omit({ ids: true }));

/** The parameters of what is like several. */
export const likeTheseFromQuery = query
  .extend({ ids: commaList.describe(described.ids) })
  .pipe(similarRequestSchema);

export const likeTheseFromBody = similarRequestSchema;
