/** The home page: the form, the stage, the pieces kept, and what joins them. */
import './page';
import './elements/generate-form';
import './elements/piece-stage';
import { isTerminal, type GenerationRequest } from './api';
import { openSound } from './audio';
import type { GenerateForm, Submitted } from './elements/generate-form';
import type { PieceStage } from './elements/piece-stage';
import { history as kept } from './history';
import { percent, Session, words } from './session';
import { decodeAddress, encodeAddress } from './share';
import { installShortcuts } from './shortcuts';

const form = document.querySelector<GenerateForm>('generate-form')!;
const stage = document.querySelector<PieceStage>('piece-stage')!;
const empty = document.querySelector<HTMLElement>('#empty-stage')!;
const alertBox = document.querySelector<HTMLElement>('#page-alert')!;
const title = document.title;

function show(session: Session | undefined): void {
  alertBox.hidden = true;
  empty.hidden = session !== undefined;
  document.documentElement.classList.toggle('has-piece', session !== undefined);
  if (session) void stage.open(session);
  else stage.clear();
  retitle();
}

function retitle(): void {
  const { session } = stage;
  if (!session) document.title = title;
  else if (session.state.status === 'running') document.title = `${percent(session.state)} % · Partita`;
  else document.title = `${session.name ?? words(session.state, session.piece.notes.length)} · Partita`;
}

/** Pieces being followed, on stage or behind it. A browser opens few connections at once. */
const living = new Map<string, Session>();
const LIVING = 3;

/** Follows a piece until it is finished or too many others are. */
function follow(session: Session): Promise<void> {
  const { id } = session.state;
  living.set(id, session);
  for (const [other, behind] of living) {
    if (living.size <= LIVING) break;
    if (behind === session || behind === stage.session) continue;
    behind.close();
    living.delete(other);
  }
  return session.run().finally(() => {
    if (living.get(id) === session) living.delete(id);
    // There is room for another; not so where the service cannot be reached.
    if (!session.state.lost) void catchUp();
  });
}

let catchingUp = false;

/**
 * Brings the list up to date with pieces that nobody follows, one after another: those that went on
 * while the page was away, and those that others took the place of.
 */
async function catchUp(): Promise<void> {
  if (catchingUp) return;
  catchingUp = true;
  const tried = new Set<string>();
  while (living.size < LIVING) {
    const next = kept.all().find(({ id, status }) => !isTerminal(status) && !living.has(id) && !tried.has(id));
    if (!next) break;
    tried.add(next.id);
    await follow(new Session(next.id, next.settings));
  }
  catchingUp = false;
}

/** The list comes with the first piece; a first visit has none to show. */
function listPieces(): void {
  if (!kept.all().length) return;
  removeEventListener('partita-history', listPieces);
  void import('./elements/recent-pieces').catch(() => addEventListener('partita-history', listPieces));
}

/** Puts a piece on stage, the one already followed if there is one. */
function enter(id: string, settings?: GenerationRequest): void {
  const running = living.get(id);
  const session = running ?? new Session(id, settings);
  show(session);
  if (!running) void follow(session);
}

/** Shows what the address says; a place within the page says nothing about the piece. */
function route(): void {
  if (/^#[^/]/.test(location.hash)) return;
  const address = decodeAddress(location.hash);
  if (!address) {
    if (!stage.session || stage.session.state.id) show(undefined);
    return;
  }
  if (stage.session?.state.id === address.id) return;
  enter(address.id, address.settings);
  void stage.updateComplete.then(reveal);
}

/** Gives what is shown its address, by which the list marks the piece on stage. */
function visit(address: string): void {
  history.pushState(null, '', address);
  dispatchEvent(new Event('partita-history'));
}

/** Brings the stage into view if it is not. */
function reveal(): void {
  const { top } = stage.getBoundingClientRect();
  if (top >= 0 && top <= innerHeight * 0.6) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  stage.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
}

form.addEventListener('submitted', (event) => {
  const { job, settings } = (event as CustomEvent<Submitted>).detail;
  const session = new Session(job.id, settings, job);
  // Started here: the finished file is to be downloaded even if it was ready at once.
  session.watched = true;
  show(session);
  void follow(session);
  const known = session.state.settings;
  visit(encodeAddress({ id: job.id, ...(known ? { settings: known } : {}) }));
  void stage.updateComplete.then(() => {
    stage.focusTitle();
    reveal();
  });
});

// A key on the form's keyboard is heard; its sound is fetched with the first one.
form.addEventListener('choose', (event) => {
  const pitch = (event as CustomEvent<number>).detail;
  void openSound().then(
    (sound) => sound.strike(pitch),
    () => undefined,
  );
});

/** Asks for a piece from the stage; a refusal is told in the form, which may be out of sight. */
function ask(settings: GenerationRequest): void {
  void form.ask(settings).then(() => {
    if (form.error) form.scrollIntoView({ block: 'center' });
  });
}

stage.addEventListener('progressed', retitle);
stage.addEventListener('again', (event) => {
  const settings = (event as CustomEvent<GenerationRequest>).detail;
  form.take(settings);
  ask(settings);
});
stage.addEventListener('reopen', () => {
  const { id, settings } = stage.session!.state;
  enter(id, settings);
});
stage.addEventListener('continue', (event) => {
  const file = (event as CustomEvent<Uint8Array>).detail;
  // The form says how it goes on; only how it begins is the piece's own.
  if (form.reportValidity()) ask({ ...form.request, start: { kind: 'midi', data: base64(file) } });
});

const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

async function openFile(file: File): Promise<void> {
  try {
    if (file.size > 4_000_000) throw new Error('This file is larger than 4 MB.');
    const session = await Session.ofFile(file.name, new Uint8Array(await file.arrayBuffer()));
    visit('#/');
    show(session);
    void stage.updateComplete.then(reveal);
  } catch (error) {
    alertBox.textContent = `${file.name}: ${(error as Error).message}`;
    alertBox.hidden = false;
  }
}

const picker = document.querySelector<HTMLInputElement>('#open-file')!;
picker.addEventListener('change', () => {
  const file = picker.files?.[0];
  if (file) void openFile(file);
  picker.value = '';
});
document.addEventListener('dragover', (event) => {
  if (!event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  document.documentElement.classList.add('dropping');
});
document.addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) document.documentElement.classList.remove('dropping');
});
document.addEventListener('drop', (event) => {
  document.documentElement.classList.remove('dropping');
  const file = event.dataTransfer?.files[0];
  if (!file) return;
  event.preventDefault();
  void openFile(file);
});

// Skips to the content without leaving the address of the piece, which a reload or a bookmark needs.
document.querySelector('.skip')!.addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')!.focus();
});

// The instrument pages link here with a start already chosen.
if (location.hash === '#/note') form.take({ start: { kind: 'note', pitch: 60 }, length: { notes: 250 } });

addEventListener('hashchange', route);
addEventListener('popstate', route);
addEventListener('partita-history', listPieces);
listPieces();
installShortcuts(stage, form);
route();
void catchUp();
