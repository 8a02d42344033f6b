// The coding desk. Python decides and stores; this draws what Python confirmed, and asks for what the coder wishes.

const STOPPED = {
  busy: "The kernel is busy with another cell. Nothing is saved until it answers; coding goes on by itself then.",
  offline: "The connection to the kernel is lost. Everything that says Saved is in the store; coding goes on when it is back.",
  stopped: "The kernel has stopped: everything confirmed is in the store. Run the cell again to go on.",
};

function render({ model, el }) {
  el.classList.add("wb-coder");
  const desk = deskOf();
  const keysId = `wb-keys-${Math.random().toString(36).slice(2)}`;
  const link = linkOf(model, { onAnswer: answered, onState: stateChanged, looking: () => desk.doc?.document });
  const screen = { ask, tell, select, pick, go, redraw, search: () => bar.search.focus(), neighbour, escape, memo: () => panel.memo()?.focus(),
    palette: openPalette, help: toggleHelp, documents: () => ask({ act: "documents" }) };
  const doings = doingsOf(desk, screen);
  const hooks = { keysId, pick, do: (act) => doings[act](), slot: doings.slot, back, search, select, selected, memo: saveMemo, toggle, listing: () => !list.el.hidden,
    open: (document) => ask({ act: "open", document }), look: lookFor, place: placeWaiting, drop: dropWaiting,
    remember: (start, end) => Object.assign(desk, { anchor: start, focus: end, picked: null }) };
  const bar = toolbarOf(desk, hooks), view = textView(desk, hooks), panel = panelOf(desk, hooks);
  const palette = paletteOf(desk, hooks), list = documentsOf(desk, hooks), help = helpOf(toggleHelp);
  const keys = node("p", { class: "wb-hidden", id: keysId }, "Arrow keys move by word and sentence, Shift selects, c gives a code, question mark lists all keys.");
  const body = node("div", { class: "wb-body", hidden: true }, node("div", { class: "wb-reading" }, bar.stopped, view.el), panel.el);
  el.append(bar.el, palette.el, help, list.el, body, keys);
  desk.live = link.live;
  const mouseOff = mouseOn(view, desk, hooks);

  function ask(message) {
    if (!desk.live()) return tell(`Not done. ${STOPPED[link.state()]}`, true);
    desk.sure = false;
    return link.ask({ ...message, document: message.document ?? desk.doc?.document ?? null });
  }

  function answered(answer, asked) {
    if (asked.act === "look" && answer.ok && !answer.changes && !answer.document) return; // nothing new: what has the focus keeps it
    if (answer.desk) desk.takeDesk(answer.desk);
    if (answer.documents) desk.documents = answer.documents, showList();
    if (asked.act === "finish") desk.sure = answer.ok && !answer.at;
    if (answer.document) desk.takeDocument(answer.document), showDocument();
    if (answer.changes && answer.changes.document === desk.doc?.document) taken(answer, asked);
    if (asked.act === "memo" && answer.ok && desk.drafts.get(asked.coding) === asked.memo) desk.drafts.delete(asked.coding);
    if (asked.act !== "look" || answer.told) tell(`${answer.ok && answer.at ? `Saved ${answer.at}. ` : ""}${answer.told}`, !answer.ok);
    bar.draw();
    if (asked.act === "memo") panel.draw();
  }

  function taken(answer, asked) {
    const before = desk.row(desk.picked);
    desk.takeChanges(answer.changes);
    const elsewhere = asked.act === "code" && !overlaps(inUnits([asked], desk.doc.offsets)[0], desk.wide()); // the coder went on meanwhile
    if (answer.picked && desk.row(answer.picked) && !elsewhere) pick(answer.picked, false, true, false);
    else if (asked.act === "reject" && answer.ok && before) pickNext(before.start);
    redraw();
  }

  function pickNext(place) {
    const next = nextOf(desk.undecided(), place - 1, 1);
    if (next) pick(next.id, true);
  }

  function stateChanged(state, acts) {
    const unconfirmed = acts.length ? ` Not confirmed yet: ${acts.map(wish).join("; ")}.` : "";
    bar.stop(state === "live" ? "" : STOPPED[state] + unconfirmed + (state === "stopped" && desk.drafts.size ? " Copy the memo that you were writing: it is not saved." : ""));
    el.classList.toggle("wb-readonly", state !== "live");
    if (state === "live" && acts.length) tell("Saving…");
    bar.draw();
    if (desk.doc) panel.draw();
  }

  // The list of codes opens where the eyes are: below the passage, or above it where there is no room.
  function openPalette(says, then) {
    if (!desk.live()) return tell(STOPPED[link.state()], true);
    const box = el.getBoundingClientRect(), text = view.el.getBoundingClientRect();
    const chosen = [...view.el.querySelectorAll(".wb-chosen, .wb-picked")].map((each) => each.getBoundingClientRect());
    const end = Math.max(text.top, ...chosen.map((each) => each.bottom).filter((at) => at < text.bottom));
    const room = text.top + text.height / 2;
    el.style.setProperty("--wb-over", `${(end < room ? end + 6 : text.top) - box.top}px`);
    return palette.open(says, then);
  }

  function wish(message) {
    return [message.act, message.code, message.memo && `“${short(message.memo, 80)}”`].filter(Boolean).join(" ");
  }

  function tell(text, refused = false) {
    bar.tell(text, refused);
  }

  function redraw(stretch = null) {
    if (!desk.doc) return;
    desk.ground = getComputedStyle(view.el).backgroundColor;
    view.el.style.setProperty("--wb-lanes", `${Math.min(LANES_WIDE, desk.lanes.width * LANE)}px`);
    view.redraw(stretch);
    panel.draw();
    bar.draw();
  }

  function select(anchor, focus) {
    const before = desk.span();
    Object.assign(desk, { anchor, focus, edge: null });
    const was = desk.picked;
    desk.picked = null;
    const now = desk.span();
    if (was) return view.redraw();
    return view.redraw({ start: Math.min(before.start, now.start), end: Math.max(before.end, now.end) });
  }

  function selected() {
    panel.draw();
    const { start, end } = desk.span();
    if (start < end) bar.say(`Selected: ${short(desk.doc.text.slice(start, end), 200)}`);
  }

  function pick(id, scroll = false, moves = true, focus = true) {
    const row = desk.row(id);
    if (!row) return;
    Object.assign(desk, { picked: id, edge: null });
    if (moves) Object.assign(desk, { anchor: row.start, focus: row.end });
    if (scroll) go(row.start);
    redraw();
    bar.say(spoken(desk, row));
    if (focus && document.activeElement !== view.el && !palette.isOpen()) back();
  }

  function go(unit) {
    view.reveal(unit);
  }

  function moveTo(move) {
    if (desk.edge) return moveEdge(move);
    const focus = moved(desk.doc, desk.focus, desk.anchor, move);
    select(move.extend ? desk.anchor : focus, focus);
    go(focus);
    panel.draw();
    if (move.extend) return selected();
    const piece = desk.doc.pieces[pieceAt(desk.doc.pieces, focus)], turn = desk.doc.turns[piece.turn];
    const by = move.by === "word" || move.by === "grapheme" ? move.by : "sentence";
    const [start, end] = stretches(desk.doc.text, piece.start, piece.end, by).find(([, stop]) => stop > focus) ?? [focus, focus];
    return bar.say(`${by === "sentence" && turn ? `${turn.speaker}: ` : ""}${desk.doc.text.slice(start, end)}`);
  }

  function moveEdge(move) {
    const { side } = desk.edge, other = desk.edge[side === "start" ? "end" : "start"];
    const next = moved(desk.doc, desk.edge[side], side === "start" ? Infinity : -1, { ...move, extend: true });
    if (side === "start" ? next < other : next > other) desk.edge = { ...desk.edge, [side]: next };
    redraw();
    go(desk.edge[side]);
    bar.say(desk.doc.text.slice(desk.edge.start, desk.edge.end));
  }

  function saveMemo(id) {
    const row = desk.row(id), text = desk.drafts.get(id);
    if (text === undefined || !row) return;
    if (text === (row.memo ?? "")) desk.drafts.delete(id);
    else if (!link.acts().some((each) => each.act === "memo" && each.coding === id && each.memo === text)) ask({ act: "memo", coding: id, memo: text });
  }

  function search(words) {
    desk.places = words.trim().length > 1 ? placesOf(desk.doc.text, words.trim()) : [];
    bar.hits(words.trim().length > 1 ? `${many(desk.places.length, "place")}; Enter goes to the next` : "");
    view.redraw();
  }

  function toggle(name) {
    desk.hidden[desk.hidden.has(name) ? "delete" : "add"](name);
    desk.refresh();
    redraw();
  }

  function lookFor(row) {
    const { start, end } = inUnits([row], desk.doc.offsets)[0];
    select(start, Math.max(start, end));
    go(start);
    selected();
  }

  function placeWaiting(row) {
    const { start, end } = desk.span();
    if (start === end) return tell("Select the words first on which the coding belongs.", true);
    return ask({ act: "place", coding: row.id, ...inPoints({ start, end }, desk.doc.offsets) });
  }

  function dropWaiting(row, why) {
    if (!why.trim()) return tell("Say why the coding is dropped: the acts keep the reason.", true);
    return ask({ act: "drop", coding: row.id, why: why.trim() });
  }

  function showList() {
    list.el.hidden = false;
    list.draw();
    body.hidden = Boolean(desk.doc);
    bar.draw();
    list.el.querySelector(".wb-open button, td button")?.focus();
  }

  function showDocument() {
    list.el.hidden = true;
    body.hidden = false;
    desk.ground = getComputedStyle(view.el).backgroundColor;
    view.open();
    redraw();
    back();
  }

  function neighbour(step) {
    const names = desk.doc.neighbours;
    const next = step < 0 ? names.before : names.after;
    if (next) ask({ act: "open", document: next });
    else tell(step < 0 ? "This is the first document." : "This is the last document.");
  }

  function back() {
    if (!help.hidden) help.hidden = true;
    if (desk.doc && !list.el.hidden) list.el.hidden = true, (body.hidden = false), bar.draw();
    view.el.focus({ preventScroll: true });
  }

  function toggleHelp() {
    help.hidden = !help.hidden;
    if (help.hidden) back();
    else help.focus({ preventScroll: true });
  }

  function escape() {
    if (!help.hidden) return toggleHelp();
    if (desk.edge) tell("Left as it was.");
    select(desk.focus, desk.focus);
    desk.lit = null;
    desk.sure = false;
    return redraw();
  }

  el.addEventListener("keydown", (event) => {
    if (isSave(event)) return; // JupyterLab saves the notebook
    event.stopPropagation(); // its other keys would cut cells, restart the kernel and take the focus away
    if (event.target.closest("input, textarea, select") || !desk.doc || body.hidden) return;
    const inText = event.target === view.el;
    if (!inText && (event.key === "Enter" || event.key === "Escape" ? event.key === "Enter" || help.hidden : event.key === " " || event.key.startsWith("Arrow"))) return;
    const wish_ = wishOf(event);
    if (!wish_) return;
    event.preventDefault();
    if (wish_.move) moveTo(wish_.move);
    else if (wish_.slot !== undefined) doings.slot(wish_.slot);
    else doings[wish_.command]();
  });

  const theme = new MutationObserver(() => redraw());
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  link.ask({ act: "hello", document: null });
  tell("Opening…");
  return () => {
    link.close();
    mouseOff();
    view.close();
    theme.disconnect();
  };
}

export default { render };
