// Draws the framework matrix, one element or one case at a time. Python decides: "Saved" is said when it is in the store.

const STEP = 25; // cells drawn at once
const LOOK = 5000; // milliseconds between looks at what others did
const PATIENCE = 15000; // milliseconds until a silent kernel is told

function render({ model, el }) {
  el.classList.add("wb-matrix");
  el.addEventListener("keydown", keepFromLab);
  const drafts = draftsOf(`${model.get("home")}\n${model.get("by")}\n${model.get("writer")}`);
  const state = { filter: { role: "", scheme: "", cells: "said" }, shown: STEP, keys: new Set(), where: "", at: null, made: new Map(), seen: 0 };
  let waits = null;
  const told = node("p", { class: "wb-told", role: "status", "aria-live": "polite" });
  const head = node("div", { class: "wb-head" }), unsaved = node("div", { class: "wb-elsewhere" });
  const list = node("ol", { class: "wb-cells" }), none = node("p", { class: "wb-none", tabindex: "-1" });
  const more = node("button", { type: "button", "data-at": "more", onclick: () => { state.shown += STEP; draw(); } });
  el.append(told, head, unsaved, list, none, more);
  const silent = () => {
    told.textContent = "No answer from the notebook's kernel: it is busy, or it has stopped. What you write is kept on this page and not saved yet; if this line stays, restart the kernel and run the cell again: your words will be there.";
    told.classList.add("wb-alert");
    for (const { tell } of state.made.values()) tell();
  };
  const send = (message) => {
    if (message.act !== "look" || waits === null) {
      if (waits !== null) clearTimeout(waits);
      waits = setTimeout(silent, PATIENCE);
    }
    if (message.act === "save") told.textContent = "Saving …";
    try {
      model.send(message);
    } catch { // the kernel is gone
      silent();
    }
  };
  const answered = () => {
    clearTimeout(waits);
    waits = null;
    if (told.classList.contains("wb-alert")) {
      told.classList.remove("wb-alert");
      told.textContent = model.get("told");
      for (const { tell } of state.made.values()) tell();
    }
  };
  const open = (across, focus) => {
    storeAll();
    send({ act: "open", across, focus });
  };
  const storeAll = () => {
    for (const { store } of state.made.values()) store();
  };
  const drawUnsaved = () => {
    const others = elsewhere(drafts, model.get("cells"));
    const row = (each) => node("li", {}, node("button", { type: "button", onclick: () => open("element", each.element) }, `${each.element} × ${each.case}`), ` “${brief(each.text)}”`);
    keepFocus(unsaved, () => unsaved.replaceChildren(...(others.length ? [node("p", { class: "wb-alert" }, "Written and not saved yet:"), node("ul", {}, ...others.map(row))] : [])));
  };
  const view = { drafts, send, across: () => model.get("across"), changed: drawUnsaved, silent: () => told.classList.contains("wb-alert") };
  const set = (name, value) => {
    state.filter[name] = value;
    Object.assign(state, { keys: new Set(), shown: STEP });
    draw();
  };
  const turn = (across) => { // to read on, the other way, from the cell where one is
    const cells = model.get("cells"), at = cells.find((cell) => cell.key === state.at) ?? cells[0];
    if (at) open(across, at[across]);
  };
  const draw = (alarm = null) => {
    const cells = model.get("cells"), across = model.get("across"), focus = model.get("focus");
    if (`${across} ${focus}` !== state.where) {
      Object.assign(state, { where: `${across} ${focus}`, shown: STEP, keys: new Set(), made: new Map(), at: null });
    }
    keepFocus(head, () => head.replaceChildren(...drawHead({ choices: model.get("choices"), across, focus, cells, filter: state.filter, writer: model.get("writer"), open, turn, set })));
    const wanted = wantedCells(cells, state.filter, state.keys, drafts);
    state.keys = new Set(wanted.map((cell) => cell.key));
    const shown = wanted.slice(0, state.shown);
    for (const cell of shown) {
      const known = state.made.get(cell.key);
      if (known) known.update(cell, alarm?.key === cell.key ? alarm.said : null);
      else state.made.set(cell.key, drawCell(cell, view));
    }
    const nodes = shown.map((cell) => state.made.get(cell.key).made);
    const current = nodes.find((made) => made.dataset.key === state.at) ?? nodes[0];
    for (const made of nodes) made.tabIndex = made === current ? 0 : -1;
    list.setAttribute("aria-label", `Cells of ${focus}`);
    const held = none.getRootNode().activeElement === none;
    none.hidden = nodes.length > 0;
    none.textContent = cells.some((cell) => cell.passages.length) ? "Nothing is left under these filters." : `Nothing was coded to ${focus}. Choose “all” to write a summary all the same.`;
    const moved = nodes.length !== list.children.length || nodes.some((made, number) => made !== list.children[number]);
    // Where the cell that had the focus is gone, the next one has it, or JupyterLab would hear the keys.
    const kept = !moved || keepFocus(list, () => list.replaceChildren(...nodes));
    if (!kept || (held && current)) (current ?? none).focus({ preventScroll: true });
    more.hidden = wanted.length <= state.shown;
    more.textContent = `Show more: ${wanted.length - state.shown} wait below these`;
    drawUnsaved();
  };
  const news = () => {
    answered();
    const saved = model.get("saved"), about = model.get("about");
    keepUp(drafts, model.get("cells"), saved?.drawn === model.get("drawn") ? saved : null);
    told.textContent = model.get("told");
    draw(about ? { key: about, said: model.get("told") } : null);
  };
  list.addEventListener("focusin", (event) => {
    const at = event.target.closest(".wb-cell");
    state.at = at.dataset.key;
    for (const each of list.children) each.tabIndex = each === at ? 0 : -1;
  });
  el.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select")) return;
    const choices = model.get("choices"), at = choices.findIndex((each) => each.id === model.get("focus"));
    const to = { "[": choices[at - 1], "]": choices[at + 1] }[event.key];
    if (to) open(model.get("across"), to.id);
    const step = { n: 1, j: 1, ArrowDown: 1, p: -1, k: -1, ArrowUp: -1 }[event.key];
    const row = event.target.closest(".wb-cell"), passages = event.target.closest(".wb-passages ul");
    if (step && row && !(passages && event.key.startsWith("Arrow"))) {
      const rows = [...list.children];
      const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + step))];
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    } else if (!to) return;
    event.preventDefault();
  });
  const leaving = (event) => {
    if (drafts.size) event.preventDefault();
  };
  const inView = () => document.visibilityState === "visible" && el.isConnected && el.getClientRects().length > 0;
  const timer = setInterval(() => { if (inView() && waits === null) send({ act: "look" }); }, LOOK);
  window.addEventListener("beforeunload", leaving);
  model.on("change:drawn", news);
  model.on("change:answered", answered);
  told.textContent = model.get("told");
  draw();
  return () => {
    clearInterval(timer);
    clearTimeout(waits);
    window.removeEventListener("beforeunload", leaving);
    model.off("change:drawn", news);
    model.off("change:answered", answered);
    el.removeEventListener("keydown", keepFromLab);
  };
}

export default { render };
