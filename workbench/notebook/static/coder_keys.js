// Every key and what it does: one table, from which the help and the buttons are made too.

const KEYS = [
  ["Move and select", [
    ["← →", "a word back or on; with Alt a letter"], ["↑ ↓", "a sentence back or on"],
    ["Ctrl+↑ ↓, Page Up/Down", "a turn back or on"], ["Home, End", "the turn's beginning or end; with Ctrl the document's"],
    ["Shift with any of these", "select"], ["Mouse", "drag; double click a word, triple click a turn; Shift+click extends"],
    ["Escape", "let go of the selection"], ["/", "search in the document", "search"], ["g", "next place found", "hit"],
  ]],
  ["Code", [
    ["c, Enter, Ctrl+K", "find a code by typing and give it; with nothing selected to the whole turn", "palette"],
    ["l", "give the last code again", "last"], ["1–9", "give one of the recent codes"],
    ["s  x  q  e", "the passage supports, contradicts, qualifies its code, or is silent on it although asked; again: none"], ["m", "write a memo", "memo"],
    ["C", "give the coding another code", "recode"], ["[  ]", "move its beginning or its end: arrows, then Enter; Escape leaves it", "edge"],
    ["Delete", "take the coding away", "remove"], ["u, Ctrl+Z", "undo", "undo"], ["U, Ctrl+Y, Ctrl+Shift+Z", "redo", "redo"],
    ["Ctrl+S", "save the notebook: codings are in the store as soon as it says Saved"],
  ]],
  ["Go and look", [
    ["n  N", "next or previous suggestion", "suggestion"], ["a", "accept it; C, [ and ] correct it first", "accept"], ["r", "reject it", "reject"],
    ["t  T", "next or previous turn without a coding of yours", "uncoded"], ["d  D", "next or previous turn where another coder who has finished differs", "differs"],
    ["o", "the next of the codings at this place", "cycle"], ["b", "backlight this code: all other text fades", "backlight"],
    ["h", "hide or show the other coders", "others"], ["?", "this help", "help"],
  ]],
];

const COMMANDS = {
  c: "palette", Enter: "palette", "Ctrl+k": "palette", l: "last", s: "supports", x: "contradicts", q: "qualifies", e: "silent", m: "memo",
  C: "recode", "[": "edgeStart", "]": "edgeEnd", Delete: "remove", Backspace: "remove", u: "undo", "Ctrl+z": "undo", U: "redo",
  "Ctrl+Z": "redo", "Ctrl+y": "redo", n: "suggestion", N: "suggestionBack", a: "accept", r: "reject", t: "uncoded", T: "uncodedBack",
  d: "differs", D: "differsBack", o: "cycle", b: "backlight", h: "others", "?": "help", "/": "search", "Ctrl+f": "search", g: "hit", G: "hitBack",
  Escape: "escape", "Ctrl+a": "all",
};

const isSave = (event) => (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s";

// Return what a key asks for: a command, a code on a digit, a move; null if it is not ours.
function wishOf(event) {
  const ctrl = event.ctrlKey || event.metaKey;
  const move = moveOf(event, ctrl);
  if (move) return { move };
  if (event.altKey) return null;
  if (!ctrl && /^[1-9]$/.test(event.key)) return { slot: Number(event.key) - 1 };
  const command = COMMANDS[`${ctrl ? "Ctrl+" : ""}${event.key}`];
  return command ? { command } : null;
}

function moveOf(event, ctrl) {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1, PageUp: -1, PageDown: 1, Home: -1, End: 1 }[event.key];
  if (!step) return null;
  const side = event.key.startsWith("Arrow") && /Left|Right/.test(event.key);
  const by = side ? (event.altKey ? "grapheme" : "word")
    : /Arrow/.test(event.key) ? (ctrl ? "turn" : "sentence") : /Page/.test(event.key) ? "turn" : ctrl ? "document" : "edge";
  return { step, by, extend: event.shiftKey };
}

// Return where a place goes when it moves. Selecting forwards stops at ends, all else at beginnings.
function moved(doc, place, anchor, { step, by, extend }) {
  const { text, pieces } = doc;
  if (by === "document") return step < 0 ? pieces[0].start : pieces.at(-1).end;
  const here = pieceAt(pieces, place);
  if (by === "grapheme") return byLetter(doc, place, step);
  if (by === "edge") return turnAround(doc, here)[step < 0 ? 0 : 1];
  for (let number = here; number >= 0 && number < pieces.length; number += step) {
    const parts = by === "turn" ? [turnAround(doc, number)] : stretches(text, pieces[number].start, pieces[number].end, by);
    const stops = parts.map(([start, end]) => (extend && (step > 0 ? place >= anchor : place > anchor) ? end : start));
    if (extend) stops.push(anchor);
    const next = step > 0 ? Math.min(...stops.filter((stop) => stop > place)) : Math.max(...stops.filter((stop) => stop < place));
    if (Number.isFinite(next)) return next;
  }
  return step < 0 ? pieces[0].start : pieces.at(-1).end;
}

function byLetter({ text, pieces }, place, step) {
  const here = pieceAt(pieces, place), piece = pieces[here];
  const letters = stretches(text, piece.start, piece.end, "grapheme");
  if (step > 0) return letters.find(([, end]) => end > place)?.[1] ?? pieces[here + 1]?.start ?? place;
  return letters.findLast(([start]) => start < place)?.[0] ?? pieces[here - 1]?.end ?? place;
}

// Return the beginning and end of the whole turn that a piece belongs to.
function turnAround(doc, number) {
  const piece = doc.pieces[number];
  const turn = piece.turn === null ? piece : doc.turns[piece.turn];
  return [turn.start, turn.end];
}
