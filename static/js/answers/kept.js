// What was written while the network was away, by the address that it is to be sent to.

const KEY = "svar:";

export function keep(form, typed) {
  const before = read(form.getAttribute("action"));
  localStorage.setItem(KEY + form.getAttribute("action"), JSON.stringify({ ...before, ...typed }));
}

export function forget(form, typed) {
  const left = read(form.getAttribute("action"));
  for (const [name, value] of Object.entries(typed)) if (left[name] === value) delete left[name];
  if (Object.keys(left).length) localStorage.setItem(KEY + form.getAttribute("action"), JSON.stringify(left));
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
