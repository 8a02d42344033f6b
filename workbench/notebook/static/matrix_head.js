// Draws what there is to choose: the element or the case, and which of its cells.

const CELLS = [["said", "with passages or a summary"], ["open", "with passages, without a summary"], ["all", "all"]];
const ACROSS = [["element", "one element, all cases"], ["case", "one case, all elements"]];

function choose(choices, focus, change) {
  const groups = new Map();
  for (const each of choices) {
    const left = each.n ? `${each.written} of ${each.spoken} summarised` : "no passages";
    const made = option(each.id, `${each.id}${each.name ? ` ${each.name}` : ""} (${left})`, focus);
    if (!groups.has(each.kind)) groups.set(each.kind, []);
    groups.get(each.kind).push(made);
  }
  return node("select", { class: "wb-focus", "data-at": "focus", onchange: (event) => change(event.target.value) },
    ...[...groups].map(([kind, made]) => node("optgroup", { label: kind }, ...made)));
}

function drawHead(view) {
  const { choices, across, focus, cells, filter, open, turn } = view;
  const at = choices.findIndex((each) => each.id === focus);
  const what = across === "element" ? "Element" : "Case";
  const step = (by, name, key) => node("button", { type: "button", "data-at": name, disabled: !choices[at + by], onclick: () => open(across, choices[at + by].id), "aria-label": `${name} ${what.toLowerCase()}` }, `${name} (${key})`);
  const values = (name) => [...new Set(cells.flatMap((cell) => cell[name].split(", ")).filter(Boolean))].sort();
  const set = (name) => (event) => view.set(name, event.target.value);
  const by = (name, all) => (across === "element" && values(name).length > 1 ? pick(name === "role" ? "Role" : "Scheme", name, [["", all], ...values(name).map((one) => [one, one])], filter[name], set(name)) : null);
  return [
    node("div", { class: "wb-acts" },
      pick("Show", "across", ACROSS, across, (event) => turn(event.target.value)),
      node("label", {}, `${what} `, choose(choices, focus, (id) => open(across, id))), step(-1, "Former", "["), step(1, "Next", "]")),
    node("div", { class: "wb-acts" }, pick("Cells", "cells", CELLS, filter.cells, set("cells")), by("role", "all roles"), by("scheme", "all schemes"),
      node("span", { class: "wb-why" }, `You write as ${view.writer}.`)),
    node("p", { class: "wb-why" }, "n and p go to the next and the former cell, [ and ] to the former and the next element or case; Enter writes, Ctrl+Enter saves, Escape goes back. Leaving a summary saves it. Names are the study's pseudonyms; what is here stays inside."),
  ];
}
