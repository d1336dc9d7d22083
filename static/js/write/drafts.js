// What has been typed but not saved stays in this browser until it is, for the one who typed it.

import { me, root } from "./server.js";

const prefix = `samverkan:${me}:${root.dataset.news}:`;

export function keep(key, draft) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the text is still in its field.
  }
}

export function drop(key) {
  localStorage.removeItem(prefix + key);
}

export function kept() {
  const found = [];
  for (let i = 0; i < localStorage.length; i += 1) {
    const name = localStorage.key(i);
    if (name.startsWith(prefix)) {
      found.push({ key: name.slice(prefix.length), ...JSON.parse(localStorage.getItem(name)) });
    }
  }
  return found;
}
