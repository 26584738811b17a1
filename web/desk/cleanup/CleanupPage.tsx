import { deskPath, useDeskAddress } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { CategoryView } from './CategoryView.js';
import { DuplicateView } from './DuplicateView.js';
import { SpellingView } from './SpellingView.js';
import './cleanup.css';

const VIEWS = [
  { name: 'spellings', title: 'Spellings', View: SpellingView },
  { name: 'categories', title: 'Wrong categories', View: CategoryView },
  { name: 'duplicates', title: 'Duplicates', View: DuplicateView },
] as const;

/** Values and products to put in order. */
export function CleanupPage() {
  const { parameters } = useDeskAddress();
  const wanted = parameters.get('view');
  const { name, View } = VIEWS.find((one) => one.name === wanted) ?? VIEWS[0];
  return (
    <>
      <div class="section-head">
        <h1>Clean up</h1>
      </div>
      <nav class="views" aria-label="What to clean up">
        {VIEWS.map((one) => (
          <DeskLink key={one.name} to={deskPath('cleanup', { view: one.name })} current={one.name === name}>
            {one.title}
          </DeskLink>
        ))}
      </nav>
      <View />
    </>
  );
}
