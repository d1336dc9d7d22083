// What was written while the network was away, by the address that it is to be sent to.

const KEY = `svar:${document.querySelector("[data-answer]")?.dataset.user ?? ""}:`;

// With the version that she had before her: what another has written since is not written over.
export function keep(form, { gor, ...typed }) {
  const before = read(form.getAttribute("action"));
  localStorage.setItem(KEY + form.getAttribute("action"), JSON.stringify({ seen: form.elements.seen.value, ...before, ...typed }));
}

export function forget(form, typed) {
  const left = read(form.getAttribute("action"));
  for (const [name, value] of Object.entries(typed)) if (left[name] === value) delete left[name];
  if (Object.keys(left).some((name) => name !== "seen")) localStorage.setItem(KEY + form.getAttribute("action"), JSON.stringify(left));
  else localStorage.removeItem(KEY + form.getAttribute("action"));
}

export function kept() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(KEY))
    .map((key) => [key.slice(KEY.length), read(key.slice(KEY.length))]);
}

function read(address) {
  try {
    return JSON.parse(localStorage.getItem(KEY + address)) ?? {};
  } catch {
    return {};
  }
}
