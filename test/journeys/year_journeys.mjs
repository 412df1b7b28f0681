// A year from hand to hand: a spreadsheet becomes the wheel, the wheel goes into calendars and letters, and letters
// bring answers; next year is made from this one in one sitting.
import { enter, focus, skip, tabTo, tabToButton } from "./keyboard.mjs";
import { khalLists } from "./khal.mjs";
import { linkIn } from "./letter.mjs";
import { part, say } from "./texts.mjs";
import { check, checkIs } from "./visitor.mjs";
import { sideCell } from "./wheel.mjs";

// As a spreadsheet of Finland saves it: semicolons, and letters in the code of its computer.
function spreadsheet(...rows) {
	const lines = [["Otsikko", "Kehä", "Viikko", "Ensimmäinen päivä", "Viimeinen päivä", "Henkilö", "Kampukset",
		"Ydinasia"], ...rows];

	return { name: "vuosikello.csv", mimeType: "text/csv",
		buffer: Buffer.from(lines.map((line) => `${line.join(";")}\r\n`).join(""), "latin1") };
}

const title = "Hitsaamon lähtölaukaus";
const start = [title, "kampus", "36", "", "", "Ilmari Kivisuvanto", "Pohja", "kyllä"];
const fire = ["Nuotioilta lähirannassa", "kampus", "", "3.9.2026", "4.9.2026", "", "", ""];
const mistaken = spreadsheet(start, ["Nuotioilta lähirannassa", "ranta", ...fire.slice(2)],
	["Viikko jota ei ole", "kampus", "54", "", "", "", "", ""]);
const mended = spreadsheet(start, fire);

async function importsTheFile(aino) {
	await aino.go("/fi/admin/wheel");
	await aino.press("wheel.begin_year", { given: { year: 2026 } });
	const draft = aino.page.locator("li.card", { has: aino.page.locator("a[href='/fi/wheel/2026']") });
	await aino.follow("wheel.import", { within: draft });
	await aino.page.locator("input[name=file]").setInputFiles(mistaken);
	await aino.press("wheel.import_look");

	// Each mistake with its place, in words; nothing has changed.
	const problems = aino.page.locator("section[aria-labelledby=problems] li");
	checkIs(await problems.count(), 2, "the number of problems");
	await aino.sees("wheel.import_cell", { row: 3, letter: "B", column: "Kehä" }, problems.nth(0));
	await aino.seesWords(/”ranta”/, problems.nth(0));
	await aino.sees("wheel.import_cell", { row: 4, letter: "C", column: "Viikko" }, problems.nth(1));
	const look = aino.path;
	await aino.go("/fi/wheel/2026");
	await aino.seesNot(title);

	await aino.go(look);
	await aino.press("wheel.import_make", { expected: 422 });
	await aino.sees("wheel.import_skip_first");
	await aino.unfold("wheel.import_again");
	await aino.page.locator("input[name=file]").setInputFiles(mended);
	await aino.press("wheel.import_look");
	checkIs(await problems.count(), 0, "the number of problems of the mended file");
	checkIs(await aino.page.locator(".year-list .row-item").count(), 2, "how many items would come");
	await aino.press("wheel.import_make", { given: { n: 2 } });
	await aino.sees("wheel.import_made_flash");
}

async function publishes(aino, own) {
	const anyone = await own.visitor();

	await anyone.go("/fi/wheel/2026", 404);
	await aino.go("/fi/admin/wheel");
	await aino.press("wheel.publish_year");
	await aino.seesWords(/Vuosikello on julkaistu/);
	await own.comesTo("2026-06-09");
	const letter = await own.letter(own.address("Ilmari"), say("fi", "letter.year_subject"));
	await anyone.go(linkIn(letter.text, "/pohja/wheel/2026").pathname);
	await anyone.followTitle(title);
	await anyone.seesWords(/viikko 36/);
}

// Whoever subscribes sees it in their own calendar, on all of its days.
async function standsInKhal(own) {
	const anyone = await own.visitor();

	await anyone.go("/fi/pohja/wheel/2026");
	await anyone.follow("wheel.take_link");
	const address = await anyone.page.locator(".take a.button").getAttribute("href");
	const calendar = await (await anyone.page.request.get(address)).text();
	const listed = khalLists(own, calendar, "2026-08-31").filter((line) => line.includes(title));
	check(listed[0]?.startsWith("2026-08-31") && listed[0].includes("Pohja"), `khal lists “${listed}”`);
}

async function isAnsweredFromTheMail(own) {
	const letter = await own.letter(own.address("Ilmari"),
		say("fi", "letter.monday_subject", { week: "viikko 36" }));
	const somebody = await own.visitor();
	const at = letter.text.indexOf(title);

	check(at >= 0, `Monday's letter says “${letter.text}”`);
	await somebody.go(linkIn(letter.text.slice(at), "/letter/done/").pathname);
	await somebody.seesWords(title);
	await somebody.press("letter.done");
	await somebody.sees("letter.thanks");

	await somebody.go("/fi/wheel/2026/campuses");
	await somebody.sees("wheel.sight_done", {}, await sideCell(somebody, title, "Pohja"));
}

// In June the coordinator brings the plan of the next year; on a Monday of autumn it is answered.
async function fromASpreadsheet(world) {
	await world.apart("2026-06-08", async (own) => {
		const aino = await own.someone("Aino");

		await importsTheFile(aino);
		await publishes(aino, own);
		await standsInKhal(own);
		await own.comesTo("2026-08-31");
		await isAnsweredFromTheMail(own);
	});
}

// --- next year ---

// What stays as it was goes by one press a ring, and what is left comes after the last.
async function keepsRings(aino) {
	const keep = aino.page.locator("button[name=keep]");
	let left = await keep.count();

	for (check(left > 1, "no ring can be kept at once"); left > 0; left = await keep.count()) {
		await tabToButton(aino, "wheel.review_keep_ring");
		await enter(aino);
		await aino.sees("wheel.review_settled");
		check(await keep.count() < left, "a ring that was kept can be kept again");
	}
}

// The next item that nobody has looked through, by the arrows.
async function chooses(aino, word) {
	const { page } = aino;
	const first = await tabTo(aino, "the next item", (at) => at.type === "radio");
	const wanted = first.id.replace("-keep", `-${word}`);

	await page.keyboard.press("Space");
	while ((await focus(page)).id !== wanted) {
		await page.keyboard.press("ArrowDown");
		check((await focus(page)).id !== first.id, `the arrows do not come to ${wanted} on ${aino.path}`);
	}
	check(await page.locator(`#${wanted}`).isChecked(), `${wanted} is not chosen`);
	return page.locator("li.review", { has: page.locator(`#${wanted}`) }).locator("h2").innerText();
}

// One gets another title, which is to look it through; one moves, one is left out, and the others stay.
async function looksThemThrough(aino) {
	const { page } = aino;
	const left = page.locator("li.review[data-open=true]");
	const n = await left.count();
	const becomes = { was: await left.first().locator("h2").innerText() };

	check(n >= 4, `${n} items are left to look at`);
	becomes.changed = `${becomes.was}, uudella nimellä`;
	await tabTo(aino, "its editing", (at) => at.href?.endsWith("/edit"));
	await enter(aino);
	await skip(aino);
	await tabTo(aino, "the title", (at) => at.id === "item-title");
	await page.keyboard.press("End");
	await page.keyboard.type(becomes.changed.slice(becomes.was.length));
	await enter(aino);

	becomes.week = /vk (\d+)/.exec(await left.first().locator("label[for$=-later]").innerText())[1];
	becomes.moved = await chooses(aino, "later");
	becomes.dropped = await chooses(aino, "drop");
	for (let i = 3; i < n; i++)
		await chooses(aino, "keep");
	await tabToButton(aino, "wheel.review_save");
	await enter(aino);
	await aino.sees("wheel.review_settled", { n: n - 1 });
	await aino.seesWords(part("fi", "wheel.review_all_done"));
	return becomes;
}

// And of each campus what is its own.
async function keepsWhatCampusesHave(aino) {
	const { page } = aino;
	const waiting = page.locator("a.chip[href$='/review']:not([aria-current])").filter({ hasText: /[1-9]/ });
	const places = await waiting.evaluateAll((all) => all.map((a) => a.getAttribute("href")));

	for (const place of places) {
		await skip(aino);
		await tabTo(aino, "a campus", (at) => at.href === place);
		await enter(aino);
		await skip(aino);
		for (let n = await page.locator("li.review[data-open=true]").count(); n > 0; n--)
			await chooses(aino, "keep");
		await tabToButton(aino, "wheel.review_save");
		await enter(aino);
		await aino.seesWords(part("fi", "wheel.review_all_done"));
	}
}

// From the copy to the publication without a mouse; the header of a page is in nobody's way.
async function nextYear(world) {
	const aino = await world.someone("Aino");

	await aino.go("/fi/admin/wheel");
	const year = await aino.page.locator("form[action$='/begin'] input[name=year]").inputValue();
	await tabToButton(aino, "wheel.begin_year");
	await enter(aino);
	await aino.sees("wheel.year_begun_flash");
	await skip(aino);
	await tabTo(aino, "the items", (at) => at.href === `/fi/wheel/${year}/review`);
	await enter(aino);
	await skip(aino);
	await keepsRings(aino);
	const becomes = await looksThemThrough(aino);
	await keepsWhatCampusesHave(aino);
	await skip(aino);
	await tabTo(aino, "the years", (at) => at.href === "/fi/admin/wheel");
	await enter(aino);
	await skip(aino);
	await tabToButton(aino, "wheel.publish_year");
	await enter(aino);
	await aino.sees("wheel.year_published_flash");

	const anyone = await world.visitor();
	const row = (title) => anyone.page.locator(".row-item", {
		has: anyone.page.getByRole("link", { name: title, exact: true }) });
	await anyone.go(`/fi/wheel/${year}`);
	checkIs(await row(becomes.changed).count(), 1, "how often the new title stands there");
	checkIs(await row(becomes.was).count(), 0, "how often the old title stands there");
	checkIs(await row(becomes.dropped).count(), 0, "how often what was left out stands there");
	await anyone.followTitle(becomes.moved);
	await anyone.seesWords(new RegExp(`viikko ${becomes.week}\\b`));
}

export default [
	["next year in one sitting, by keyboard", nextYear],
	["a spreadsheet becomes the wheel, and is answered from the mail", fromASpreadsheet, "main"],
];
