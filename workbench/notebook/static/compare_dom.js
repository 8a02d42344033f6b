// Makes elements, and keeps the focus where it was.

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") made[name] = value;
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const option = (value, said, chosen) => {
  const made = node("option", {}, said);
  made.value = value;
  made.selected = value === chosen;
  return made;
};

function pick(label, name, choices, chosen, change) {
  return node("label", {}, `${label} `, node("select", { "data-at": name, onchange: change },
    ...choices.map(([value, said]) => option(value, said, chosen))));
}

// Put the focus, and the caret, back where it was in what is drawn anew.
function keepFocus(within, redraw) {
  const root = within.getRootNode();
  const at = root.activeElement && within.contains(root.activeElement) ? root.activeElement : null;
  const row = at?.closest("[data-key]")?.dataset.key, name = at?.dataset.at;
  const caret = at && at.type === "text" ? [at.selectionStart, at.selectionEnd] : null;
  redraw();
  if (!at || at.isConnected) {
    if (at && root.activeElement !== at) at.focus();
    return true;
  }
  const scope = row && within.querySelector(`[data-key="${CSS.escape(row)}"]`);
  const again = name ? (scope || (row && !within.closest?.("[data-key]") ? null : within))?.querySelector(`[data-at="${CSS.escape(name)}"]`) : scope;
  if (!again) return false;
  again.focus({ preventScroll: true });
  if (caret && again.type === "text") again.setSelectionRange(...caret);
  return true;
}

function chosenPoints(words) {
  const selection = words.getRootNode().getSelection?.() ?? document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return null;
  const before = range.cloneRange();
  before.selectNodeContents(words);
  before.setEnd(range.startContainer, range.startOffset);
  const said = range.toString();
  const lead = points(said.match(/^\s*/u)[0]).length;
  const start = points(before.toString()).length + lead;
  const end = start - lead + points(said.trimEnd()).length;
  return start < end ? { start, end } : null;
}
