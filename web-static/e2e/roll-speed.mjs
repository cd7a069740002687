// How fast the piano roll draws: five thousand notes, scrolled and played through for four seconds
// each. Prints the milliseconds from frame to frame and the main thread's work in each: sixty frames a
// second leave 16.7. Without a graphics card the frames are composed by the processor as well.
//   BASE_URL=http://127.0.0.1:8080 node e2e/roll-speed.mjs
import { BASE, launch } from './browser.mjs';

const NOTES = 5000;

function etude() {
  const events = [];
  for (let i = 0; i < NOTES; i++) events.push(0, 0x90, 40 + ((i * 7) % 48), 40 + (i % 80), 60, 0x80, 40 + ((i * 7) % 48), 0);
  events.push(0, 0xff, 0x2f, 0);
  const head = Buffer.from('MThd\0\0\0\x06\0\0\0\x01\x01\xe0MTrk\0\0\0\0', 'latin1');
  head.writeUInt32BE(events.length, 18);
  return Buffer.concat([head, Buffer.from(events)]);
}

const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1360, height: 850 } });
  await page.goto(`${BASE}/`);
  await page.setInputFiles('#open-file', { name: 'etude.mid', mimeType: 'audio/midi', buffer: etude() });
  await page.waitForFunction((n) => Number(document.querySelector('piano-roll')?.dataset.notes) === n, NOTES);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const measured = {};
  for (const way of ['scroll', 'play']) {
    const before = await busy();
    const frames = await page.evaluate(async (how) => {
      const scroller = document.querySelector('.roll-scroller');
      const roll = document.querySelector('piano-roll');
      const run = async (step) => {
        const frames = [];
        let last = performance.now();
        const end = last + 4_000;
        let n = 0;
        while (last < end) {
          const now = await new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
          frames.push(now - last);
          last = now;
          step(n++);
        }
        const middle = (list, share) => [...list].sort((a, b) => a - b)[Math.floor(list.length * share)].toFixed(1);
        return { frames: frames.length, median: middle(frames, 0.5), p95: middle(frames, 0.95) };
      };
      return how === 'scroll' ? run((n) => (scroller.scrollLeft = n * 24)) : run((n) => roll.cursor(n * 0.2, true));
    }, way);
    const work = ((await busy()) - before) / frames.frames;
    measured[way] = { ...frames, workPerFrame: work.toFixed(2) };
  }
  console.log(JSON.stringify(measured));
} finally {
  await browser.close();
}
