/** What every page does: the style, and the shell that works offline. */
import './style.css';

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    // A site without its offline shell is still the whole site.
    navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  });
}

const offline = document.querySelector<HTMLElement>('#offline');
const showConnection = () => {
  if (offline) offline.hidden = navigator.onLine;
};
addEventListener('online', showConnection);
addEventListener('offline', showConnection);
showConnection();
