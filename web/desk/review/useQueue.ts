import { useEffect, useRef, useState } from 'preact/hooks';
import { KeyError } from '../../shared/call.js';
import { onKeyKept } from '../../shared/key.js';
import { type Narrowing, ReviewQueue } from './queue.js';

/** The queue of groups to review; another one for another field or category. */
export function useQueue({ field, category }: Narrowing, by: () => string): ReviewQueue | undefined {
  const [, setTurn] = useState(0);
  const [queue, setQueue] = useState<ReviewQueue>();
  const name = useRef(by);
  name.current = by;
  useEffect(() => {
    const made = new ReviewQueue(
      { ...(field !== undefined && { field }), ...(category !== undefined && { category }) },
      () => name.current(),
      () => setTurn((turn) => turn + 1),
    );
    setQueue(made);
    void made.load();
    const warn = (event: BeforeUnloadEvent) => {
      if (made.unsent > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    const forget = onKeyKept(() => {
      if (made.problem instanceof KeyError) made.retry();
    });
    return () => {
      forget();
      window.removeEventListener('beforeunload', warn);
      made.close();
    };
  }, [field, category]);
  return queue;
}
