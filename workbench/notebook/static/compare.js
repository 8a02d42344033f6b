// Draws what coders differ on. Python decides: a row goes only when the decision is in the store.

const STEP = 25; // rows drawn at once
const LOOK = 5000; // milliseconds between looks at what others did
const PATIENCE = 15000; // milliseconds until a silent kernel is told

function render({ model, el }) {
  el.classList.add("wb-compare");
  el.addEventListener("keydown", keepFromLab);
  const id = `wb${Math.random().toString(36).slice(2)}`;
  const state = { code: "", coder: "", words: false, shown: STEP, drafts: new Map(), alert: null, at: null };
  let waits = null;
  const told = node("p", { class: "wb-told", role: "status", "aria-live": "polite" });
  const head = node("div", { class: "wb-head" }), body = node("div");
  el.append(told, head, body);
  const silent = () => {
    told.textContent = "No answer from the notebook's kernel: it is busy, or it has stopped. What you decided last is saved only when this line says so; if it stays, restart the kernel and run the cell again.";
    told.classList.add("wb-alert");
  };
  const send = (message) => {
    if (message.act !== "look" || waits === null) {
      if (waits !== null) clearTimeout(waits);
      waits = setTimeout(silent, PATIENCE);
    }
    if (message.act === "settle" || message.act === "reopen") told.textContent = "Saving …";
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
    }
  };
  const complain = (key, said) => {
    state.alert = { key, said };
    const row = el.querySelector(`li[data-key="${CSS.escape(key)}"] [role="alert"]`);
    if (row) row.textContent = said;
  };
  const draftOf = (row) => {
    const known = state.drafts.get(row.key);
    if (known && known.version === row.version) return known;
    const fresh = { version: row.version, why: known?.why };
    state.drafts.set(row.key, fresh);
    return fresh;
  };
  const drawHead = (rows) => {
    const coders = model.get("coders");
    const codes = [...new Set(rows.map((row) => row.code))].sort();
    if (!codes.includes(state.code)) state.code = "";
    const quiet = rows.filter((row) => !row.counts).length;
    const set = (name) => (event) => {
      state[name] = event.target.type === "checkbox" ? event.target.checked : event.target.value;
      state.shown = STEP;
      draw();
    };
    const check = node("input", { type: "checkbox", checked: state.words, onchange: set("words"), "data-at": "words" });
    keepFocus(head, () => head.replaceChildren(
      node("div", { class: "wb-acts" },
        pick("Transcript", "document", model.get("documents").map((each) => [each.document, `${each.document} (${each.coders} coders)`]), model.get("document"),
          (event) => send({ act: "open", document: event.target.value })),
        pick("Code", "code", [["", "all codes"], ...codes.map((code) => [code, code])], state.code, set("code")),
        pick("Coder", "coder", [["", "all coders"], ...coders.map((coder) => [coder, coder])], state.coder, set("coder")),
        quiet ? node("label", {}, check, ` also where only the words differ (${quiet})`) : null),
      node("p", {}, "Compared: ", ...coders.flatMap((coder) => [node("span", { class: `wb-line ${mark(coder, coders)}` }, coder), " "]),
        node("span", { class: "wb-why" }, model.get("left_out").length ? `Left out: ${model.get("left_out").join("; ")}.` : "")),
      node("p", { class: "wb-why" }, "In a row: n and p go to the next and the former one; 1, 2 … take a passage, x is not coded; s supports, c contradicts, q qualifies, e silent although asked, 0 no stance; r goes to the reason, Enter settles, Escape goes back. Select words with the mouse to mark others.")));
  };
  const draw = () => {
    const rows = model.get("rows"), settled = model.get("settled"), lost = model.get("lost"), coders = model.get("coders");
    drawHead(rows);
    const wanted = rows.filter((row) => (row.counts || state.words) && (!state.code || row.code === state.code) &&
      (!state.coder || row.marks.some(({ coder, passages }) => coder === state.coder && (passages.length || row.differs.includes("marked")))));
    const before = [...body.querySelectorAll(".wb-open > li")].indexOf(el.getRootNode().activeElement?.closest?.("li"));
    const list = node("ol", { class: "wb-open", "aria-label": "Differences to settle" }, ...wanted.slice(0, state.shown).map((row) =>
      openRow(row, { id, draft: draftOf(row), coders, send, stances: model.get("stances"), complain, alert: state.alert?.key === row.key ? state.alert.said : null })));
    list.addEventListener("keydown", steps(list));
    const current = [...list.children].find((row) => row.dataset.key === state.at) ?? list.firstChild;
    if (current) current.tabIndex = 0;
    list.addEventListener("focusin", (event) => {
      const row = event.target.closest("li");
      state.at = row.dataset.key;
      for (const each of list.children) each.tabIndex = each === row ? 0 : -1;
    });
    const more = wanted.length > state.shown
      ? node("button", { "data-at": "more", onclick: () => { state.shown += STEP; draw(); } }, `Show more: ${wanted.length - state.shown} wait below these`) : null;
    const done = node("details", { class: "wb-settled", open: state.closed ? null : "" }, node("summary", {}, `${settled.length} settled`),
      node("ol", { "aria-label": "Settled differences" }, ...settled.map((each) => settledRow(each, send))));
    done.addEventListener("toggle", () => (state.closed = !done.open));
    const reasons = node("datalist", { id: `${id}-reasons` }, ...model.get("reasons").map((said) => option(said, said, null)));
    const kept = keepFocus(body, () => body.replaceChildren(reasons,
      ...(lost.length ? [node("ol", { class: "wb-lost", "aria-label": "Decisions to settle again" }, ...lost.map((each) => lostRow(each, send)))] : []),
      ...(wanted.length ? [list] : [node("p", { tabindex: "-1", class: "wb-none" }, rows.length ? "Nothing is left under these filters." : "Nothing is left to settle here.")]),
      ...(more ? [more] : []), done));
    if (!kept && before >= 0) (list.children[Math.min(before, list.children.length - 1)] ?? body.querySelector(".wb-none"))?.focus();
  };
  const news = () => {
    answered();
    const about = model.get("about"), said = model.get("told");
    told.textContent = said;
    const still = model.get("rows").some((row) => row.key === about);
    state.alert = about && still ? { key: about, said } : null;
    if (about && !still) state.drafts.delete(about);
    draw();
  };
  const inView = () => document.visibilityState === "visible" && el.isConnected && el.getClientRects().length > 0;
  const timer = setInterval(() => { if (inView() && waits === null) send({ act: "look" }); }, LOOK);
  model.on("change:drawn", news);
  model.on("change:answered", answered);
  told.textContent = model.get("told");
  draw();
  return () => {
    clearInterval(timer);
    clearTimeout(waits);
    model.off("change:drawn", news);
    model.off("change:answered", answered);
    el.removeEventListener("keydown", keepFromLab);
  };
}

export default { render };
