// The keys of a spreadsheet: from field to field with Tab and the arrows, Enter to write, Esc to
// leave. In a field that is being written in, the arrows go in its text.

import { redo, undo } from "./doing.js";
import { moveRow, removeRow } from "./rows.js";
import { isCell, isDirty, save } from "./saving.js";
import { root } from "./server.js";

let writing = null; // the control whose text the arrows go in

const controls = () =>
  [...root.querySelectorAll("textarea, input:not([type=hidden]), select")].filter(
    (one) => one.offsetParent !== null,
  );

export function focusOn(control) {
  if (!control) return false;
  control.focus();
  if (control.setSelectionRange && control.type !== "date") {
    control.setSelectionRange(control.value.length, control.value.length);
  }
  return true;
}

const isProse = (control) => control.closest(".prose-cells, .entry-section") !== null;

export function beside(control, step) {
  const all = controls();
  if (all.includes(control)) return all[all.indexOf(control) + step];
  return all.find((one) => control.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
}

// Where Tab goes.
export function following(control) {
  const all = [...root.querySelectorAll("textarea, input:not([type=hidden]), select, a[href], summary, button")].filter(
    (one) => one.offsetParent !== null,
  );
  return all[all.indexOf(control) + 1];
}

// The same field in the row above or below; from the last row to the field for a new one.
function above(control, step) {
  const cell = control.closest("[data-field]");
  const kind = control.closest("[data-kind]")?.dataset.kind;
  const alike = cell
    ? controls().filter(
        (one) =>
          one.closest("[data-field]")?.dataset.field === cell.dataset.field &&
          one.closest("[data-kind]")?.dataset.kind === kind,
      )
    : [];
  return alike[alike.indexOf(control) + step] ?? beside(control, step);
}

function go(event, control) {
  if (focusOn(control)) event.preventDefault();
}

function onKey(event) {
  const control = event.target;
  if (!control.matches("textarea, input, select") || event.isComposing) return;
  const isWriting = writing === control;
  const { key } = event;
  const command = event.ctrlKey || event.metaKey;

  if (command && !event.altKey && key.toLowerCase() === "z" && !(isCell(control) && isDirty(control))) {
    event.preventDefault();
    (event.shiftKey ? redo : undo)();
  } else if (command && key.toLowerCase() === "y") {
    event.preventDefault();
    redo();
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
  root.addEventListener("pointerdown", (event) => {
    if (event.target.matches("textarea, input")) start(event.target);
  });
  root.addEventListener("focusout", stop);
}
