import { render } from 'preact';
import { App } from './app.tsx';
import { ToastHost } from './toasts.tsx';
import './styles/base.css';
import './styles/shell.css';
import './styles/queue.css';
import './styles/card.css';

const root = document.getElementById('app');
if (root) render(<ToastHost><App /></ToastHost>, root);
