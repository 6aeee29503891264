// A message's words. The world has escaped them; here only Telegram's tags are let through, and commands and addresses
// become things to press.
const TAGS = new Set(["B", "I", "U", "S", "CODE", "PRE", "BLOCKQUOTE", "TG-SPOILER"]);
const LINK = /^(https?:|tg:|mailto:|tel:)/i;
const FOUND = /(https?:\/\/[^\s<>]*[^\s<>.,;:!?)»])|(?<![\w/<])(\/[a-z0-9_]{1,32}(?:@\w{3,32})?)(?![\w/])/gi;

export function richText(html, { command, link }) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const made = document.createDocumentFragment();
  copy(parsed.body, made, { command, link }, false);
  return made;
}

function copy(from, to, actions, literal) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(...(literal ? [node.data] : pressable(node.data, actions)));
    } else if (node.nodeName === "A" && LINK.test(node.getAttribute("href") ?? "")) {
      const anchor = address(node.getAttribute("href"), "", actions);
      copy(node, anchor, actions, true);
      to.append(anchor);
    } else if (TAGS.has(node.nodeName)) {
      const element = document.createElement(node.nodeName);
      copy(node, element, actions, literal || node.nodeName === "CODE" || node.nodeName === "PRE");
      to.append(element);
    } else {
      copy(node, to, actions, literal);
    }
  }
}

function pressable(text, actions) {
  const made = [];
  let at = 0;
  for (const found of text.matchAll(FOUND)) {
    made.push(text.slice(at, found.index), found[1] ? address(found[1], found[1], actions) : spoken(found[2], actions));
    at = found.index + found[0].length;
  }
  return [...made, text.slice(at)];
}

function address(url, text, { link }) {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.append(text);
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    link(url);
  });
  return anchor;
}

function spoken(text, { command }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "command";
  button.append(text);
  button.addEventListener("click", () => command(text));
  return button;
}
