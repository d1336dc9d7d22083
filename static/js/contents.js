// Marks in the table of contents where in the plan the reader is.

const links = () => [...document.querySelectorAll(".contents-side a[href^='#']")];

function mark() {
  let here = null;
  for (const link of links()) {
    const section = document.getElementById(link.hash.slice(1));
    if (section && section.getBoundingClientRect().top <= window.innerHeight / 3) here = link;
  }
  for (const link of links()) {
    if (link === here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  // Keep it in sight, without moving the page itself.
  const box = here?.closest(".contents-side");
  if (box && box.scrollHeight > box.clientHeight) {
    box.scrollTop = here.offsetTop - box.clientHeight / 2;
  }
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mark();
  });
}

addEventListener("scroll", soon, { passive: true });
document.addEventListener("htmx:afterSwap", soon);
mark();
