// The table of contents, and the headings that only a screen reader meets, say what the plan says now.

import { say } from "./say.js";
import { root } from "./server.js";

const entries = () => [...root.querySelectorAll(".entry-section, .entry-area")];
const titleOf = (entry) => entry.querySelector('[name="heading"], [name="title"]').value;

// A section stands in others; an area of a plan does not.
function levelOf(entry) {
  const above = entry.parentElement.closest(".entry-section");
  return above ? levelOf(above) + 1 : 1;
}

function link(entry, number, current) {
  const made = document.createElement("a");
  made.href = `#${entry.id}`;
  if (made.hash === current) made.setAttribute("aria-current", "true");
  const title = document.createElement("span");
  title.textContent = titleOf(entry);
  if (number) {
    const place = document.createElement("span");
    place.className = "number";
    place.textContent = number;
    made.append(place, title);
  } else {
    made.className = "unnumbered";
    made.append(title);
  }
  const item = document.createElement("li");
  item.className = `level-${levelOf(entry)}`;
  item.append(made);
  return item;
}

function tell() {
  const list = document.querySelector(".contents-side ol");
  const current = list.querySelector("[aria-current]")?.hash;
  let number = 0;
  const items = [];
  for (const entry of entries()) {
    entry.querySelector("h2").textContent = titleOf(entry);
    const isNumbered = entry.matches(".entry-area:not(.entry-section)"); // of a plan
    if (isNumbered) number += 1;
    items.push(link(entry, isNumbered && number, current));
  }
  const others = list.querySelectorAll(':is([href="#kallor"], [href="#ovrigt"])');
  list.replaceChildren(...items, ...[...others].map((other) => other.parentElement));
}

// The plan has another form, and its page is another page. What somebody is writing in it is hers.
function takeForm({ mine, by }) {
  if (mine) location.reload();
  else say(`${by} har gett planen en annan form. Läs om sidan för att se den.`);
}

export function tellContents() {
  root.addEventListener("input", (event) => {
    if (event.target.matches('[name="heading"], [name="title"]')) tell();
  });
  root.addEventListener("news", ({ detail }) => {
    const isNamed = detail.fields.some(({ field }) => field === "heading" || field === "title");
    if (isNamed || detail.rows.length) tell();
    const form = detail.fields.find(({ field }) => field === "layout");
    if (form) takeForm(form);
  });
}
