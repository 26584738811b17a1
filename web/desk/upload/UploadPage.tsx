import { useState } from 'preact/hooks';
import { deskPath, goTo, useDeskAddress } from '../address.js';
import { FileChoice } from './FileChoice.js';
import { FilePlan } from './FilePlan.js';
import { JobView } from './JobView.js';
import type { Sent } from './sent.js';
import './upload.css';

/** A file of products: what its columns hold, then filled or imported. */
export function UploadPage() {
  const { parameters } = useDeskAddress();
  const job = parameters.get('job') ?? undefined;
  const [file, setFile] = useState<File>();
  // To send the file again when a check stopped the job. It is gone after a reload.
  const [sent, setSent] = useState<Sent>();
  return (
    <>
      <div class="section-head">
        <h1>Upload</h1>
        {(job !== undefined || file !== undefined) && (
          <button
            type="button"
            class="button"
            onClick={() => {
              setFile(undefined);
              goTo(deskPath('upload'));
            }}
          >
            Another file
          </button>
        )}
      </div>
      {job !== undefined ? (
        <JobView
          key={job}
          id={job}
          sent={sent?.job === job ? sent : undefined}
          onSent={(again) => {
            setSent(again);
            goTo(deskPath('upload', { job: again.job }));
          }}
        />
      ) : file === undefined ? (
        <FileChoice onFile={setFile} />
      ) : (
        <FilePlan
          key={`${file.name} ${file.lastModified} ${file.size}`}
          file={file}
          allowClear={parameters.get('allow') === 'clear'}
          allowShrink={parameters.get('allow') === 'shrink'}
          onSent={(started) => {
            setSent(started);
            goTo(deskPath('upload', { job: started.job }));
          }}
        />
      )}
    </>
  );
}
