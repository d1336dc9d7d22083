// What stands beside the plan while it is written. Each of it is a page of its own without a script.

import { listenToLacks } from "./lacks.js";
import { listenToNames } from "./names.js";
import { listenToPanel } from "./panel.js";
import { listenForPersonalData } from "./personal.js";
import { listenToTalk } from "./talk.js";

function start() {
  listenToPanel();
  listenToNames();
  listenToTalk();
  listenToLacks();
  listenForPersonalData();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
