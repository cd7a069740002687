/** What the pages of the instruments say. A new instrument is a new entry here and a stub beside piano.html. */
export interface InstrumentText {
  slug: string;
  name: string;
  family: string;
  /** General MIDI program, 0..127. */
  program: number;
  low: number;
  high: number;
  summary: string;
  facts: readonly (readonly [term: string, value: string])[];
  sections: readonly { id: string; title: string; paragraphs: readonly string[] }[];
  relatives: readonly (readonly [name: string, about: string])[];
}

export const instruments: readonly InstrumentText[] = [
  {
    slug: 'piano',
    name: 'Piano',
    family: 'Struck strings with a keyboard',
    program: 0,
    low: 21,
    high: 108,
    summary:
      'Eighty-eight keys, some two hundred and thirty strings, and a hammer that lets go of the string the moment it has struck it: loud or soft is in the player’s fingers.',
    facts: [
      ['Invented', 'by 1700, Florence'],
      ['By', 'Bartolomeo Cristofori'],
      ['Keys', '88: 52 white, 36 black'],
      ['Strings', 'about 230'],
      ['Written', 'on two staves, treble and bass'],
    ],
    sections: [
      {
        id: 'history',
        title: 'Where it comes from',
        paragraphs: [
          'Before it there were two kinds of keyboard with strings. The harpsichord plucks, and plucks equally loud however the key is pressed. The clavichord strikes, and can swell and fade, but is so quiet that it hardly leaves the room. Bartolomeo Cristofori, who kept the instruments of the Medici court in Florence, built one that did both: an inventory of 1700 already lists his keyboard “that makes soft and loud”, <i lang="it">che fa il piano e il forte</i>. Three of his pianos, from the 1720s, still exist.',
          'Gottfried Silbermann copied the idea in Saxony in the 1730s; Johann Sebastian Bach is said to have complained of the first ones and to have praised the later. Johannes Zumpe’s small square pianos, made in London from 1766, put it into ordinary houses.',
          'The next hundred years made it larger, louder and quicker. Sébastien Érard’s repetition action of 1821 lets a note be struck again before its key is fully up. Jean-Henri Pape covered hammers with felt in 1826. Iron took over from wood: Alpheus Babcock cast a frame in one piece in 1825, Jonas Chickering did so for grands in 1843, and Henry Steinway Jr. crossed the bass strings over the others in 1859. By the 1880s the keyboard had reached the eighty-eight keys it has today.',
        ],
      },
      {
        id: 'sound',
        title: 'How it makes sound',
        paragraphs: [
          'Pressing a key lifts a damper off its strings and throws a felt hammer at them. Just before the blow the hammer is let go, which is called escapement: it flies the last bit alone, strikes, and falls back, so the string can ring. How fast it flies is all the player decides about a single note, and it sets both loudness and brightness, because a fast hammer is a hard one.',
          'Most notes have three strings, tuned alike; lower ones have two, and the lowest one, wound with copper to be heavy without being stiff. The strings move little air by themselves. A bridge passes their motion to the soundboard, a thin plate of spruce as large as the case, and that is what you hear.',
          'A real string is a little stiff, so its upper partials lie slightly sharp of whole multiples. Tuners stretch the octaves to suit, and the ear takes this as part of the piano’s colour. The right pedal lifts all dampers at once; everything then rings on and answers everything else.',
        ],
      },
      {
        id: 'model',
        title: 'How Partita writes for it',
        paragraphs: [
          'For the model, a piano piece is a row of events on a grid of twenty-four steps to the quarter note, fine enough for sixteenths, thirty-seconds and triplets. An event strikes one key, with how long it sounds and one of sixteen degrees of force, or moves time on. Chords are written from the top down.',
          'At every event the model weighs all keys that may be struck, given what it has written so far, and one is drawn by chance. A key that still sounds cannot be struck again before it is released; that, like the order in a chord, is a rule of the notation and not a matter of taste.',
        ],
      },
    ],
    relatives: [
      ['Grand piano', 'strings lie flat; gravity brings the hammers back'],
      ['Upright piano', 'strings stand; springs and tapes bring the hammers back'],
      ['Harpsichord', 'plucks the strings; the older sister'],
      ['Clavichord', 'touches the string with a blade that stays on it'],
      ['Celesta', 'hammers on steel plates'],
      ['Electric piano', 'hammers on tines or reeds, heard through pickups'],
    ],
  },
];
