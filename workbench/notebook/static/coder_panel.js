// What is selected: the passage, its codings, and for one of them what it means, who made it, and what can be done with it.

function panelOf(desk, hooks) {
  const el = node("aside", { class: "wb-panel", "aria-label": "Selection" });
  let memo = null, memoOf = null;

  function draw() {
    const row = desk.row(desk.picked);
    const here = desk.rows.filter((each) => overlaps(each, desk.wide()));
    const kept = memo && row && memoOf === row.id && (desk.drafts.has(row.id) || document.activeElement === memo) ? memo : null;
    const focused = kept && document.activeElement === kept;
    const stops = () => [...el.querySelectorAll("button, input, summary")];
    const at = stops().indexOf(document.activeElement);
    const fresh = [
      desk.live() ? "" : node("p", { class: "wb-stopped" }, "Read-only: the kernel does not answer."),
      node("h3", {}, `Selection${turnOf(row)}`),
      passage(row),
      node("ul", { class: "wb-here", "aria-label": "Codings here" }, ...here.slice(0, 30).map(item)),
      ...(row ? (row.kind === "suggestion" ? suggestion(row) : coding(row, kept)) : [node("p", { class: "wb-quiet" },
        here.length ? "Choose one above, by its stripe, or with o." : "Select words with the mouse or with Shift and the arrow keys; c finds a code, ? shows all keys.")]),
      ...(desk.edge ? [node("p", { class: "wb-note" }, `Moving the ${desk.edge.side === "start" ? "beginning" : "end"}: arrows, [ or ] for the other side, Enter keeps, Escape leaves.`)] : []),
      ...waiting(),
    ];
    el.replaceChildren(...fresh);
    if (focused) kept.focus();
    else if (at >= 0) stops()[at]?.focus({ preventScroll: true });
  }

  // Lists of differences name turns; the margin counts the file's lines.
  function turnOf(row) {
    const { start, end } = row ?? desk.span();
    const turns = desk.doc.turns.filter((each) => each.start < end && each.end > start);
    if (start === end || !turns.length) return ""; // nothing, or a heading before the first turn
    const [first, last] = [turns[0].turn, turns.at(-1).turn];
    return first === last ? `, turn ${first}` : `, turns ${first} to ${last}`;
  }

  function passage(row) {
    const { start, end } = row ?? desk.span();
    if (start === end) return node("p", { class: "wb-quiet" }, "Nothing is selected.");
    return node("blockquote", {}, short(desk.doc.text.slice(start, end), 240));
  }

  const item = (row) => node("li", {}, node("button", {
    type: "button", class: `wb-pick ${look(desk, row)}`, style: `--c:${desk.colour(row.code)}`, "aria-pressed": String(row.id === desk.picked),
    onclick: () => hooks.pick(row.id),
  }, node("b", {}, row.code), " ", short(desk.name(row.code), 40), row.kind === "suggestion" ? " (suggested)" : row.coder === desk.coder ? "" : ` (${row.coder})`,
    STANCES[row.stance] ? ` ${STANCES[row.stance]}` : ""));

  const about = (code) => {
    const known = desk.code(code);
    return node("details", { open: desk.open, ontoggle: (event) => (desk.open = event.target.open) },
      node("summary", {}, `What ${code} means`), ...(known ? meaning(known) : [node("p", {}, "The codebook has no such code.")]));
  };

  const button = (name, key, act, attributes = {}) =>
    node("button", { type: "button", onclick: () => hooks.do(act), disabled: !desk.live(), ...attributes }, `${name} (${key})`);

  function coding(row, kept) {
    const own = row.coder === desk.coder;
    const when = new Date(row.at);
    const facts = `${own ? "Your coding" : `Coded by ${row.coder}`}, ${ORIGINS[row.origin] ?? row.origin}, ${Number.isNaN(when.getTime()) ? row.at : when.toLocaleString("en-GB")}`;
    if (!own) return [node("p", {}, facts), row.stance ? node("p", {}, row.stance === "silent" ? "Asked, and silent on the code." : `It ${row.stance} the code.`) : null, row.memo ? node("p", {}, `Memo: ${row.memo}`) : null,
      node("p", { class: "wb-quiet" }, `Only ${row.coder} can change it; c codes the passage as your own.`), about(row.code)].filter(Boolean);
    const stances = Object.entries({ supports: "s", contradicts: "x", qualifies: "q", silent: "e" }).map(([stance, key]) =>
      button(`${STANCES[stance]} ${stance}`, key, stance, { "aria-pressed": String(row.stance === stance) }));
    return [node("p", {}, facts), node("div", { role: "group", "aria-label": "Stance" }, ...stances), ...memoField(row, kept),
      node("div", {}, button("Other code", "C", "recode"), button("Beginning", "[", "edgeStart"), button("End", "]", "edgeEnd"),
        button("Remove", "Del", "remove"), button("Backlight", "b", "backlight", { disabled: false, "aria-pressed": String(desk.lit === row.code) })),
      about(row.code)];
  }

  function memoField(row, kept) {
    if (!kept) {
      memo = node("textarea", { rows: "3", "aria-label": "Memo", placeholder: "Memo (m)",
        oninput: (event) => desk.drafts.set(row.id, event.target.value),
        onblur: () => hooks.memo(row.id),
        onkeydown: (event) => {
          if (isSave(event)) hooks.memo(row.id);
          else if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) event.preventDefault(), hooks.back();
        } });
      memo.value = desk.drafts.get(row.id) ?? row.memo ?? "";
      memoOf = row.id;
    }
    memo.readOnly = !desk.live();
    const unsaved = desk.drafts.has(row.id) && desk.drafts.get(row.id) !== (row.memo ?? "");
    return [node("label", { class: "wb-memo" }, "Memo ", node("span", { class: "wb-quiet" }, unsaved ? "not saved yet" : "kept when you leave the field or press Ctrl+S; Ctrl+Enter goes back"), memo)];
  }

  function suggestion(row) {
    const score = row.score === null || row.score === undefined ? "" : `, score ${row.score.toFixed(2)}`;
    return [node("p", {}, `Suggested by ${row.source}${score}. ${row.why ?? ""}`),
      node("div", {}, button("Accept", "a", "accept"), button("Reject", "r", "reject"), button("Other code", "C", "recode"), button("Beginning", "[", "edgeStart"), button("End", "]", "edgeEnd")),
      about(row.code)];
  }

  function waiting() {
    if (!desk.waiting.length) return [];
    const field = node("input", { type: "text", "aria-label": "Why it is dropped", placeholder: "why it is dropped", oninput: (event) => (desk.why = event.target.value) });
    field.value = desk.why;
    return [node("h3", {}, `${many(desk.waiting.length, "coding")} that a correction could not place`),
      node("label", {}, "To drop one, say why: ", field),
      node("ul", { class: "wb-waiting" }, ...desk.waiting.map((row) => node("li", {},
        node("p", {}, node("b", {}, `${row.code} `), `${desk.name(row.code)} (${row.coder}). It was on: `, node("q", {}, short(row.quote ?? "", 160)), ` ${row.why ?? ""}`),
        node("button", { type: "button", onclick: () => hooks.look(row) }, "Show where to look"),
        node("button", { type: "button", disabled: !desk.live(), onclick: () => hooks.place(row) }, "Place on the selection"),
        node("button", { type: "button", disabled: !desk.live(), onclick: () => hooks.drop(row, field.value) }, "Drop"))))];
  }

  return { el, draw, memo: () => memo };
}

const ORIGINS = { human: "made by hand", rule: "suggested by a rule and accepted", model: "suggested by a model and accepted" };
