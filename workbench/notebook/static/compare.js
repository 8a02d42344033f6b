// Draws what coders differ on. Python decides: a row goes only when the decision is in the store.

const STEP = 25; // rows drawn at once
const LOOK = 5000; // milliseconds between looks at what others did
const PATIENCE = 15000; // milliseconds until a silent kernel is told
const SAYS = { marked: "marked by some", stance: "different stances", boundary: "different words" };
const NO_STANCE = "none";

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") made[name] = value;
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const option = (value, said, chosen) => {
  const made = node("option", {}, said);
  made.value = value;
  made.selected = value === chosen;
  return made;
};

// Python counts code points, the browser UTF-16 units: this is the one place where they meet.
const points = (text) => [...text];

function chosenPoints(words) {
  const selection = words.getRootNode().getSelection?.() ?? document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return null;
  const before = range.cloneRange();
  before.selectNodeContents(words);
  before.setEnd(range.startContainer, range.startOffset);
  const said = range.toString();
  const lead = points(said.match(/^\s*/u)[0]).length;
  const start = points(before.toString()).length + lead;
  const end = start - lead + points(said.trimEnd()).length;
  return start < end ? { start, end } : null;
}

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
const mark = (coder, coders) => `wb-c${coders.indexOf(coder) % 8}`;

function drawWords(row, coders, chosen) {
  const letters = points(row.text);
  const marked = row.marks.filter(({ passages }) => passages.length);
  const edges = new Set([0, letters.length]);
  for (const { passages } of marked) for (const { start, end } of passages) edges.add(start).add(end);
  if (chosen) edges.add(chosen.start).add(chosen.end);
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, at) => {
    const to = cuts[at + 1];
    let piece = node("span", {}, letters.slice(from, to).join(""));
    marked.forEach(({ coder, passages }, level) => {
      if (!passages.some(({ start, end }) => start <= from && to <= end)) return;
      piece = node("span", { class: `wb-line ${mark(coder, coders)}` }, piece);
      piece.style.setProperty("text-underline-offset", `${0.2 + 0.32 * level}em`);
    });
    return chosen && chosen.start <= from && to <= chosen.end ? node("span", { class: "wb-chosen" }, piece) : piece;
  });
}

function coderTable(row, coders) {
  const named = (coder) => node("span", { class: `wb-line ${mark(coder, coders)}` }, coder);
  const lines = row.marks.flatMap(({ coder, passages }) => passages.map(({ quote, stance, memo }) =>
    node("tr", {}, node("th", { scope: "row" }, named(coder)), node("td", {}, `“${short(quote)}”`), node("td", {}, stance || "no stance"), node("td", {}, memo))));
  const silent = row.marks.filter(({ passages }) => !passages.length).flatMap(({ coder }) => [named(coder), " "]);
  const head = ["Coder", "Marked", "Stance", "Memo"].map((said) => node("th", { scope: "col" }, said));
  return node("div", { class: "wb-coders" },
    node("table", {}, node("thead", {}, node("tr", {}, ...head)), node("tbody", {}, ...lines)),
    silent.length ? node("p", {}, ...silent, node("span", { class: "wb-why" }, "did not mark it")) : null);
}

// One row that is open: its words, who marked what, and the form to settle it. `draft` outlives redrawing.
function openRow(row, view) {
  const { draft, coders, send, stances } = view;
  const passages = passagesOf(row);
  const words = node("p", { class: "wb-words" });
  words.style.setProperty("line-height", `${1.45 + 0.3 * row.marks.filter(({ passages }) => passages.length).length}`);
  const letters = points(row.text);
  const title = `Turn ${row.turns.join(", ")}: ${row.code} ${row.name ?? ""}. ${row.differs.map((kind) => SAYS[kind]).join(", ")}`;
  const radio = (name, label, checked, pick, at) => {
    const input = node("input", { type: "radio", name: `${view.id}-${row.key}-${name}`, checked, onchange: pick, "data-at": at });
    return node("label", { class: "wb-choice" }, input, label);
  };
  const choices = node("div", { class: "wb-passages", role: "radiogroup", "aria-label": "Decision" });
  const stance = node("select", { "data-at": "stance", "aria-label": "Stance", onchange: (event) => (draft.stance = event.target.value) });
  const choose = (passage, kind) => {
    draft.decision = "coded";
    draft.kind = kind;
    draft.passage = { start: passage.start, end: passage.end };
    if (passage.stances && !draft.stanceByHand) draft.stance = only(passage.stances) || (stancesOf(row).size === 1 ? only(stancesOf(row)) : draft.stance);
    paint();
  };
  const not = () => {
    draft.decision = "not coded";
    draft.kind = "not";
    draft.passage = null;
    paint();
  };
  const paint = () => {
    words.replaceChildren(...drawWords(row, coders, draft.decision === "coded" ? draft.passage : null));
    const named = passages.map((one, at) => {
      const who = one.union ? "all of it together" : `as ${one.coders.join(", ")}`;
      return radio("do", `${at + 1} coded, ${who}`, draft.kind === at, () => choose(one, at), `p${at}`);
    });
    const own = draft.kind === "own" ? `coded, as selected: “${short(letters.slice(draft.passage.start, draft.passage.end).join(""))}”` : "coded, as selected in the words above";
    const ownRadio = radio("do", own, draft.kind === "own", () => draft.passage && choose(draft.passage, "own"), "own");
    ownRadio.firstChild.disabled = draft.kind !== "own";
    keepFocus(choices, () => choices.replaceChildren(...named, ownRadio, radio("do", "x not coded", draft.kind === "not", not, "not")));
    const asked = draft.stance ?? only(stancesOf(row));
    draft.stance = asked;
    stance.replaceChildren(option("", "choose a stance …", asked), option(NO_STANCE, "no stance", asked), ...stances.map((name) => option(name, name, asked)));
    stance.disabled = draft.decision !== "coded";
    for (const button of edges.querySelectorAll("button")) button.disabled = draft.decision !== "coded";
  };
  const shift = (what, said) => node("button", { type: "button", "data-at": what, onclick: () => choose(moved(letters, draft.passage, what), "own"), "aria-label": said }, said);
  const edges = node("span", { class: "wb-edges", role: "group", "aria-label": "Move the passage's ends by a word" },
    shift("begin-earlier", "Begin earlier"), shift("begin-later", "Begin later"), shift("end-earlier", "End earlier"), shift("end-later", "End later"));
  const reason = node("input", { type: "text", class: "wb-reason", required: "", value: draft.why ?? "", list: `${view.id}-reasons`, "data-at": "why",
    "aria-label": "Reason", placeholder: "reason (needed)", autocomplete: "off", oninput: (event) => (draft.why = event.target.value) });
  const submit = (event) => {
    event?.preventDefault();
    if (draft.decision === "coded" && draft.stance === "") return view.complain(row.key, "Choose a stance, or “no stance”: the coders' stances differ. Nothing was saved.");
    send({ act: "settle", row: row.key, version: row.version, decision: draft.decision ?? "", why: draft.why ?? "",
      stance: draft.decision === "coded" && draft.stance !== NO_STANCE ? draft.stance : "", ...(draft.passage ?? {}) });
  };
  reason.addEventListener("keydown", (event) => { // JupyterLab keeps Enter from submitting by itself
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    submit();
  });
  words.addEventListener("mouseup", () => {
    const chosen = chosenPoints(words);
    if (chosen) choose(chosen, "own");
  });
  const form = node("form", { class: "wb-decide", onsubmit: submit, novalidate: "" }, choices,
    node("div", { class: "wb-acts" }, edges, node("label", {}, "Stance ", stance)),
    node("div", { class: "wb-acts" }, reason, node("button", { class: "wb-save", "data-at": "save" }, "Settle (Enter)")),
    node("p", { class: "wb-alert", role: "alert" }, view.alert));
  paint();
  const made = node("li", { class: `wb-row${row.counts ? "" : " wb-quiet"}`, tabindex: "-1", "data-key": row.key, "aria-label": title },
    node("h4", {}, node("strong", {}, row.code), ` ${row.name ?? ""}`, node("span", { class: "wb-why" }, ` ${turnsOf(row)}; ${row.differs.map((kind) => SAYS[kind]).join(", ")}`)),
    row.means ? node("details", { class: "wb-why" }, node("summary", {}, "What the code means"), row.means) : null,
    words, coderTable(row, coders), form);
  const stanceKeys = { s: "supports", c: "contradicts", q: "qualifies", 0: NO_STANCE };
  made.addEventListener("keydown", (event) => {
    if (event.target.closest("input[type=text], select") || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Escape") made.focus();
      return;
    }
    const number = Number(event.key);
    if (number >= 1 && number <= passages.length) choose(passages[number - 1], number - 1);
    else if (event.key === "x") not();
    else if (event.key in stanceKeys) {
      draft.stance = stanceKeys[event.key];
      draft.stanceByHand = true;
      paint();
    } else if (event.key === "r" || (event.key === "Enter" && event.target === made)) reason.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  stance.addEventListener("change", () => (draft.stanceByHand = true));
  return made;
}

function settledRow(each, send) {
  const said = `${each.decision}${each.stance ? `, ${each.stance}` : ""}`;
  const turn = each.turn === null ? "" : `turn ${each.turn}`;
  return node("li", { class: "wb-done", tabindex: "-1", "data-key": each.id },
    node("p", {}, node("strong", {}, each.code), ` ${each.name ?? ""} `, node("span", { class: "wb-why" }, turn), " ", node("strong", {}, said)),
    node("p", { class: "wb-context" }, `“${short(each.quote)}”`),
    node("p", {}, `${each.by}, ${when(each.at)} UTC: ${each.why}`),
    each.said.length ? node("p", { class: "wb-why" }, `Coders: ${each.said.join("; ")}.`) : null,
    each.since.length ? node("p", { class: "wb-alert" }, `Coded again since, by ${each.since.join(", ")}: look again.`) : null,
    node("button", { "data-at": "reopen", onclick: () => send({ act: "reopen", id: each.id }), "aria-label": `Reopen ${each.code} ${turn}` }, "Reopen"));
}

function lostRow(each, send) {
  return node("li", { class: "wb-done", "data-key": each.id },
    node("p", { class: "wb-alert" }, `The transcript was corrected after ${each.by} settled ${each.code} (${each.decision}: ${each.why}); ${each.because}, so the decision counts nowhere.`),
    node("p", { class: "wb-context" }, `“${short(each.quote)}”`),
    node("button", { "data-at": "reopen", onclick: () => send({ act: "reopen", id: each.id }) }, "Set this decision aside"));
}

// Put the focus, and the caret, back where it was in what is drawn anew.
function keepFocus(within, redraw) {
  const root = within.getRootNode();
  const at = root.activeElement && within.contains(root.activeElement) ? root.activeElement : null;
  const row = at?.closest("[data-key]")?.dataset.key, name = at?.dataset.at;
  const caret = at && at.type === "text" ? [at.selectionStart, at.selectionEnd] : null;
  redraw();
  if (!at || at.isConnected) {
    if (at && root.activeElement !== at) at.focus();
    return true;
  }
  const scope = row && within.querySelector(`[data-key="${CSS.escape(row)}"]`);
  const again = name ? (scope || (row && !within.closest?.("[data-key]") ? null : within))?.querySelector(`[data-at="${CSS.escape(name)}"]`) : scope;
  if (!again) return false;
  again.focus({ preventScroll: true });
  if (caret && again.type === "text") again.setSelectionRange(...caret);
  return true;
}

function pick(label, name, choices, chosen, change) {
  return node("label", {}, `${label} `, node("select", { "data-at": name, onchange: change },
    ...choices.map(([value, said]) => option(value, said, chosen))));
}

function render({ model, el }) {
  el.classList.add("wb-compare");
  el.dataset.lmSuppressShortcuts = "true"; // JupyterLab's own keys would insert cells
  const id = `wb${Math.random().toString(36).slice(2)}`;
  const state = { code: "", coder: "", words: false, shown: STEP, drafts: new Map(), alert: null, at: null };
  let waits = null;
  const told = node("p", { class: "wb-told", role: "status", "aria-live": "polite" });
  const head = node("div", { class: "wb-head" }), body = node("div");
  el.append(told, head, body);
  const send = (message) => {
    if (message.act !== "look" || waits === null) {
      if (waits !== null) clearTimeout(waits);
      waits = setTimeout(() => {
        told.textContent = "No answer from the notebook's kernel: it is busy, or it has stopped. What you decided last is saved only when this line says so; if it stays, restart the kernel and run the cell again.";
        told.classList.add("wb-alert");
      }, PATIENCE);
    }
    if (message.act === "settle" || message.act === "reopen") told.textContent = "Saving …";
    model.send(message);
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
    const row = el.querySelector(`li[data-key="${CSS.escape(key)}"] .wb-alert`);
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
      node("p", { class: "wb-why" }, "In a row: n and p go to the next and the former one; 1, 2 … take a passage, x is not coded; s supports, c contradicts, q qualifies, 0 no stance; r goes to the reason, Enter settles, Escape goes back. Select words with the mouse to mark others.")));
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
      ...(lost.length ? [node("ol", { class: "wb-lost", "aria-label": "Decisions that lost their words" }, ...lost.map((each) => lostRow(each, send)))] : []),
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
  };
}

function steps(list) {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows = event.target.closest("input, select") ? {} : { ArrowDown: 1, ArrowUp: -1 };
    const letters = event.target.closest("input[type=text], select") ? {} : { n: 1, j: 1, p: -1, k: -1 };
    const step = { ...arrows, ...letters }[event.key];
    if (!step) return;
    const rows = [...list.children];
    const at = rows.indexOf(event.target.closest("li"));
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    event.preventDefault();
  };
}

export default { render };
