// What the screen knows: the codes, the document, its codings, what is selected. All places are UTF-16 units here.

const NOTHING = { lanes: new Map(), width: 0 };

function deskOf() {
  const desk = {
    coder: "", blind: false, codes: [], byId: new Map(), documents: [], doc: null,
    codings: [], suggestions: [], waiting: [], finished: [], lifted: false, sure: false, rows: [], lanes: NOTHING,
    anchor: 0, focus: 0, picked: null, edge: null, lit: null, hidden: new Set(), places: [],
    drafts: new Map(), recent: [], slots: [], open: true, why: "", ground: "#ffffff", live: () => true,
  };
  const shades = new Map();

  desk.takeDesk = ({ coder, blind, codes, fictional }) => {
    Object.assign(desk, { coder, blind, codes, fictional, byId: new Map(codes.map((code) => [code.id, code])) });
  };

  desk.takeDocument = (sent) => {
    const offsets = offsetsOf(sent.text), turns = inUnits(sent.turns, offsets);
    desk.doc = { ...sent, offsets, turns, pieces: piecesOf(sent.text, turns) };
    Object.assign(desk, { codings: [], suggestions: [], picked: null, edge: null, lit: null, places: [] });
    desk.takeChanges(sent.changes);
    const own = desk.codings.filter((row) => row.coder === desk.coder).sort((a, b) => (a.at < b.at ? 1 : -1));
    for (const row of own.reverse()) desk.use(row.code);
    desk.anchor = desk.focus = desk.doc.pieces.find((piece) => piece.turn !== null)?.start ?? 0;
  };

  desk.takeChanges = ({ codings, suggestions, waiting, finished, lifted }) => {
    const kind = (name, { come, gone }) => ({ gone, come: inUnits(come, desk.doc.offsets).map((row) => ({ ...row, kind: name })) });
    desk.codings = changed(desk.codings, kind("coding", codings));
    desk.suggestions = changed(desk.suggestions, kind("suggestion", suggestions));
    Object.assign(desk, { waiting, finished, lifted });
    desk.refresh();
  };

  // What is on screen: codings of the coders that are shown, and suggestions that this coder has not decided on.
  desk.refresh = () => {
    desk.rows = [...desk.codings.filter((row) => !desk.hidden.has(row.coder)), ...desk.undecided()];
    desk.rows.sort((a, b) => a.start - b.start || a.end - b.end);
    desk.lanes = lanesOf(desk.rows, (row) => (row.kind === "suggestion" ? 2 : row.coder === desk.coder ? 0 : 1));
    if (desk.picked && !desk.row(desk.picked)) desk.picked = desk.edge = null;
  };

  desk.undecided = () => (desk.hidden.has("?") ? [] : desk.suggestions.filter((row) => !row.decided));
  desk.row = (id) => desk.rows.find((row) => row.id === id) ?? null;
  desk.code = (id) => desk.byId.get(id) ?? null;
  desk.name = (id) => desk.byId.get(id)?.name ?? "";
  desk.span = () => (desk.edge ? { start: desk.edge.start, end: desk.edge.end } : { start: Math.min(desk.anchor, desk.focus), end: Math.max(desk.anchor, desk.focus) });
  desk.wide = () => {
    const { start, end } = desk.span();
    return start === end ? { start: start - 0.5, end: start + 0.5 } : { start, end };
  };
  desk.use = (code) => {
    desk.slots = slotsAfter(desk.slots, code, desk.recent);
    desk.recent = [code, ...desk.recent.filter((each) => each !== code)];
  };
  desk.coders = () => [...new Set([...desk.codings.map((row) => row.coder), ...desk.finished])].sort();

  desk.colour = (id) => {
    const key = `${id} ${desk.ground}`;
    if (!shades.has(key)) shades.set(key, readable(desk.byId.get(id)?.colour ?? "#767676", desk.ground));
    return shades.get(key);
  };
  return desk;
}
