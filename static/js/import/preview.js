// Keeps the two sides together: the cell that one is at, and what it became.

const CURRENT = "is-current";

function mark(element) {
  for (const one of document.querySelectorAll(`.source .${CURRENT}`)) one.classList.remove(CURRENT);
  element?.classList.add(CURRENT);
}

// The cell that a question is about: the first unsure one of the row before it, or the paragraph.
function askedAbout(question) {
  const row = question.closest("tr");
  const before = row ? row.previousElementSibling : question.previousElementSibling;
  return before?.matches(".source-paragraph") ? before : before?.querySelector(".sure-osaker");
}

function follow() {
  const question = document.getElementById(location.hash.slice(1))?.closest(".question");
  if (question) mark(askedAbout(question));
}

document.querySelector(".source")?.addEventListener("click", (event) => {
  const link = event.target.closest("a.sure");
  if (link) mark(link.closest("td, .source-paragraph"));
});
addEventListener("hashchange", follow);
follow();
