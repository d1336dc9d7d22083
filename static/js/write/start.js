// The page where a plan is written. Everything here also works as plain forms.

import { listenToAreas } from "./areas.js";
import { tellContents } from "./contents.js";
import { listenToButtons } from "./doing.js";
import { listenToFigures } from "./figures.js";
import { listenToFilter } from "./filter.js";
import { listenToKeys } from "./keys.js";
import { listenToMore } from "./more.js";
import { listen } from "./news.js";
import { listenToPaste } from "./paste.js";
import { beHere } from "./people.js";
import { dressRichText } from "./rich.js";
import { listenToRows, resumeNew } from "./rows.js";
import { resume } from "./saving.js";
import { whole } from "./server.js";

// A long plan comes piece by piece: what has come can be written in at once.
listenToKeys();
listenToRows();
listenToButtons();
listenToMore();
listenToAreas();
listenToPaste();
listenToFigures();
dressRichText();
beHere();
document.documentElement.dataset.ready = "ja"; // for whoever waits for it, as a test does

// What others write, and what was left unsaved, may belong in the last piece.
whole.then(() => {
  tellContents();
  listen();
  resumeNew();
  resume();
  listenToFilter();
});
