// Finding people: by name, school or post, in any order of words. A number is found whole: «№ 6» is not «№ 16».
const plain = (text) => text.toLowerCase().replaceAll("ё", "е").replace(/№\s*/g, "№ ");
const wordsOf = (query) => plain(query).split(/\s+/).filter(Boolean);
const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// How well a word fits: whole, as the beginning of a word, inside one; not at all is 0.
function rank(word, where) {
  const begins = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}`, "u");
  if (new RegExp(`${begins.source}(?![\\p{L}\\p{N}])`, "u").test(where)) return 3;
  if (/^\p{N}+$/u.test(word)) return 0;
  if (begins.test(where)) return 2;
  return where.includes(word) ? 1 : 0;
}

// The higher the better; 0 where some word is not found. All words together, as they are typed, count most.
export function fitness({ name, part, place }, query) {
  const words = wordsOf(query);
  const where = plain(`${name} ${place} ${part}`);
  const ranks = words.map((word) => rank(word, where));
  if (ranks.includes(0)) return 0;
  return 1 + ranks.reduce((sum, one) => sum + one, 0) + 3 * rank(words.join(" "), where) + rank(words.join(" "), plain(name));
}

export const fits = (person, query) => fitness(person, query) > 0;
