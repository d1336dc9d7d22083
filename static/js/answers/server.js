// The way to the server: an answer in JSON, or that it cannot be reached.

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

export class Unreachable extends Error {}

export async function post(url, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      redirect: "manual",
    });
  } catch {
    throw new Unreachable("nätet");
  }
  if (response.type === "opaqueredirect" || response.status >= 502) throw new Unreachable("utloggad");
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  return { status: response.status, body: isJson ? await response.json() : null };
}
