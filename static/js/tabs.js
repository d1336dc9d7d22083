// On a narrow screen the tabs scroll sideways. The one that I am on is in view from the beginning, and the
// one that I reach with the keyboard, with those beside it. Only the row is scrolled: the page may have
// been opened in its midst.

const row = document.querySelector(".tabs");

function show(tab) {
  const from = tab.getBoundingClientRect().left - row.getBoundingClientRect().left;
  row.scrollLeft += from - (row.clientWidth - tab.offsetWidth) / 2;
}

const mine = row?.querySelector("[aria-current]");
if (mine) show(mine);

row?.addEventListener("focusin", ({ target }) => {
  // A tab that is pressed must not move away from under the finger.
  if (target.matches(":focus-visible")) show(target);
});
