// What stands in the text as a small mark: a footnote, and a reference to a figure or a section.

// What can be referred to: [{id, name: "Figur 4: Anmälda stölder"}]; a whole figure is
// one that a priority can point to: isFigure.
export function targets() {
  return JSON.parse(document.getElementById("targets")?.textContent ?? "[]");
}

const MARK = ".fotnot, a[href^='#']";

export function markAt(target, text) {
  const mark = target.closest?.(MARK);
  return mark && text.contains(mark) ? mark : null;
}

// "Figur 4: Anmälda stölder" is a figur with the number 4; what has no number is called by its name.
function called(name) {
  const [, kind, number] = /^(\p{L}+)\s+(\d\w*)(?=[:.\s]|$)/u.exec(name) ?? [];
  return number ? { kind, number } : { kind: name, number: "" };
}

// The words that are kept: what stands before the number, which runs by itself.
export function wordsFor(target, isFirst) {
  const { kind, number } = called(target.name);
  return number && !isFirst ? kind.toLowerCase() : kind;
}

// Each mark can be reached and opened, and says what it holds.
export function dressMarks(text) {
  const named = new Map(targets().map(({ id, name }) => [id, name]));
  for (const mark of text.querySelectorAll(MARK)) {
    mark.contentEditable = "false";
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    if (mark.matches("a")) tellReference(mark, named.get(mark.hash.slice(1)));
  }
  // They are numbered through the page, as the style sheet counts them.
  for (const [place, mark] of document.querySelectorAll(".rich .fotnot").entries()) {
    mark.setAttribute("aria-label", `Fotnot ${place + 1}: ${mark.textContent}`);
    mark.title = mark.textContent;
  }
}

function tellReference(mark, name) {
  const number = name ? called(name).number : "";
  mark.dataset.number = number && `${mark.textContent ? "\xa0" : ""}${number}`;
  mark.classList.toggle("is-lost", !name);
  mark.title = name ?? "Det som texten hänvisar till finns inte längre";
  mark.setAttribute("aria-label", `Hänvisning: ${name ?? `${mark.textContent}, som inte finns längre`}`);
}
