import { render } from 'preact';
import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/header.css';
import '../shared/keyForm.css';
import './desk.css';
import { applyTheme, currentTheme } from '../shared/theme.js';
import { App } from './App.js';

applyTheme(currentTheme());
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
