/** How many rows or products came to what, side by side. */
export function Counts({ counts }: { readonly counts: readonly (readonly [string, number])[] }) {
  return (
    <dl class="figures">
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}
