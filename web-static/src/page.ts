/** What every page does: the style, the shell that works offline, and what is told when a part is missing. */
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

// After an update the server has new parts, and those an open page still wants are gone.
addEventListener('vite:preloadError', () => {
  const updated = document.querySelector<HTMLElement>('#updated');
  if (updated) updated.hidden = !navigator.onLine;
});
