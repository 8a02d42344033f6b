// Keys: which row they go to, and which of them JupyterLab hears of.

// JupyterLab listens on the page: "d d" would remove the cell, "0 0" restart the kernel. Only saving is left to it.
function keepFromLab(event) {
  const saves = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";
  if (!saves) event.stopPropagation();
}

function steps(list) {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows = event.target.closest("input, select") ? {} : { ArrowDown: 1, ArrowUp: -1 };
    const letters = event.target.closest("input[type=text], select") ? {} : { n: 1, j: 1, p: -1, k: -1 };
    const step = { ...arrows, ...letters }[event.key];
    if (!step) return;
    const rows = [...list.children];
    const at = rows.indexOf(event.target.closest("li"));
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    event.preventDefault();
  };
}
