// The margin: one stripe a coding, overlaps side by side, each with its name. Own ones full, others' hollow, suggestions dotted.

const LANE = 10;
const LANES_WIDE = 120;

// Return where each stripe of a piece stands; only reads the page, so that many pieces are measured at once.
function marginPlan(element) {
  const box = element.getBoundingClientRect();
  const spans = [...element.querySelectorAll("[data-at]")];
  const starts = spans.map((each) => Number(each.dataset.at));
  const ends = spans.map((each, number) => starts[number] + each.textContent.length);
  return element.rows.map((row) => {
    const first = spans[starts.findIndex((at) => at >= row.start)], last = spans[ends.findLastIndex((at) => at <= row.end)];
    const head = first?.getClientRects()[0], foot = last ? [...last.getClientRects()].at(-1) : null;
    const before = starts.length && row.start < starts[0], after = ends.length && row.end > ends.at(-1);
    return { row, begins: !before, goesOn: after, top: before || !head ? 0 : head.top - box.top, bottom: after || !foot ? null : foot.bottom - box.top };
  });
}

function drawMargin(desk, element, plan, height) {
  const margin = element.querySelector(".wb-margin");
  const pitch = Math.min(LANE, LANES_WIDE / Math.max(1, desk.lanes.width));
  const bars = plan.map(({ row, top, bottom }) => {
    const tall = Math.max(8, (bottom ?? height) - top);
    const left = desk.lanes.lanes.get(row.id) * pitch;
    return node("div", { class: `wb-bar ${look(desk, row)}`, "data-row": row.id, title: spoken(desk, row),
      style: `--c:${desk.colour(row.code)};left:${left}px;top:${top}px;height:${tall}px;width:${Math.max(3, pitch - 2)}px` });
  });
  const wide = Math.max(0, ...plan.map(({ row }) => desk.lanes.lanes.get(row.id) + 1));
  const named = plan.filter((each) => each.begins).sort((a, b) => a.top - b.top);
  const tops = stacked(named.map((each) => Math.min(each.top, height - LABEL)), LABEL);
  const over = Math.max(0, (tops.at(-1) ?? 0) + LABEL - height);
  const labels = named.map(({ row }, number) => labelOf(desk, row, Math.max(number * LABEL, tops[number] - over), pitch * wide + 3));
  margin.replaceChildren(...bars, ...labels);
}

const look = (desk, row) =>
  `${row.kind === "suggestion" ? "wb-suggested" : row.coder === desk.coder ? "wb-own" : "wb-theirs"}${row.id === desk.picked ? " wb-picked" : ""}`;

function labelOf(desk, row, top, left) {
  const by = row.kind === "suggestion" ? "?" : row.coder === desk.coder ? "" : row.coder;
  return node("button", { class: `wb-label ${look(desk, row)}`, type: "button", tabindex: "-1", "data-row": row.id, title: spoken(desk, row),
      "aria-label": spoken(desk, row), style: `--c:${desk.colour(row.code)};top:${top}px;left:${left}px` },
    by && node("em", {}, by), node("b", {}, row.code), STANCES[row.stance] && node("span", { class: "wb-sign" }, STANCES[row.stance]),
    row.memo ? "✎" : null, node("span", { class: "wb-name" }, desk.name(row.code)));
}

// Return what a stripe says in words.
function spoken(desk, row) {
  const what = `${row.code} ${desk.name(row.code)}`;
  if (row.kind === "suggestion") return `Suggested: ${what}`;
  return [what, `by ${row.coder === desk.coder ? "you" : row.coder}`, row.stance, row.memo && `memo: ${short(row.memo)}`].filter(Boolean).join(", ");
}
