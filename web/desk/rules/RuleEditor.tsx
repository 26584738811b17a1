import type { ComponentChildren } from 'preact';
import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { LinesField, Rows, TextField } from './Fields.js';
import { Findings } from './findings.js';
import type { FilterShare, FormRule } from './form.js';
import { ProductNames } from './ProductNames.js';
import type { Finding } from './workingCopy.js';

interface Props {
  readonly rule: FormRule;
  /** Of this rule, their places within it. */
  readonly findings: readonly Finding[];
  readonly onRule: (rule: FormRule) => void;
}

/** The form of one rule. Each change is in the working copy at once. */
export function RuleEditor({ rule, findings, onRule }: Props) {
  const change = (part: Partial<FormRule>) => onRule({ ...rule, ...part });
  const field =
    <Name extends keyof FormRule>(name: Name) =>
    (value: FormRule[Name]) =>
      onRule({ ...rule, [name]: value });
  return (
    <section class="rule-editor panel" aria-labelledby="rule-name">
      <div class="section-head">
        <h2 id="rule-name">{rule.id || '(no name)'}</h2>
        <DeskLink to={deskPath('rules')}>Back to all rules</DeskLink>
      </div>
      <Findings findings={findings} at={['']} />
      <div class="pair">
        <div>
          <TextField label="Name" value={rule.id} onValue={field('id')} />
          <Findings findings={findings} at={['id']} />
        </div>
        <TextField label="Note" value={rule.note} onValue={field('note')} />
      </div>

      <Group title="When" findings={findings} at={['when']}>
        <div class="pair">
          <LinesField
            label="The search is one of"
            lines={rule.is}
            onLines={field('is')}
            about="One a line. Plurals are the same. * stands for any search."
          />
          <LinesField
            label="Or it has all words of one of"
            lines={rule.contains}
            onLines={field('contains')}
            about="One a line, in any order."
          />
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={rule.emptyQuery}
            onChange={(event) => change({ emptyQuery: event.currentTarget.checked })}
          />
          Or nothing is typed
        </label>
        <LinesField
          label="Only within categories"
          lines={rule.categories}
          onLines={field('categories')}
          about="One a line, as in Apparel > Dresses. Empty: everywhere."
        />
        <div class="pair">
          <TextField label="From" value={rule.from} onValue={field('from')} placeholder="2026-11-27" />
          <TextField
            label="Until, included"
            value={rule.until}
            onValue={field('until')}
            placeholder="2026-12-24"
          />
        </div>
      </Group>

      <Group title="Pin products" findings={findings} at={['then.pin']}>
        <Rows
          name="pin"
          rows={rule.pins}
          empty={{ id: '', position: String(rule.pins.length + 1) }}
          onRows={field('pins')}
        >
          {(pin, set) => (
            <>
              <TextField label="Product" value={pin.id} onValue={(id) => set({ id })} />
              <TextField
                label="Position"
                inputMode="numeric"
                value={pin.position}
                onValue={(position) => set({ position })}
              />
            </>
          )}
        </Rows>
        <ProductNames ids={rule.pins.map(({ id }) => id)} />
      </Group>

      <Group title="Boost and bury" findings={findings} at={['then.boost', 'then.bury']}>
        <p class="about">Which products, as a filter, and how strongly: .1 to .5 is a lot.</p>
        <ShareRows name="boost" rows={rule.boost} onRows={field('boost')} />
        <ShareRows name="bury" rows={rule.bury} onRows={field('bury')} />
      </Group>

      <Group title="Hide" findings={findings} at={['then.hide', 'then.filter']}>
        <LinesField
          label="These products"
          lines={rule.hideIds}
          onLines={field('hideIds')}
          about="One id a line."
        />
        <ProductNames ids={rule.hideIds} />
        <TextField
          label="Or all that match a filter"
          value={rule.hideFilter}
          onValue={field('hideFilter')}
          placeholder="brand = 'Acme'"
          {...(rule.hideIds.length > 0 &&
            rule.hideFilter !== '' && {
              about: 'Without effect while products are listed: use another rule.',
            })}
        />
        <TextField
          label="Show only what matches a filter"
          value={rule.filter}
          onValue={field('filter')}
          placeholder="price < 50"
        />
      </Group>

      <Group
        title="Order"
        findings={findings}
        at={['then.in_stock_first', 'then.new_first', 'then.by_field']}
      >
        <label class="check">
          <input
            type="checkbox"
            checked={rule.inStockFirst}
            onChange={(event) => change({ inStockFirst: event.currentTarget.checked })}
          />
          Products in stock first
        </label>
        <div class="pair">
          <TextField
            label="New products first, by the date in"
            value={rule.newField}
            onValue={field('newField')}
            placeholder="attributes.released"
          />
          <TextField
            label="Of the last days"
            inputMode="numeric"
            value={rule.newDays}
            onValue={field('newDays')}
          />
        </div>
        <Rows
          name="number to order by"
          rows={rule.byField}
          empty={{ field: '', weight: '0.2' }}
          onRows={field('byField')}
        >
          {(one, set) => (
            <>
              <TextField label="Field" value={one.field} onValue={(name) => set({ field: name })} />
              <TextField
                label="Weight"
                inputMode="decimal"
                value={one.weight}
                onValue={(weight) => set({ weight })}
              />
            </>
          )}
        </Rows>
      </Group>

      <Group title="Redirect" findings={findings} at={['then.redirect']}>
        <TextField
          label="Send shoppers to"
          value={rule.redirect}
          onValue={field('redirect')}
          placeholder="/rain"
          about="The address is in the answer; your shop follows it."
        />
      </Group>
      <Findings findings={findings.filter(({ where }) => where === 'then')} />
    </section>
  );
}

interface GroupProps {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly at: readonly string[];
  readonly children: ComponentChildren;
}

function Group({ title, findings, at, children }: GroupProps) {
  return (
    <fieldset class="group">
      <legend>{title}</legend>
      {children}
      <Findings findings={findings} at={at} />
    </fieldset>
  );
}

interface ShareProps {
  readonly name: string;
  readonly rows: readonly FilterShare[];
  readonly onRows: (rows: readonly FilterShare[]) => void;
}

function ShareRows({ name, rows, onRows }: ShareProps) {
  return (
    <Rows name={name} rows={rows} empty={{ filter: '', by: '0.2' }} onRows={onRows}>
      {(share, set) => (
        <>
          <TextField
            label={name === 'boost' ? 'Boost' : 'Bury'}
            value={share.filter}
            onValue={(filter) => set({ filter })}
            placeholder="brand = 'Acme'"
          />
          <TextField label="By" inputMode="decimal" value={share.by} onValue={(by) => set({ by })} />
        </>
      )}
    </Rows>
  );
}
