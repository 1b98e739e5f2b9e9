import { createRoot } from 'react-dom/client';
import '../design/tokens.css';
import '../design/base.css';
import './css/parts.css';
import './css/fields.css';
import './css/shell.css';
import './css/lists.css';
import './css/story.css';
import { App } from './app';
import { putTheme } from './shell/theme';

putTheme();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
