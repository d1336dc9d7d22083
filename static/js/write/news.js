// What others have done comes by itself, every other second, without moving what I am writing in.

import { about, isCell, isDirty, putIn, waiting, work } from "./saving.js";
import { showPeople } from "./people.js";
import { mark, say } from "./say.js";
import { get, root, Unreachable, whole } from "./server.js";

const EVERY = 2000;
let seen = Number(root.dataset.version);
let people = "";

export const version = () => seen;

// Not before the page is whole: what is new in a row that has not come would be lost.
export async function apply(news) {
  await whole;
  if (news.version < seen) return;
  for (const row of news.rows) place(row);
  for (const field of news.fields) fill(field);
  for (const [id, html] of Object.entries(news.pieces ?? {})) {
    const element = document.getElementById(id);
    if (element) element.innerHTML = html;
  }
  seen = news.version;
  root.dispatchEvent(new CustomEvent("news", { detail: news })); // for what stands beside the plan
}

function fill({ row, field, value, by, mine, at }) {
  const control = document.getElementById(`f-${row}-${field}`);
  if (!control) return;
  if (isDirty(control)) {
    if (!mine) mark(control, "theirs", `${by} ändrade här ${at}`);
    return;
  }
  putIn(control, value);
  Object.assign(about(control), { saved: value, seen: Math.max(seen, about(control).seen) });
  if (!mine) mark(control, "news", `${by} ${at}`);
}

function place({ kind, row, under, after, html, gone }) {
  let element = document.getElementById(`rad-${row}`);
  if (gone) {
    if (!element) return;
    const isWrittenIn = [...element.querySelectorAll("textarea, input, select, fieldset")].some(
      (control) => isCell(control) && isDirty(control),
    );
    // What I have typed in it is not taken from me: it is told when it is to be saved.
    if (isWrittenIn || element.contains(document.activeElement)) element.classList.add("is-gone");
    else element.remove();
    return;
  }
  const list = root.querySelector(`[data-rows="${kind}"][data-under="${under}"]`);
  if (!list) return;
  if (!element) {
    if (!html) return;
    const made = document.createElement("template");
    made.innerHTML = html.trim();
    element = made.content.firstElementChild;
  }
  const before = after ? document.getElementById(`rad-${after}`)?.nextElementSibling : list.firstElementChild;
  if (element.parentElement === list && (element === before || element.nextElementSibling === before)) return;
  if (list.moveBefore && element.isConnected) list.moveBefore(element, before ?? null);
  else if (!element.contains(document.activeElement)) list.insertBefore(element, before ?? null);
}

async function poll() {
  try {
    const { status, body } = await get(
      `${root.dataset.news}?seen=${seen}&people=${encodeURIComponent(people)}&comments=${root.dataset.comments ?? ""}`,
    );
    if (status === 200) {
      await apply(body);
      people = body.mark;
      showPeople(body.people);
    }
    if (status === 403 || status === 404) {
      say(body?.said ?? "Planen går inte att skriva i längre. Läs om sidan.", "bad");
    }
    if (waiting()) work();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
  setTimeout(poll, document.hidden ? 5 * EVERY : EVERY);
}

export function listen() {
  setTimeout(poll, EVERY);
}
