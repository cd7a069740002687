/** Keys for everything, listed behind `?`, and a switch to turn them off (WCAG 2.1.4). */
import type { GenerateForm } from './elements/generate-form';
import type { PieceStage } from './elements/piece-stage';

const OFF = 'partita.shortcuts.off';

const remembered = (): boolean => {
  try {
    return localStorage.getItem(OFF) === 'yes';
  } catch {
    return false;
  }
};

export function installShortcuts(stage: PieceStage, form: GenerateForm): void {
  const dialog = document.querySelector<HTMLDialogElement>('#shortcuts')!;
  const open = document.querySelector<HTMLButtonElement>('#open-shortcuts')!;
  const toggle = document.querySelector<HTMLInputElement>('#shortcuts-on')!;
  let off = remembered();
  toggle.checked = !off;
  toggle.addEventListener('change', () => {
    off = !toggle.checked;
    try {
      localStorage.setItem(OFF, off ? 'yes' : 'no');
    } catch {
      // Then it holds for this visit.
    }
  });
  open.hidden = false;
  open.addEventListener('click', () => dialog.showModal());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });

  document.addEventListener('keydown', (event) => {
    if (off || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const target = event.target as HTMLElement;
    if (target.closest('input:not([type=radio]):not([type=range]), select, textarea, [role=slider]')) return;
    const onControl = target.closest('button, a, summary, input') !== null;
    switch (event.key) {
      case ' ':
        if (onControl || !stage.session) return;
        void stage.toggle();
        break;
      case 'ArrowLeft':
      case 'ArrowRight':
        if (!stage.session || target.closest('input')) return;
        stage.skip(event.key === 'ArrowLeft' ? -1 : 1);
        break;
      case 'l':
        stage.toggleLoop();
        break;
      case 'd':
        stage.download();
        break;
      case 'g':
        form.querySelector<HTMLElement>('.primary-button')?.focus();
        break;
      case '+':
      case '=':
        stage.zoom(1.4);
        break;
      case '-':
        stage.zoom(1 / 1.4);
        break;
      case '?':
        dialog.showModal();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
