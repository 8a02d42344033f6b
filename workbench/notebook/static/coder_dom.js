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

const STANCES = { supports: "+", contradicts: "−", qualifies: "±" };

const short = (text, most = 60) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

const many = (count, one, several = `${one}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : several}`;

const roleWord = (role) => (role ?? "unknown").replaceAll("_", " ");
