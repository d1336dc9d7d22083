// A block of cells from Excel becomes rows, after a look at how they are to be understood.

import { apply, version } from "./news.js";
import { enqueue, sentenceFor } from "./saving.js";
import { say } from "./say.js";
import { post, root } from "./server.js";

const dialog = document.getElementById("fraga");
const COLUMNS = new Set(["description", "timing", "responsible", "follow_up_plan", "name"]);

const isBlock = (text) => text.includes("\t") && text.trim() !== "";

function placeOf(control) {
  const form = control.closest(".new");
  if (form) return form.elements.under.value;
  const list = control.closest(".entry-action")?.parentElement;
  return list?.dataset.under ?? "";
}

async function show(fields) {
  const { body } = await post(root.dataset.paste, fields, { "X-Piece": "1", Accept: "text/html" });
  dialog.innerHTML = body;
  if (!dialog.open) dialog.showModal();
}

export function listenToPaste() {
  root.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const control = event.target;
    if (!isBlock(text) || !control.matches("textarea, input")) return;
    const under = placeOf(control);
    if (!under) return; // elsewhere than among the actions it is text
    event.preventDefault();
    const begins = COLUMNS.has(control.name) ? control.name : "goals";
    show({ text, under, begins, show: "1" });
  });
  dialog.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.do !== "paste") return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    if (!fields.do) {
      show(fields);
      return;
    }
    enqueue({
      run: async () => {
        const { status, body } = await post(form.action, { ...fields, seen: version() });
        if (status === 200) {
          dialog.close();
          await apply(body);
          say(`${body.said} Ångra med Ctrl+Z.`);
        } else if (status === 422) await show({ ...fields, show: "1" });
        else say(body?.said ?? sentenceFor(status), "bad");
      },
    });
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-do=paste] [data-choice=close]")) {
      event.preventDefault();
      dialog.close();
    }
  });
}
