// Running text is written with headings, lists and emphasis, as it will be read. The textarea under
// it holds the HTML, so that it is saved, kept and compared as every other field is.

import { Asking } from "./asking.js";
import { dressMarks, markAt } from "./marks.js";
import { escaped, fromClipboard, ROOM, small } from "./small.js";

const inBlock = (name) => document.queryCommandValue("formatBlock").toLowerCase() === name;
const toggleBlock = (name) => document.execCommand("formatBlock", false, inBlock(name) ? "p" : name);
const isOn = (command) => document.queryCommandState(command);

// The link that the selection is in, or reaches over.
function linkIn(text) {
  const selection = getSelection();
  if (!selection.rangeCount || !text.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  return [...text.querySelectorAll("a[href]:not([href^='#'])")].find((link) => range.intersectsNode(link)) ?? null;
}

// A single paragraph goes on in the one that it is pasted in.
const withinLine = (html) => (html.lastIndexOf("<p>") === 0 && html.endsWith("</p>") ? html.slice(3, -4) : html);

const TOOLS = [
  { name: "Rubrik", act: () => toggleBlock("h3"), isOn: () => inBlock("h3") },
  { name: "Underrubrik", act: () => toggleBlock("h4"), isOn: () => inBlock("h4") },
  { name: "Fet", key: "Ctrl+B", act: () => document.execCommand("bold"), isOn: () => isOn("bold") },
  { name: "Kursiv", key: "Ctrl+I", act: () => document.execCommand("italic"), isOn: () => isOn("italic") },
  {
    name: "Punktlista",
    act: () => document.execCommand("insertUnorderedList"),
    isOn: () => isOn("insertUnorderedList"),
  },
  {
    name: "Numrerad lista",
    act: () => document.execCommand("insertOrderedList"),
    isOn: () => isOn("insertOrderedList"),
  },
  { name: "Länk", key: "Ctrl+K", ask: "link", isOn: (text) => linkIn(text) !== null },
  { name: "Fotnot", ask: "note", isProse: true },
  { name: "Hänvisning", ask: "reference", isProse: true },
];

// A screen reader is told of no step that is not there: what comes first stands right under the
// heading of its section, whatever it was called where it came from.
function tellLevels(text) {
  let last = 2;
  for (const heading of text.querySelectorAll("h3, h4")) {
    last = Math.min(Number(heading.localName[1]), last + 1);
    heading.setAttribute("aria-level", last);
  }
}

export function dress(area) {
  area.dataset.rich = "dressed";
  new Editor(area);
}

class Editor {
  #range = null; // where one was in the text, when one has gone to its tools

  constructor(area) {
    this.area = area;
    this.isProse = area.matches("[data-prose]");
    const label = area.labels[0];
    this.name = area.ariaLabel ?? label?.textContent ?? "";
    label?.removeAttribute("for");
    this.text = this.#makeText();
    this.tools = this.#makeTools();
    this.asking = new Asking(this);
    area.hidden = true;
    area.before(this.tools, this.text);
    area.after(this.asking.panel);
    this.#show();
    area.addEventListener("put", () => this.#show());
    if (area.readOnly) {
      this.tools.remove();
      return;
    }
    this.#listen();
  }

  #makeText() {
    const text = document.createElement("div");
    text.className = "rich prose";
    text.contentEditable = String(!this.area.readOnly);
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    text.setAttribute("aria-label", this.name);
    if (this.area.readOnly) {
      text.setAttribute("aria-readonly", "true");
      text.tabIndex = 0;
    }
    return text;
  }

  #makeTools() {
    const tools = document.createElement("div");
    tools.className = "rich-tools";
    tools.setAttribute("role", "toolbar");
    tools.setAttribute("aria-label", "Så ska texten se ut");
    this.buttons = TOOLS.filter((tool) => this.isProse || !tool.isProse).map((tool) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = tool.name;
      button.tabIndex = -1;
      if (tool.key) {
        button.title = `${tool.name} (${tool.key})`;
        button.setAttribute("aria-keyshortcuts", tool.key.replace("Ctrl", "Control"));
      }
      if (tool.ask) button.setAttribute("aria-haspopup", "dialog");
      if (tool.isOn) button.setAttribute("aria-pressed", "false");
      button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
      button.addEventListener("click", () => this.#use(tool));
      tools.append(button);
      return button;
    });
    this.buttons[0].tabIndex = 0;
    this.said = document.createElement("span");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    tools.append(this.said);
    return tools;
  }

  #listen() {
    const { text, tools, area } = this;
    text.addEventListener("input", () => this.#changed());
    text.addEventListener("focus", () => {
      document.execCommand("defaultParagraphSeparator", false, "p");
      area.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    });
    // Left is the text when neither it nor its tools have the focus: then it is saved.
    for (const part of [text, tools, this.asking.panel]) {
      part.addEventListener("focusout", ({ relatedTarget }) => {
        if (!this.#holds(relatedTarget)) area.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
      });
    }
    document.addEventListener("selectionchange", () => this.remember() && this.#tellPressed());
    text.addEventListener("paste", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#paste(event.clipboardData);
    });
    text.addEventListener("beforeinput", (event) => {
      if (event.inputType === "formatUnderline") event.preventDefault(); // that is how links look
      if (event.inputType !== "insertFromDrop") return;
      event.preventDefault();
      const [at] = event.getTargetRanges();
      getSelection().setBaseAndExtent(at.startContainer, at.startOffset, at.endContainer, at.endOffset);
      this.#paste(event.dataTransfer);
    });
    text.addEventListener("keydown", (event) => this.#onKey(event));
    // The tools would come over the text with the focus, and move the mark from under the hand.
    text.addEventListener("mousedown", (event) => markAt(event.target, text) && event.preventDefault());
    text.addEventListener("click", (event) => {
      const mark = markAt(event.target, text);
      if (!mark) return;
      event.preventDefault(); // it is opened here, and not followed
      this.asking.open(mark.matches("a") ? "reference" : "note", mark);
    });
    tools.addEventListener("keydown", (event) => this.#onToolKey(event));
  }

  #holds(node) {
    return [this.text, this.tools, this.asking.panel].some((part) => part.contains(node));
  }

  #show() {
    const { value } = this.area;
    if (this.text.innerHTML && small(this.text, this.isProse) === value) return; // it stands there
    this.text.innerHTML = fromClipboard(value, this.isProse);
    tellLevels(this.text);
    dressMarks(this.text);
  }

  #changed() {
    dressMarks(this.text);
    this.area.value = small(this.text, this.isProse);
    this.area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  remember() {
    const selection = getSelection();
    const isHere = selection.rangeCount > 0 && this.text.contains(selection.anchorNode);
    if (isHere) this.#range = selection.getRangeAt(0).cloneRange();
    return isHere;
  }

  // Where one was in the text, so that what is done is done there.
  back() {
    this.text.focus();
    if (!this.#range || !this.text.contains(this.#range.startContainer)) return;
    getSelection().removeAllRanges();
    getSelection().addRange(this.#range);
  }

  // What is done is done as if it were typed, so that it can be taken back with Ctrl+Z.
  #type(command, words = null) {
    this.back();
    document.execCommand(command, false, words);
    this.#changed();
    this.remember();
  }

  // A mark that ends its paragraph would be put after it, and one could not write on from it: so there
  // is a space without width on both sides of it. It is not kept.
  insertMark(html, before = null) {
    if (before) this.remove(before);
    this.#type("insertText", ROOM);
    getSelection().modify("move", "backward", "character");
    this.remember();
    this.#type("insertHTML", html + ROOM);
  }

  remove(mark, words = "") {
    this.select(mark);
    if (words) this.#type("insertText", words);
    else this.#type("delete");
  }

  // The selected words, or those of the link that one stands in; else the address is what is read.
  setLink(address, words, link) {
    if (link) this.select(link);
    if (this.#range && !this.#range.collapsed) {
      this.#type("createLink", address);
      getSelection().collapseToEnd();
    } else this.#type("insertHTML", `<a href="${escaped(address)}">${escaped(words)}</a>`);
  }

  removeLink(link) {
    this.select(link);
    this.#type("unlink");
  }

  select(element) {
    this.#range = document.createRange();
    this.#range.selectNode(element);
  }

  get selectedWords() {
    return this.#range?.toString().replaceAll(ROOM, "").trim() ?? "";
  }

  // Where the selection stands, for what opens beside it.
  get place() {
    const [box] = this.#range?.getClientRects() ?? [];
    const at = this.#range?.startContainer ?? this.text;
    return box ?? (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).getBoundingClientRect();
  }

  get link() {
    return linkIn(this.text);
  }

  // A new sentence begins here.
  get isFirst() {
    if (!this.#range) return true;
    const before = document.createRange();
    const { startContainer: at } = this.#range;
    const element = at.nodeType === Node.TEXT_NODE ? at.parentElement : at;
    before.selectNodeContents(element.closest("p, li, h3, h4, blockquote") ?? this.text);
    before.setEnd(at, this.#range.startOffset);
    return /(?:^|[.!?:])\s*$/.test(before.toString().replaceAll(ROOM, ""));
  }

  #use({ name, act, ask, isOn: isPressed }) {
    this.remember();
    if (ask) {
      this.asking.open(ask);
      return;
    }
    this.back();
    act();
    this.#changed();
    this.#tellPressed();
    this.said.textContent = `${name}: ${isPressed(this.text) ? "på" : "av"}`;
  }

  #tellPressed() {
    for (const button of this.buttons) {
      const tool = TOOLS.find(({ name }) => name === button.textContent);
      if (tool.isOn) button.setAttribute("aria-pressed", String(tool.isOn(this.text)));
    }
  }

  // What another program has dressed it in stays there; its structure comes with.
  #paste(data) {
    const html = data.getData("text/html");
    const made = html ? fromClipboard(html, this.isProse) : "";
    if (made) document.execCommand("insertHTML", false, withinLine(made));
    else document.execCommand("insertText", false, data.getData("text/plain"));
    this.#changed();
  }

  #onKey(event) {
    const mark = markAt(event.target, this.text);
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      this.asking.open("link");
    } else if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.asking.open(mark.matches("a") ? "reference" : "note", mark);
    } else if (mark && (event.key === "Backspace" || event.key === "Delete")) {
      event.preventDefault();
      this.remove(mark);
    }
  }

  // One stop for Tab; inside, the arrows.
  #onToolKey(event) {
    const at = this.buttons.indexOf(event.target);
    const last = this.buttons.length - 1;
    const to = { ArrowLeft: at ? at - 1 : last, ArrowRight: at < last ? at + 1 : 0, Home: 0, End: last }[event.key];
    if (event.key === "Escape") this.back();
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    this.buttons[at].tabIndex = -1;
    this.buttons[to].tabIndex = 0;
    this.buttons[to].focus();
  }
}
