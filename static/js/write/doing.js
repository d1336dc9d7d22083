// What is done to the plan as a whole: undone, made again.

import { apply, version } from "./news.js";
import { enqueue, putBack, sentenceFor } from "./saving.js";
import { ask, say } from "./say.js";
import { post } from "./server.js";

// Posts and lets the answer take its place. Tells whether it was done.
export function act(url, fields, done = "") {
  return enqueue({
    run: async () => {
      const { status, body } = await post(url, { seen: version(), ...fields });
      if (status === 200) {
        await apply(body);
        say(done || `Sparat ${body.at ?? ""}`.trim());
        return true;
      }
      if (status === 410) {
        const { choice, address } = await ask(body.html);
        if (choice === "restore") await putBack(address);
      } else say(body?.said ?? sentenceFor(status), "bad");
      return false;
    },
  });
}

const address = (name) => document.querySelector(`form[data-do=${name}]`).action;

export const undo = () => act(address("undo"), {}, "Ångrat");
export const redo = () => act(address("redo"), {}, "Gjort om");

export function listenToButtons() {
  document.addEventListener("submit", (event) => {
    const name = event.target.dataset.do;
    if (name !== "undo" && name !== "redo") return;
    event.preventDefault();
    (name === "undo" ? undo : redo)();
  });
}
