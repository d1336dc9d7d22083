// A block of cells from Excel becomes rows, after a look at how they are to be understood.

import { apply, version } from "./news.js";
import { enqueue, sentenceFor } from "./saving.js";
import { say } from "./say.js";
import { post, root, Unreachable } from "./server.js";

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
  try {
    const headers = { "X-Piece": "1", Accept: "text/html" };
    const { status, body } = await post(root.dataset.paste, fields, headers);
    if (status === 200 || status === 422) dialog.innerHTML = body;
    else keep(fields, WHY[status] ?? sentenceFor(status));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    keep(fields, WHY[error.message]);
  }
  if (!dialog.open) dialog.showModal();
}

const WHY = {
  400: "Det är för mycket att klistra in på en gång. Dela upp det i flera delar.",
  413: "Det är för mycket att klistra in på en gång. Dela upp det i flera delar.",
  utloggad: "Du har loggats ut. Det du klistrade in finns kvar här. Logga in i en ny flik och försök igen.",
  nätet: "Inget nät. Det du klistrade in finns kvar här. Försök igen när nätet är tillbaka.",
};

// What was pasted stands nowhere else: it stays here until it has been shown.
function keep({ text, under, begins }, why) {
  dialog.innerHTML = `<h2 class="ask-title" id="fraga-rubrik">Klistra in åtgärder</h2>
<p class="notice notice-bad" role="alert">${why}</p>
<form method="post" action="${root.dataset.paste}" data-do="paste">
<input type="hidden" name="under"><input type="hidden" name="begins">
<label for="klistra">Det som klistrades in</label>
<textarea id="klistra" name="text" class="form-control" rows="8"></textarea>
<p class="ask-buttons"><button class="btn btn-primary">Visa hur det blir</button> <button type="button" class="btn btn-quiet" data-choice="close">Avbryt</button></p>
</form>`;
  const { elements } = dialog.querySelector("form");
  elements.under.value = under;
  elements.begins.value = begins;
  elements.text.value = text;
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
