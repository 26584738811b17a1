import { RulesRefused } from '../service/rules/publishRules.js';
import { HttpError } from './problem.js';

/** Does what takes rules; rules with errors are answered 400 with every finding. */
export async function refusing<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RulesRefused)) throw error;
    const errors = error.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ where, message }) => ({ field: where, reason: message }));
    throw new HttpError(400, error.message, errors, { findings: error.findings });
  }
}
