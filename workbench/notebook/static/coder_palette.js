// Find a code by typing: what fits, recent first, with what the code means beside it.

function paletteOf(desk, hooks) {
  const id = `wb-codes-${Math.random().toString(36).slice(2)}`;
  const says = node("p", { class: "wb-palette-says", id: `${id}-says` });
  const typed = node("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": id, "aria-autocomplete": "list",
    "aria-label": "Find a code by its id, name or meaning", "aria-describedby": `${id}-says`, autocomplete: "off", spellcheck: "false", placeholder: "id, name or words of the definition" });
  const list = node("ul", { role: "listbox", id, "aria-label": "Codes" });
  const about = node("div", { class: "wb-about" });
  const box = node("div", { class: "wb-palette", role: "dialog", "aria-label": "Codes", hidden: true },
    says, typed, node("div", { class: "wb-palette-body" }, list, about));
  let fitting = [], at = 0, then = null;

  function draw() {
    fitting = found(desk.codes, typed.value.trim(), desk.recent).slice(0, 60);
    at = Math.min(at, Math.max(0, fitting.length - 1));
    list.replaceChildren(...fitting.map((code, number) => node("li", {
      role: "option", id: `${id}-${number}`, "aria-selected": String(number === at), style: `--c:${desk.colour(code.id)}`,
      onmousedown: (event) => event.preventDefault(), onclick: () => choose(number), onmousemove: () => at !== number && go(number),
    }, node("b", {}, code.id), " ", code.name, desk.slots.includes(code.id) && node("kbd", {}, String(desk.slots.indexOf(code.id) + 1)))));
    if (!fitting.length) list.append(node("li", { class: "wb-none" }, "No code fits. A retired code is not offered."));
    mark();
  }

  function go(number) {
    at = Math.max(0, Math.min(fitting.length - 1, number));
    for (const [each, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(each === at));
    mark();
  }

  function mark() {
    typed.setAttribute("aria-activedescendant", fitting.length ? `${id}-${at}` : "");
    list.children[at]?.scrollIntoView?.({ block: "nearest" });
    about.replaceChildren(...(fitting[at] ? meaning(fitting[at]) : []));
  }

  function choose(number) {
    const code = fitting[number];
    if (!code) return;
    close();
    then(code.id);
  }

  function open(saying, chosen) {
    then = chosen;
    says.textContent = saying;
    typed.value = "";
    at = 0;
    box.hidden = false;
    draw();
    typed.focus();
  }

  function close() {
    box.hidden = true;
    hooks.back();
  }

  typed.addEventListener("input", () => {
    at = 0;
    draw();
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) go(at + step);
    else if (event.key === "Enter") choose(at);
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
  });
  box.addEventListener("focusout", (event) => {
    if (!box.hidden && event.relatedTarget && !box.contains(event.relatedTarget)) box.hidden = true;
  });
  return { el: box, open, close, isOpen: () => !box.hidden };
}

// Return what a code means, as its codebook says it.
function meaning(code) {
  const parts = [["", code.definition], ["Include: ", code.include], ["Exclude: ", code.exclude], ["Example: ", code.example], ["Near miss: ", code.near_miss]];
  return [
    node("h4", {}, `${code.id} ${code.name}`),
    node("p", { class: "wb-quiet" }, code.kind),
    ...parts.filter(([, said]) => said).map(([name, said]) => node("p", {}, name && node("b", {}, name), said)),
  ];
}
