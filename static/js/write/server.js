// The way to the server: every answer is what is new in the plan, or a reason why not.

export const root = document.getElementById("skriv");
export const me = root.dataset.user;

// When the last of the page has come.
export const whole = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
  else resolve();
});

let token = document.querySelector("[name=csrfmiddlewaretoken]").value;

// The network is gone, or whoever wrote is logged out: what was typed stays and is sent later.
export class Unreachable extends Error {}

export async function post(url, fields, headers = {}) {
  const send = () => {
    const body = new FormData();
    const pairs = fields instanceof FormData ? fields : Object.entries(fields);
    for (const [name, value] of pairs) body.append(name, value);
    return answer(url, { method: "POST", body, headers: { "X-CSRFToken": token, ...headers } });
  };
  const first = await send();
  // Our own refusals are JSON. This one is of the token, which a new log-in has made old.
  if (first.status !== 403 || first.isJson) return first;
  const news = await get(`${root.dataset.news}?seen=999999999&people=?`);
  if (news.body?.token) token = news.body.token;
  return send();
}

export function get(url, headers = {}) {
  return answer(url, { headers });
}

async function answer(url, options) {
  let response;
  try {
    response = await fetch(url, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      redirect: "manual",
    });
  } catch {
    throw new Unreachable("nätet");
  }
  if (response.type === "opaqueredirect") throw new Unreachable("utloggad");
  if (response.status >= 502) throw new Unreachable("nätet");
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const body =
    response.status === 204 ? null : isJson ? await response.json() : await response.text();
  return { status: response.status, isJson, body };
}

export function left(url) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  body.append("left", "1");
  navigator.sendBeacon(url, body);
}
