// Draws one cell: the summary on the left, its passages on the right. The box that is written in is never drawn anew.

function drawCell(first, view) {
  const { drafts, send } = view;
  let cell = first;
  const named = () => (view.across() === "element" ? cell.case : `${cell.element} ${cell.name}`);
  const head = node("h4", {}), passages = node("div", { class: "wb-passages" }), state = node("p", { class: "wb-state" });
  const clash = node("div", { class: "wb-clash", role: "group", hidden: "" }), alert = node("p", { class: "wb-alert", role: "alert" });
  const box = node("textarea", { "data-at": "summary", spellcheck: "true" });
  const save = node("button", { type: "button", class: "wb-save", "data-at": "save" }, "Save (Ctrl+Enter)");
  const back = node("button", { type: "button", "data-at": "back" }, "Back to what is saved");
  const made = node("li", { class: "wb-cell", tabindex: "-1", "data-key": cell.key },
    node("div", { class: "wb-summary" }, head, box, node("div", { class: "wb-acts" }, save, back), state, clash, alert),
    passages);
  const dirty = () => drafts.has(cell.key);
  const store = () => {
    if (!dirty()) return;
    if (differs(drafts, cell)) return alert.replaceChildren("Not saved: choose first which of the two summaries stands.");
    alert.replaceChildren();
    state.textContent = "Saving …";
    send({ act: "save", element: cell.element, case: cell.case, text: drafts.get(cell.key).text, version: drafts.get(cell.key).base });
  };
  const grow = () => (box.rows = Math.max(3, Math.min(16, box.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 52), 0))));
  const tell = () => {
    const by = cell.by ? `${cell.summary ? "Saved" : "Cleared"} by ${cell.by}, ${moment(cell.at)} UTC${cell.earlier ? `; ${cell.earlier} earlier version${cell.earlier > 1 ? "s" : ""} kept` : ""}.` : cell.passages.length ? "No summary yet." : "";
    state.textContent = dirty() ? (view.silent() ? "Not saved: the kernel does not answer. Your words are kept on this page." : "Not saved yet.") : by;
    state.classList.toggle("wb-unsaved", dirty());
    save.disabled = back.disabled = !dirty();
  };
  const tellClash = () => {
    const two = differs(drafts, cell);
    clash.hidden = !two;
    if (!two) return clash.replaceChildren();
    const keep = node("button", { type: "button", "data-at": "mine", onclick: () => { accept(drafts, cell); tellClash(); store(); box.focus(); } }, "Mine stands");
    const take = node("button", { type: "button", "data-at": "theirs", onclick: () => { drafts.delete(cell.key); fill(); box.focus(); } }, "Theirs stands");
    clash.replaceChildren(
      node("p", {}, node("strong", {}, `${cell.by || "Somebody"} changed this meanwhile`), cell.at ? `, ${moment(cell.at)} UTC. Theirs:` : ":"),
      node("blockquote", {}, cell.summary || "(cleared)"),
      node("p", {}, "Yours is above, not saved. If it stands, theirs is kept as an earlier version."), keep, take);
  };
  const fill = () => {
    const text = drafts.get(cell.key)?.text ?? cell.summary;
    const held = box.getRootNode().activeElement === box && box.value.trim() === text; // the caret stays where it is
    if (box.value !== text && !held) box.value = text;
    grow();
    tell();
    tellClash();
    alert.replaceChildren();
    view.changed();
  };
  const said = (each) => node("li", {}, node("blockquote", {}, each.quote),
    node("p", { class: "wb-why" }, [each.stance || "no stance", each.coder, `${each.document}${each.turn === null ? "" : `, turn ${each.turn}`}`].filter(Boolean).join("; ")));
  const update = (next, alarm) => {
    const fresh = JSON.stringify(next.passages) !== JSON.stringify(cell.passages) || !passages.firstChild;
    cell = next;
    const role = view.across() === "element" ? [cell.role, cell.scheme].filter(Boolean).join(", ") : "";
    head.replaceChildren(node("strong", {}, named()), role ? node("span", { class: "wb-why" }, ` ${role}`) : "");
    made.setAttribute("aria-label", `${named()}${role ? `, ${role}` : ""}: ${cell.passages.length} passage${cell.passages.length === 1 ? "" : "s"}, ${cell.summary ? "summarised" : "no summary"}`);
    box.setAttribute("aria-label", `Summary of ${cell.case} on ${cell.element}`);
    box.placeholder = cell.passages.length ? "What does it come to?" : "Nothing was coded here.";
    if (fresh)
      passages.replaceChildren(node("p", { class: "wb-why" }, `${cell.passages.length} passage${cell.passages.length === 1 ? "" : "s"}`),
        node("ul", { tabindex: cell.passages.length > 2 ? "0" : null, "aria-label": `Passages of ${cell.case} on ${cell.element}` }, ...cell.passages.map(said)));
    fill();
    if (alarm) alert.replaceChildren(alarm);
  };
  box.addEventListener("input", () => {
    write(drafts, cell, box.value);
    grow();
    tell();
    tellClash();
    view.changed();
  });
  box.addEventListener("blur", (event) => {
    if (event.relatedTarget !== back && !clash.contains(event.relatedTarget) && !differs(drafts, cell)) store();
  });
  save.addEventListener("click", store);
  back.addEventListener("click", () => {
    drafts.delete(cell.key);
    fill();
    box.focus();
  });
  made.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target !== made) {
      made.focus();
      event.preventDefault();
    } else if (event.target === box && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      store();
    } else if (event.target === made && (event.key === "Enter" || event.key === "e") && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
  });
  update(first);
  return { made, update, store, tell };
}
