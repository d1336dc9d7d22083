// Any HTML as the small HTML that is kept: words, headings, lists, emphasis, links, footnotes.
//
// It is what samverkan/pasted_html.py makes of it, to the letter, so that what is pasted stands at once
// as it will stand when it is saved, without the network. tests/pasted.py holds the two together.

export const REFERENCE = /^#[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const ROOM = "\u200b"; // a space without width: where one can write beside a mark
const LINK = /^(?:https?|mailto):/i;

const BOLD = /(?<![\w-])font-weight\s*:\s*(?:(bold|[6-9]00)|normal|400)/i;
const ITALIC = /(?<![\w-])font-style\s*:\s*(?:(italic|oblique)|normal)/i;
const LIST_LEVEL = /mso-list\s*:[^;]*\blevel(\d)/i;
const LIST_MARK = /mso-list\s*:\s*ignore/i;
const LEFT_OUT = /display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment-list/i;
const LEFT_OUT_CLASSES = ["MsoCommentReference", "msocomanchor", "msoDel"];
const LIST = /mso-list\s*:\s*(l\d+\s+level\d+\s+lfo\d+)/i;
const OUTLINE = /mso-outline-level\s*:\s*([1-9])/i;
const BARE_MARK = /^\s*([·•▪●◦§Øüo–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])(?:\t|[\s\xa0]{2,})/;
const NUMBER = /^\s*\(?(?:(?:\d+\.)*\d+|[a-z]|[ivx]+)[.)]\s*$/i;
const LEVEL = /^[1-8]$/;

const words = (all) => new Set(all.split(" "));
const BLOCKS = words(
  "p div pre ul ol li blockquote dl dt dd hr center table caption tr td th article section header footer main aside nav address figure figcaption details summary fieldset h1 h2 h3 h4 h5 h6",
);
const GONE = words(
  "head script style title template noscript xml svg math iframe object video audio canvas select datalist",
);

const isSpace = (text) => !text.replace(/[ \t\r\n\f\xa0]/g, "");
const LINE = { text: "\n" };
const plainRun = (text) => ({ text, bold: false, italic: false, link: "", note: null });

// The mark of each footnote, and what holds its words: two links that lead to each other.
function notesOf(root) {
  const links = [...root.querySelectorAll("a")];
  const named = new Map();
  for (const link of links) {
    for (const name of [link.getAttribute("name"), link.id]) if (name) named.set(name, link);
  }
  const target = (link) => {
    const href = link.getAttribute("href") ?? "";
    return href.startsWith("#") ? named.get(href.slice(1)) : undefined;
  };
  const pairs = [];
  for (const [place, mark] of links.entries()) {
    const twin = target(mark);
    if (twin && target(twin) === mark && place < links.indexOf(twin)) pairs.push([mark, twin]);
  }
  const ends = new Set(pairs.flat());
  return pairs.map(([mark, twin]) => [mark, holderOf(twin, ends, root)]);
}

// The paragraph that a footnote begins with, or what is there to hold all its paragraphs.
function holderOf(twin, ends, root) {
  let holder = twin;
  while (holder.parentElement && holder.parentElement !== root) {
    const parent = holder.parentElement;
    const isWhole =
      parent.localName === "div" && (parent.id || looksOf(parent).includes("mso-element"));
    if (BLOCKS.has(holder.localName) && !isWhole) break;
    if ([...parent.querySelectorAll("a")].some((link) => link !== twin && ends.has(link))) break;
    holder = parent;
  }
  return holder;
}

// What is read, block by block. `dress` is what holds for the words where the reading is.
class Walk {
  blocks = [];
  notes = []; // runs of each footnote
  #runs = [];
  #dress = { lists: [], level: 0, heading: null, note: null, link: "" };
  #begun = new Set();
  #numbered = new Set();
  #rows = [];
  #marks = new Map();
  #holders = new Map();
  #twins = new Set();

  constructor(root, isTyped = false) {
    this.isTyped = isTyped;
    for (const [mark, holder] of notesOf(root)) {
      if (this.#holders.has(holder)) continue;
      const note = this.#newNote();
      this.#marks.set(mark, note);
      this.#holders.set(holder, note);
      this.#twins.add(mark.getAttribute("href").slice(1));
    }
    for (const child of root.childNodes) this.#read(child);
    this.#break();
    for (const note of this.notes) {
      if (!note.isPlaced && note.runs.length) {
        for (const runs of paragraphs(note.runs, true)) this.blocks.push({ runs, level: 0, heading: null, isQuote: false });
      }
    }
  }

  #newNote() {
    const note = { runs: [], isPlaced: false };
    this.notes.push(note);
    return note;
  }

  #read(node) {
    if (node.nodeType === Node.TEXT_NODE) this.#say(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || GONE.has(node.localName)) return;
    if (BLOCKS.has(node.localName)) this.#break();
    const before = this.#dress;
    this.#dress = { ...before };
    this.#start(node);
    for (const child of node.childNodes) this.#read(child);
    if (BLOCKS.has(node.localName)) this.#break();
    if (node.localName === "tr") this.#endRow(this.#rows.pop());
    this.#dress = before;
  }

  #start(node) {
    const dress = this.#dress;
    const tag = node.localName;
    const style = looksOf(node);
    if (tag === "del" || LEFT_OUT.test(style) || LEFT_OUT_CLASSES.some((name) => node.classList.contains(name))) {
      dress.isLeftOut = true;
    }
    if (this.#holders.has(node) && !dress.note) {
      this.#break();
      dress.note = this.#holders.get(node);
    }
    if (LIST_MARK.test(style)) {
      if (dress.item && NUMBER.test(node.textContent)) this.#numbered.add(dress.item);
      dress.isLeftOut = true;
    }
    if (tag === "br") this.#add(LINE);
    else if (tag === "a") this.#startLink(node);
    else if (tag === "span" && node.classList.contains("fotnot")) this.#startNote();
    else if (tag === "b" || tag === "strong") dress.bold = true;
    else if (tag === "i" || tag === "em") dress.italic = true;
    else if (BLOCKS.has(tag)) this.#startBlock(node, style);
    const weight = BOLD.exec(style);
    const slant = ITALIC.exec(style);
    if (weight) dress.bold = Boolean(weight[1]);
    if (slant) dress.italic = Boolean(slant[1]);
  }

  #startLink(node) {
    const dress = this.#dress;
    const href = addressOf(node);
    if (this.#marks.has(node) && !dress.note) {
      this.#place(this.#marks.get(node));
      dress.isLeftOut = true; // its number runs by itself
    } else if (dress.note && (this.#twins.has(node.getAttribute("name")) || this.#twins.has(node.id))) {
      dress.isLeftOut = true;
    } else if (REFERENCE.test(href)) {
      dress.link = href;
      this.#add({ ...plainRun(""), link: href });
    } else if (LINK.test(href)) dress.link = href;
  }

  #startNote() {
    if (this.#dress.note) {
      this.#add(plainRun(" "));
      return;
    }
    const note = this.#newNote();
    this.#place(note);
    Object.assign(this.#dress, { note, bold: false, italic: false, link: "" });
  }

  #startBlock(node, style) {
    const dress = this.#dress;
    const tag = node.localName;
    const heading = headingOf(node, style);
    if (heading !== null) dress.heading = heading;
    if (tag === "ul" || tag === "ol") Object.assign(dress, { lists: [...dress.lists, node], item: null });
    else if (tag === "li") {
      const told = node.dataset.ariaLevel || node.getAttribute("aria-level") || "";
      const level = Math.max(dress.lists.length, LEVEL.test(told) ? Number(told) : 1);
      Object.assign(dress, { item: node, level, heading: null });
    } else if (heading === null && !dress.item && LIST_LEVEL.test(style)) {
      Object.assign(dress, { item: node, level: Number(LIST_LEVEL.exec(style)[1]) });
    } else if (tag === "blockquote") dress.isQuote = true;
    else if (tag === "pre") dress.isAsTyped = true;
    else if (tag === "tr") this.#rows.push([this.blocks.length]);
    else if (tag === "td" || tag === "th") this.#rows.at(-1)?.push(this.blocks.length);
    dress.mayBeItem = [...node.classList].some((name) => name.startsWith("MsoListParagraph"));
  }

  // One paragraph, where each cell is at most one; else the cells stand after each other.
  #endRow(begins) {
    const places = [...begins, this.blocks.length];
    const cells = begins.map((one, place) => this.blocks.slice(one, places[place + 1])).filter((cell) => cell.length);
    const isLine = (cell) => cell.length === 1 && !cell[0].level && cell[0].heading === null;
    if (cells.length < 2 || !cells.every(isLine)) return;
    const runs = cells.flatMap(([block]) => [plainRun(" | "), ...block.runs]).slice(1);
    this.blocks.splice(begins[0], Infinity, { ...cells[0][0], runs });
  }

  #say(said) {
    // Where one types a space at the end of an element a browser writes a no-break one.
    const text = (this.isTyped ? said.replace(/^\xa0|\xa0$/g, " ") : said).replaceAll(ROOM, "");
    const { bold, italic, link, heading, isAsTyped } = this.#dress;
    for (const [place, line] of (isAsTyped ? text.split("\n") : [text]).entries()) {
      if (place) this.#add(LINE);
      this.#add({ text: line, bold: Boolean(bold) && heading === null, italic: Boolean(italic), link, note: null });
    }
  }

  #add(run) {
    const { isLeftOut, note } = this.#dress;
    if (isLeftOut) return;
    if (note) note.runs.push(run === LINE ? plainRun(" ") : run);
    else this.#runs.push(run);
  }

  #place(note) {
    note.isPlaced = true;
    this.#add({ ...plainRun(""), note });
  }

  // A paragraph ends.
  #break() {
    const { note, item, heading, isQuote, mayBeItem } = this.#dress;
    if (note) {
      this.#add(plainRun(" "));
      return;
    }
    let runs = this.#runs;
    this.#runs = [];
    let made = { heading, isQuote: Boolean(isQuote), level: 0 };
    const mark = !item && mayBeItem && BARE_MARK.exec(textOf(runs));
    if (item) made = this.#point();
    else if (mark) {
      runs = without(runs, mark[0].length);
      made = { heading: null, isQuote: false, level: 1, isNumbered: NUMBER.test(mark[1]) };
    }
    for (const part of paragraphs(runs, made.level > 0)) {
      this.blocks.push({ ...made, runs: part });
      if (item) this.#begun.add(item);
    }
  }

  #point() {
    const { item, lists, level, isQuote } = this.#dress;
    let isNumbered = this.#numbered.has(item);
    let ofList = LIST.exec(looksOf(item))?.[1].replace(/level\d+/i, "");
    if (item.localName === "li") {
      const list = lists.at(-1);
      isNumbered = list?.localName === "ol";
      ofList = isNumbered && (list.getAttribute("start") ?? "1") === "1" ? list : undefined;
    }
    return { heading: null, isQuote: Boolean(isQuote), level, isNumbered, ofList, goesOn: this.#begun.has(item) };
  }
}

// On this page itself a browser writes out the whole address of what is copied.
function addressOf(link) {
  const href = (link.getAttribute("href") ?? "").trim();
  const [page, row] = href.split("#");
  return row !== undefined && page === location.href.split("#")[0] ? `#${row}` : href;
}

function headingOf(node, style) {
  const level = /^h([1-6])$/.exec(node.localName);
  if (level) return Number(level[1]);
  if (node.classList.contains("MsoTitle")) return 0;
  if (node.getAttribute("role") === "heading") {
    const told = node.getAttribute("aria-level") ?? "";
    return LEVEL.test(told) ? Number(told) : 2;
  }
  const outline = node.localName === "p" && OUTLINE.exec(style);
  return outline ? Number(outline[1]) : null;
}

const looksOf = (node) => node.getAttribute("data-style") ?? node.getAttribute("style") ?? "";

const textOf = (runs) => runs.map((run) => run.text).join("");

function without(runs, letters) {
  return runs.map((run) => {
    const text = run.text.slice(letters);
    letters = Math.max(0, letters - run.text.length);
    return { ...run, text };
  });
}

// Two line breaks in a row begin a new paragraph, except in a point of a list.
function paragraphs(runs, isWhole) {
  const made = [];
  let isOpen = false;
  for (const line of linesOf(runs)) {
    if (!line.length) isOpen &&= isWhole;
    else if (isOpen) made.at(-1).push(LINE, ...line);
    else {
      made.push(line);
      isOpen = true;
    }
  }
  return made;
}

function linesOf(runs) {
  const lines = [[]];
  for (const run of runs) {
    if (run === LINE) lines.push([]);
    else lines.at(-1).push(run);
  }
  return lines.map(tidy);
}

// One space between two words, and none at the ends; a single no-break space is one on purpose.
function tidy(line) {
  const made = [];
  let isAfterSpace = true;
  for (const run of line) {
    let text = run.text.replace(/[ \t\r\n\f\xa0]{2,}|[\t\r\n\f]/g, " ");
    if (isAfterSpace) text = text.replace(/^[ \t\r\n\f\xa0]+/, "");
    if (!text && !run.note && !REFERENCE.test(run.link)) continue;
    made.push({ ...run, text });
    isAfterSpace = /[ \xa0]$/.test(text);
  }
  while (made.length && !made.at(-1).note) {
    const last = made.pop();
    const text = last.text.replace(/[ \t\r\n\f\xa0]+$/, "");
    if (text || REFERENCE.test(last.link)) return [...made, { ...last, text }];
  }
  return made;
}

// --- What is written ---

const written = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\xa0", "&nbsp;");
export const escaped = (text) => written(text).replaceAll('"', "&quot;");

// Runs of neighbours that are alike.
function grouped(runs, isAlike) {
  const groups = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last && isAlike(last[0], run)) last.push(run);
    else groups.push([run]);
  }
  return groups;
}

class Writer {
  #parts = [];
  #lists = []; // those that are open
  #isQuote = false;

  constructor(isProse) {
    this.isProse = isProse;
  }

  written(blocks) {
    const said = blocks.map((block) => [block, this.inline(block.runs)]);
    const levels = blocks.map((block) => block.heading).filter((level) => level !== null);
    const highest = levels.every((level) => level === 3 || level === 4) ? 3 : Math.min(...levels);
    for (const [block, text] of said.filter(([, words]) => words)) {
      if (block.isQuote !== this.#isQuote) this.#quote(block.isQuote);
      if (block.level) this.#point(block, text);
      else {
        this.#closeLists(0);
        const tag = block.heading === null ? "p" : block.heading === highest ? "h3" : "h4";
        this.#parts.push(`<${tag}>${text}</${tag}>`);
      }
    }
    this.#closeLists(0);
    if (this.#isQuote) this.#quote(false);
    return this.#parts.join("");
  }

  #quote(isQuote) {
    this.#closeLists(0);
    this.#parts.push(isQuote ? "<blockquote>" : "</blockquote>");
    this.#isQuote = isQuote;
  }

  #point(block, text) {
    if (block.goesOn && this.#lists.length) {
      const isAfterList = this.#lists.length > block.level;
      this.#closeLists(block.level);
      this.#parts.push(isAfterList ? text : `<br>${text}`);
      return;
    }
    const level = Math.min(block.level, this.#lists.length + 1);
    const kind = block.isNumbered ? "ol" : "ul";
    this.#closeLists(level);
    const before = this.#lists[level - 1];
    const isAnother = block.isNumbered && block.ofList && block.ofList !== before?.ofList;
    if (before && (before.kind !== kind || isAnother)) this.#closeLists(level - 1);
    if (this.#lists.length === level) this.#parts.push("</li><li>");
    else {
      this.#parts.push(`<${kind}><li>`);
      this.#lists.push({ kind, ofList: block.ofList });
    }
    this.#parts.push(text);
  }

  #closeLists(downTo) {
    while (this.#lists.length > downTo) this.#parts.push(`</li></${this.#lists.pop().kind}>`);
  }

  inline(runs) {
    return grouped(runs, (one, other) => (one.link ?? "") === (other.link ?? ""))
      .map((linked) => {
        const { link } = linked[0];
        const text = this.#merged(linked);
        const isKept = link && (link.startsWith("#") ? this.isProse : text);
        return isKept ? `<a href="${escaped(link)}">${text}</a>` : text;
      })
      .join("");
  }

  #merged(runs) {
    const isAlike = (one, other) =>
      one !== LINE && other !== LINE && !one.note && !other.note && one.bold === other.bold && one.italic === other.italic;
    return grouped(runs, isAlike)
      .map((alike) => this.#run({ ...alike[0], text: textOf(alike) }, alike[0] === LINE))
      .join("");
  }

  #run(run, isLine) {
    if (isLine) return "<br>";
    if (run.note) return this.#note(this.inline(tidy(run.note.runs)));
    let text = written(run.text);
    if (isSpace(run.text)) return text;
    if (run.italic) text = `<em>${text}</em>`;
    return run.bold ? `<strong>${text}</strong>` : text;
  }

  #note(text) {
    if (!text) return "";
    return this.isProse ? `<span class="fotnot">${text}</span>` : ` [fotnot: ${text}]`;
  }
}

// What is written in an element, as it is kept; `isProse` where there may be footnotes and references.
export function small(root, isProse) {
  return new Writer(isProse).written(new Walk(root, true).blocks);
}

// The document that it is read in is inert: nothing in it is run or fetched. A browser complains of
// looks and scripts in it all the same, so they come under other names.
export function fromClipboard(html, isProse) {
  const quiet = html
    .replace(/<(\/?)style(?=[\s>])/gi, "<$1template")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
  const { body } = new DOMParser().parseFromString(quiet, "text/html");
  return new Writer(isProse).written(new Walk(body).blocks);
}

// What stands in an element as words on one line: what a footnote holds.
export function inline(root) {
  const runs = new Walk(root).blocks.flatMap((block) => [plainRun(" "), ...block.runs]);
  const line = runs.map((run) => (run === LINE ? plainRun(" ") : run)).filter((run) => !run.note);
  return new Writer(true).inline(tidy(line));
}
