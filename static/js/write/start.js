// The page where a plan is written. Everything here also works as plain forms.

import { tellContents } from "./contents.js";
import { listenToButtons } from "./doing.js";
import { listenToFilter } from "./filter.js";
import { listenToKeys } from "./keys.js";
import { listenToMore } from "./more.js";
import { listen } from "./news.js";
import { listenToPaste } from "./paste.js";
import { beHere } from "./people.js";
import { dressRichText } from "./rich.js";
import { listenToRows } from "./rows.js";
import { resume } from "./saving.js";

function start() {
  listenToKeys();
  listenToRows();
  listenToButtons();
  listenToMore();
  listenToPaste();
  dressRichText();
  tellContents();
  beHere();
  listen();
  resume();
  listenToFilter();
  document.documentElement.dataset.ready = "ja"; // for whoever waits for it, as a test does
}

// A long plan comes piece by piece, and what was left unsaved may stand in the last one.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
