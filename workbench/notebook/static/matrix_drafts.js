// What is written and not saved yet. Nothing here knows of the page.

// Drafts live as long as the page: a cell that is run again, or a kernel that is started anew, finds them.
function draftsOf(where) {
  const all = (globalThis.workbenchDrafts ??= new Map());
  if (!all.has(where)) all.set(where, new Map());
  return all.get(where);
}

function write(drafts, cell, text) {
  const known = drafts.get(cell.key);
  if (text === cell.summary && (!known || known.base === cell.version)) drafts.delete(cell.key);
  else drafts.set(cell.key, { text, base: known?.base ?? cell.version, element: cell.element, case: cell.case });
}

// Somebody else changed the summary that the draft was begun on.
const differs = (drafts, cell) => drafts.has(cell.key) && drafts.get(cell.key).base !== cell.version;

// A draft whose words are in the store is none any more; one that went on meanwhile goes on from there.
function keepUp(drafts, cells, saved) {
  for (const cell of cells) {
    const draft = drafts.get(cell.key);
    if (!draft) continue;
    if (saved?.key === cell.key) draft.base = cell.version;
    if ((saved?.key === cell.key && draft.text === saved.sent) || draft.text === cell.summary) drafts.delete(cell.key);
  }
}

function accept(drafts, cell) {
  drafts.set(cell.key, { ...drafts.get(cell.key), base: cell.version });
}

const elsewhere = (drafts, cells) => [...drafts].filter(([key]) => !cells.some((cell) => cell.key === key)).map(([key, draft]) => ({ key, ...draft }));

// The cells that are wanted: those that were shown stay while nothing else is asked for, or a saved one would go from under the hand.
function wantedCells(cells, filter, shown, drafts) {
  const fits = (cell) => (!filter.role || cell.role.split(", ").includes(filter.role)) && (!filter.scheme || cell.scheme.split(", ").includes(filter.scheme)) &&
    (filter.cells === "all" || (filter.cells === "open" ? cell.passages.length && !cell.summary : cell.passages.length || cell.summary));
  return cells.filter((cell) => shown.has(cell.key) || drafts.has(cell.key) || fits(cell));
}

const brief = (text) => {
  const letters = [...text.replace(/\s+/gu, " ").trim()];
  return letters.length > 80 ? `${letters.slice(0, 80).join("")} …` : letters.join("");
};
const moment = (at) => at.slice(0, 16).replace("T", " ");
