// A field is saved when it is left. One save at a time; what cannot be sent waits and is tried again.

import * as drafts from "./drafts.js";
import { apply, version } from "./news.js";
import { ask, mark, say } from "./say.js";
import { post, root, Unreachable } from "./server.js";

// What is known of a control: the value that the server has, and the version of the plan that its
// writer had before her when she began.
const known = new WeakMap();

// Ticks that together are one field are saved as one: their <fieldset> speaks for them.
const GROUP = "fieldset[data-group]";
const cellOf = (target) => target.closest?.(GROUP) ?? target;
const ticks = (group) => [...group.querySelectorAll("[type=checkbox]")];

export const isCell = (control) =>
  control.matches?.(`textarea, input:not([type=hidden]), select, ${GROUP}`) &&
  control.closest("[data-field]") &&
  !control.parentElement.closest(GROUP);

export function about(control) {
  if (!known.has(control)) known.set(control, { saved: cameWith(control), seen: version() });
  return known.get(control);
}

// What the server wrote in it, whatever has been typed since.
function cameWith(control) {
  if (control.type === "checkbox") return control.defaultChecked ? "on" : "";
  if (control.matches(GROUP)) return valuesOf(ticks(control).filter((one) => one.defaultChecked));
  if (!control.options) return control.defaultValue;
  return valuesOf([...control.options].filter((option) => option.defaultSelected));
}

const valuesOf = (chosen) => chosen.map((one) => one.value).join(" ");

export function typedIn(control) {
  if (control.type === "checkbox") return control.checked ? "on" : "";
  if (control.matches(GROUP)) return valuesOf(ticks(control).filter((one) => one.checked));
  return control.value;
}

export function putIn(control, value) {
  if (control.type === "checkbox") control.checked = value === "on";
  else if (control.matches(GROUP)) {
    const chosen = new Set(value.split(" "));
    for (const one of ticks(control)) one.checked = chosen.has(one.value);
  } else control.value = value;
  control.dispatchEvent(new CustomEvent("put"));
}

export const isDirty = (control) => typedIn(control) !== about(control).saved;

const keyOf = (control) => `${control.form.id}:${control.name}`;

export function began(control) {
  if (!isDirty(control)) about(control).seen = version();
}

function keep(control) {
  drafts.keep(keyOf(control), {
    value: typedIn(control),
    seen: about(control).seen,
    url: control.form.action,
    name: control.name,
  });
}

// Called on each keystroke, so it only notes; the writing to the store waits for a pause.
const pauses = new Map();
export function typing(control) {
  clearTimeout(pauses.get(control));
  pauses.set(
    control,
    setTimeout(() => isDirty(control) && keep(control), 400),
  );
}

const queue = [];
let isRunning = false;

export function save(control) {
  if (!isDirty(control)) return mark(control, "");
  clearTimeout(pauses.get(control));
  keep(control);
  return enqueue({ control, run: () => send(control) });
}

// Anything that changes the plan goes through here, in order. Resolves when it has been done.
export function enqueue(job) {
  return new Promise((resolve) => {
    queue.push({ ...job, resolve });
    root.dataset.waiting = queue.length;
    work();
  });
}

export const waiting = () => queue.length;

export async function work() {
  if (isRunning) return;
  isRunning = true;
  try {
    while (queue.length && (await attempt(queue[0]))) {
      queue.shift();
      root.dataset.waiting = queue.length;
    }
  } finally {
    isRunning = false;
  }
  if (queue.length) setTimeout(work, 3000);
}

// Whether it is settled, one way or the other; what could not be sent stays first in line.
async function attempt(job) {
  const slow = setTimeout(() => job.control && mark(job.control, "saving"), 300);
  try {
    job.resolve(await job.run());
    return true;
  } catch (error) {
    if (error instanceof Unreachable) {
      if (job.control) mark(job.control, "waiting", "Inte sparat än");
      say(UNREACHABLE[error.message], "bad");
      return false;
    }
    say("Något gick fel, och det senaste är inte sparat. Texten finns kvar i fältet.", "bad");
    job.resolve(false);
    queue.shift();
    root.dataset.waiting = queue.length;
    throw error;
  } finally {
    clearTimeout(slow);
  }
}

const UNREACHABLE = {
  utloggad:
    "Du har loggats ut. Det du har skrivit finns kvar här. Logga in i en ny flik, så sparas det.",
  nätet: "Inget nät. Det du skriver finns kvar här och sparas när nätet är tillbaka.",
};

async function send(control) {
  const value = typedIn(control);
  const { seen } = about(control);
  if (value === about(control).saved) return true;
  const { status, body } = await post(control.form.action, { [control.name]: value, seen });
  return settle(control, value, status, body);
}

async function settle(control, value, status, body) {
  if (status === 200) {
    about(control).saved = value;
    if (!isDirty(control)) drafts.drop(keyOf(control));
    // What another wrote here right after me has not been before me yet.
    const last = body.fields.find(({ row, field }) => `f-${row}-${field}` === control.id);
    if (!last || last.mine) about(control).seen = body.version;
    mark(control, "saved", `Sparat ${body.at ?? ""}`.trim());
    say(`Sparat ${body.at ?? ""}`.trim());
    await apply(body);
    return true;
  }
  if (status === 409) return choose(control, value, body);
  if (status === 410) {
    mark(control, "bad", "Raden är borttagen");
    const { choice, address } = await ask(body.html);
    if (choice === "later") return false;
    const { id, name } = control;
    const url = control.form.action; // it has none once it is off the page
    const row = control.form.id.slice("form-".length);
    const forget = () => {
      drafts.drop(keyOf(control));
      control.closest(".entry")?.remove();
    };
    if (choice !== "restore") forget();
    else if (await putBack(address, forget)) {
      writeAgain(document.getElementById(id) ?? absent(url, name, row), value);
      return true;
    }
    return false;
  }
  mark(control, "bad", body?.said ?? "Inte sparat");
  say(body?.said ?? sentenceFor(status), "bad");
  return false;
}

// The row that somebody took away, where it stood; `first` is done once that is certain.
export async function putBack(address, first = () => {}) {
  const { status, body } = await post(address, { seen: version() });
  if (status !== 200) {
    say(body?.said ?? sentenceFor(status), "bad");
    return false;
  }
  first();
  await apply(body);
  say("Raden är tillbaka.");
  return true;
}

function writeAgain(control, value) {
  about(control).seen = version();
  putIn(control, value);
  control.focus();
  save(control);
}

async function choose(control, value, body) {
  mark(control, "bad", "Någon annan har ändrat samma fält");
  const { choice, combined } = await ask(body.html);
  about(control).seen = body.version;
  about(control).saved = body.theirs;
  if (choice === "theirs") {
    putIn(control, body.theirs);
    drafts.drop(keyOf(control));
    mark(control, "");
    return true;
  }
  if (choice === "later") return false;
  putIn(control, combined);
  control.focus();
  return send(control);
}

export const sentenceFor = (status) =>
  ({
    403: "Det går inte att ändra här längre.",
    404: "Planen går inte att skriva i längre. Läs om sidan.",
    413: "Texten är för lång för ett fält. Den finns kvar här, men är inte sparad.",
    400: "Texten är för lång för ett fält. Den finns kvar här, men är inte sparad.",
  })[status] ?? "Det gick inte att spara. Texten finns kvar i fältet.";

// What was typed before and never came to be saved. Where its field is not on the page any more (the
// row is gone, or folded away) it is sent all the same, and whatever the answer is, it is told.
export function resume() {
  for (const { key, value, seen, url, name } of drafts.kept()) {
    if (key.startsWith("ny:")) continue;
    const row = key.slice("form-".length, key.indexOf(":"));
    const control = document.getElementById(`f-${row}-${name}`) ?? absent(url, name, row);
    if (control.isConnected && typedIn(control) === value) {
      drafts.drop(key);
      continue;
    }
    about(control).seen = seen;
    if (!control.isConnected) about(control).saved = null; // what stands there is not known here
    putIn(control, value);
    save(control);
  }
}

function absent(url, name, row) {
  const form = document.createElement("form");
  form.id = `form-${row}`;
  form.action = url;
  const control = document.createElement("textarea");
  control.name = name;
  form.append(control);
  return control;
}

addEventListener("online", work);
addEventListener("beforeunload", (event) => {
  if (queue.length) event.preventDefault();
});
const onCell = (type, act) =>
  root.addEventListener(type, ({ target }) => {
    const control = cellOf(target);
    if (isCell(control)) act(control, target);
  });

onCell("focusin", (control, target) => {
  if (control.form) began(control);
  else target.blur(); // its row, which ends with its form, is still coming: perhaps also its text
});
onCell("input", typing);
onCell("focusout", save);
onCell("change", (control) => control.matches("textarea, [type=text]") || save(control));
