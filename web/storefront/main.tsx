import { render } from 'preact';
import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/header.css';
import '../shared/keyForm.css';
import './layout.css';
import './searchBox.css';
import './welcome.css';
import './filters.css';
import './results.css';
import './cards.css';
import './picture.css';
import './productPanel.css';
import { applyTheme, currentTheme } from '../shared/theme.js';
import { App } from './App.js';

applyTheme(currentTheme());
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
// On a phone the keyboard would cover the examples.
if (matchMedia('(hover: hover)').matches && !location.search.includes('product='))
  document.getElementById('q')?.focus();
