// What the commands do. Python is asked for every change; nothing here changes a coding on the screen.

function doingsOf(desk, screen) {
  const { ask, tell, select, pick, go } = screen;
  const own = () => {
    const row = desk.row(desk.picked);
    if (!row) return tell("Choose a coding first: click its stripe, or press o.", true), null;
    if (row.kind === "coding" && row.coder !== desk.coder) return tell(`Only ${row.coder} can change that coding. Press c to code the passage as your own.`, true), null;
    return row;
  };
  const passage = () => {
    const row = desk.row(desk.picked), { start, end } = row ?? desk.span();
    const [first, last] = trimmed(desk.doc.text, start, end); // a blank at an edge would count as disagreement
    if (first < last) return { start: first, end: last };
    const [from, to] = turnAround(desk.doc, pieceAt(desk.doc.pieces, start));
    select(from, to);
    return { start: from, end: to };
  };
  const give = (code, range = passage()) => {
    desk.use(code);
    ask({ act: "code", code, ...inPoints(range, desk.doc.offsets) });
  };
  const stance = (name) => () => {
    const row = own();
    if (row?.kind === "suggestion") tell("Accept the suggestion first (a), then say what it says about the code.", true);
    else if (row) ask({ act: "stance", coding: row.id, stance: row.stance === name ? null : name });
  };
  const edge = (side) => () => {
    const row = own();
    if (!row) return;
    desk.edge = { id: row.id, start: desk.edge?.start ?? row.start, end: desk.edge?.end ?? row.end, side };
    tell(`Moving the ${side === "start" ? "beginning" : "end"}: arrows, then Enter; Escape leaves it as it was.`);
    screen.redraw();
  };
  const keepEdge = () => {
    const { id, start, end } = desk.edge, row = desk.row(id);
    desk.edge = null;
    screen.redraw();
    if (row.start === start && row.end === end) return tell("Nothing was moved.");
    const range = inPoints({ start, end }, desk.doc.offsets);
    if (row.kind === "suggestion") ask({ act: "accept", suggestion: id, ...range });
    else ask({ act: "change", coding: id, ...range });
    return undefined;
  };
  const towards = (rows, step, none) => () => {
    const { start, end } = desk.span(), row = nextOf(rows(), step > 0 && !desk.picked && start === end ? start - 1 : start, step);
    if (!row) tell(none);
    else if (row.kind) pick(row.id, true);
    else select(row.start, row.end), go(row.start), tell(`Turn of ${row.speaker}, ${roleWord(row.role)}.`);
  };
  const turnsFrom = (rows, step, none) => () => {
    const here = turnAround(desk.doc, pieceAt(desk.doc.pieces, desk.span().start))[0];
    const row = nextOf(rows(), here, step);
    if (!row) return tell(none);
    select(row.start, row.end);
    go(row.start);
    return tell(`${row.speaker}, ${roleWord(row.role)}: this turn is selected.`);
  };
  const uncoded = () => uncodedTurns(desk.doc.turns, desk.codings, desk.coder);
  const differing = () => (desk.blind && !desk.finished.includes(desk.coder) ? [] : disagreements(desk.doc.turns, desk.codings, desk.coder, desk.finished));
  const nobody = () => (desk.blind && !desk.finished.includes(desk.coder) ? "Blind: the codings of others are hidden until you have finished this document."
    : desk.finished.some((name) => name !== desk.coder) ? "No turn in which another coder who has finished differs." : "No other coder has finished this document.");
  const hit = (step) => () => {
    const place = nextOf(desk.places, desk.span().start, step);
    if (!place) return tell("Nothing was searched, or nothing was found.");
    select(place.start, place.end);
    return go(place.start);
  };
  const unlessEdge = (then) => () => (desk.edge ? keepEdge() : then());

  return {
    palette: unlessEdge(() => {
      const range = passage();
      screen.palette(`Code “${short(desk.doc.text.slice(range.start, range.end), 70)}” with:`, (code) => give(code, range));
    }),
    last: () => (desk.recent.length ? give(desk.recent[0]) : tell("No code was given yet: press c.", true)),
    slot: (number) => (desk.slots[number] ? give(desk.slots[number]) : tell(`No code is on ${number + 1} yet.`, true)),
    supports: stance("supports"), contradicts: stance("contradicts"), qualifies: stance("qualifies"), silent: stance("silent"),
    memo: () => own()?.kind === "coding" && screen.memo(),
    recode: () => {
      const row = own();
      if (!row) return;
      screen.palette(row.kind === "suggestion" ? `Accept the suggestion, not as ${row.code} but as:` : `Instead of ${row.code}:`, (code) => {
        desk.use(code);
        ask(row.kind === "suggestion" ? { act: "accept", suggestion: row.id, code } : { act: "change", coding: row.id, code });
      });
    },
    edgeStart: edge("start"), edgeEnd: edge("end"), keepEdge,
    remove: () => {
      const row = own();
      if (row) ask(row.kind === "suggestion" ? { act: "reject", suggestion: row.id } : { act: "uncode", coding: row.id });
    },
    undo: () => ask({ act: "undo" }), redo: () => ask({ act: "redo" }),
    suggestion: towards(desk.undecided, 1, "No suggestion is open here."), suggestionBack: towards(desk.undecided, -1, "No suggestion is open here."),
    accept: () => {
      const row = own();
      if (row?.kind !== "suggestion") return row && tell("That is a coding already; n goes to the next suggestion.", true);
      if (desk.edge) return keepEdge();
      desk.use(row.code);
      return ask({ act: "accept", suggestion: row.id });
    },
    reject: () => {
      const row = own();
      if (row?.kind === "suggestion") ask({ act: "reject", suggestion: row.id });
      else if (row) tell("That is a coding; Delete takes it away.", true);
    },
    uncoded: turnsFrom(uncoded, 1, "Every turn of the people asked has a coding of yours."), uncodedBack: turnsFrom(uncoded, -1, "Every turn of the people asked has a coding of yours."),
    differs: () => turnsFrom(differing, 1, nobody())(), differsBack: () => turnsFrom(differing, -1, nobody())(),
    cycle: () => {
      const row = cycled(desk.rows.filter((each) => overlaps(each, desk.wide())), desk.picked);
      if (row) pick(row.id, false, false);
      else tell("Nothing is coded at this place.");
    },
    backlight: () => {
      const row = desk.row(desk.picked);
      desk.lit = desk.lit || !row ? null : row.code;
      tell(desk.lit ? `Only ${desk.lit} is lit; b again lights all.` : row ? "All text is lit." : "Choose a coding first: b then lights its code.");
      screen.redraw();
    },
    others: () => {
      const names = desk.coders().filter((name) => name !== desk.coder), shown = names.some((name) => !desk.hidden.has(name));
      for (const name of names) desk.hidden[shown ? "add" : "delete"](name);
      desk.refresh();
      tell(names.length ? (shown ? `Hidden: ${names.join(", ")}. h shows them again.` : "All coders are shown.") : "Nobody else has coded this document.");
      screen.redraw();
    },
    hit: hit(1), hitBack: hit(-1),
    finish: () => ask(desk.finished.includes(desk.coder) ? { act: "unfinish" } : { act: "finish", sure: desk.sure }),
    all: () => tell("Press c with nothing selected to code a whole turn."),
    search: screen.search, help: screen.help, documents: screen.documents, before: () => screen.neighbour(-1), after: () => screen.neighbour(1),
    escape: screen.escape,
  };
}
