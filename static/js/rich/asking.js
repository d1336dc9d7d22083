// What is asked about a link, a footnote or a reference, in a small panel beside where it stands.

import { targets, wordsFor } from "./marks.js";
import { escaped, fromClipboard, inline } from "./small.js";

const KINDS = {
  link: { label: "Webbadress eller e-postadress", insert: "Infoga länken", change: "Ändra länken", remove: "Ta bort länken" },
  note: { label: "Fotnotens text", insert: "Infoga fotnoten", change: "Ändra fotnoten", remove: "Ta bort fotnoten" },
  reference: {
    label: "Hänvisa till",
    insert: "Infoga hänvisningen",
    change: "Ändra hänvisningen",
    remove: "Ta bort hänvisningen",
  },
};

// As it is typed: with its beginning or without; nothing, where it is no address.
export function addressFrom(typed) {
  const words = typed.trim();
  if (/\s/.test(words)) return "";
  if (/^https?:\/\/[^/]+/i.test(words) || /^mailto:.+@.+/i.test(words)) return words;
  if (/^[^@/:]+@[^@/:]+\.[^@/:]+$/.test(words)) return `mailto:${words}`;
  return /^[^/:@.]+(?:\.[^/:@.]+)+(?:[/:?#].*)?$/.test(words) ? `https://${words}` : "";
}

export class Asking {
  #kind = "";
  #mark = null; // what is changed; none, where something new is put in

  constructor(editor) {
    this.editor = editor;
    const panel = (this.panel = document.createElement("div"));
    panel.className = "rich-ask";
    panel.hidden = true;
    panel.setAttribute("role", "dialog");
    // It stands in the field, but is no part of what is written there.
    for (const type of ["focusin", "focusout", "input", "change", "keydown", "paste"]) {
      panel.addEventListener(type, (event) => event.stopPropagation());
    }
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key !== "Enter" || event.target.matches("button")) return;
      event.preventDefault();
      this.#finish();
    });
    panel.addEventListener("paste", (event) => {
      if (!event.target.isContentEditable) return;
      event.preventDefault();
      this.#pasteInNote(event.clipboardData);
    });
    panel.addEventListener("click", ({ target }) => {
      if (target.matches("[data-finish]")) this.#finish();
      if (target.matches("[data-remove]")) this.#remove();
      if (target.matches("[data-close]")) this.close();
    });
  }

  open(kind, mark = null) {
    this.editor.remember();
    this.#kind = kind;
    this.#mark = mark ?? (kind === "link" ? this.editor.link : null);
    if (mark) this.editor.select(mark);
    const { label, insert, change, remove } = KINDS[kind];
    const all = kind === "reference" ? targets() : null;
    const id = `fraga-${this.editor.area.id}`;
    this.panel.setAttribute("aria-label", this.#mark ? change : insert);
    this.panel.innerHTML = `<label id="${id}-om" for="${id}">${label}</label>
<span class="rich-asked"></span><p class="rich-fault" id="${id}-fel" role="alert"></p>
<p class="rich-ask-buttons"><button type="button" class="btn btn-primary btn-sm" data-finish>${this.#mark ? change : insert}</button>
${this.#mark ? `<button type="button" class="btn btn-quiet btn-sm" data-remove>${remove}</button>` : ""}
<button type="button" class="btn btn-quiet btn-sm" data-close>Avbryt</button></p>`;
    const control = this.#control(all);
    control.id = id;
    control.setAttribute("aria-describedby", `${id}-fel`);
    this.panel.querySelector(".rich-asked").append(control);
    this.control = control;
    if (all?.length === 0) {
      this.#fault("Det finns ingen figur och inget avsnitt att hänvisa till än.");
      control.disabled = this.panel.querySelector("[data-finish]").disabled = true;
    }
    this.panel.hidden = false;
    (control.disabled ? this.panel.querySelector("[data-close]") : control).focus({ preventScroll: true });
    this.#place(); // with the focus the tools have come over the text
  }

  close() {
    this.panel.hidden = true;
    this.editor.back();
  }

  #control(all) {
    if (this.#kind === "note") {
      const note = document.createElement("div");
      note.className = "form-control rich-note";
      note.contentEditable = "true";
      note.setAttribute("role", "textbox");
      note.setAttribute("aria-labelledby", `fraga-${this.editor.area.id}-om`);
      note.innerHTML = this.#mark?.innerHTML ?? "";
      return note;
    }
    if (this.#kind === "link") {
      const address = document.createElement("input");
      address.className = "form-control";
      address.inputMode = "url";
      address.autocomplete = "off";
      address.spellcheck = false;
      address.value = (this.#mark?.getAttribute("href") ?? "").replace(/^mailto:/, "");
      return address;
    }
    const choice = document.createElement("select");
    choice.className = "form-select";
    for (const { id, name } of all) choice.add(new Option(name, id));
    if (this.#mark) choice.value = this.#mark.hash.slice(1);
    return choice;
  }

  // Beside where it will stand, and whole in its field.
  #place() {
    const field = this.panel.offsetParent.getBoundingClientRect();
    const { left, bottom } = this.editor.place;
    const x = Math.max(0, Math.min(left - field.left, field.width - this.panel.offsetWidth));
    this.panel.style.setProperty("--x", `${x}px`);
    this.panel.style.setProperty("--y", `${bottom - field.top + 6}px`);
    this.panel.scrollIntoView({ block: "nearest" });
  }

  #fault(sentence) {
    this.panel.querySelector(".rich-fault").textContent = sentence;
    this.control.setAttribute("aria-invalid", "true");
    this.control.focus();
  }

  #finish() {
    if (this.#kind === "link") {
      this.#link();
      return;
    }
    const made = this.#kind === "note" ? this.#note() : this.#reference();
    if (!made) return;
    this.panel.hidden = true;
    this.editor.insertMark(made, this.#mark);
  }

  #remove() {
    this.panel.hidden = true;
    if (this.#kind === "link") this.editor.removeLink(this.#mark);
    else this.editor.remove(this.#mark, this.#kind === "reference" ? this.#mark.textContent : "");
  }

  #link() {
    const words = this.control.value.trim();
    const address = addressFrom(words);
    if (address) {
      this.panel.hidden = true;
      this.editor.setLink(address, words, this.#mark);
    } else this.#fault("Skriv en adress som börjar med https://, eller en e-postadress.");
  }

  #note() {
    const words = inline(this.control);
    if (!words) this.#fault("Skriv vad som ska stå i fotnoten.");
    return words && `<span class="fotnot" contenteditable="false">${words}</span>`;
  }

  #reference() {
    const target = targets().find(({ id }) => id === this.control.value);
    if (!target) {
      this.#fault("Välj vad texten ska hänvisa till.");
      return "";
    }
    return `<a href="#${target.id}" contenteditable="false">${escaped(this.#wordsFor(target))}</a>`;
  }

  // What somebody has chosen to call it stays; what it was called by itself follows what it leads to.
  #wordsFor(target) {
    if (!this.#mark) return this.editor.selectedWords || wordsFor(target, this.editor.isFirst);
    const words = this.#mark.textContent;
    const before = targets().find(({ id }) => id === this.#mark.hash.slice(1));
    const isByItself = before && [true, false].some((isFirst) => wordsFor(before, isFirst) === words);
    return isByItself ? wordsFor(target, words !== words.toLowerCase()) : words;
  }

  #pasteInNote(data) {
    const html = data.getData("text/html");
    const made = document.createElement("div");
    made.innerHTML = html ? fromClipboard(html, false) : escaped(data.getData("text/plain"));
    document.execCommand("insertHTML", false, inline(made));
  }
}
