// "5 av 8 klara": counted on the page, with the way to the first that is left.

export function progress(card) {
  const sheet = card.closest("[data-sheet]");
  if (!sheet) return;
  const answered = sheet.querySelectorAll("[data-card].is-answered").length;
  sheet.querySelector("[data-answered]").textContent = answered;
  sheet.querySelector("progress").value = answered;
  const next = sheet.querySelector("[data-next]");
  if (!next) return;
  const left = sheet.querySelector(".answer-card:not(.is-answered)");
  next.hidden = !left;
  if (left) next.hash = left.id;
}
