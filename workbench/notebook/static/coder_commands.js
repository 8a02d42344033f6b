// What can be found and reached: codes by typing, recent codes on digits, the next place to look at. Nothing here touches the page.

// Return the codes that fit what was typed, best first; with nothing typed, the recent ones first.
function found(codes, typed, recent) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const latest = (code) => (recent.includes(code.id) ? recent.indexOf(code.id) : recent.length);
  const scored = codes.filter((code) => code.offered).map((code) => [words.map((word) => fit(code, word)), code]);
  return scored
    .filter(([scores]) => scores.every((score) => score > 0))
    .map(([scores, code]) => [scores.reduce((sum, score) => sum + score, 0), code])
    .sort((a, b) => b[0] - a[0] || latest(a[1]) - latest(b[1]))
    .map(([, code]) => code);
}

function fit(code, word) {
  const id = code.id.toLowerCase().replaceAll("→", "->"), name = code.name.toLowerCase();
  const asked = word.replaceAll("→", "->");
  if (id === asked) return 100;
  if (id.startsWith(asked)) return 50;
  if (name.startsWith(asked)) return 30;
  if (name.split(/[\s(–-]+/).some((part) => part.startsWith(asked))) return 20;
  if (name.includes(asked) || id.includes(asked)) return 10;
  return [code.definition, code.include, code.example].some((said) => said?.toLowerCase().includes(asked)) ? 2 : 0;
}

// Return the nine codes on the digits after one was used: a code keeps its digit until nine others were used since.
function slotsAfter(slots, code, used) {
  if (slots.includes(code)) return slots;
  if (slots.length < 9) return [...slots, code];
  const oldest = slots.reduce((a, b) => (used.indexOf(b) > used.indexOf(a) || used.indexOf(a) < 0 ? b : a));
  return slots.map((each) => (each === oldest ? code : each));
}

const overlaps = (a, b) => a.start < b.end && b.start < a.end;

// Return the next of the rows after a place, or before it; round the end once.
function nextOf(rows, place, step) {
  const sorted = [...rows].sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
  if (step > 0) return sorted.find((row) => row.start > place) ?? sorted[0];
  return sorted.findLast((row) => row.start < place) ?? sorted.at(-1);
}

// Return, of rows that overlap, the one after the present one.
function cycled(rows, present) {
  return rows.length ? rows[(rows.findIndex((row) => row.id === present) + 1) % rows.length] : undefined;
}

// Return the turns of people asked in which the coder has marked nothing.
function uncodedTurns(turns, codings, coder) {
  const own = codings.filter((coding) => coding.coder === coder);
  return turns.filter((turn) => turn.role !== "interviewer" && !own.some((coding) => overlaps(coding, turn)));
}

// Return the turns of people asked where a coder who has finished says something else than this coder: another code, or another stance.
function disagreements(turns, codings, coder, finished) {
  const others = finished.filter((name) => name !== coder);
  const said = (turn, name) => {
    const here = codings.filter((each) => each.coder === name && overlaps(each, turn));
    return [...new Set(here.map((each) => `${each.code} ${each.stance ?? ""}`))].sort().join("\n");
  };
  return turns.filter((turn) => turn.role !== "interviewer" && others.some((name) => said(turn, name) !== said(turn, coder)));
}

// Return every place where the words stand in the text, whatever their case.
function placesOf(text, words) {
  const places = [], asked = words.toLowerCase();
  const lower = text.toLowerCase().length === text.length ? text.toLowerCase() : text;
  for (let at = asked ? lower.indexOf(asked) : -1; at >= 0; at = lower.indexOf(asked, at + asked.length))
    places.push({ start: at, end: at + asked.length });
  return places;
}

// Return rows after a change: those that went are gone, those that came replace their former selves.
function changed(rows, { come, gone }) {
  const away = new Set([...gone, ...come.map((row) => row.id)]);
  return [...rows.filter((row) => !away.has(row.id)), ...come];
}
