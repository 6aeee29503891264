// Finding people: by name, school or post, in any order of words.
const plain = (text) => text.toLowerCase().replaceAll("ё", "е");

export function fits({ name, part, place }, query) {
  const where = plain(`${name} ${part} ${place}`);
  return plain(query).split(/\s+/).every((word) => where.includes(word));
}
