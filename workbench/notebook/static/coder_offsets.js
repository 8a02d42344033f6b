// Where a place in the text is. Python counts code points, the browser UTF-16 units: this is the one place that converts.

function offsetsOf(text) {
  const pairs = []; // the units at which two surrogates stand for one code point
  for (let unit = 0; unit < text.length; unit += 1)
    if (text.codePointAt(unit) > 0xffff) pairs.push(unit), (unit += 1);
  const before = (test) => {
    let low = 0;
    for (let high = pairs.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (test(pairs[middle], middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    toPoints: (unit) => unit - before((pair) => pair < unit), // a place inside a pair is the place before it
    toUnits: (point) => point + before((pair, number) => pair - number < point),
  };
}

const inUnits = (rows, offsets) =>
  rows.map((row) => ({ ...row, start: offsets.toUnits(row.start), end: offsets.toUnits(row.end) }));

const inPoints = (range, offsets) => ({ start: offsets.toPoints(range.start), end: offsets.toPoints(range.end) });

const SEGMENTERS = {};
const PLAIN = { word: /[\p{L}\p{M}\p{N}’'_-]+/gu, sentence: /[^.!?…]+[.!?…]*/gu, grapheme: /\P{M}\p{M}*/gsu };

// Return [start, end] of every word, sentence or grapheme of a stretch, without the blanks around them.
function stretches(text, start, end, granularity) {
  const part = text.slice(start, end);
  let found;
  if (typeof Intl.Segmenter === "function") {
    SEGMENTERS[granularity] ??= new Intl.Segmenter("en", { granularity });
    found = [...SEGMENTERS[granularity].segment(part)];
    if (granularity === "word") found = found.filter((each) => each.isWordLike || /\p{Emoji_Presentation}/u.test(each.segment));
  } else found = [...part.matchAll(PLAIN[granularity])].map((each) => ({ index: each.index, segment: each[0] }));
  if (granularity === "grapheme") return found.map((each) => [start + each.index, start + each.index + each.segment.length]);
  return found.map((each) => trimmed(text, start + each.index, start + each.index + each.segment.length)).filter(([a, b]) => a < b);
}

function trimmed(text, start, end) {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  return [start, end];
}

// Return the edge of the grapheme that a place lies in, so that no letter is parted from its accent.
function snapped(text, unit, forward) {
  const from = Math.max(0, unit - 64);
  const around = stretches(text, from, Math.min(text.length, unit + 64), "grapheme");
  const inside = around.find(([start, end]) => start < unit && unit < end);
  return inside ? inside[forward ? 1 : 0] : unit;
}
