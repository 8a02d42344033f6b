// Draws the transcript: only the pieces on screen, each with its speaker, its words and its part of the margin.

const BEYOND = 600; // pixels drawn above and below what is seen
const LABEL = 19; // height of one name in the margin
const LINE = 25;

function textView(desk, hooks) {
  const inner = node("div", { class: "wb-inner" });
  const scroller = node("div", { class: "wb-text", tabindex: "0", role: "feed", "aria-label": "Transcript", "aria-describedby": hooks.keysId }, inner);
  const drawn = new Map();
  let tower = towerOf([]), top = 0, width = 0;

  function open() {
    drawn.clear();
    inner.replaceChildren();
    width = scroller.clientWidth;
    const letters = Math.max(24, (width - 330) / 8);
    tower = towerOf(desk.doc.pieces.map((piece) => Math.ceil((piece.end - piece.start) / letters) * LINE + 14));
    scroller.scrollTop = top = 0;
    redraw();
  }

  function paint() {
    if (!desk.doc || !scroller.clientHeight) return;
    for (let pass = 0; pass < 4; pass += 1) {
      const first = tower.at(top - BEYOND), last = tower.at(top + scroller.clientHeight + BEYOND);
      for (const [number, element] of drawn) if (number < first || number > last) drawn.delete(number), element.remove();
      const fresh = [];
      for (let number = first; number <= last; number += 1)
        if (!drawn.has(number)) fresh.push(number), drawn.set(number, pieceElement(desk, number));
      for (const number of fresh) inner.append(drawn.get(number));
      if (!settle(fresh)) break;
    }
  }

  // Measure what was drawn, put every piece in its place, and keep what is seen where it is; true if heights were not as guessed.
  function settle(fresh) {
    const measured = fresh.map((number) => [number, drawn.get(number), drawn.get(number).offsetHeight, marginPlan(drawn.get(number))]);
    let moved = 0, other = false;
    for (const [number, element, height, plan] of measured) {
      drawMargin(desk, element, plan, height);
      if (height === tower.height(number)) continue;
      other = true;
      if (tower.top(number) + tower.height(number) <= top) moved += height - tower.height(number);
      tower.set(number, height);
    }
    inner.style.height = `${tower.total()}px`;
    for (const [number, element] of drawn) element.style.transform = `translateY(${tower.top(number)}px)`;
    if (moved) scroller.scrollTop = top = top + moved;
    return other;
  }

  // Draw again what is on screen; with a stretch, only the pieces that it touches.
  function redraw(stretch = null) {
    const again = [...drawn.keys()].filter((number) => !stretch || touches(desk.doc.pieces[number], stretch));
    for (const number of again) {
      const made = pieceElement(desk, number);
      drawn.get(number).replaceWith(made);
      drawn.set(number, made);
    }
    settle(again);
    paint();
  }

  function reveal(unit) {
    const number = pieceAt(desk.doc.pieces, unit);
    const room = scroller.clientHeight;
    if (!drawn.has(number) || tower.top(number) + tower.height(number) < top || tower.top(number) > top + room) {
      scroller.scrollTop = top = Math.max(0, tower.top(number) - room / 3);
      paint();
    }
    const span = [...(drawn.get(number)?.querySelectorAll("[data-at]") ?? [])].findLast((each) => Number(each.dataset.at) <= unit);
    if (!span) return;
    const box = scroller.getBoundingClientRect(), at = span.getBoundingClientRect();
    if (at.top < box.top + LINE) scroller.scrollTop = top + at.top - box.top - 2 * LINE;
    else if (at.top > box.bottom - 2 * LINE) scroller.scrollTop = top + at.top - box.bottom + 4 * LINE;
  }

  // Return the place in the text at a point of the screen, or beside it.
  function unitAt(x, y) {
    const box = scroller.getBoundingClientRect();
    const inside = Math.min(Math.max(y, box.top + 2), box.bottom - 2);
    const piece = [...drawn.values()].map((element) => [element, element.getBoundingClientRect()])
      .sort((a, b) => apart(a[1], inside) - apart(b[1], inside))[0];
    if (!piece) return null;
    const said = piece[0].querySelector(".wb-said").getBoundingClientRect();
    const left = Math.min(Math.max(x, said.left + 1), said.right - 2);
    const line = Math.min(Math.max(inside, said.top + 3), said.bottom - 3);
    const found = caretAt(left, line), span = found?.at.closest?.("[data-at]");
    if (span) return Number(span.dataset.at) + (found.text ? found.offset : 0);
    const { start, end } = desk.doc.pieces[Number(piece[0].dataset.piece)];
    return inside > said.bottom - 3 || left >= said.right - 3 ? end : start;
  }

  scroller.addEventListener("scroll", () => {
    if (!scroller.clientHeight) return;
    top = scroller.scrollTop;
    paint();
  });
  const sized = new ResizeObserver(() => {
    if (!desk.doc || !scroller.clientHeight) return;
    if (scroller.scrollTop === 0 && top > 0) scroller.scrollTop = top; // JupyterLab took the cell out of the page and brought it back
    if (scroller.clientWidth !== width) {
      width = scroller.clientWidth;
      redraw();
    } else paint();
  });
  sized.observe(scroller);
  return { el: scroller, open, redraw, reveal, unitAt, drawn: () => drawn.size, close: () => sized.disconnect() };
}

const touches = (piece, stretch) => piece.start <= stretch.end && stretch.start <= piece.end;

const apart = (box, y) => (y < box.top ? box.top - y : y > box.bottom ? y - box.bottom : 0);

function caretAt(x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  const range = place ? null : document.caretRangeFromPoint?.(x, y);
  const at = place?.offsetNode ?? range?.startContainer;
  if (!at) return null;
  const text = at.nodeType === Node.TEXT_NODE;
  return { at: text ? at.parentElement : at, text, offset: place?.offset ?? range.startOffset };
}

function pieceElement(desk, number) {
  const piece = desk.doc.pieces[number];
  const turn = piece.turn === null ? null : desk.doc.turns[piece.turn];
  const rows = desk.rows.filter((row) => row.start < piece.end && row.end > piece.start);
  const begins = rows.filter((row) => row.start >= piece.start);
  const said = node("p", { class: "wb-said" }, ...spans(desk, piece, rows));
  const who = turn === null ? "Aside" : `${turn.speaker}, ${roleWord(turn.role)}`;
  const made = node("article", {
      class: `wb-piece ${turn === null ? "wb-aside" : `wb-role-${turn.role ?? "unknown"}`}${piece.first ? " wb-first" : ""}`,
      role: "article", "aria-posinset": number + 1, "aria-setsize": desk.doc.pieces.length, "aria-label": `Line ${piece.line}. ${who}`,
      "data-piece": number, style: `min-height:${begins.length * LABEL + 6}px`,
    },
    node("span", { class: "wb-line", "aria-hidden": "true" }, String(piece.line)),
    node("div", { class: "wb-who" }, turn && piece.first ? node("strong", {}, turn.speaker) : null,
      turn && piece.first ? node("span", { class: "wb-role" }, roleWord(turn.role)) : null),
    said, node("div", { class: "wb-margin" }));
  made.rows = rows;
  return made;
}

function spans(desk, piece, rows) {
  const { start, end } = desk.span(), alone = start === end;
  const marks = rows.map((row) => ({ start: row.start, end: row.end, row }));
  if (!alone) marks.push({ start, end, chosen: true });
  for (const place of desk.places) marks.push({ ...place, hit: true });
  const cut = alone && (start === piece.start || (start > piece.start && pieceAt(desk.doc.pieces, start) === desk.doc.pieces.indexOf(piece))) ? start : null;
  const parts = segmentsOf(piece.start, piece.end, marks);
  return parts.flatMap((part) => {
    const halves = cut !== null && cut > part.start && cut < part.end ? [[part.start, cut], [cut, part.end]] : [[part.start, part.end]];
    return halves.flatMap(([from, to]) => [
      from === cut ? node("span", { class: "wb-caret", "aria-hidden": "true" }) : null,
      spanOf(desk, from, to, part.marks),
      to === cut && to === piece.end ? node("span", { class: "wb-caret", "aria-hidden": "true" }) : null,
    ]).filter(Boolean);
  });
}

function spanOf(desk, from, to, marks) {
  const rows = marks.filter((mark) => mark.row).map((mark) => mark.row);
  const inner = rows.reduce((best, row) => (!best || row.end - row.start < best.end - best.start ? row : best), null);
  const picked = desk.picked && rows.some((row) => row.id === desk.picked);
  const names = [
    marks.some((mark) => mark.chosen) && "wb-chosen",
    marks.some((mark) => mark.hit) && "wb-hit",
    inner && (inner.kind === "suggestion" ? "wb-maybe" : "wb-coded"),
    picked && "wb-picked",
    desk.lit && (rows.some((row) => row.code === desk.lit) ? "wb-lit" : "wb-dim"),
  ];
  return node("span", { class: names.filter(Boolean).join(" "), "data-at": from, style: inner ? `--c:${desk.colour(inner.code)}` : null },
    desk.doc.text.slice(from, to));
}
