// Draws one row that is open, with the form to settle it.

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
    row.partly.length ? node("p", { class: "wb-alert" }, `Decided in part only: ${row.partly.join("; ")}. A decision here takes its place.`) : null,
    words, coderTable(row, coders), form);
  const stanceKeys = { s: "supports", c: "contradicts", q: "qualifies", e: "silent", 0: NO_STANCE };
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
