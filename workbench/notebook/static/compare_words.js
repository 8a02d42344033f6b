// Draws a row's words with what each coder marked in them, and the table of who said what.

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
