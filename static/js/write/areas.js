// The areas of a report, one after the other: how each has changed, by a button or a key, beside what
// was said of it the last time.

import { act } from "./doing.js";
import { focusOn } from "./keys.js";
import { isCell, save } from "./saving.js";
import { say } from "./say.js";
import { root } from "./server.js";

const areaOf = (element) => element.closest?.(".entry-area");
const unchangedIn = (area) => area?.querySelector(":scope > .of-area form[data-do=unchanged]");

// The next that is left, as the list of them says; where no list is kept, simply the next.
function after(area) {
  const list = document.getElementById("klara");
  const follows = (one) => area.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (!list) return [...root.querySelectorAll(".entry-area")].find(follows);
  const left = [...list.querySelectorAll("a")].map(({ hash }) => document.getElementById(hash.slice(1)));
  return left.find((one) => one && follows(one)) ?? left[0];
}

function goTo(area) {
  area?.scrollIntoView({ block: "start" });
  area?.querySelector(".new-deviation button")?.focus({ preventScroll: true });
}

async function unchanged(form, words) {
  const area = areaOf(form);
  const writing = document.activeElement;
  if (isCell(writing)) save(writing); // before anything comes in its place
  if (!(await act(form.action, words ? { words: "1" } : {}))) return;
  const name = area.querySelector("[name=heading]").value;
  const done = document.getElementById("klara-antal")?.textContent;
  say([`${name}: ej förändrat`, done, "Ångra med Ctrl+Z"].filter(Boolean).join(". ") + ".");
  goTo(after(area));
}

function choose(form) {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken; // it may be old; the header has it
  form.elements.row.value = crypto.randomUUID();
  act(form.action, fields).then((done) => {
    if (done) focusOn(document.getElementById(`f-${fields.row}-text`));
  });
}

export function listenToAreas() {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.do === "unchanged") unchanged(form, event.submitter?.name === "words");
    else if (form.dataset.do === "choose") choose(form);
    else return;
    event.preventDefault();
  });
  root.addEventListener("keydown", (event) => {
    const form = event.key === "F8" && unchangedIn(areaOf(event.target));
    if (!form) return;
    event.preventDefault();
    if (!event.repeat) unchanged(form, event.shiftKey);
  });
  // Beside what is written there is room for it open; above it, it is folded.
  if (matchMedia("(min-width: 72rem)").matches) {
    for (const before of root.querySelectorAll(".before")) before.open = true;
  }
}
