// Who else is here, and in which field.

import { left, post, root, Unreachable } from "./server.js";

const list = document.getElementById("narvarande");

export function showPeople(people) {
  list.replaceChildren(
    ...people.map(({ name, initials, colour }) => {
      const item = document.createElement("li");
      item.className = `person person-${colour}`;
      item.title = name;
      item.innerHTML = '<span aria-hidden="true"></span><span class="visually-hidden"></span>';
      item.firstChild.textContent = initials;
      item.lastChild.textContent = name;
      return item;
    }),
  );
  for (const cell of root.querySelectorAll("[data-who]")) {
    delete cell.dataset.who;
    cell.classList.remove(...[...cell.classList].filter((name) => name.startsWith("person-")));
  }
  for (const { initials, colour, place } of people) {
    const cell = place && document.getElementById(place)?.closest(".cell");
    if (!cell) continue;
    cell.dataset.who = initials;
    cell.classList.add(`person-${colour}`);
  }
}

let told = "";
let toldAt = 0;

async function tell() {
  const place = root.contains(document.activeElement) ? document.activeElement.id : "";
  if (document.hidden || (place === told && Date.now() - toldAt < 10_000)) return;
  told = place;
  toldAt = Date.now();
  try {
    await post(root.dataset.presence, { place });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
}

export function beHere() {
  tell();
  // At most once a second, however quickly one goes from field to field.
  setInterval(tell, 1000);
  addEventListener("pagehide", () => left(root.dataset.presence));
}
