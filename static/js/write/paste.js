// What is copied in Excel, Word or Teams becomes rows, after a look at how it is understood.

import { apply, version } from "./news.js";
import { enqueue, sentenceFor } from "./saving.js";
import { say } from "./say.js";
import { post, root, Unreachable } from "./server.js";

const dialog = document.getElementById("fraga");
const MOST_HTML = 1_000_000; // of more than that the words are read, and not how they stood
const ITEM = /^\s*(?:[•·●▪■◦o*–—-]|\d+[.)])\s/;

const linesOf = (text) => text.split(/\r?\n/).filter((line) => line.trim());

const isList = (html, text) =>
  linesOf(text).length > 1 &&
  (/<li[\s>]|mso-list:/i.test(html) || linesOf(text).every((line) => ITEM.test(line)));

// A single cell is text, also when it has line breaks in it.
const isTable = (html, text) =>
  /<table[\s>]/i.test(html)
    ? (html.match(/<t[dh][\s>]/gi) ?? []).length > 1
    : text.includes("\t") && !linesOf(text).every((line) => ITEM.test(line));

// The rows that come of it hang on what it was pasted in.
function placeOf(control, form) {
  if (form) return form.elements.under.value;
  const list = control.closest(".entry-action")?.parentElement;
  if (list?.dataset.under) return list.dataset.under;
  const row = control.closest(".entry-cause, .entry-problem, .entry-area");
  return row ? `${row.dataset.kind}:${row.dataset.row}` : "";
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
function keep({ text, html = "", under, begins }, why) {
  dialog.innerHTML = `<h2 class="ask-title" id="fraga-rubrik">Klistra in åtgärder</h2>
<p class="notice notice-bad" role="alert">${why}</p>
<form method="post" action="${root.dataset.paste}" data-do="paste">
<input type="hidden" name="under"><input type="hidden" name="begins"><input type="hidden" name="html">
<label for="klistra">Det som klistrades in</label>
<textarea id="klistra" name="text" class="form-control" rows="8"></textarea>
<p class="ask-buttons"><button class="btn btn-primary">Visa hur det blir</button> <button type="button" class="btn btn-quiet" data-choice="close">Avbryt</button></p>
</form>`;
  const { elements } = dialog.querySelector("form");
  elements.under.value = under;
  elements.begins.value = begins;
  elements.text.value = text;
  elements.html.value = html;
  elements.text.addEventListener("input", () => (elements.html.value = ""));
}

export function listenToPaste() {
  root.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const html = event.clipboardData?.getData("text/html") ?? "";
    const control = event.target;
    if (!text.trim() || !control.matches("textarea, input")) return;
    const form = control.closest(".new-action, .new-cause, .new-problem");
    if (!isTable(html, text) && !(form && isList(html, text))) return;
    const under = placeOf(control, form);
    if (!under) return; // elsewhere than in an area it is text
    event.preventDefault();
    const begins = `${control.closest("[data-kind]").dataset.kind}.${control.name}`;
    show({ text, html: html.length > MOST_HTML ? "" : html, under, begins, show: "1" });
  });
  dialog.addEventListener("change", (event) => {
    const form = event.target.closest("[data-do=paste]");
    if (!form || !event.target.matches("select")) return;
    const { id } = event.target;
    show(Object.fromEntries(new FormData(form))).then(() => document.getElementById(id)?.focus());
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
