// @ and some letters in a comment: a list of those who can be named, for the arrows and the pointer.
// The focus stays in the text; which one is chosen is told by aria-activedescendant.

import { panel } from "./panel.js";

const list = () => document.getElementById("namn");
let text = null; // the field whose list is open
let from = 0; // where the @ stands
let chosen = null;

const options = () => [...list().querySelectorAll("[role=option]")].filter((one) => !one.hidden);

function sought(control) {
  const before = control.value.slice(0, control.selectionStart);
  const found = /(?:^|[\s(])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u.exec(before);
  return found ? { from: before.length - found[1].length - 1, word: found[1].toLocaleLowerCase("sv") } : null;
}

function update(control) {
  const found = control.selectionStart === control.selectionEnd ? sought(control) : null;
  if (!found || !list()) return shut();
  for (const option of list().querySelectorAll("[role=option]")) {
    const names = option.dataset.handle.toLocaleLowerCase("sv");
    const starts = names.startsWith(found.word) || names.split(/[\s-]+/).some((name) => name.startsWith(found.word));
    option.hidden = !starts;
  }
  if (!options().length) return shut();
  from = found.from;
  if (text !== control) {
    text = control;
    control.after(list());
    control.setAttribute("aria-controls", "namn");
    control.setAttribute("aria-haspopup", "listbox");
    control.setAttribute("aria-autocomplete", "list");
  }
  list().hidden = false;
  choose(options().includes(chosen) ? chosen : options()[0]);
  const number = options().length;
  document.getElementById("namn-antal").textContent =
    `${number} ${number === 1 ? "person" : "personer"}. Välj med pilarna och Enter.`;
}

function choose(option) {
  chosen?.setAttribute("aria-selected", "false");
  chosen = option;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", option.id);
}

function shut() {
  if (!text) return;
  text.removeAttribute("aria-activedescendant");
  text = chosen = null;
  if (list()) list().hidden = true;
  const told = document.getElementById("namn-antal");
  if (told) told.textContent = "";
}

function take(option) {
  const control = text;
  control.setRangeText(`@${option.dataset.handle} `, from, control.selectionStart, "end");
  shut();
  control.focus();
}

export function listenToNames() {
  panel.addEventListener("input", (event) => {
    if (event.target.matches("[data-names]")) update(event.target);
  });
  panel.addEventListener(
    "keydown",
    (event) => {
      if (!text || event.target !== text || event.isComposing) return;
      const all = options();
      const place = all.indexOf(chosen);
      if (event.key === "ArrowDown") choose(all[(place + 1) % all.length]);
      else if (event.key === "ArrowUp") choose(all.at(place - 1));
      else if (event.key === "Enter" || event.key === "Tab") take(chosen);
      else if (event.key === "Escape") shut();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  panel.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault(); // the focus stays in the text
    take(option);
  });
  panel.addEventListener("focusout", (event) => {
    if (event.target === text) shut();
  });
}
