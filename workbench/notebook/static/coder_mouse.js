// Select with the mouse: across turns and beyond the screen's edge; double click takes words, triple click turns.

function mouseOn(view, desk, hooks) {
  const { el } = view;
  let drag = null, timer = null;

  const stretch = (unit, by) => {
    const number = pieceAt(desk.doc.pieces, unit), piece = desk.doc.pieces[number];
    if (by === "turn") return turnAround(desk.doc, number);
    if (by === "letter") return [snapped(desk.doc.text, unit, false), snapped(desk.doc.text, unit, false)];
    return stretches(desk.doc.text, piece.start, piece.end, by).findLast(([start]) => start <= unit) ?? [unit, unit];
  };

  const follow = (x, y) => {
    const unit = view.unitAt(x, y);
    if (unit === null || !drag) return;
    const [start, end] = stretch(unit, drag.by);
    if (start < drag.start) hooks.select(drag.end, start);
    else hooks.select(drag.start, Math.max(end, drag.end));
  };

  const move = (event) => {
    clearInterval(timer);
    const box = el.getBoundingClientRect();
    const beyond = event.clientY < box.top ? event.clientY - box.top : Math.max(0, event.clientY - box.bottom);
    if (beyond)
      timer = setInterval(() => {
        el.scrollTop += beyond / 2;
        follow(event.clientX, event.clientY);
      }, 30);
    follow(event.clientX, event.clientY);
  };

  const up = () => {
    clearInterval(timer);
    window.removeEventListener("mousemove", move);
    window.removeEventListener("mouseup", up);
    drag = null;
    hooks.selected();
  };

  el.addEventListener("mousedown", (event) => {
    if (event.button !== 0 || event.offsetX > el.clientWidth + el.scrollLeft) return;
    const row = event.target.closest("[data-row]");
    event.preventDefault();
    el.focus({ preventScroll: true });
    if (row) return hooks.pick(row.dataset.row);
    const box = el.getBoundingClientRect();
    if (event.clientX > box.left + el.clientWidth) return undefined; // the scrollbar
    const unit = view.unitAt(event.clientX, event.clientY);
    if (unit === null) return undefined;
    const [start, end] = stretch(unit, { 2: "word", 3: "turn" }[event.detail] ?? "letter");
    drag = { start: event.shiftKey ? desk.anchor : start, end: event.shiftKey ? desk.anchor : end, by: { 2: "word", 3: "turn" }[event.detail] ?? "letter" };
    if (event.shiftKey) hooks.select(desk.anchor, end);
    else hooks.select(start, end);
    window.addEventListener("mousemove", move);
    window.addEventListener("mouseup", up);
    return undefined;
  });

  // What was selected in another way: by touch, or by a screen reader.
  const native = () => {
    const said = document.getSelection();
    if (drag || !desk.doc || !said || said.isCollapsed || !el.contains(said.anchorNode) || !el.contains(said.focusNode)) return;
    const [start, end] = [[said.anchorNode, said.anchorOffset], [said.focusNode, said.focusOffset]].map(([at, offset]) => {
      const span = (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).closest?.("[data-at]");
      return span ? Number(span.dataset.at) + (at.nodeType === Node.TEXT_NODE ? offset : 0) : null;
    });
    if (start !== null && end !== null) hooks.remember(start, end);
  };
  document.addEventListener("selectionchange", native);

  el.addEventListener("copy", (event) => {
    const { start, end } = desk.span();
    if (start === end) return;
    event.clipboardData.setData("text/plain", desk.doc.text.slice(start, end));
    event.preventDefault();
  });

  for (const [kind, on] of [["mouseover", true], ["mouseout", false]])
    el.addEventListener(kind, (event) => {
      const row = event.target.closest("[data-row]")?.dataset.row;
      if (row) for (const each of el.querySelectorAll(`[data-row="${CSS.escape(row)}"]`)) each.classList.toggle("wb-near", on);
    });

  return () => {
    document.removeEventListener("selectionchange", native);
    up();
  };
}
