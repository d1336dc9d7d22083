// "5 av 8 klara": counted on the page.

export function progress(card) {
  const sheet = card.closest("[data-sheet]");
  if (!sheet) return;
  const answered = sheet.querySelectorAll("[data-card].is-answered").length;
  sheet.querySelector("[data-answered]").textContent = answered;
  sheet.querySelector("progress").value = answered;
}
