// Rows: a new one at the end of each list, moved with Alt and the arrows or dragged, and taken away.

import { act } from "./doing.js";
import * as drafts from "./drafts.js";
import { beside, focusOn, following } from "./keys.js";
import { apply, version } from "./news.js";
import { enqueue, isCell, save, sentenceFor } from "./saving.js";
import { mark, say } from "./say.js";
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

export function add(form, thenGo) {
  const text = [...form.querySelectorAll("textarea")].at(-1);
  if (!text.value.trim()) return Promise.resolve(false);
  const fields = Object.fromEntries(new FormData(form));
  const uuid = fields.row;
  const key = `${form.dataset.kind}|${fields.under}`;
  drafts.keep(`ny:${key}`, { value: text.value });
  form.elements.row.value = crypto.randomUUID();
  text.value = "";
  const goesInto = thenGo && form.dataset.kind !== "goal";
  if (goesInto) ahead.set(form, []);
  else if (thenGo) focusOn(beside(text, 1));
  return enqueue({
    control: text,
    run: async () => {
      const { status, body } = await post(form.action, { ...fields, seen: version() });
      if (status !== 200) {
        // Not taken: what was typed comes back to where it was typed.
        ahead.delete(form);
        text.value = fields[text.name] + text.value;
        form.elements.row.value = uuid;
        mark(text, "bad", body?.said ?? "Inte sparat");
        say(body?.said ?? sentenceFor(status), "bad");
        return false;
      }
      drafts.drop(`ny:${key}`);
      mark(text, "");
      say(`Sparat ${body.at ?? ""}`.trim());
      await apply(body);
      const row = document.getElementById(`rad-${uuid}`);
      if (goesInto && row) {
        const typed = [...ahead.get(form), text.value];
        ahead.delete(form);
        text.value = "";
        goOn(next(row, text.name), typed, document.activeElement === text);
      }
      return true;
    },
  });
}

// What is typed in a field for a new row while that row is on its way, cell by cell: it belongs in
// the cells of the new row.
const ahead = new Map();

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
    ahead.set(form, typed);
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
  act(rowAddress(row, "ta-bort/"), {}, `${name} togs bort. Ångra med Ctrl+Z.`).then(
    (done) => done && focusOn(thenTo),
  );
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
      ahead.get(form).push(event.target.value);
      event.target.value = "";
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
    dragged = null;
  });
}

export function resumeNew() {
  for (const { key, value } of drafts.kept().filter((one) => one.key.startsWith("ny:"))) {
    const [kind, under] = key.slice(3).split("|");
    const form = [...root.querySelectorAll(`.new[data-kind="${kind}"]`)].find(
      (one) => one.elements.under.value === under,
    );
    if (form && list(form)) [...form.querySelectorAll("textarea")].at(-1).value = value;
    drafts.drop(key);
  }
}
