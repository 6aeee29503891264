// The way to the rehearsal on this machine: parts of conversations by GET, actions by POST, news by server-sent events.
export class Refused extends Error {
  constructor(status, reason) {
    super(`refused with ${status}`);
    this.status = status;
    this.reason = reason;
  }
}

async function answered(response) {
  const told = await response.json().catch(() => ({}));
  if (!response.ok || told.refused) throw new Refused(response.status, told.refused);
  return told;
}

export async function get(what, asked) {
  return answered(await fetch(`/page/${what}?${new URLSearchParams(asked)}`));
}

// A question that is on its way at most once: whoever asks meanwhile makes it be asked once more after that.
export function onceAtATime(ask) {
  let asking = false;
  let again = false;
  return async function asked() {
    again = asking;
    if (asking) return;
    asking = true;
    await ask();
    asking = false;
    if (again) await asked();
  };
}

export async function post(action, body) {
  const headers = { "Content-Type": "application/json" };
  return answered(await fetch(`/page/${action}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("file", file, file.name);
  return answered(await fetch("/page/upload", { method: "POST", body: form }));
}

// The first news after the connection was lost, always the state, comes with ``back`` as true.
export function listen(handlers, lost) {
  const source = new EventSource("/page/events");
  let interrupted = false;
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, ({ data }) => {
      const back = interrupted;
      interrupted = false;
      handle(JSON.parse(data), back);
    });
  }
  source.addEventListener("open", () => lost(false));
  source.addEventListener("error", () => {
    interrupted = true;
    lost(true);
  });
}
