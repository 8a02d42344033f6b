// What a row says, as values: passages, stances, words. Nothing here knows of the page.

const SAYS = { marked: "marked by some", stance: "different stances", boundary: "different words" };
const NO_STANCE = "none";

// Python counts code points, the browser UTF-16 units: this is the one place where they meet.
const points = (text) => [...text];

// Offsets, in code points, where the words of a text begin and end.
function wordEdges(letters) {
  const begins = [], ends = [];
  letters.forEach((letter, at) => {
    const blank = /\s/u.test(letter);
    if (!blank && (at === 0 || /\s/u.test(letters[at - 1]))) begins.push(at);
    if (!blank && (at === letters.length - 1 || /\s/u.test(letters[at + 1]))) ends.push(at + 1);
  });
  return { begins, ends };
}

function moved(letters, { start, end }, what) {
  const { begins, ends } = wordEdges(letters);
  const to = {
    "begin-earlier": () => ({ start: begins.filter((at) => at < start).pop() ?? start, end }),
    "begin-later": () => ({ start: begins.find((at) => at > start && at < end) ?? start, end }),
    "end-earlier": () => ({ start, end: ends.filter((at) => at < end && at > start).pop() ?? end }),
    "end-later": () => ({ start, end: ends.find((at) => at > end) ?? end }),
  };
  return to[what]();
}

// The different passages that were marked, each with who marked it, then all of them together.
function passagesOf(row) {
  const found = new Map();
  for (const { coder, passages } of row.marks)
    for (const { start, end, stance } of passages) {
      const key = `${start} ${end}`;
      const known = found.get(key) ?? { start, end, coders: [], stances: new Set() };
      if (!known.coders.includes(coder)) known.coders.push(coder);
      if (stance) known.stances.add(stance);
      found.set(key, known);
    }
  const each = [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  if (each.length < 2) return each;
  const start = Math.min(...each.map((one) => one.start)), end = Math.max(...each.map((one) => one.end));
  const stances = new Set(each.flatMap((one) => [...one.stances]));
  return each.some((one) => one.start === start && one.end === end) ? each : [...each, { start, end, stances, union: true }];
}

const stancesOf = (row) => new Set(row.marks.flatMap(({ passages }) => passages.map(({ stance }) => stance || NO_STANCE)));
const only = (set) => (set.size === 1 ? [...set][0] : "");

const short = (text) => {
  const letters = points(text.replace(/\s+/gu, " ").trim());
  return letters.length > 90 ? `${letters.slice(0, 60).join("")} … ${letters.slice(-25).join("")}` : letters.join("");
};

const turnsOf = (row) => (row.turns.length > 1 ? `turns ${row.turns[0]}–${row.turns[row.turns.length - 1]}` : `turn ${row.turns[0]}`);
const when = (at) => at.slice(0, 16).replace("T", " ");
