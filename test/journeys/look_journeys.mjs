// What one sees: on paper, and of a text that is there in another language only.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, checkIs } from "./visitor.mjs";
import { addOwnItem, coreItems, runningYear } from "./wheel.mjs";

const PAGES_MOST = 14;

// A browser writes a word as it breaks it, and the sheet may begin it with a capital; what counts is that every letter
// is there, in its order.
const letters = (text) => text.normalize("NFKC").replace(/[\s\u00ad]+/g, "").toLowerCase();

// What pdftotext finds on the sheets of the page, and how many there are.
async function printed(visitor) {
	const file = join(visitor.world.data, "page.pdf");
	writeFileSync(file, await visitor.page.pdf({ preferCSSPageSize: true, printBackground: true }));
	const text = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" });
	return { words: letters(text), sheets: text.split("\f").length - 1 };
}

async function checkPaper(visitor) {
	await visitor.page.emulateMedia({ media: "print" });
	const paper = await visitor.page.evaluate(() => {
		// The relative luminance of WCAG; 4.5 : 1 on white is .183.
		const light = (color) => color.match(/[\d.]+/g).slice(0, 3).map((c) => c / 255)
			.map((c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
			.reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
		const pale = [...document.querySelectorAll("main *")]
			.filter((e) => e.checkVisibility() && e.firstChild?.nodeType === 3)
			.find((e) => light(getComputedStyle(e).color) > .183 && !e.closest(".number, svg"));
		const ground = getComputedStyle(document.documentElement).backgroundColor;
		return { ground, pale: pale?.outerHTML.slice(0, 120) };
	});
	await visitor.page.emulateMedia({ media: null });
	checkIs(paper.ground, "rgb(255, 255, 255)", `the ground of ${visitor.path} on paper`);
	check(!paper.pale, `${visitor.path} prints pale: ${paper.pale}`);
}

// Every one of these is on paper, whole.
async function checkPrinted(visitor, selector, least) {
	const wanted = await visitor.page.locator(selector).evaluateAll((all) => all.map((e) => e.textContent));
	const { words, sheets } = await printed(visitor);
	check(wanted.length >= least, `${visitor.path} has ${wanted.length} of ${selector}`);
	for (const text of wanted)
		check(words.includes(letters(text)), `“${text}” of ${visitor.path} is not printed`);
	check(sheets >= 1 && sheets <= PAGES_MOST, `${visitor.path} takes ${sheets} sheets`);
	await checkPaper(visitor);
}

async function prints(world) {
	const anyone = await world.visitor();
	const year = await runningYear(anyone);

	await anyone.go(`/fi/wheel/${year - 1}/campuses`);
	await checkPrinted(anyone, "table.side th, table.side td p", 100);
	await anyone.go(`/fi/pohja/wheel/${year}`);
	await checkPrinted(anyone, ".row-title, .year-wheel svg text.wheel-title", 50);
	await anyone.go(`/fi/pohja/wheel/${year}?view=table`);
	await checkPrinted(anyone, ".year-table th, .year-table li a", 60);
	const [item] = await coreItems(anyone);
	await anyone.go(`/fi/pohja/wheel/${year}/${item.id}`);
	await checkPrinted(anyone, "main h1, main .material .copy, main .others h3", 4);
}

// The mark behind a text, and what a screen reader makes of a link with such a title.
const mark = (locator) => locator.evaluate((e) => getComputedStyle(e, "::after").content);

async function otherLanguages(world) {
	const siv = await world.someone("Siv");
	const year = await runningYear(siv);
	const words = siv.page.locator("table.side td p[lang=sv]").first();

	await addOwnItem(siv, "metsa", "Vedklyvning");
	await siv.go(`/sv/metsa/wheel/${year}`);
	checkIs(await siv.page.locator("main span[lang]").count(), 0, "the number of marks in Swedish");
	await siv.go(`/sv/wheel/${year - 1}/campuses`);
	checkIs(await mark(words), "none", "the mark of Swedish in Swedish");
	checkIs(await mark(siv.page.locator("table.side td p[lang=fi]").first()), '"\u00a0fi"',
		"the mark of Finnish in Swedish");
	await siv.go(`/fi/wheel/${year - 1}/campuses`);
	checkIs(await mark(words), '"\u00a0sv"', "the mark of Swedish in Finnish");
	await siv.go(`/fi/metsa/wheel/${year}`);
	await siv.page.getByRole("link", { name: "Vedklyvning sv", exact: true }).first().waitFor();
	await siv.page.locator("main span[lang=sv]").getByText("Vedklyvning", { exact: true }).first().waitFor();
}

// Whoever has most to do has most lines above their pages; on a desk they stay one, in each language.
async function oneLineAbove(world) {
	const aino = await world.someone("Aino", { width: 1280 });

	for (const lang of ["fi", "sv", "en"])
		for (const place of ["", "/metsa"]) {
			await aino.go(`/${lang}${place}`);
			const tops = await aino.page.locator(".nav a").evaluateAll(
				(all) => [...new Set(all.map((e) => Math.round(e.getBoundingClientRect().top)))]);
			checkIs(tops.length, 1, `the number of lines above ${aino.path}`);
		}
}

export default [
	["what stands above every page is one line on a desk", oneLineAbove],
	["a text in another language says so", otherLanguages],
	["what is printed is whole, and dark on white", prints],
];
