// Above the transcript: where one is, who codes, what was saved, and a button for what the keys do.

function toolbarOf(desk, hooks) {
  const title = node("h2", {});
  const facts = node("p", { class: "wb-facts" });
  const status = node("p", { class: "wb-status", role: "status", "aria-live": "polite" });
  const spoken = node("p", { class: "wb-hidden", "aria-live": "polite" });
  const stopped = node("p", { class: "wb-stopped", role: "alert", hidden: true });
  const others = node("div", { class: "wb-coders", role: "group", "aria-label": "Whose codings are shown" });
  const slots = node("div", { class: "wb-slots", role: "group", "aria-label": "Recent codes" });
  const finish = node("button", { type: "button", onclick: () => hooks.do("finish") });
  const search = node("input", { type: "search", "aria-label": "Search in this document", placeholder: "Search (/)" });
  const hits = node("span", { class: "wb-quiet", "aria-live": "polite" });
  search.addEventListener("input", () => hooks.search(search.value));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") hooks.do(event.shiftKey ? "hitBack" : "hit");
    else if (event.key === "Escape") (search.value = ""), hooks.search(""), hooks.back();
    else return;
    event.preventDefault();
  });
  const button = (name, act, key) => node("button", { type: "button", onclick: () => hooks.do(act), "data-act": act, title: key ? `Key: ${key}` : null }, key ? `${name} (${key})` : name);
  const bar = node("div", { class: "wb-bar-of-acts", role: "toolbar", "aria-label": "Coding" },
    button("Documents", "documents"), button("◀", "before"), button("▶", "after"),
    button("Code", "palette", "c"), button("Undo", "undo", "u"), button("Redo", "redo", "U"),
    button("Suggestion", "suggestion", "n"), button("Uncoded turn", "uncoded", "t"), button("Disagreement", "differs", "d"),
    finish, button("Keys", "help", "?"), search, hits);
  bar.querySelector("[data-act=before]").setAttribute("aria-label", "The document before");
  bar.querySelector("[data-act=after]").setAttribute("aria-label", "The next document");
  const el = node("header", {}, title, facts, bar, node("div", { class: "wb-shown" }, others, slots), status, spoken);
  const reading = ["documents", "before", "after", "palette", "undo", "redo"]; // what needs Python

  function draw() {
    const { doc } = desk;
    bar.hidden = others.hidden = slots.hidden = !doc || hooks.listing();
    const blind = desk.blind && doc && !desk.finished.includes(desk.coder);
    title.replaceChildren(doc ? doc.title || doc.document : "Transcripts", ...(doc && doc.title && doc.title !== doc.document ? [node("small", {}, ` ${doc.document}`)] : []));
    facts.replaceChildren(node("span", {}, "Coding as ", node("strong", {}, desk.coder)),
      (doc ? doc.fictional : desk.fictional) ? node("span", { class: "wb-fictional" }, "Fictional") : "",
      desk.blind ? node("span", {}, !blind ? "Blind until finished" : desk.lifted ? "No longer blind: you had finished this document once, and saw the codings of others"
        : "Blind: the codings of others stay hidden until you have finished this document") : "",
      doc ? node("span", {}, `${many(desk.codings.filter((row) => row.coder === desk.coder).length, "coding")} of yours, ${many(desk.suggestions.filter((row) => !row.decided).length, "suggestion")} open`) : "");
    if (!doc) return;
    const done = desk.finished.includes(desk.coder);
    finish.textContent = done ? "Finished: take it back" : desk.sure ? "I have finished: show what others coded" : "I have finished";
    finish.setAttribute("aria-pressed", String(done));
    for (const each of bar.querySelectorAll("button")) each.disabled = !desk.live() && (reading.includes(each.dataset.act) || each === finish);
    bar.querySelector("[data-act=differs]").disabled = Boolean(blind);
    refill(others, shown());
    refill(slots, desk.slots.map((code, number) => node("button", {
      type: "button", style: `--c:${desk.colour(code)}`, title: desk.name(code), disabled: !desk.live(), onclick: () => hooks.slot(number),
      "aria-label": `Give ${code} ${desk.name(code)}, key ${number + 1}` }, node("kbd", {}, String(number + 1)), ` ${code}`)));
  }

  function shown() {
    const boxes = [...desk.coders(), ...(desk.suggestions.length ? ["?"] : [])].map((name) => {
      const count = name === "?" ? desk.suggestions.filter((row) => !row.decided).length : desk.codings.filter((row) => row.coder === name).length;
      const says = name === "?" ? "suggestions" : name === desk.coder ? `${name} (you)` : name;
      const box = node("input", { type: "checkbox", onchange: () => hooks.toggle(name) });
      box.checked = !desk.hidden.has(name);
      return node("label", { class: name === "?" ? "wb-suggested" : name === desk.coder ? "wb-own" : "wb-theirs" }, box, ` ${says} ${count}`,
        name !== "?" && desk.finished.includes(name) ? " ✓ finished" : "", desk.hidden.has(name) ? " – hidden" : "");
    });
    return boxes.length ? ["Shown: ", ...boxes] : [];
  }

  return {
    el, draw, search, stopped,
    say(text) {
      spoken.textContent = text;
    },
    hits(text) {
      hits.textContent = text;
    },
    tell(text, refused = false) {
      status.textContent = text;
      status.classList.toggle("wb-refused", refused);
    },
    stop(text) {
      stopped.hidden = !text;
      stopped.textContent = text;
    },
  };
}
