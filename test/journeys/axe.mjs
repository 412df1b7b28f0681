// What axe finds on the page that a browser shows, in words.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function findings(page) {
	await page.evaluate(axe);
	return page.evaluate(async (runOnly) => (await window.axe.run(document, { runOnly })).violations.map((v) =>
		`${v.id}: ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary?.slice(0, 200)}`), TAGS);
}
