// Draws what is settled, and decisions that a correction left without their words.

function settledRow(each, send) {
  const said = `${each.decision}${each.stance ? `, ${each.stance}` : ""}`;
  const turn = each.turn === null ? "" : `turn ${each.turn}`;
  return node("li", { class: "wb-done", tabindex: "-1", "data-key": each.id },
    node("p", {}, node("strong", {}, each.code), ` ${each.name ?? ""} `, node("span", { class: "wb-why" }, turn), " ", node("strong", {}, said)),
    node("p", { class: "wb-context" }, `“${short(each.quote)}”`),
    node("p", {}, `${each.by}, ${when(each.at)} UTC: ${each.why}`),
    each.said.length ? node("p", { class: "wb-why" }, `Coders: ${each.said.join("; ")}.`) : null,
    each.since.length ? node("p", { class: "wb-alert" }, `Coded again since, by ${each.since.join(", ")}: look again.`) : null,
    node("button", { "data-at": "reopen", onclick: () => send({ act: "reopen", id: each.id }), "aria-label": `Reopen ${each.code} ${turn}` }, "Reopen"));
}

function lostRow(each, send) {
  return node("li", { class: "wb-done", "data-key": each.id },
    node("p", { class: "wb-alert" }, `${each.by} settled ${each.code} (${each.decision}: ${each.why}), but since then ${each.because}, so the decision counts nowhere.`),
    node("p", { class: "wb-context" }, `“${short(each.quote)}”`),
    node("button", { "data-at": "reopen", onclick: () => send({ act: "reopen", id: each.id }) }, "Set this decision aside"));
}
