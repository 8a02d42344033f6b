// Makes elements: `node("p", { class: "x", onclick: f }, "text", child)`.

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// Put these in the place of what an element held; the focus stays where it was among them.
function refill(element, fresh) {
  const stops = () => [...element.querySelectorAll("button, input")];
  const at = stops().indexOf(document.activeElement);
  element.replaceChildren(...fresh);
  if (at >= 0) stops()[at]?.focus({ preventScroll: true });
}

const STANCES = { supports: "+", contradicts: "−", qualifies: "±", silent: "○" };

const short = (text, most = 60) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

const many = (count, one, several = `${one}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : several}`;

const roleWord = (role) => (role ?? "unknown").replaceAll("_", " ");
