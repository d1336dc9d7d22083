// The keys of a spreadsheet: from field to field with Tab and the arrows, Enter to write, Esc to
// leave. In a field that is being written in, the arrows go in its text.

import { redo, undo } from "./doing.js";
import { moveRow, removeRow } from "./rows.js";
import { isCell, isDirty, save } from "./saving.js";
import { root } from "./server.js";

let writing = null; // the control whose text the arrows go in

const FIELDS = "textarea, input:not([type=hidden]), select";

// The nearest that is seen, that way from the control. Only those on the way are looked at.
function nearest(selector, control, step, isSought = () => true) {
  const all = [...root.querySelectorAll(selector)];
  let place = all.indexOf(control) + step;
  if (!all.includes(control)) {
    place = all.findIndex((one) => control.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  }
  while (all[place] && !(isSought(all[place]) && all[place].checkVisibility())) place += step;
  return all[place];
}

export function focusOn(control) {
  if (!control) return false;
  control.focus();
  if (control.setSelectionRange && control.type !== "date") {
    control.setSelectionRange(control.value.length, control.value.length);
  }
  return true;
}

const isProse = (control) => control.closest(".prose-cells, .entry-section") !== null;

export const beside = (control, step) => nearest(FIELDS, control, step);

// Where Tab goes.
export const following = (control) => nearest(`${FIELDS}, a[href], summary, button`, control, 1);

// The same field in the row above or below; from the last row to the field for a new one.
function above(control, step) {
  const kindOf = (one) => one.closest("[data-kind]").dataset.kind;
  const cell = control.closest("[data-field]");
  const alike =
    cell &&
    nearest(`[data-field="${cell.dataset.field}"] :is(${FIELDS})`, control, step, (one) => kindOf(one) === kindOf(control));
  return alike ?? beside(control, step);
}

function go(event, control) {
  if (focusOn(control)) event.preventDefault();
}

function onKey(event) {
  const control = event.target;
  const isField = control.matches("textarea, input, select");
  if (!(isField || control.matches("button, a, summary")) || event.isComposing) return;
  const isWriting = writing === control;
  const { key } = event;
  const command = event.ctrlKey || event.metaKey;

  if (command && !event.altKey && key.toLowerCase() === "z" && !(isCell(control) && isDirty(control))) {
    event.preventDefault();
    (event.shiftKey ? redo : undo)();
  } else if (command && key.toLowerCase() === "y") {
    event.preventDefault();
    redo();
  } else if (!isField) {
    return; // it has keys of its own
  } else if (command && key === "Enter") {
    event.preventDefault();
    control.closest(".entry")?.querySelector(":scope > form .row-more, :scope > .band .row-more")?.click();
  } else if (command && key === "Delete") {
    event.preventDefault();
    removeRow(control.closest(".entry"), above(control, 1));
  } else if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) {
    event.preventDefault();
    moveRow(control.closest(".entry"), key === "ArrowUp" ? -1 : 1);
  } else if (key === "Escape" && isWriting) {
    event.preventDefault();
    stop();
    save(control);
  } else if (key === "Enter" && control.matches("textarea, input") && !control.closest(".new")) {
    if (event.altKey && control.matches("textarea:not([data-line])")) {
      control.setRangeText("\n", control.selectionStart, control.selectionEnd, "end");
      control.dispatchEvent(new InputEvent("input", { bubbles: true }));
      start(control);
      event.preventDefault();
    } else if (!isWriting) {
      event.preventDefault();
      start(control);
    } else if (control.matches("[data-line]") || (!isProse(control) && !event.shiftKey)) {
      go(event, above(control, 1));
    }
  } else if (!isWriting && key.startsWith("Arrow") && !event.shiftKey && !command && control.matches("textarea, [type=text]")) {
    if (key === "ArrowLeft") go(event, beside(control, -1));
    if (key === "ArrowRight") go(event, beside(control, 1));
    if (key === "ArrowUp") go(event, above(control, -1));
    if (key === "ArrowDown") go(event, above(control, 1));
  } else if (key.length === 1 && !command) {
    start(control);
  }
}

function start(control) {
  writing = control;
  control.closest(".cell")?.classList.add("is-written");
}

function stop() {
  writing?.closest(".cell")?.classList.remove("is-written");
  writing = null;
}

export function listenToKeys() {
  root.addEventListener("keydown", onKey);
  // What one comes to with a key is whole in sight; what the hand points at stays under it.
  let isHand = false;
  addEventListener("pointerdown", () => (isHand = true), true);
  addEventListener("keydown", () => (isHand = false), true);
  const show = () => {
    const control = document.activeElement;
    if (!isHand && root.contains(control) && control.matches(FIELDS)) {
      control.scrollIntoView({ block: "nearest" });
    }
  };
  root.addEventListener("focusin", show);
  root.addEventListener("news", show); // a row that has come above it has moved it
  root.addEventListener("pointerdown", (event) => {
    if (event.target.matches("textarea, input")) start(event.target);
  });
  root.addEventListener("focusout", stop);
}
