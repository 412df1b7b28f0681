// The words of the product, as its people see them: journeys name a text by its key, so that a better
// wording breaks nothing. The files are those that textgen compiles.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const src = join(import.meta.dirname, "../../src");
const texts = new Map();

for (const file of globSync("**/*.texts", { cwd: src })) {
	let lines;
	for (const line of readFileSync(join(src, file), "utf8").split("\n")) {
		const key = /^([a-z][\w.]*)/.exec(line);
		const words = /^ {2}(fi|sv|en) (?:(?:one|other) +)?(.*)$/.exec(line);
		if (key)
			texts.set(key[1], (lines = { fi: [], sv: [], en: [] }));
		else if (words)
			lines[words[1]].push(words[2]);
	}
}

const literal = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// A pattern for the whole text: parameters that are not given may be anything.
export function say(lang, key, given = {}) {
	const text = texts.get(key);
	if (!text)
		throw new Error(`there is no text ${key}`);
	const forms = text[lang].map((words) =>
		words.replace(/<\/?\w+>/g, "").split(/(\{\w+\})/).map((part) => {
			const name = /^\{(\w+)\}$/.exec(part)?.[1];
			return name === undefined ? literal(part)
				: name in given ? literal(String(given[name])) : ".+?";
		}).join(""));
	return new RegExp(`^\\s*(?:${forms.join("|")})\\s*$`);
}

// The same as a part of something longer.
export function part(lang, key, given) {
	return new RegExp(say(lang, key, given).source.slice(4, -4));
}
