import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, call, type KeyError, onKeyRefused } from '../shared/call.js';
import { ThemeSwitch } from '../shared/ThemeSwitch.js';
import { Wordmark } from '../shared/Wordmark.js';
import { deskPath, useDeskAddress } from './address.js';
import { DeskLink } from './DeskLink.js';
import { Failure, KeyNeeded } from './Failure.js';
import { SECTIONS, type Section } from './sections.js';
import { useAnswer } from './useAnswer.js';

/** The frame of the desk: navigation, the form for a key, and the section of the address. */
export function App() {
  const { section: name } = useDeskAddress();
  const named = SECTIONS.find((one) => one.name === name);
  const isUnknown = name !== '' && named === undefined;
  const section = named ?? SECTIONS[0];
  // Every section needs the scope write, which this asks for first.
  const access = useAnswer('access', (signal) => call('get', '/v1/status', { signal }));
  // Also while a section is open: a key can be revoked at any time.
  const [refused, setRefused] = useState<KeyError>();
  useEffect(() => onKeyRefused(setRefused), []);
  const isShut = refused !== undefined || access.error !== undefined;
  const [wasOpen, setWasOpen] = useState(false);
  useEffect(() => {
    if (access.answer !== undefined) setWasOpen(true);
  }, [access.answer]);
  const navigation = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${section?.title ?? 'Desk'} · Shelfwright desk`;
    // On a phone the navigation is one line that scrolls.
    navigation.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [section]);
  return (
    <>
      <a class="skip" href="#section">
        Skip to the section
      </a>
      <header class="top">
        <a class="wordmark" href="/">
          <Wordmark />
        </a>
        <span class="desk-name">Desk</span>
        <ThemeSwitch />
      </header>
      <div class="desk">
        <nav class="sections" aria-label="Sections" ref={navigation}>
          <ul>
            {SECTIONS.map((one) => (
              <li key={one.name}>
                <DeskLink to={deskPath(one.name)} current={one === section}>
                  {one.title}
                </DeskLink>
              </li>
            ))}
          </ul>
        </nav>
        <main id="section" tabIndex={-1}>
          {refused !== undefined ? (
            <KeyNeeded
              error={refused}
              onKey={() => {
                setRefused(undefined);
                access.reload();
              }}
            />
          ) : (
            access.error !== undefined && <Failure error={access.error} onRetry={access.reload} />
          )}
          {isUnknown && (
            <p class="wrong" role="alert">
              The desk has no section “{name}”. This is the {section?.title ?? 'first one'}.
            </p>
          )}
          {/* What was typed in the section is still there when a valid key is entered. */}
          <div hidden={isShut}>
            {(wasOpen || access.answer !== undefined) && section !== undefined && (
              <Loaded section={section} />
            )}
          </div>
        </main>
      </div>
    </>
  );
}

function Loaded({ section }: { readonly section: Section }) {
  const [loaded, setLoaded] = useState<{ section: Section; Page?: ComponentType; error?: ApiError }>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let gone = false;
    section
      .load()
      .then((Page) => !gone && setLoaded({ section, Page }))
      .catch(() => {
        const error = new ApiError(
          0,
          'This part of the desk could not be loaded. Is the service still running?',
          [],
        );
        if (!gone) setLoaded({ section, error });
      });
    return () => {
      gone = true;
    };
  }, [section, turn]);
  if (loaded === undefined || loaded.section !== section) return <p class="waiting">Loading…</p>;
  const { Page, error } = loaded;
  if (error !== undefined) return <Failure error={error} onRetry={() => setTurn(turn + 1)} />;
  return Page === undefined ? null : <Page />;
}
