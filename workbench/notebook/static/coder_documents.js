// The study's transcripts, with how far each is, to open one; and the help.

function documentsOf(desk, hooks) {
  const el = node("section", { class: "wb-documents", "aria-label": "Transcripts", hidden: true });

  function draw() {
    const rows = desk.documents.map((each) => node("tr", { class: each.document === desk.doc?.document ? "wb-open" : "" },
      node("td", {}, node("button", { type: "button", disabled: !desk.live(), onclick: () => hooks.open(each.document) }, each.document)),
      node("td", {}, each.title === each.document ? "" : each.title), node("td", {}, roleWord(each.role)), ...[each.words, each.mine, each.suggestions].map((count) =>
        node("td", { class: "wb-number" }, count.toLocaleString("en-GB"))),
      node("td", {}, [each.finished ? "✓ finished" : each.mine ? "begun" : "", each.waiting ? `${many(each.waiting, "coding")} to place` : ""].filter(Boolean).join(", "))));
    const finished = desk.documents.filter((each) => each.finished).length;
    const back = desk.doc ? node("button", { type: "button", onclick: () => hooks.back() }, `Back to ${desk.doc.document}`) : "";
    el.replaceChildren(back, node("p", {}, `${finished} of ${many(desk.documents.length, "transcript")} finished by you.`),
      node("div", { class: "wb-table" }, node("table", {}, node("thead", {}, node("tr", {}, ...["Document", "Title", "Role", "Words", "Your codings", "Suggestions open", "State"].map((name) =>
        node("th", { scope: "col" }, name)))), node("tbody", {}, ...rows))));
  }
  return { el, draw };
}

function helpOf(close) {
  const part = ([name, rows]) => node("section", {}, node("h4", {}, name),
    ...rows.map(([keys, does]) => node("div", { class: "wb-key" }, node("kbd", {}, keys), node("span", {}, does))));
  return node("div", { class: "wb-help", role: "dialog", "aria-label": "Keys", tabindex: "-1", hidden: true },
    node("button", { type: "button", onclick: close }, "Close (Escape)"), node("div", { class: "wb-help-parts" }, ...KEYS.map(part)),
    node("p", { class: "wb-quiet" }, "Full stripes are yours, hollow ones those of others, dotted ones suggestions. With a screen reader, keys reach the transcript in its focus mode (NVDA: Insert+Space)."));
}
