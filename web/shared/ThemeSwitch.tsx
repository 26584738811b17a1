import { useState } from 'preact/hooks';
import { applyTheme, currentTheme, THEMES, type Theme } from './theme.js';

const NAMES: Record<Theme, string> = { auto: 'as the system', light: 'light', dark: 'dark' };
const ICONS: Record<Theme, string> = {
  auto: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 1 1 0 16',
  light:
    'M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M5 19l1.400-1.400M17.600 6.400L19 5',
  dark: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
};

/** A button that goes from one theme to the next. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(currentTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  const label = `Colours: ${NAMES[theme]}. Change to ${NAMES[next]}`;
  const change = () => {
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button type="button" class="icon-button theme" aria-label={label} title={label} onClick={change}>
      <svg viewBox="0 0 24 24" aria-hidden="true" class={theme === 'auto' ? 'icon half' : 'icon'}>
        <path d={ICONS[theme]} />
      </svg>
    </button>
  );
}
