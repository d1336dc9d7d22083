// A file dropped on the form is the one chosen in it; one that is too large is said to be so before
// it is sent.

const zone = document.querySelector(".choose-file");
const input = zone?.querySelector("input[type=file]");

function tell(sentence) {
  let said = zone.querySelector(".too-large");
  if (!said) {
    said = document.createElement("p");
    said.className = "too-large notice notice-bad";
    said.setAttribute("role", "alert");
    input.closest(".mb-3, div").append(said);
  }
  said.textContent = sentence;
  said.hidden = !sentence;
}

function isTooLarge() {
  const file = input.files[0];
  const tooLarge = Boolean(file) && file.size > Number(zone.dataset.most);
  tell(tooLarge ? zone.dataset.tooLarge : "");
  return tooLarge;
}

if (input) {
  const hint = document.createElement("p");
  hint.className = "drop-here";
  hint.textContent = "Du kan också dra filen hit.";
  input.after(hint);

  input.addEventListener("change", isTooLarge);
  input.form.addEventListener("submit", (event) => {
    if (isTooLarge()) event.preventDefault();
  });
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    if (event.dataTransfer.files.length === 1) {
      input.files = event.dataTransfer.files;
      isTooLarge();
    } else {
      tell("Släpp en fil i taget.");
    }
  });
}
