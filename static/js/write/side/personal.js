// Says under a field that what is written in it looks like personal data. The rules are the
// server's; it is asked when the typing pauses, and only about what could be a number or an address.

import { post, root, Unreachable } from "../server.js";
import { panel } from "./panel.js";

const PAUSE = 600;
const couldBe = (text) => text.includes("@") || (text.match(/\d/g) ?? []).length >= 6;

const pauses = new WeakMap();
const asked = new WeakMap(); // the latest question about each field: only its answer counts

function check(place, control, focused) {
  clearTimeout(pauses.get(place));
  const text = control.value ?? "";
  if (!couldBe(text)) {
    asked.delete(place);
    warn(place, focused, []);
    return;
  }
  pauses.set(place, setTimeout(() => ask(place, control, focused), PAUSE));
}

async function ask(place, control, focused) {
  const question = {};
  asked.set(place, question);
  try {
    const { status, body } = await post(panel.dataset.personalData, {
      text: control.value,
      rich: control.matches("[data-rich]") ? "1" : "",
    });
    if (asked.get(place) === question && status === 200) warn(place, focused, body.sentences);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error; // a warning can wait; the text is not lost
  }
}

function warn(place, focused, sentences) {
  let warning = place.querySelector(":scope > .personal");
  if (!sentences.length) {
    if (!warning) return;
    describe(focused, warning.id, false);
    warning.remove();
    return;
  }
  if (!warning) {
    warning = document.createElement("p");
    warning.className = "personal";
    warning.id = `varning-${focused.id || crypto.randomUUID()}`;
    warning.setAttribute("role", "status");
    place.append(warning);
  }
  const said = `${sentences.join(" ")} Skriv en roll i stället för en person.`;
  if (warning.textContent !== said) warning.textContent = said;
  describe(focused, warning.id, true);
}

function describe(control, id, isDescribed) {
  const ids = new Set((control.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean));
  if (isDescribed) ids.add(id);
  else ids.delete(id);
  if (ids.size) control.setAttribute("aria-describedby", [...ids].join(" "));
  else control.removeAttribute("aria-describedby");
}

export function listenForPersonalData() {
  const listen = (event) => {
    const place = event.target.closest(".cell, .new, .talk-form");
    const control = place && (place.matches(".cell") ? place.querySelector("textarea, input[type=text]") : event.target);
    if (control?.matches("textarea, input[type=text]")) check(place, control, event.target);
  };
  root.addEventListener("input", listen);
  panel.addEventListener("input", listen);
}
