// The part of the open conversation that is in memory: the latest messages, or those the reader has scrolled to.
import { get } from "./net.js";

const PART = 60;
const MOST = 240;
let turn = {};
let waiting = [];

export const conversation = { key: null, chat: null, person: null, messages: [], more: false, newer: false, ready: false };
export const lastLoaded = () => conversation.messages.at(-1)?.order ?? 0;

// Begin anew: with the last messages, or around an order. Resolves with false when it is too late or has failed.
export async function enter(key, chat, person, around = null) {
  Object.assign(conversation, { key, chat, person, messages: [], more: false, newer: false, ready: false, failed: false });
  waiting = [];
  return show(around);
}

// Replace what is in memory; messages that have not changed stay the same objects, so they are not drawn again.
export async function show(around = null) {
  turn = {};
  conversation.loading = false;
  conversation.showing = true;
  const part = await load(around === null ? {} : { around });
  if (!part) return false;
  conversation.showing = false;
  const known = new Map(conversation.messages.map((one) => [one.id, one]));
  const messages = part.messages.map((one) => (same(known.get(one.id), one) ? known.get(one.id) : one));
  Object.assign(conversation, { messages, more: part.more, newer: part.newer, ready: true });
  for (const message of waiting.splice(0)) put(message);
  return true;
}

export async function older() {
  const { messages, more, loading } = conversation;
  if (!more || loading) return false;
  const part = await load({ before: messages[0]?.order ?? 0 });
  if (!part) return false;
  conversation.more = part.more;
  conversation.messages.unshift(...part.messages);
  if (conversation.messages.length > MOST) {
    conversation.messages.length = MOST;
    conversation.newer = true;
  }
  return true;
}

export async function newer() {
  if (!conversation.newer || conversation.loading) return false;
  const part = await load({ after: lastLoaded() });
  if (!part) return false;
  conversation.newer = part.newer;
  conversation.messages.push(...part.messages.filter((one) => one.order > lastLoaded()));
  forgetOldest();
  return true;
}

async function load(where) {
  const { chat, person } = conversation;
  const mine = turn;
  conversation.loading = true;
  const part = await get("messages", { chat, person, limit: PART, ...where }).catch(() => null);
  if (turn !== mine) return null;
  conversation.loading = false;
  conversation.failed = !part && !conversation.ready;
  return part;
}

// A message that came or was edited.
export function put(message) {
  if (message.chat !== conversation.chat) return;
  if (conversation.showing) waiting.push(message);
  if (!conversation.ready) return;
  const { messages } = conversation;
  const at = messages.findIndex((one) => one.id === message.id);
  if (at >= 0) messages[at] = same(messages[at], message) ? messages[at] : message;
  else if (!conversation.newer && message.order > lastLoaded()) messages.push(message);
}

export function forget({ chat, id }) {
  if (chat === conversation.chat) conversation.messages = conversation.messages.filter((one) => one.id !== id);
}

// For whoever reads the newest messages: a long day does not fill the page.
export function forgetOldest() {
  const excess = conversation.messages.length - MOST;
  if (excess <= 0) return;
  conversation.messages.splice(0, excess);
  conversation.more = true;
}

export function close() {
  turn = {};
  Object.assign(conversation, { key: null, chat: null, messages: [], ready: false });
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
