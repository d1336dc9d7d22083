// Comments: how many are open and where, and the panel in which they are read and written.

import { post, root, Unreachable } from "../server.js";
import { say } from "../say.js";
import { isOpen, open, panel, refresh } from "./panel.js";

let marks = JSON.parse(panel.dataset.marks);
root.dataset.comments = panel.dataset.comments; // how far the poll has come

const sum = (fields) => Object.values(fields ?? {}).reduce((all, one) => all + one, 0);
const words = (number) => (number === 1 ? "1 öppen kommentar" : `${number} öppna kommentarer`);

function show() {
  for (const link of root.querySelectorAll("[data-do=talk]")) {
    const number = sum(marks.marks[link.dataset.row]);
    link.dataset.open = number || "";
    link.title = number ? words(number) : "Kommentera";
    link.querySelector(".talk-words").textContent = link.title;
    // Where nothing is said Tab goes straight on to the next row: Shift+F2 is the way there.
    link.tabIndex = number ? 0 : -1;
  }
  for (const old of root.querySelectorAll(".cell-talk")) {
    const fields = marks.marks[old.dataset.row];
    if (!fields?.[old.dataset.field]) old.remove();
  }
  for (const [row, fields] of Object.entries(marks.marks)) {
    for (const [field, number] of Object.entries(fields)) {
      const control = field && document.getElementById(`f-${row}-${field}`);
      if (control) markField(control.closest(".cell"), row, field, number);
    }
  }
  for (const count of document.querySelectorAll("[data-count-of=comments]")) {
    count.textContent = marks.open || "";
  }
}

// In the corner of its field, for the pointer. The keyboard has the link of the row, and Shift+F2.
function markField(cell, row, field, number) {
  let mark = cell.querySelector(":scope > .cell-talk");
  if (!mark) {
    mark = document.createElement("button");
    mark.type = "button";
    mark.className = "cell-talk";
    mark.tabIndex = -1;
    mark.dataset.row = row;
    mark.dataset.field = field;
    cell.append(mark);
  }
  mark.textContent = number;
  mark.title = words(number);
  mark.setAttribute("aria-label", words(number));
}

function tell(comments) {
  if (comments.version < marks.version) return;
  marks = comments;
  root.dataset.comments = comments.version;
  show();
}

let lastField = null; // where she was before she pressed the link

function talkAbout(entry, field, from) {
  const link = [...entry.querySelectorAll("[data-do=talk]")].find(
    (one) => one.dataset.row === entry.dataset.row,
  );
  if (link) openTalk(link, field, from);
}

async function openTalk(link, field, from) {
  const url = link.getAttribute("href").split("?")[0];
  if (await open(field ? `${url}?falt=${field}` : url, from)) {
    document.getElementById("kommentar-ny")?.focus();
  }
}

async function send(form) {
  const button = form.querySelector("button:not([type=button])");
  button.disabled = true;
  try {
    const { status, body } = await post(form.action, Object.fromEntries(new FormData(form)));
    if (status !== 200) return refused(form, body?.said ?? "Det gick inte att spara. Texten finns kvar.");
    if (form.elements.text) form.elements.text.value = form.elements.text.defaultValue;
    form.closest(".talk-fold")?.removeAttribute("open");
    tell(body.comments);
    await refresh();
    say(DONE[form.dataset.do]);
    const place = document.getElementById(`kommentar-${body.comment}`);
    (place?.checkVisibility() ? place : document.getElementById("panel-rubrik"))?.focus();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    refused(form, "Inget nät, eller så har du loggats ut. Texten finns kvar här. Försök igen om en stund.");
  } finally {
    button.disabled = false;
  }
}

const DONE = { say: "Kommentaren är sparad", settle: "Sparat" };

function refused(form, sentence) {
  let fault = form.querySelector(".talk-fault");
  if (!fault) {
    fault = document.createElement("p");
    fault.className = "talk-fault";
    fault.setAttribute("role", "alert");
    form.append(fault);
  }
  fault.textContent = sentence;
}

export function listenToTalk() {
  root.addEventListener("focusin", (event) => {
    if (event.target.closest("[data-field]")) lastField = event.target;
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-do=talk]");
    if (link) {
      event.preventDefault();
      const entry = link.closest(".entry");
      const isHere = lastField?.isConnected && lastField.closest(".entry") === entry && entry;
      openTalk(link, isHere ? lastField.closest("[data-field]").dataset.field : "", link);
      return;
    }
    const mark = event.target.closest(".cell-talk");
    if (mark) talkAbout(mark.closest(".entry"), mark.dataset.field, mark.parentElement.querySelector("textarea, input, select"));
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "F2" || !event.shiftKey) return;
    const entry = event.target.closest(".entry");
    if (!entry) return;
    event.preventDefault();
    talkAbout(entry, event.target.closest("[data-field]")?.dataset.field, event.target);
  });
  panel.addEventListener("submit", (event) => {
    if (!["say", "settle"].includes(event.target.dataset.do)) return;
    event.preventDefault();
    send(event.target);
  });
  root.addEventListener("news", ({ detail }) => {
    if (detail.comments) {
      const isNew = detail.comments.version > marks.version;
      tell(detail.comments);
      if (isNew && isOpen() && panel.querySelector(".thread, .talk-form")) refresh();
    } else if (detail.rows.length) show();
  });
  show();
}
