// One place says how it goes, for eyes and for ears; a question that needs an answer has a dialog.

const line = document.getElementById("sparat");
const dialog = document.getElementById("fraga");

export function say(sentence, kind = "") {
  line.textContent = sentence;
  line.dataset.kind = kind;
}

export function mark(control, status, words = "") {
  const cell = control.closest(".cell") ?? control.closest(".new");
  if (!cell) return;
  if (status) cell.dataset.status = status;
  else delete cell.dataset.status;
  if (words) cell.dataset.words = words;
  else delete cell.dataset.words;
}

// Shows what the server asks and resolves with the choice that was made.
export function ask(html) {
  dialog.innerHTML = html;
  dialog.showModal();
  return new Promise((resolve) => {
    const chosen = (event) => {
      const button = event.target.closest("[data-choice]");
      if (!button) return;
      event.preventDefault(); // what is a form without a script is sent by the one who asked
      finish(button.dataset.choice, button.dataset.address);
    };
    const closed = (event) => {
      event.preventDefault();
      finish("later");
    };
    function finish(choice, address) {
      const combined = dialog.querySelector("[data-combined]")?.value;
      dialog.removeEventListener("click", chosen);
      dialog.removeEventListener("cancel", closed);
      dialog.close();
      resolve({ choice, combined, address });
    }
    dialog.addEventListener("click", chosen);
    dialog.addEventListener("cancel", closed);
  });
}
