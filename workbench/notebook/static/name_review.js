// Draws the queue of found names. Python decides: a row goes only when the register has been saved.

const SHOWN = 40;

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function context(row) {
  return node("p", { class: "wb-context" }, row.left, node("mark", {}, row.match), row.right);
}

function rowOf(row, send) {
  const say = (act) => () => send({ act, ids: [row.id] });
  const where = row.n === 1 ? "once" : `${row.n} times in ${row.documents} transcript${row.documents === 1 ? "" : "s"}`;
  return node(
    "li",
    { class: "wb-row", tabindex: "-1", "data-id": row.id },
    context(row),
    node(
      "div",
      { class: "wb-what" },
      node("strong", {}, row.form),
      ` ${row.kind}, ${where}; in the text as `,
      node("code", {}, row.pseudonym),
      node("span", { class: "wb-why" }, ` (${row.why})`),
    ),
    node(
      "div",
      { class: "wb-acts" },
      node("button", { onclick: say("accept"), "aria-label": `Hide (a) ${row.form}` }, "Hide (a)"),
      node("button", { onclick: say("reject"), "aria-label": `Show (r) ${row.form}: it names nobody` }, "Show (r)"),
    ),
  );
}

function addForm(kinds, send) {
  const form = node("input", { type: "text", "aria-label": "Name that was not found", placeholder: "name that was not found" });
  const kind = node("select", { "aria-label": "Kind" }, ...kinds.map((name) => node("option", {}, name)));
  const as = node("input", { type: "text", "aria-label": "Pseudonym of a person already known", placeholder: "same as, e.g. [Person 48]" });
  const submit = (event) => {
    event.preventDefault();
    if (form.value.trim()) send({ act: "add", form: form.value.trim(), kind: kind.value, pseudonym: as.value.trim() });
  };
  return node("form", { class: "wb-add", onsubmit: submit }, form, kind, as, node("button", {}, "Add"));
}

function doneForm(transcripts, send) {
  const open = transcripts.filter((each) => !each.reviewed);
  const ready = open.filter((each) => each.waiting === 0);
  if (open.length === 0) return node("p", {}, "Every transcript has been reviewed.");
  const choice = node("select", { "aria-label": "Transcript" }, ...ready.map((each) => node("option", {}, each.document)));
  const submit = (event) => {
    event.preventDefault();
    if (choice.value) send({ act: "done", document: choice.value });
  };
  const told = `${open.length} of ${transcripts.length} transcripts are not reviewed yet; ${ready.length} of them have nothing waiting. `;
  return node("form", { class: "wb-done", onsubmit: submit }, told,
    ...(ready.length ? [choice, node("button", {}, "I have read it: reviewed")] : []));
}

function keys(list, send) {
  return (event) => {
    if (event.target.closest("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...list.children];
    const at = rows.indexOf(event.target.closest("li"));
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step) rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
    else if (at >= 0 && (event.key === "a" || event.key === "r"))
      send({ act: event.key === "a" ? "accept" : "reject", ids: [Number(rows[at].dataset.id)] });
    else return;
    event.preventDefault();
  };
}

function render({ model, el }) {
  el.classList.add("wb-names");
  el.addEventListener("keydown", (event) => {
    const saves = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s";
    if (!saves) event.stopPropagation(); // JupyterLab's own "a" would insert a cell, its "j" take the focus away
  });
  let focusAt = null;
  const send = (message) => model.send(message);
  const told = node("p", { class: "wb-told", role: "status", "aria-live": "polite" });
  const body = node("div");
  el.append(told, body);
  const draw = () => {
    const before = [...el.querySelectorAll("li")].indexOf(document.activeElement?.closest("li"));
    if (before >= 0) focusAt = before;
    const rows = model.get("rows");
    told.textContent = model.get("told");
    const list = node("ol", { class: "wb-queue", "aria-label": "Names to review" },
      ...rows.slice(0, SHOWN).map((row) => rowOf(row, send)));
    list.addEventListener("keydown", keys(list, send));
    if (list.firstChild) list.firstChild.tabIndex = 0;
    const more = rows.length > SHOWN ? node("p", {}, `${rows.length - SHOWN} more wait below these.`) : null;
    body.replaceChildren(
      ...(rows.length ? [node("p", { class: "wb-why" }, "Arrows move, a hides, r shows."), list] : [node("p", {}, "Nothing waits.")]),
      ...(more ? [more] : []),
      addForm(model.get("kinds"), send),
      doneForm(model.get("transcripts"), send),
    );
    if (focusAt !== null && list.children.length) list.children[Math.min(focusAt, list.children.length - 1)].focus();
    focusAt = null;
  };
  model.on("change:drawn", draw);
  draw();
  return () => model.off("change:drawn", draw);
}

export default { render };
