// What one finds in a letter of the mailbox.

const linksIn = (words) => words.match(/https?:\/\/\S+/g).map((link) => new URL(link));

// The first link of some words that leads to such a place.
export const linkIn = (words, place) => linksIn(words).find((link) => link.pathname.includes(place));
