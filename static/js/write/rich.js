// The fields of running text on the page, those that come later too.

import { dress } from "../rich/editor.js";
import { root } from "./server.js";

export function dressRichText() {
  const all = () => {
    for (const area of root.querySelectorAll('[data-rich=""]')) {
      if (area.form) dress(area); // without its form it is still coming
    }
  };
  all();
  new MutationObserver(all).observe(root, { childList: true, subtree: true });
}
