// What stands where: the transcript in pieces, their heights, the lanes of the margin. Nothing here touches the page.

const PIECE = 1200; // longest piece in characters: a speech of ten minutes is drawn in parts

// Return the pieces to draw: turns, parts of very long turns, and what stands between turns (headings, asides).
function piecesOf(text, turns) {
  const pieces = [];
  let line = 1, counted = 0;
  const lineAt = (unit) => {
    for (; counted < unit; counted += 1) if (text[counted] === "\n") line += 1;
    return line;
  };
  const aside = (from, to, whole) => {
    const stop = whole ? to : text.lastIndexOf("\n", to - 1); // the last line before a turn is its speaker's label
    for (let at = from; at < stop; ) {
      const next = Math.min(stop, (text.indexOf("\n", at) + 1 || stop + 1) - 1);
      const [start, end] = trimmed(text, at, next);
      if (/\p{L}/u.test(text.slice(start, end))) pieces.push({ start, end, turn: null, first: true, line: lineAt(start) });
      at = next + 1;
    }
  };
  let last = 0;
  turns.forEach((turn, number) => {
    aside(last, turn.start, false);
    const own = lineAt(turn.start), base = Number.isInteger(turn.line) ? turn.line : own;
    for (const [start, end] of parted(text, turn.start, turn.end))
      pieces.push({ start, end, turn: number, first: start === turn.start, line: base + lineAt(start) - own });
    last = Math.max(last, turn.end);
  });
  aside(last, text.length, true);
  return pieces;
}

function parted(text, start, end) {
  const parts = [];
  while (end - start > PIECE) {
    const near = text.slice(start, start + PIECE);
    const stop = [near.lastIndexOf("\n"), near.lastIndexOf(". "), near.lastIndexOf(" ")].find((found) => found > PIECE / 2);
    const cut = start + (stop === undefined ? PIECE : stop + 1);
    const whole = stop === undefined ? snapped(text, cut, false) : cut;
    parts.push([start, whole > start ? whole : cut]);
    start = whole > start ? whole : cut;
  }
  return [...parts, [start, end]];
}

// Return the number of the last piece that begins at or before a place.
function pieceAt(pieces, unit) {
  let low = 0;
  for (let high = pieces.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle].start <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}

// The heights of all pieces, one on the other: guessed until measured.
function towerOf(guesses) {
  const heights = [...guesses];
  const tops = new Float64Array(heights.length + 1);
  let known = 0; // tops are right up to here
  const upTo = (number) => {
    for (; known < number; known += 1) tops[known + 1] = tops[known] + heights[known];
    return tops[number];
  };
  return {
    top: (number) => upTo(number),
    height: (number) => heights[number],
    total: () => upTo(heights.length),
    set(number, height) {
      heights[number] = height;
      known = Math.min(known, number);
    },
    at(y) {
      upTo(heights.length);
      let low = 0;
      for (let high = heights.length - 1; low < high; ) {
        const middle = (low + high + 1) >> 1;
        if (tops[middle] <= y) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}

// Return each row's lane, so that no two that overlap share one. Groups go in order (own, others', suggested): where
// little is coded the margin stays narrow, and one's own stripes stay nearest to the text.
function lanesOf(rows, groupOf) {
  const lanes = new Map(), taken = []; // of each lane the rows in it, by their start
  const sorted = [...rows].sort((a, b) => groupOf(a) - groupOf(b) || a.start - b.start || b.end - a.end);
  for (const row of sorted) {
    let lane = 0, at = 0;
    for (; lane < taken.length; lane += 1) {
      at = after(taken[lane], row.start);
      if (!(taken[lane][at - 1]?.end > row.start) && !(taken[lane][at]?.start < row.end)) break;
    }
    if (lane === taken.length) taken.push([]), (at = 0);
    taken[lane].splice(at, 0, row);
    lanes.set(row.id, lane);
  }
  return { lanes, width: taken.length };
}

function after(rows, start) {
  let low = 0;
  for (let high = rows.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (rows[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Return where labels go: each where it wishes to be, or just below the one before it.
function stacked(wishes, height) {
  let free = 0;
  return wishes.map((wish) => {
    const top = Math.max(wish, free);
    free = top + height;
    return top;
  });
}

// Return a stretch cut wherever a mark begins or ends, each part with the marks that cover it.
function segmentsOf(start, end, marks) {
  const cuts = new Set([start, end]);
  const here = marks.filter((mark) => mark.start < end && mark.end > start);
  for (const mark of here) cuts.add(Math.max(start, mark.start)).add(Math.min(end, mark.end));
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((from, number) => ({
    start: from,
    end: at[number + 1],
    marks: here.filter((mark) => mark.start <= from && mark.end >= at[number + 1]),
  }));
}
