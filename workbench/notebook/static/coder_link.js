// Speaks with Python, and notices when nobody answers.

const LOOK = 4000; // how often the screen asks whether anybody else wrote
const SILENT = 6000; // so long without an answer, and the screen may not be trusted
const ENDED = ["dead", "restarting", "autorestarting", "terminating"];

function linkOf(model, { onAnswer, onState, looking }) {
  const tab = Math.random().toString(36).slice(2);
  const waiting = new Map(); // what was asked and not answered yet
  let number = 0, state = "live", timer = null;
  const kernel = () => {
    try {
      return model.widget_manager?.kernel ?? null;
    } catch {
      return null;
    }
  };

  function ask(message) {
    number += 1;
    waiting.set(number, { message, since: Date.now() });
    try {
      model.send({ ...message, id: number, tab });
    } catch {
      become("stopped");
    }
    if (message.act !== "look") onState(state, acts());
    return number;
  }

  const acts = () => [...waiting.values()].map((each) => each.message).filter((message) => message.act !== "look");

  function become(next) {
    if (next === state) return;
    state = next;
    onState(state, acts());
  }

  function heard(answer) {
    if (answer.tab !== tab) return;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    for (const each of waiting.values()) each.since = Date.now(); // somebody is there: what waits is in the queue
    become("live");
    onAnswer(answer, asked?.message ?? {});
    if (asked?.message.act !== "look") onState(state, acts());
  }

  function watch() {
    const status = kernel()?.status;
    if (ENDED.includes(status)) return become("stopped");
    const oldest = Math.min(...[...waiting.values()].map((each) => each.since));
    const silent = Date.now() - oldest > SILENT;
    if (silent) become(status === "busy" ? "busy" : kernel()?.connectionStatus === "connecting" ? "offline" : "stopped");
    else if (document.visibilityState === "visible" && waiting.size === 0 && looking() && Date.now() - looked > LOOK) {
      looked = Date.now();
      ask({ act: "look", document: looking() });
    }
    return undefined;
  }

  let looked = Date.now();
  const ended = (_kernel, status) => ENDED.includes(status) && become("stopped");
  const watched = kernel();
  watched?.statusChanged?.connect(ended);
  model.on("msg:custom", heard);
  timer = setInterval(watch, 1000);
  const unsaved = (event) => acts().length && event.preventDefault();
  window.addEventListener("beforeunload", unsaved);
  return {
    ask,
    acts,
    live: () => state === "live",
    state: () => state,
    close() {
      clearInterval(timer);
      watched?.statusChanged?.disconnect(ended);
      model.off("msg:custom", heard);
      window.removeEventListener("beforeunload", unsaved);
    },
  };
}
