// Rows: a new one at the end of each list, moved with Alt and the arrows or dragged, and taken away.

import { act } from "./doing.js";
import * as drafts from "./drafts.js";
import { beside, focusOn, following } from "./keys.js";
import { apply, version } from "./news.js";
import { enqueue, isCell, putBack, save, sentenceFor } from "./saving.js";
import { ask, mark, say } from "./say.js";
import { post, root } from "./server.js";

const list = (form) => {
  const kind = form.dataset.kind;
  return root.querySelector(`[data-rows="${kind}"][data-under="${form.elements.under.value}"]`);
};

// The field that one goes on to from a new row: the first after the one it began with.
function next(row, name) {
  const fields = [...row.querySelectorAll("textarea, input:not([type=hidden]), select")];
  const begun = fields.findIndex((one) => one.name === name && one.closest(".entry") === row);
  return fields[begun + 1] ?? null;
}

const textOf = (form) => [...form.querySelectorAll("textarea")].at(-1);

// A new row that is on its way: kept in this browser, each by itself, until it is in the plan.
const keep = (draft) => drafts.keep(`ny:${draft.fields.row}`, draft);
const forget = (draft) => drafts.drop(`ny:${draft.fields.row}`);

export function add(form, thenGo) {
  const text = textOf(form);
  if (!text.value.trim()) return Promise.resolve(false);
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken; // it may be old; the header has it
  const { kind } = form.dataset;
  const draft = { kind, url: form.action, name: text.name, fields, at: Date.now() };
  keep(draft);
  form.elements.row.value = crypto.randomUUID();
  text.value = "";
  if (thenGo && kind !== "goal") ahead.set(form, { draft, typed: [] });
  else if (thenGo) focusOn(beside(text, 1));
  return send(draft, form);
}

function send(draft, form) {
  const text = form && textOf(form);
  return enqueue({
    control: text,
    run: async () => {
      const { status, body } = await post(draft.url, { ...draft.fields, seen: version() });
      if (status !== 200) return refused(draft, form, status, body);
      forget(draft);
      if (text) mark(text, "");
      say(`Sparat ${body.at ?? ""}`.trim());
      await apply(body);
      const isAhead = form && ahead.get(form)?.draft === draft;
      const typed = isAhead ? [...ahead.get(form).typed, text.value] : (draft.ahead ?? []);
      const row = document.getElementById(`rad-${draft.fields.row}`);
      if (isAhead) ahead.delete(form);
      if (row && typed.length) {
        const hasFocus = document.activeElement === text;
        if (isAhead) text.value = "";
        goOn(next(row, draft.name), typed, hasFocus);
      }
      return true;
    },
  });
}

// Not taken: what was typed comes back to where it was typed.
async function refused(draft, form, status, body) {
  const gone = status === 410 && (await ask(body.html));
  if (gone.choice === "restore" && (await putBack(gone.address))) {
    send(draft, formOf(draft));
    return false;
  }
  if (gone.choice === "close") forget(draft);
  if (form) {
    const text = textOf(form);
    const isAhead = ahead.get(form)?.draft === draft;
    const more = isAhead ? ahead.get(form).typed : (draft.ahead ?? []);
    if (isAhead) ahead.delete(form);
    text.value = [draft.fields[text.name], ...more].filter(Boolean).join("\n") + text.value;
    form.elements.row.value = draft.fields.row;
    mark(text, "bad", body?.said ?? "Inte sparat");
  }
  if (!gone) say(body?.said ?? sentenceFor(status), "bad");
  return false;
}

// What is typed in a field for a new row while that row is on its way, cell by cell: it belongs in
// the cells of the new row.
const ahead = new Map();

function keepAhead(form) {
  const { draft, typed } = ahead.get(form);
  keep({ ...draft, ahead: [...typed, textOf(form).value] });
}

function goOn(target, typed, hasFocus) {
  if (!target.matches("textarea, input, select") && typed[0]) target = beside(target, 1);
  const words = typed.shift();
  if (words) {
    target.value += words;
    target.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  if (hasFocus) focusOn(target);
  if (!typed.length) return;
  const form = target.closest(".new");
  if (form && form.dataset.kind !== "goal" && target.value.trim()) {
    // Another new row: what is left belongs in its cells, once it is there.
    add(form, true);
    target.value = typed.pop();
    ahead.get(form).typed = typed;
    return;
  }
  const after = following(target);
  if (form) add(form, false);
  else if (isCell(target)) save(target);
  goOn(after, typed, hasFocus);
}

const rowAddress = (row, what) =>
  row.querySelector(`#form-${row.dataset.row}`).action + what;

export function removeRow(row, thenTo) {
  if (!row) return;
  const name = row.getAttribute("aria-label") ?? "Raden";
  act(rowAddress(row, "ta-bort/"), {}, `${name} togs bort. Ångra med Ctrl+Z.`).then((done) => {
    if (!done) return;
    row.remove(); // the hand is still on it
    focusOn(thenTo);
  });
}

export function moveRow(row, step) {
  if (!row) return;
  const along = (one) => (step < 0 ? one.previousElementSibling : one.nextElementSibling);
  let sibling = along(row);
  while (sibling?.classList.contains("is-off")) sibling = along(sibling);
  if (!sibling?.classList.contains("entry")) return;
  const after = step < 0 ? sibling.previousElementSibling : sibling;
  moveTo(row, row.parentElement, after);
}

function moveTo(row, to, after) {
  put(row, { under: to.dataset.under, after: after?.dataset?.row ?? "" });
}

function put(row, fields) {
  const focused = row.contains(document.activeElement) ? document.activeElement : null;
  focused?.blur(); // a row that is written in stays where it is
  act(rowAddress(row, "flytta/"), fields, "Flyttat. Ångra med Ctrl+Z.").then(() => focused?.focus());
}

let dragged = null;

function onDrag(event) {
  const handle = event.target.closest?.("[data-drag]");
  if (!handle) return;
  dragged = handle.closest(".entry");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("application/x-rad", dragged.dataset.row); // no text: a field would take it
  event.dataTransfer.setDragImage(dragged, 0, 0);
}

function spot(event) {
  const kind = dragged?.dataset.kind;
  // An empty list has no height: there the field for a new row speaks for it.
  const form = event.target.closest?.(`.new[data-kind="${kind}"]`);
  const lists = form ? list(form) : event.target.closest?.(`[data-rows="${kind}"]`);
  if (!lists || dragged.contains(lists)) return null;
  const rows = [...lists.children].filter((one) => one !== dragged && one.offsetParent);
  const below = rows.filter((one) => {
    const box = one.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  });
  return { lists, after: below.at(-1) ?? null };
}

export function listenToRows() {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.do === "add") {
      event.preventDefault();
      add(form, false);
    } else if (form.dataset.do === "move") {
      event.preventDefault();
      put(form.closest(".entry"), { under: form.elements.under.value });
    } else if (event.submitter?.matches(".row-remove")) {
      event.preventDefault();
      const row = form.closest(".entry");
      removeRow(row, following([...row.querySelectorAll("textarea, input, select, button, a")].at(-1)));
    }
  });
  root.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".new");
    if (!form || !event.target.matches("textarea") || event.isComposing) return;
    const hasText = event.target.value.trim() !== "";
    if (event.key === "Tab" && !event.shiftKey && ahead.has(form)) {
      event.preventDefault();
      ahead.get(form).typed.push(event.target.value);
      event.target.value = "";
      keepAhead(form);
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && hasText) {
      event.preventDefault();
      add(form, false);
    } else if (event.key === "Tab" && !event.shiftKey && hasText) {
      event.preventDefault();
      add(form, true);
    }
  });
  root.addEventListener("input", ({ target }) => {
    const form = target.closest?.(".new");
    if (ahead.has(form)) keepAhead(form);
  });
  root.addEventListener("focusout", (event) => {
    const form = event.target.closest?.(".new");
    if (form && !form.contains(event.relatedTarget) && !ahead.has(form)) add(form, false);
  });
  root.addEventListener("dragstart", onDrag);
  root.addEventListener("dragover", (event) => spot(event) && event.preventDefault());
  root.addEventListener("drop", (event) => {
    const found = spot(event);
    if (!found) return;
    event.preventDefault();
    moveTo(dragged, found.lists, found.after);
  });
  root.addEventListener("dragend", () => {
    dragged = null;
  });
}

const formOf = ({ kind, fields }) =>
  [...root.querySelectorAll(`.new[data-kind="${kind}"]`)].find(
    (one) => one.elements.under.value === fields.under,
  );

// The new rows that never came to be saved, in the order in which they were typed.
export function resumeNew() {
  const found = drafts.kept().filter(({ key }) => key.startsWith("ny:"));
  for (const draft of found.sort((one, other) => one.at - other.at)) send(draft, formOf(draft));
}
