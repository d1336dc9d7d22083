// Brister: counted and listed anew a while after something was saved, and only for somebody who sees
// it. A request of its own: no save waits for it.

import { reveal } from "../filter.js";
import { get, root, Unreachable } from "../server.js";
import { close, panel, refresh, shows } from "./panel.js";

const AFTER = 1500;
const url = panel.dataset.lacks;
const counts = [...document.querySelectorAll("[data-count-of=lacks]")];

let waiting = null;
let isStale = true;
let isAsking = false;

const isSeen = () =>
  !document.hidden && (shows(url) || counts.some((one) => one.offsetParent !== null));

function soon(after = AFTER) {
  isStale = true;
  clearTimeout(waiting);
  waiting = setTimeout(look, after);
}

async function look() {
  if (!isStale || isAsking || !isSeen()) return;
  isStale = false;
  isAsking = true;
  try {
    if (shows(url)) await refresh();
    else {
      const { status, body } = await get(url);
      if (status === 200) count(body.count);
    }
  } catch (error) {
    isStale = true;
    if (!(error instanceof Unreachable)) throw error;
  } finally {
    isAsking = false;
    if (isStale) soon();
  }
}

function count(number) {
  for (const one of counts) one.textContent = number || "";
}

// To the field itself, also where it is folded away.
async function go(id) {
  let target = document.getElementById(id);
  const row = /^f-(.{36})-/.exec(id)?.[1];
  if (!target && row) {
    document.querySelector(`#form-${row} [data-do=more][aria-expanded=false]`)?.click();
    for (let tries = 0; tries < 40 && !target; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      target = document.getElementById(id);
    }
  }
  target ??= document.getElementById(`rad-${row}`);
  if (!target) return;
  reveal(target);
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const control = target.matches("textarea, input, select")
    ? target
    : target.querySelector("textarea, input:not([type=hidden]), select");
  const seen = control?.offsetParent ? control : (control?.closest(".cell")?.querySelector("[tabindex], [contenteditable]") ?? target);
  if (matchMedia("(max-width: 68rem)").matches) close(); // it lies over the plan there
  seen.scrollIntoView({ block: "center" });
  seen.focus({ preventScroll: true });
}

export function listenToLacks() {
  root.addEventListener("news", ({ detail }) => {
    if (detail.fields.length || detail.rows.length) soon();
  });
  document.addEventListener("visibilitychange", () => isStale && soon());
  panel.addEventListener("shown", () => {
    const told = panel.querySelector("[data-count]");
    if (told) count(Number(told.dataset.count));
  });
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("[data-do=go]");
    if (!link) return;
    event.preventDefault();
    go(link.hash.slice(1));
  });
  soon(300);
}
