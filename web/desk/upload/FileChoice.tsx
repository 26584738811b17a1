import { useRef, useState } from 'preact/hooks';

interface Props {
  readonly onFile: (file: File) => void;
}

/** Where a file is dropped, or chosen. */
export function FileChoice({ onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <section
      class="drop"
      aria-label="File of products"
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file !== undefined) onFile(file);
      }}
    >
      <svg class="drop-icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 16V4m0 0L7.5 8.5M12 4l4.5 4.5M4 15.5V18a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2.5" />
      </svg>
      <p class="drop-title">Drop a file of products here</p>
      <p class="about">
        CSV, TSV, JSONL or Excel (.xlsx); gzip is fine. Nothing is stored before you say so.
      </p>
      <input
        ref={input}
        id="file"
        type="file"
        class="hidden"
        tabIndex={-1}
        aria-label="File"
        accept=".csv,.tsv,.tab,.txt,.jsonl,.ndjson,.json,.xlsx,.gz"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
        }}
      />
      <button type="button" class="button primary" onClick={() => input.current?.click()}>
        Choose a file
      </button>
    </section>
  );
}
