// Each answer is saved when one leaves its field, and says so beside it. What cannot be sent is kept in
// the browser until it can.

import { post, Unreachable } from "./server.js";
import { keep, kept, forget } from "./kept.js";
import { progress } from "./progress.js";

// What has been typed in a form and is not on its way yet. One thing at a time is: an answer says what
// stands in all of the card, and must not come back over what was chosen while it was on its way.
const waiting = new WeakMap();
const under = new WeakSet();

for (const form of document.querySelectorAll("form[data-answer]")) take(form);
addEventListener("online", sendKept);
sendKept();
document.documentElement.dataset.ready = "ja";

function take(form) {
  form.classList.add("by-script");
  // Which of two texts is to stand is said with the button.
  if (!form.matches("[data-settles]")) form.addEventListener("change", ({ target }) => save(form, [target]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, value } = event.submitter ?? {};
    save(form, [...form.elements].filter((field) => field.name && !field.closest("[hidden]")), name ? { [name]: value } : {});
  });
}

async function save(form, fields, more = {}) {
  const typed = { ...waiting.get(form), ...more };
  for (const field of fields)
    if (isAnswer(field) && (field.type !== "radio" || field.checked)) typed[field.name] = field.value;
  waiting.set(form, typed);
  if (under.has(form)) return;
  under.add(form);
  try {
    while (Object.keys(waiting.get(form)).length) {
      const next = waiting.get(form);
      waiting.set(form, {});
      await send(form, next);
    }
  } finally {
    under.delete(form);
  }
}

async function send(form, typed) {
  say(form, "Sparar …");
  try {
    show(form, await post(form.action, { ...typed, seen: seenBy(form).value }));
    forget(form, typed);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    keep(form, typed);
    say(form, "Inte skickat än: det du skrev är kvar i webbläsaren och skickas när nätet är tillbaka.", "waits");
  }
}

// One at a time, and each form's own: the order in which they were written does not matter.
async function sendKept() {
  for (const [address, { seen, ...typed }] of kept()) {
    const form = document.querySelector(`form[data-answer][action="${CSS.escape(address)}"]:not([data-settles])`);
    if (!form) continue;
    fill(form, typed);
    if (seen) seenBy(form).value = seen;
    await save(form, [], typed);
  }
}

function show(form, { status, body }) {
  const card = form.closest("[data-card]") ?? form;
  for (const fault of card.querySelectorAll(".fault")) fault.remove();
  if (status === 422) return faults(form, body.faults ?? { "": body.sentence });
  if (status >= 400 && status !== 409) return say(form, body?.sentence ?? "Det gick inte att spara. Läs in sidan igen.", "bad");
  if (body.conflict) {
    const place = card.querySelector("[data-conflict]");
    place.innerHTML = body.conflict;
    for (const one of place.querySelectorAll("form[data-answer]")) take(one);
    for (const leave of place.querySelectorAll("[data-leave]"))
      leave.addEventListener("click", (event) => {
        event.preventDefault();
        place.replaceChildren();
      });
    place.querySelector("textarea, button").focus();
  } else if (status === 409) return say(form, body.sentence, "bad");
  const own = form.matches("[data-settles]") ? card.querySelector("form[data-answer]") : form;
  if (own !== form) card.querySelector("[data-conflict]").replaceChildren();
  seenBy(own).value = body.seen;
  fill(own, body.values);
  card.querySelector("[data-undo]")?.removeAttribute("hidden");
  if (body.draft === false) card.querySelector("[data-draft]")?.remove();
  card.classList.toggle("is-answered", Boolean(body.answered));
  progress(card);
  say(own, body.conflict ? "En annan har skrivit i samma fält: välj vad som ska stå." : `Sparat ${body.saved}`, body.conflict ? "bad" : "");
}

// What others have written meanwhile comes in, but not over what I am writing.
function fill(form, values) {
  const mine = waiting.get(form) ?? {};
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (field && field !== document.activeElement && !(name in mine)) field.value = value;
  }
}

function faults(form, said) {
  for (const [name, sentence] of Object.entries(said)) {
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.setAttribute("role", "alert");
    fault.textContent = sentence;
    const place = name && form.querySelector(`[data-field="${name}"]`);
    if (place) place.append(fault);
    else form.prepend(fault);
  }
  say(form, "Inte sparat än", "bad");
}

function say(form, words, how = "") {
  const place = form.querySelector("[data-saved]");
  if (!place) return;
  place.textContent = words;
  place.dataset.how = how;
}

function seenBy(form) {
  return form.elements.seen;
}

function isAnswer(field) {
  return field.name && !["seen", "sida", "csrfmiddlewaretoken"].includes(field.name) && field.type !== "submit";
}
