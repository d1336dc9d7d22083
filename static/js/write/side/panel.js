// What opens beside the plan (on a phone: below): comments, and what is lacking. One at a time.

import { say } from "../say.js";
import { get, Unreachable } from "../server.js";

export const panel = document.getElementById("panel");
let address = "";
let opener = null; // where the focus goes back to

export const isOpen = () => !panel.hidden;
export const shows = (url) => isOpen() && address.split("?")[0] === url;

async function fetched(url) {
  try {
    const { status, body } = await get(url, { "X-Piece": "1", Accept: "text/html" });
    if (status === 200) return body;
    say("Det gick inte att öppna. Läs om sidan och försök igen.", "bad");
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    say("Inget nät, eller så har du loggats ut. Försök igen om en stund.", "bad");
  }
  return null;
}

export async function open(url, from = document.activeElement) {
  const html = await fetched(url);
  if (html === null) return false;
  if (!panel.contains(from)) opener = from;
  address = url;
  panel.innerHTML = html;
  panel.hidden = false;
  panel.scrollTop = 0;
  document.getElementById("plan").classList.add("has-panel");
  for (const link of document.querySelectorAll("[data-do=panel]")) {
    link.toggleAttribute("aria-current", link.pathname === new URL(url, location.href).pathname);
  }
  document.getElementById("panel-rubrik")?.focus({ preventScroll: true });
  panel.dispatchEvent(new CustomEvent("shown"));
  return true;
}

export function close() {
  panel.hidden = true;
  panel.replaceChildren();
  address = "";
  document.getElementById("plan").classList.remove("has-panel");
  for (const link of document.querySelectorAll("[data-do=panel]")) link.removeAttribute("aria-current");
  if (opener?.isConnected) opener.focus();
  opener = null;
}

// The same once more, as it is now. What is being written in it is left, and so is the focus.
export async function refresh() {
  const url = address;
  const html = url ? await fetched(url) : null;
  if (html === null || url !== address) return;
  const typed = [...panel.querySelectorAll("form[data-key]")]
    .map((form) => ({ key: form.dataset.key, open: form.closest("details")?.open, values: { ...valuesOf(form) } }))
    .filter(({ open: isUnfolded, values }) => isUnfolded || values.text !== values.before);
  const unfolded = panel.querySelector(".talk-settled")?.open;
  const focused = panel.contains(document.activeElement) ? nameOf(document.activeElement) : "";
  const { selectionStart, selectionEnd } = document.activeElement;
  const { scrollTop } = panel;
  panel.innerHTML = html;
  for (const { key, open: isUnfolded, values } of typed) {
    const form = panel.querySelector(`form[data-key="${key}"]`);
    if (!form) continue;
    if (form.closest("details")) form.closest("details").open = Boolean(isUnfolded);
    form.elements.text.value = values.text;
    if (form.elements.uuid) form.elements.uuid.value = values.uuid;
    if (form.elements.field) form.elements.field.value = values.field;
  }
  const settled = panel.querySelector(".talk-settled");
  if (settled && unfolded) settled.open = true;
  panel.scrollTop = scrollTop;
  const again = focused && panel.querySelector(focused);
  if (again) {
    again.focus({ preventScroll: true });
    if (selectionStart !== undefined) again.setSelectionRange?.(selectionStart, selectionEnd);
  }
  panel.dispatchEvent(new CustomEvent("shown"));
}

function valuesOf(form) {
  const { text, uuid, field } = form.elements;
  return { text: text.value, before: text.defaultValue, uuid: uuid?.value, field: field?.value };
}

function nameOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.hash) return `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
  const form = element.closest("form[action]");
  if (form) return `form[action="${CSS.escape(form.getAttribute("action"))}"] button`;
  const fold = element.closest("details")?.querySelector("form[data-key]");
  return fold ? `details:has(form[data-key="${fold.dataset.key}"]) summary` : "";
}

export function listenToPanel() {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-do=panel]");
    if (link) {
      event.preventDefault();
      open(link.getAttribute("href"), link);
    } else if (event.target.closest("[data-do=close-panel]")) close();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
}
