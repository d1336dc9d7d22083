// Running text is written with headings, lists and emphasis, as it will be read. The textarea under
// it holds the HTML, so that it is saved, kept and compared as every other field is.

import { root } from "./server.js";

const TOOLS = [
  ["Rubrik", () => toggleBlock("h3"), () => inBlock("h3")],
  ["Fet", () => document.execCommand("bold"), () => document.queryCommandState("bold")],
  ["Kursiv", () => document.execCommand("italic"), () => document.queryCommandState("italic")],
  [
    "Punktlista",
    () => document.execCommand("insertUnorderedList"),
    () => document.queryCommandState("insertUnorderedList"),
  ],
  [
    "Numrerad lista",
    () => document.execCommand("insertOrderedList"),
    () => document.queryCommandState("insertOrderedList"),
  ],
];

const inBlock = (name) => document.queryCommandValue("formatBlock").toLowerCase() === name;
const toggleBlock = (name) => document.execCommand("formatBlock", false, inBlock(name) ? "p" : name);

// The browser's own marks become those that the plan keeps.
function asKept(html) {
  return html
    .replaceAll(/<(\/?)b>/g, "<$1strong>")
    .replaceAll(/<(\/?)i>/g, "<$1em>")
    .replaceAll(/<div>/g, "<p>")
    .replaceAll(/<\/div>/g, "</p>")
    .replaceAll(/<p><br><\/p>/g, "")
    .replaceAll(/ aria-level="\d"/g, "");
}

// A screen reader is told of no step that is not there: what comes first stands right under the
// heading of its section, whatever it was called where it came from.
function tellLevels(text) {
  let last = 2;
  for (const heading of text.querySelectorAll("h3, h4")) {
    last = Math.min(Number(heading.localName[1]), last + 1);
    heading.setAttribute("aria-level", last);
  }
}

function dress(area) {
  if (!area.form || area.readOnly) return; // without its form it is still coming
  area.dataset.rich = "dressed";
  const label = area.labels[0];
  const text = document.createElement("div");
  text.className = "rich prose";
  text.contentEditable = "true";
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  text.setAttribute("aria-label", area.ariaLabel ?? label.textContent);
  text.innerHTML = area.value; // cleaned by the server on its way in
  tellLevels(text);
  const tools = document.createElement("div");
  tools.className = "rich-tools";
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", "Så ska texten se ut");
  for (const [name, act, isOn] of TOOLS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      text.focus();
      act();
      note();
      button.setAttribute("aria-pressed", String(isOn()));
    });
    tools.append(button);
  }
  function note() {
    area.value = asKept(text.innerHTML);
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  text.addEventListener("input", note);
  text.addEventListener("focus", () => {
    document.execCommand("defaultParagraphSeparator", false, "p");
    area.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  });
  text.addEventListener("blur", () => area.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
  text.addEventListener("keyup", () => {
    for (const [place, button] of [...tools.children].entries()) {
      button.setAttribute("aria-pressed", String(TOOLS[place][2]()));
    }
  });
  // Word's dress stays in Word: what is pasted comes as text, paragraph by paragraph.
  text.addEventListener("paste", (event) => {
    event.preventDefault();
    event.stopPropagation();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  area.addEventListener("put", () => {
    text.innerHTML = area.value;
    tellLevels(text);
  });
  label?.removeAttribute("for");
  area.hidden = true;
  area.before(tools, text);
}

export function dressRichText() {
  const all = () => root.querySelectorAll('[data-rich=""]').forEach(dress);
  all();
  new MutationObserver(all).observe(root, { childList: true, subtree: true });
}
