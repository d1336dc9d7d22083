// Shows some of the plan, and some of its columns. The rest is on the page but hidden, so that what
// others do finds its place. What is being written in stays, and what comes new is seen.

import "../filter.js";
import { enqueue, isCell, isDirty } from "./saving.js";
import { say } from "./say.js";
import { post, root } from "./server.js";

const form = document.getElementById("urval");
const ROWS = ".entry-area, .entry-problem, .entry-cause, .entry-action";
const COLUMNS = { timing: "tid", responsible: "ansvar", follow_up_plan: "folja" };

const isWritten = (control) =>
  control === document.activeElement ||
  (isCell(control) ? isDirty(control) : control.closest(".new") && control.value.trim() !== "");

function written() {
  const found = new Set();
  for (const control of root.querySelectorAll("textarea, input:not([type=hidden]), select")) {
    if (!isWritten(control)) continue;
    for (let row = control.closest(ROWS); row; row = row.parentElement.closest(ROWS)) found.add(row);
  }
  return found;
}

function show({ hidden, lines, without, is_filtered, result, address }) {
  const off = new Set(hidden);
  const stays = written();
  for (const row of root.querySelectorAll(ROWS)) {
    row.classList.toggle("is-off", off.has(row.dataset.row) && !stays.has(row));
  }
  for (const [area, html] of Object.entries(lines)) {
    const line = document.querySelector(`#rad-${area} > .hidden-line`);
    if (line) line.innerHTML = html;
  }
  root.classList.toggle("is-narrowed", is_filtered);
  for (const box of form.querySelectorAll("[name=kol][type=checkbox]")) {
    box.checked = !without.includes(box.value);
    root.classList.toggle(`without-${box.value}`, !box.checked);
  }
  said = new URLSearchParams(chosen()).toString();
  document.getElementById("filter-result").innerHTML = result;
  history.replaceState(null, "", address);
}

// A row, or a field in one, that somebody is led to.
export function reveal(element) {
  for (let row = element?.closest(".is-off"); row; row = row.parentElement.closest(".is-off")) {
    row.classList.remove("is-off");
  }
  const cell = element?.closest(".action-cells > *");
  const column = cell?.matches(".goals") ? "mal" : COLUMNS[cell?.dataset.field];
  if (!column || !root.classList.contains(`without-${column}`)) return;
  root.classList.remove(`without-${column}`);
  form.querySelector(`[name=kol][value=${column}]`).checked = true;
}

function arrive() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!target || !root.contains(target) || target.matches(".entry-area")) return;
  reveal(target);
  target.scrollIntoView();
}

let asked = 0;
let said = "";

function chosen(submitter) {
  const fields = new FormData(form, submitter);
  fields.delete("csrfmiddlewaretoken"); // it may be old; the header has it
  return fields;
}

// After what is waiting to be saved, so that it is counted as it stands. Not twice for the same: the
// answer puts new buttons where somebody may be pressing one.
function ask(submitter) {
  const fields = chosen(submitter);
  const now = new URLSearchParams(fields).toString();
  if (now === said) return;
  said = now;
  const turn = (asked += 1);
  enqueue({
    run: async () => {
      if (turn !== asked) return true;
      const { status, body } = await post(form.action, fields);
      if (status !== 200) say("Det gick inte att visa urvalet. Läs om sidan.", "bad");
      else if (turn === asked) show(body);
      return true;
    },
  });
}

export function listenToFilter() {
  if (!form) return;
  let pause;
  said = new URLSearchParams(chosen()).toString();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(event.submitter);
  });
  form.addEventListener("change", () => ask());
  form.elements.q.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, 350);
  });
  root.addEventListener("news", ({ detail }) => {
    for (const { row, gone } of detail.rows) {
      const element = gone ? null : document.getElementById(`rad-${row}`);
      if (element?.matches(ROWS) && !element.classList.contains("is-off")) reveal(element.parentElement);
    }
  });
  for (const row of written()) row.classList.remove("is-off"); // what was left unsaved
  addEventListener("hashchange", arrive);
  arrive();
}
