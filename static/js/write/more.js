// All fields of a row, opened under it.

import { get, root } from "./server.js";

export function listenToMore() {
  root.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-do=more]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = link.closest(".entry");
    const open = row.querySelector(":scope > .row-all");
    if (open) {
      if (open.contains(document.activeElement)) row.querySelector("textarea")?.focus();
      open.remove();
      link.setAttribute("aria-expanded", "false");
      return;
    }
    const { status, body } = await get(link.href, { "X-Piece": "1", Accept: "text/html" });
    if (status !== 200) return;
    const all = document.createElement("div");
    all.className = "row-all";
    all.innerHTML = body;
    const band = row.querySelector(":scope > .band");
    if (band) band.after(all);
    else row.append(all);
    link.setAttribute("aria-expanded", "true");
    all.querySelector("textarea, input, select")?.focus();
  });
}
